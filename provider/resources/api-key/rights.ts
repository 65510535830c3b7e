import { z } from "zod";
import { field, named } from "../../model/fields";

const strings = z.array(z.string());
const oneOrMore = z.union([z.string(), strings]);
const extra = field(z.record(z.string(), z.unknown()).optional(), {
  description: "Members that this package doesn't know, sent verbatim.",
});

const fieldSecurity = named(
  "FieldSecurity",
  z.strictObject({
    grant: field(strings.optional(), { description: "Fields that can be read, or patterns." }),
    except: field(strings.optional(), { description: "Fields among them that can't." }),
  }),
);

const names = field(oneOrMore, { description: "Names of indices, or patterns." });
const clusters = field(oneOrMore, { description: "Aliases of remote clusters, or patterns." });
const allowRestrictedIndices = field(z.boolean().optional(), {
  description: "Whether the patterns match restricted indices too.",
  default: "`false`",
});
const documents = {
  query: field(z.union([z.string(), z.record(z.string(), z.unknown())]).optional(), {
    description: "Restricts the documents that can be read.",
  }),
  fieldSecurity: field(fieldSecurity.optional(), { description: "Restricts the fields that can be read." }),
};
const onIndices = {
  names,
  privileges: field(strings, { description: "Index privileges, such as `read` or `all`." }),
  ...documents,
  allowRestrictedIndices,
  extra,
};

const indexPrivileges = named("IndexPrivileges", z.strictObject(onIndices));

const remoteIndexPrivileges = named("RemoteIndexPrivileges", z.strictObject({ clusters, ...onIndices }));

const remoteClusterPrivileges = named(
  "RemoteClusterPrivileges",
  z.strictObject({
    clusters,
    privileges: field(strings, { description: "Cluster privileges there, such as `monitor_enrich`." }),
    extra,
  }),
);

const applicationPrivileges = named(
  "ApplicationPrivileges",
  z.strictObject({
    application: field(z.string(), { description: "Name of the application." }),
    privileges: field(strings, { description: "Privileges in it." }),
    resources: field(strings, { description: "What they apply to." }),
  }),
);

const restriction = named(
  "Restriction",
  z.strictObject({
    workflows: field(strings, { description: "Workflows that the key may be used for." }),
  }),
);

/** What a key may do, as the security API has it. */
export const roleDescriptor = named(
  "RoleDescriptor",
  z.strictObject({
    cluster: field(strings.optional(), { description: "Cluster privileges, such as `monitor`." }),
    indices: field(z.array(indexPrivileges).optional(), { description: "Privileges on indices." }),
    applications: field(z.array(applicationPrivileges).optional(), { description: "Privileges in applications." }),
    runAs: field(strings.optional(), { description: "Users whose identity may be taken." }),
    remoteIndices: field(z.array(remoteIndexPrivileges).optional(), {
      description: "Privileges on indices of remote clusters.",
    }),
    remoteCluster: field(z.array(remoteClusterPrivileges).optional(), {
      description: "Cluster privileges on remote clusters (8.15 and later).",
    }),
    metadata: field(z.record(z.string(), z.unknown()).optional(), { description: "Metadata of the descriptor." }),
    restriction: field(restriction.optional(), {
      description: "Restricts the key to workflows. Only where it is the only descriptor.",
    }),
    extra,
  }),
);

const searchAccess = named("SearchAccess", z.strictObject({ names, ...documents, allowRestrictedIndices }));

const replicationAccess = named("ReplicationAccess", z.strictObject({ names, allowRestrictedIndices }));

/** What a remote cluster may do with a cross-cluster key. */
export const crossClusterAccess = named(
  "CrossClusterAccess",
  z.strictObject({
    search: field(z.array(searchAccess).optional(), { description: "Indices that the other cluster may search." }),
    replication: field(z.array(replicationAccess).optional(), {
      description: "Indices that the other cluster may replicate.",
    }),
  }),
);

export type RoleDescriptor = z.infer<typeof roleDescriptor>;
export type CrossClusterAccess = z.infer<typeof crossClusterAccess>;
