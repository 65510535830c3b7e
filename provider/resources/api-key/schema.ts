import { z } from "zod";
import { duration as waitingTime } from "../../model/duration";
import { field, named } from "../../model/fields";

const CREATE = "POST /_security/api_key";

const strings = z.array(z.string());
const oneOrMore = z.union([z.string(), strings]);
const extra = z.record(z.string(), z.unknown()).optional();

const fieldSecurity = named(
  "FieldSecurity",
  z.strictObject({
    grant: field(strings.optional(), { description: "Fields that can be read, or patterns." }),
    except: field(strings.optional(), { description: "Fields among them that can't." }),
  }),
);

const indexPrivileges = named(
  "IndexPrivileges",
  z.strictObject({
    names: field(oneOrMore, { description: "Names of indices, or patterns." }),
    privileges: field(strings, { description: "Index privileges, such as `read` or `all`." }),
    query: field(z.union([z.string(), z.record(z.string(), z.unknown())]).optional(), {
      description: "Restricts the documents that can be read.",
    }),
    fieldSecurity: field(fieldSecurity.optional(), {
      description: "Restricts the fields that can be read.",
    }),
    allowRestrictedIndices: field(z.boolean().optional(), {
      description: "Whether the patterns match restricted indices too.",
      default: "`false`",
    }),
    extra: field(extra, { description: "Members that this package doesn't know, sent verbatim." }),
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

const roleDescriptor = named(
  "RoleDescriptor",
  z.strictObject({
    cluster: field(strings.optional(), { description: "Cluster privileges, such as `monitor`." }),
    indices: field(z.array(indexPrivileges).optional(), { description: "Privileges on indices." }),
    applications: field(z.array(applicationPrivileges).optional(), { description: "Privileges in applications." }),
    runAs: field(strings.optional(), { description: "Users whose identity may be taken." }),
    metadata: field(z.record(z.string(), z.unknown()).optional(), { description: "Metadata of the descriptor." }),
    restriction: field(restriction.optional(), { description: "Restricts the key to workflows." }),
    extra: field(extra, { description: "Members that this package doesn't know, sent verbatim." }),
  }),
);

const duration = z.string().regex(/^\d+(d|h|m|s|ms|micros|nanos)$/, 'must be a duration such as "30d", "12h" or "90m"');

const keyName = z.string().superRefine((name, context) => {
  const problem = keyNameProblem(name);
  if (problem) {
    context.addIssue({ code: "custom", message: problem });
  }
});

export const apiKeyInputs = z.strictObject({
  name: field(keyName, {
    description:
      "Name of the key: 1 to 256 characters, no blanks around it, no leading underscore. Several keys may have the same name.",
    change: "replace",
    endpoint: CREATE,
  }),
  roleDescriptors: field(z.record(z.string(), roleDescriptor).optional(), {
    description:
      "What the key may do, by role name; at most what its creator may. Required, since without it the key has all rights of its creator: `inheritOwnerPrivileges` says that this is wanted. A member that is misspelt is refused.",
    change: "replace",
    endpoint: CREATE,
  }),
  inheritOwnerPrivileges: field(z.boolean().optional(), {
    description: "Give the key all rights of its creator. Only without `roleDescriptors`.",
    default: "`false`",
    change: "replace",
    endpoint: CREATE,
  }),
  expiration: field(duration.optional(), {
    description: "How long the key lives from its creation, such as `30d`. See `expiresAt` for the moment.",
    default: "the key doesn't expire",
    change: "replace",
    endpoint: CREATE,
  }),
  metadata: field(z.record(z.string(), z.unknown()).optional(), {
    description: "Metadata of the key. Names at the top level must not start with an underscore.",
    change: "replace",
    endpoint: CREATE,
  }),
  keepers: field(z.record(z.string(), z.string()).optional(), {
    description:
      "Values that are not sent anywhere: any change of them makes a new key and, after everything that uses it has been updated, invalidates the old one.",
    change: "replace",
  }),
  drainTimeout: field(waitingTime.optional(), {
    description:
      "How long to wait, before the key is invalidated, for syncs that run on its indices at that moment: they still use it. If one runs on, the key expires an hour later, or is invalidated where the caller doesn't own it; a notice says which.",
    default: '`"10m"`',
    change: "in place",
  }),
  overlap: field(waitingTime.optional(), {
    description:
      "Let the key live on this long after it was replaced or deleted, instead of invalidating it: for users of the key that take the new one later, such as a connectors service that has to get a new `config.yml`. It counts when it has been applied.",
    default: "the key is invalidated when no sync uses it any more",
    change: "in place",
  }),
});

export const apiKeyFacts = z.strictObject({
  apiKey: field(z.string(), {
    description: "The secret half of the key. Known only to the run that created it.",
    secret: true,
  }),
  encoded: field(z.string(), {
    description: "What a client sends after `Authorization: ApiKey `: base64 of `id:apiKey`.",
    secret: true,
  }),
  createdAt: field(z.string(), { description: "When the key was made (ISO 8601, UTC)." }),
  expiresAt: field(z.string().optional(), {
    description: "When the key expires (ISO 8601, UTC); absent when it doesn't.",
  }),
});

export type ApiKeyInputs = z.infer<typeof apiKeyInputs>;
export type RoleDescriptor = z.infer<typeof roleDescriptor>;

/** Why the server would refuse a name; nothing when it wouldn't. */
function keyNameProblem(name: string): string | undefined {
  if (name.trim() === "") {
    return "must not be empty";
  }
  if (name.length > 256) {
    return "must be at most 256 characters long";
  }
  if (name !== name.trim()) {
    return "must not begin or end with whitespace";
  }
  return name.startsWith("_") ? "must not begin with an underscore" : undefined;
}
