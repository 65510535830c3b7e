import { type Cluster, isoTime } from "../../cluster";
import { ElasticsearchError, resourceNotFound } from "../../errors";
import { type Call, ok, param, type Reply } from "../../http/call";
import { ensureIndex } from "../../indices/create";
import { connectorsIndex, syncJobsIndex } from "../../indices/templates";
import { deepMerge, equal, type JsonObject } from "../../json";
import { type Needs, onCluster, onIndices } from "../../security/authorize";

/** What a connector action needs: index privileges up to 8.19, cluster privileges of their own from 9.0 on. */
export function connectorNeeds(cluster: Cluster, kind: "read" | "write", action: string): Needs {
  if (cluster.profile.since9_0) return onCluster(`cluster:admin/xpack/connector/${action}`);
  const index = action.startsWith("sync_job/") ? syncJobsIndex : connectorsIndex;
  return onIndices(`indices:data/${kind}/xpack/connector/${action}`, [index]);
}

export function connectorId(call: Call): string {
  return param(call, "connector_id");
}

export function emptyIdProblem(call: Call): string[] {
  return connectorId(call) === "" ? ['[connector_id] cannot be [null] or [""].'] : [];
}

/** The stored source; soft-deleted connectors count as missing unless asked for. */
export function requireConnector(cluster: Cluster, id: string, includeDeleted = false): JsonObject {
  const source = cluster.store.get(connectorsIndex, id)?.source;
  if (source === undefined || (isDeleted(source) && !includeDeleted)) {
    if (cluster.defects.has("not-found-hidden")) return {};
    throw connectorNotFound(id);
  }
  return source;
}

export function connectorNotFound(id: string): ElasticsearchError {
  return resourceNotFound(`connector [${id}] not found`);
}

export function isDeleted(source: JsonObject): boolean {
  return source.deleted === true;
}

export function saveConnector(cluster: Cluster, id: string, source: JsonObject): void {
  ensureIndex(cluster, connectorsIndex);
  cluster.store.put(connectorsIndex, id, source);
}

/** Merges a partial document into the connector, as an update request does: equal content is a no-op. */
export function mergeIntoConnector(cluster: Cluster, id: string, changes: JsonObject): Reply {
  const source = requireConnector(cluster, id, true);
  const merged = deepMerge(source, changes);
  if (equal(merged, source)) return ok({ result: "noop" });
  if (!cluster.defects.has("updates-ignored")) saveConnector(cluster, id, merged);
  return ok({ result: "updated" });
}

export function timestamp(cluster: Cluster): string {
  return isoTime(cluster.now());
}

/** The name of an index that another connector uses already is refused. */
export function requireFreeIndexName(cluster: Cluster, id: string | undefined, name: string | null | undefined): void {
  const blind = cluster.defects.has("index-name-clashes-with-itself");
  if (blind && cluster.store.count(connectorsIndex) > 0) throw indexNameUsed(String(name));
  if (name === undefined || name === null || cluster.defects.has("index-name-uniqueness-off")) return;
  const equals = { deleted: ["false"], index_name: [name] };
  const { documents } = cluster.store.lookup(connectorsIndex, { equals, sort: "index_name", from: 0, size: 2 });
  if (documents.some((each) => each.id !== id)) {
    throw indexNameUsed(name);
  }
}

function indexNameUsed(name: string): ElasticsearchError {
  return new ElasticsearchError(400, "status_exception", `Index name [${name}] is used by another connector.`);
}

export const contentPrefix = "content-";
