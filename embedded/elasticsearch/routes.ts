import { updateConfiguration } from "./handlers/connectors/configuration";
import { postConnector, putConnector } from "./handlers/connectors/create";
import { activateFiltering, updateFiltering, updateFilteringValidation } from "./handlers/connectors/filtering";
import { deleteConnector, getConnector, listConnectors } from "./handlers/connectors/read";
import { updateScheduling } from "./handlers/connectors/scheduling";
import * as connector from "./handlers/connectors/update";
import { bulk } from "./handlers/documents/bulk";
import { clearScroll, count, deleteByQuery, scrollOn, search } from "./handlers/documents/search";
import { deleteOne, getDocument, putDocument, updateOne } from "./handlers/documents/single";
import * as aliases from "./handlers/indices/aliases";
import { closeIndex, deleteIndex, getIndex, openIndex, putIndex, refreshIndex } from "./handlers/indices/manage";
import * as metadata from "./handlers/indices/metadata";
import { clusterHealth, getLicense, rootInfo } from "./handlers/info";
import { deletePipeline, getPipeline, putPipeline } from "./handlers/pipelines";
import { deleteSecret, getSecret, postSecret, putSecret } from "./handlers/secrets";
import { bulkUpdateApiKeys, invalidateApiKeys, updateApiKey } from "./handlers/security/change-api-keys";
import { createApiKey, grantApiKey } from "./handlers/security/create-api-key";
import { createCrossClusterKey, updateCrossClusterKey } from "./handlers/security/cross-cluster-keys";
import { queryApiKeys } from "./handlers/security/query-api-keys";
import { getApiKeys } from "./handlers/security/read-api-keys";
import { hasPrivileges, whoAmI } from "./handlers/security/who";
import { postSyncJob } from "./handlers/sync-jobs/create";
import { deleteSyncJob, getSyncJob, listSyncJobs } from "./handlers/sync-jobs/read";
import * as job from "./handlers/sync-jobs/update";
import type { Handler } from "./http/call";
import type { Method, Route } from "./http/router";
import type { Profile } from "./profile";

const since8_15 = (profile: Profile) => profile.since8_15;

const info: Route[] = [
  on("GET HEAD", "/", rootInfo),
  on("GET", "/_license", getLicense),
  on("GET", "/_cluster/health", clusterHealth),
  on("GET", "/_ingest/pipeline", getPipeline),
  on("GET", "/_ingest/pipeline/{id}", getPipeline),
  on("PUT", "/_ingest/pipeline/{id}", putPipeline),
  on("DELETE", "/_ingest/pipeline/{id}", deletePipeline),
];

const connectors: Route[] = [
  on("GET", "/_connector", listConnectors),
  on("POST", "/_connector", postConnector),
  on("PUT", "/_connector", putConnector, since8_15),
  on("GET", "/_connector/{connector_id}", getConnector),
  on("PUT", "/_connector/{connector_id}", putConnector),
  on("DELETE", "/_connector/{connector_id}", deleteConnector),
  on("PUT", "/_connector/{connector_id}/_api_key_id", connector.updateApiKeyId),
  on("PUT", "/_connector/{connector_id}/_check_in", connector.checkIn),
  on("PUT", "/_connector/{connector_id}/_configuration", updateConfiguration),
  on("PUT", "/_connector/{connector_id}/_error", connector.updateError),
  on("PUT", "/_connector/{connector_id}/_features", connector.updateFeatures, since8_15),
  on("PUT", "/_connector/{connector_id}/_filtering", updateFiltering),
  on("PUT", "/_connector/{connector_id}/_filtering/_activate", activateFiltering),
  on("PUT", "/_connector/{connector_id}/_filtering/_validation", updateFilteringValidation),
  on("PUT", "/_connector/{connector_id}/_index_name", connector.updateIndexName),
  on("PUT", "/_connector/{connector_id}/_last_sync", connector.updateLastSync),
  on("PUT", "/_connector/{connector_id}/_name", connector.updateName),
  on("PUT", "/_connector/{connector_id}/_native", connector.updateNative),
  on("PUT", "/_connector/{connector_id}/_pipeline", connector.updatePipeline),
  on("PUT", "/_connector/{connector_id}/_scheduling", updateScheduling),
  on("PUT", "/_connector/{connector_id}/_service_type", connector.updateServiceType),
  on("PUT", "/_connector/{connector_id}/_status", connector.updateStatus),
  on("POST", "/_connector/_secret", postSecret),
  on("GET", "/_connector/_secret/{id}", getSecret),
  on("PUT", "/_connector/_secret/{id}", putSecret),
  on("DELETE", "/_connector/_secret/{id}", deleteSecret),
];

