import type { Elasticsearch } from "../elasticsearch/connection";
import { abilities } from "../elasticsearch/version";
import { autoPrefix } from "../ownership/ids";
import { caller, inspect, licence, missingOf, type Role, type Row, roleOf, type Subject } from "../privileges";

/** The connectors that a program is going to have. */
export interface PlannedConnectors {
  native: boolean;
  documentLevelSecurity: boolean;
  customScheduling: boolean;
  /** Names or patterns of their content indices; by default those that auto-named ones have. */
  indices: readonly string[];
  /** Rights that the key of a connector with this index gets. */
  keyRole: (index: string) => object;
}

/** One privilege, and whether the caller has it. */
export interface Privilege {
  privilege: string;
  kind: "cluster" | "index";
  /** Name or pattern of the index. */
  index: string | undefined;
  neededFor: string;
  /** Without it something is left out, and nothing fails. */
  optional: boolean;
  has: boolean;
}

/** What the caller may do of all that it takes. */
export interface FoundPrivileges {
  username: string | undefined;
  /** Such as `realm`, `api_key` or `token`. */
  authenticationType: string | undefined;
  /** The server's version. */
  version: string | undefined;
  /** Such as `basic`, `trial` or `platinum`; `expired` when it has ended. */
  licence: string | undefined;
  /** Empty where the server's security is off. */
  privileges: Privilege[];
  /** Those that the caller lacks, without the optional ones. */
  missing: Privilege[];
  /** What stands in the way besides privileges: a caller that is an API key, or the licence. */
  problems: string[];
  /** A role with all of the privileges, as `PUT /_security/role/<name>` takes it. */
  role: Role;
}

/** What such connectors take, and what of it the caller has. */
export async function findPrivileges(es: Elasticsearch, planned: PlannedConnectors): Promise<FoundPrivileges> {
  const subjects = await subjectsOf(es, planned);
  const [{ version, rows, problems }, who, type] = await Promise.all([inspect(es, subjects), caller(es), licence(es)]);
  return {
    username: who?.username,
    authenticationType: who?.authentication_type,
    version,
    licence: type,
    privileges: rows.map(privilegeOf),
    missing: missingOf(rows).map(privilegeOf),
    problems: problems.map(({ why, next }) => `${why}. What to do: ${next}.`),
    role: roleOf(rows),
  };
}

function privilegeOf({ privilege, index, neededFor, optional, has }: Row): Privilege {
  return { privilege, kind: index === undefined ? "cluster" : "index", index, neededFor, optional, has };
}

async function subjectsOf(
  es: Elasticsearch,
  { native, documentLevelSecurity, customScheduling, indices, keyRole }: PlannedConnectors,
): Promise<Subject[]> {
  const names = indices.length > 0 ? indices : [`${await prefix(es, native)}*`];
  const subject = (kind: string, inputs: Record<string, unknown>) => ({ kind, inputs, olds: {}, resource: "" });
  return [
    ...names.flatMap((name) => [
      subject("Index", { name }),
      ...(documentLevelSecurity
        ? [subject("Index", { name: `.search-acl-filter-${name}`, forceDestroy: true, adopt: true })]
        : []),
      subject("ApiKey", { roleDescriptors: { connector: keyRole(name) } }),
    ]),
    ...(native ? [subject("ConnectorSecret", {})] : []),
    subject("Connector", {
      ...(documentLevelSecurity ? { features: { documentLevelSecurity } } : {}),
      ...(customScheduling ? { customScheduling: {} } : {}),
    }),
    subject("SyncJob", {}),
  ];
}

async function prefix(es: Elasticsearch, native: boolean): Promise<string> {
  // A caller that may not ask for the version is told so by what is found.
  const info = await es.info().catch(() => undefined);
  return autoPrefix(native && info !== undefined && !abilities.servesNativeConnectors(info.version));
}
