import { globMatches } from "../glob";

const viewMetadata = [
  "indices:admin/aliases/get",
  "indices:admin/get",
  "indices:admin/mappings/fields/get*",
  "indices:admin/mappings/get",
  "indices:admin/shards/search_shards",
  "indices:admin/validate/query*",
  "indices:monitor/settings/get",
  "indices:admin/data_stream/get",
  "indices:admin/resolve/index",
  "indices:data/read/field_caps*",
];

/** From the narrowest to the widest: the order in which messages list them. */
const privileges: Readonly<Record<string, readonly string[]>> = {
  none: [],
  create_doc: [
    "indices:data/write/index",
    "indices:data/write/index[*",
    "indices:data/write/index:op_type/create",
    "indices:data/write/bulk*",
  ],
  create: ["indices:data/write/index*", "indices:data/write/bulk*"],
  delete: ["indices:data/write/delete*", "indices:data/write/bulk*"],
  index: ["indices:data/write/index*", "indices:data/write/bulk*", "indices:data/write/update*"],
  auto_configure: ["indices:admin/mapping/auto_put", "indices:admin/auto_create"],
  create_index: ["indices:admin/create", "indices:admin/auto_create", "indices:admin/data_stream/create"],
  delete_index: ["indices:admin/delete", "indices:admin/data_stream/delete"],
  maintenance: [
    "indices:admin/refresh*",
    "indices:admin/flush*",
    "indices:admin/synced_flush",
    "indices:admin/forcemerge*",
  ],
  monitor: ["indices:monitor/*"],
  view_index_metadata: viewMetadata,
  read_cross_cluster: ["internal:transport/proxy/indices:data/read/*", "indices:admin/shards/search_shards"],
  read: ["indices:data/read/*"],
  write: ["indices:data/write/*", "indices:admin/mapping/auto_put"],
  manage_ilm: ["indices:admin/ilm/*"],
  manage_follow_index: ["indices:admin/xpack/ccr/*", "indices:admin/close*"],
  manage_leader_index: ["indices:admin/xpack/ccr/forget_follower*"],
  manage_data_stream_lifecycle: ["indices:admin/data_stream/lifecycle/*"],
  cross_cluster_replication: ["indices:data/read/xpack/ccr/*"],
  cross_cluster_replication_internal: ["indices:internal/admin/ccr/*"],
  manage: ["indices:monitor/*", "indices:admin/*", "indices:data/read/field_caps*"],
  all: ["indices:*", "internal:transport/proxy/indices:*"],
};

export function unknownIndexPrivilege(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower in privileges || privileges.all?.some((pattern) => globMatches(pattern, lower))) return undefined;
  return (
    `unknown index privilege [${lower}]. a privilege must be either one of the predefined fixed indices privileges ` +
    `[${Object.keys(privileges).sort().join(",")}] or a pattern over one of the available index actions`
  );
}

export function indexPrivilegeGrants(name: string, action: string): boolean {
  const lower = name.toLowerCase();
  const patterns = privileges[lower] ?? [lower.replace(/\*?$/, "*")];
  return patterns.some((pattern) => globMatches(pattern, action));
}

export function indexPrivilegesGranting(action: string): string[] {
  return Object.keys(privileges).filter((name) => indexPrivilegeGrants(name, action));
}

/** Stand-ins for all that a privilege covers: holding each of them is holding the privilege. */
export function indexPrivilegeActions(name: string): string[] {
  const lower = name.toLowerCase();
  const universe = Object.values(privileges).flatMap((patterns) =>
    patterns.map((pattern) => pattern.replaceAll("*", "any")),
  );
  if (!(lower in privileges)) return [lower.replaceAll("*", "any")];
  return universe.filter((action) => indexPrivilegeGrants(lower, action));
}
