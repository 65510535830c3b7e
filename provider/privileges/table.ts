import { abilities, atLeast, type ServerVersion } from "../elasticsearch/version";

/** One privilege that a kind of resource needs for its whole life: making, changing, reading and deleting it. */
export interface Row {
  kind: "Index" | "ApiKey" | "ConnectorSecret" | "Connector" | "SyncJob";
  privilege: string;
  /** Where it is needed: on the cluster, or on indices. */
  on: "cluster" | "its index" | "its index and aliases" | (string & {});
  /** Other privileges that serve as well and that the server doesn't count as holding this one. */
  or?: readonly string[];
  /** Servers that ask for it, in words and as a rule; all by default. */
  versions?: { text: string; apply: (version: ServerVersion) => boolean };
  /** Resources that need it; all of the kind by default. */
  when?: Condition;
  neededFor: string;
  /** Without it something is left out, and nothing fails. */
  optional?: true;
}

/** What a resource is like, as far as its needs depend on it. */
export type Condition =
  | "changes its mappings, settings or aliases, has aliases, or is adopted"
  | "without forceDestroy"
  | "a key of the caller's own"
  | "onBehalfOf"
  | "a cross-cluster key"
  | "customScheduling";

const CONNECTORS = ".elastic-connectors-v1";
const SYNC_JOBS = ".elastic-connectors-sync-jobs-v1";

/** 8.13 guards these requests in a way that isn't documented: nothing is asked there. */
const BY_INDEX = {
  text: "8.14 to 8.19",
  apply: (version: ServerVersion) => atLeast(version, 8, 14) && !atLeast(version, 9, 0),
};
const BY_CLUSTER = { text: "9.0 on", apply: (version: ServerVersion) => atLeast(version, 9, 0) };
const BEFORE_FEATURES = {
  text: "before 8.15",
  apply: (version: ServerVersion) => !abilities.connectorFeatures(version),
};

/** What every program needs. */
export const FIRST = { privilege: "monitor", neededFor: "ask for the server's version and licence" } as const;

/** Why a caller needs what it gives to a key. */
export const GIVEN = "give it to the key: no key can do more than its maker";

export const TABLE: readonly Row[] = [
  { kind: "Index", privilege: "create_index", on: "its index", neededFor: "create the index" },
  { kind: "Index", privilege: "view_index_metadata", on: "its index", neededFor: "read the index" },
  {
    kind: "Index",
    privilege: "manage",
    on: "its index and aliases",
    when: "changes its mappings, settings or aliases, has aliases, or is adopted",
    neededFor: "change mappings, settings and aliases",
  },
  {
    kind: "Index",
    privilege: "maintenance",
    on: "its index",
    when: "without forceDestroy",
    neededFor: "see whether there are documents before anything is deleted",
  },
  {
    kind: "Index",
    privilege: "read",
    on: "its index",
    when: "without forceDestroy",
    neededFor: "see whether there are documents before anything is deleted",
  },
  { kind: "Index", privilege: "delete_index", on: "its index", neededFor: "delete the index" },
  {
    kind: "ApiKey",
    privilege: "manage_own_api_key",
    on: "cluster",
    or: ["manage_api_key", "manage_security"],
    when: "a key of the caller's own",
    neededFor: "make, read and invalidate API keys",
  },
  {
    kind: "ApiKey",
    privilege: "grant_api_key",
    on: "cluster",
    or: ["manage_api_key", "manage_security"],
    when: "onBehalfOf",
    neededFor: "make API keys for another user",
  },
  {
    kind: "ApiKey",
    privilege: "manage_api_key",
    on: "cluster",
    or: ["manage_security"],
    when: "onBehalfOf",
    neededFor: "read and invalidate API keys of another user",
  },
  {
    kind: "ApiKey",
    privilege: "manage_security",
    on: "cluster",
    when: "a cross-cluster key",
    neededFor: "make and invalidate cross-cluster API keys",
  },
  {
    kind: "ConnectorSecret",
    privilege: "write_connector_secrets",
    on: "cluster",
    neededFor: "store and delete connector secrets",
  },
  {
    kind: "ConnectorSecret",
    privilege: "read_connector_secrets",
    on: "cluster",
    neededFor: "see that a connector secret has changed or is gone",
    optional: true,
  },
  {
    kind: "Connector",
    privilege: "manage_connector",
    on: "cluster",
    versions: BY_CLUSTER,
    neededFor: "create, read, change and delete connectors and their syncs",
  },
  {
    kind: "Connector",
    privilege: "read",
    on: CONNECTORS,
    versions: BY_INDEX,
    neededFor: "read connectors",
  },
  {
    kind: "Connector",
    privilege: "write",
    on: CONNECTORS,
    versions: BY_INDEX,
    neededFor: "create, change and delete connectors",
  },
  {
    kind: "Connector",
    privilege: "read",
    on: SYNC_JOBS,
    versions: BY_INDEX,
    neededFor: "find running syncs before a connector is deleted",
  },
  {
    kind: "Connector",
    privilege: "write",
    on: SYNC_JOBS,
    versions: BY_INDEX,
    neededFor: "cancel them",
  },
  {
    kind: "Connector",
    privilege: "write",
    on: ".elastic-connectors",
    versions: BEFORE_FEATURES,
    neededFor: "set features, which have no endpoint yet",
  },
  {
    kind: "Connector",
    privilege: "read",
    on: CONNECTORS,
    when: "customScheduling",
    neededFor: "read custom schedules, which have no endpoint",
  },
  {
    kind: "Connector",
    privilege: "write",
    on: CONNECTORS,
    when: "customScheduling",
    neededFor: "write custom schedules, which have no endpoint",
  },
  {
    kind: "SyncJob",
    privilege: "manage_connector",
    on: "cluster",
    versions: BY_CLUSTER,
    neededFor: "start, follow and cancel syncs",
  },
  {
    kind: "SyncJob",
    privilege: "read",
    on: CONNECTORS,
    versions: BY_INDEX,
    neededFor: "read the connector",
  },
  { kind: "SyncJob", privilege: "read", on: SYNC_JOBS, versions: BY_INDEX, neededFor: "follow syncs" },
  { kind: "SyncJob", privilege: "write", on: SYNC_JOBS, versions: BY_INDEX, neededFor: "start and cancel syncs" },
];
