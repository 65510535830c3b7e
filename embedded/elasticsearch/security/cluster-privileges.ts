import { globMatches } from "../glob";

interface ClusterPrivilege {
  readonly grants: readonly string[];
  readonly except?: readonly string[];
}

const apiKey = "cluster:admin/xpack/security/api_key";
const connector = "cluster:admin/xpack/connector";
const everything = ["cluster:*", "indices:admin/template/*", "indices:admin/index_template/*"];

/** Actions of one's own keys; whether the request stays with those is decided per request. */
export const ownApiKeyActions = ["create", "get", "query", "invalidate", "update", "bulk_update"].map(
  (action) => `${apiKey}/${action}`,
);

/** From the narrowest to the widest: the order in which messages list them. */
const privileges: Readonly<Record<string, ClusterPrivilege>> = {
  none: { grants: [] },
  grant_api_key: { grants: [`${apiKey}/grant*`] },
  manage_own_api_key: { grants: ownApiKeyActions },
  read_connector_secrets: { grants: [`${connector}/secret/get`] },
  write_connector_secrets: {
    grants: [`${connector}/secret/delete`, `${connector}/secret/post`, `${connector}/secret/put`],
  },
  monitor_connector: {
    grants: [`${connector}/get`, `${connector}/list`, `${connector}/sync_job/get`, `${connector}/sync_job/list`],
  },
  manage_connector: { grants: [`${connector}/*`], except: [`${connector}/secret/*`] },
  read_pipeline: { grants: ["cluster:admin/ingest/pipeline/get", "cluster:admin/ingest/pipeline/simulate"] },
  manage_ingest_pipelines: { grants: ["cluster:admin/ingest/pipeline/*"] },
  manage_pipeline: { grants: ["cluster:admin/ingest/pipeline/*"] },
  manage_index_templates: {
    grants: ["indices:admin/template/*", "indices:admin/index_template/*", "cluster:admin/component_template/*"],
  },
  monitor: {
    grants: ["cluster:monitor/*", "indices:admin/template/get", "indices:admin/index_template/get"],
  },
  read_security: {
    grants: [`${apiKey}/get`, `${apiKey}/query`, "cluster:admin/xpack/security/role/get"],
  },
  manage_api_key: { grants: [`${apiKey}/*`] },
  manage_security: { grants: ["cluster:admin/xpack/security/*"] },
  manage: { grants: everything, except: ["cluster:admin/xpack/security/*"] },
  all: { grants: everything },
};

/** Real privileges whose actions this server doesn't have: accepted in roles, granting nothing here. */
const withoutActions = (
  "cancel_task create_snapshot cross_cluster_replication cross_cluster_search delegate_pki manage_autoscaling " +
  "manage_behavioral_analytics manage_ccr manage_data_frame_transforms manage_data_stream_global_retention " +
  "manage_enrich manage_esql manage_ilm manage_inference manage_logstash_pipelines manage_ml manage_oidc " +
  "manage_reindex manage_rollup manage_saml manage_search_application manage_search_query_rules " +
  "manage_search_synonyms manage_service_account manage_slm manage_token manage_transform manage_user_profile " +
  "manage_watcher monitor_data_frame_transforms monitor_data_stream_global_retention monitor_enrich monitor_esql " +
  "monitor_inference monitor_ml monitor_rollup monitor_snapshot monitor_stats monitor_text_structure " +
  "monitor_transform monitor_watcher post_behavioral_analytics_event read_ccr read_fleet_secrets read_ilm read_slm " +
  "transport_client write_fleet_secrets"
).split(" ");

const sinceConnectorPrivileges = new Set(["manage_connector", "monitor_connector"]);

export function knownClusterPrivileges(since8_15: boolean): string[] {
  const named = Object.keys(privileges).filter((name) => since8_15 || !sinceConnectorPrivileges.has(name));
  return [...named, ...withoutActions].sort();
}

/** The complaint about a name that is no cluster privilege; undefined when it is one. */
export function unknownClusterPrivilege(name: string, since8_15: boolean): string | undefined {
  const known = knownClusterPrivileges(since8_15);
  const lower = name.toLowerCase();
  if (known.includes(lower) || everything.some((pattern) => globMatches(pattern, lower))) return undefined;
  return (
    `unknown cluster privilege [${lower}]. a privilege must be either one of the predefined cluster privilege names ` +
    `[${known.join(",")}] or a pattern over one of the available cluster actions`
  );
}

export function clusterPrivilegeGrants(name: string, action: string): boolean {
  const lower = name.toLowerCase();
  const privilege = privileges[lower];
  if (privilege === undefined) return lower.includes(":") && globMatches(lower.replace(/\*?$/, "*"), action);
  return matches(privilege.grants, action) && !matches(privilege.except ?? [], action);
}

/** Names of the privileges that would allow the action, narrowest first. */
export function clusterPrivilegesGranting(action: string, since8_15: boolean): string[] {
  return Object.keys(privileges)
    .filter((name) => since8_15 || !sinceConnectorPrivileges.has(name))
    .filter((name) => clusterPrivilegeGrants(name, action));
}

/** Stand-ins for all that a privilege covers: holding each of them is holding the privilege. */
export function clusterPrivilegeActions(name: string): string[] {
  const lower = name.toLowerCase();
  if (withoutActions.includes(lower)) return [`cluster:admin/of_${lower}`];
  const privilege = privileges[lower];
  if (privilege === undefined) return [lower.replaceAll("*", "any")];
  const universe = Object.values(privileges).flatMap((each) =>
    each.grants.map((pattern) => pattern.replaceAll("*", "any")),
  );
  return universe.filter((action) => clusterPrivilegeGrants(lower, action));
}

function matches(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => globMatches(pattern, action));
}