const syncJobs: Route[] = [
  on("GET", "/_connector/_sync_job", listSyncJobs),
  on("POST", "/_connector/_sync_job", postSyncJob),
  on("GET", "/_connector/_sync_job/{connector_sync_job_id}", getSyncJob),
  on("DELETE", "/_connector/_sync_job/{connector_sync_job_id}", deleteSyncJob),
  on("PUT", "/_connector/_sync_job/{connector_sync_job_id}/_cancel", job.cancelSyncJob),
  on("PUT", "/_connector/_sync_job/{connector_sync_job_id}/_check_in", job.checkInSyncJob),
  on("PUT", "/_connector/_sync_job/{connector_sync_job_id}/_claim", job.claimSyncJob, since8_15),
  on("PUT", "/_connector/_sync_job/{connector_sync_job_id}/_error", job.errorSyncJob),
  on("PUT", "/_connector/_sync_job/{connector_sync_job_id}/_stats", job.statsSyncJob),
];

const security: Route[] = [
  on("GET", "/_security/_authenticate", whoAmI),
  on("GET POST", "/_security/user/_has_privileges", hasPrivileges),
  on("GET", "/_security/api_key", getApiKeys),
  on("PUT POST", "/_security/api_key", createApiKey),
  on("DELETE", "/_security/api_key", invalidateApiKeys),
  on("POST", "/_security/api_key/grant", grantApiKey),
  on("POST", "/_security/api_key/_bulk_update", bulkUpdateApiKeys),
  on("PUT", "/_security/api_key/{id}", updateApiKey),
  on("GET POST", "/_security/_query/api_key", queryApiKeys),
  on("POST", "/_security/cross_cluster/api_key", createCrossClusterKey),
  on("PUT", "/_security/cross_cluster/api_key/{id}", updateCrossClusterKey),
];

const indices: Route[] = [
  on("PUT", "/{index}", putIndex),
  on("GET HEAD", "/{index}", getIndex),
  on("DELETE", "/{index}", deleteIndex),
  on("POST", "/{index}/_close", closeIndex),
  on("POST", "/{index}/_open", openIndex),
  on("GET POST", "/_refresh", refreshIndex),
  on("GET POST", "/{index}/_refresh", refreshIndex),
  on("GET", "/_settings", metadata.getSettings),
  on("GET", "/{index}/_settings", metadata.getSettings),
  on("GET", "/{index}/_settings/{name}", metadata.getSettings),
  on("PUT", "/{index}/_settings", metadata.putSettings),
  on("GET", "/_mapping", metadata.getMapping),
  on("GET", "/{index}/_mapping", metadata.getMapping),
  on("PUT POST", "/{index}/_mapping", metadata.putMapping),
  on("GET", "/_alias", aliases.getAliases),
  on("GET HEAD", "/_alias/{name}", aliases.getAliases),
  on("GET", "/{index}/_alias", aliases.getAliases),
  on("GET HEAD", "/{index}/_alias/{name}", aliases.getAliases),
  on("PUT POST", "/{index}/_alias/{name}", aliases.putAlias),
  on("DELETE", "/{index}/_alias/{name}", aliases.deleteAlias),
  on("POST", "/_aliases", aliases.updateAliases),
];

const documents: Route[] = [
  on("POST", "/{index}/_doc", putDocument),
  on("PUT POST", "/{index}/_doc/{id}", putDocument),
  on("PUT POST", "/{index}/_create/{id}", putDocument),
  on("GET HEAD", "/{index}/_doc/{id}", getDocument),
  on("DELETE", "/{index}/_doc/{id}", deleteOne),
  on("POST", "/{index}/_update/{id}", updateOne),
  on("PUT POST", "/_bulk", bulk),
  on("PUT POST", "/{index}/_bulk", bulk),
  on("GET POST", "/_count", count),
  on("GET POST", "/{index}/_count", count),
  on("GET POST", "/_search", search),
  on("GET POST", "/{index}/_search", search),
  on("POST", "/{index}/_delete_by_query", deleteByQuery),
  on("GET POST", "/_search/scroll", scrollOn),
  on("DELETE", "/_search/scroll", clearScroll),
];

/** Every endpoint of the server; what isn't here answers as an unknown route does. */
export const routes: readonly Route[] = [...info, ...connectors, ...syncJobs, ...security, ...indices, ...documents];

function on(methods: string, path: string, handler: Handler, when?: Route["when"]): Route {
  return { methods: methods.split(" ") as Method[], path, handler, when };
}
