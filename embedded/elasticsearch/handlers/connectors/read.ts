import type { Cluster } from "../../cluster";
import { illegalArgument } from "../../errors";
import { type Call, type Handler, ok } from "../../http/call";
import { indexNameProblem } from "../../indices/names";
import { connectorsIndex, syncJobsIndex } from "../../indices/templates";
import type { JsonObject } from "../../json";
import type { Lookup, LookupResult } from "../../store/document-store";
import { connectorId, connectorNeeds, emptyIdProblem, requireConnector, saveConnector } from "./documents";

export const getConnector: Handler = (call) => {
  const includeDeleted = includesDeleted(call);
  return {
    needs: connectorNeeds(call.cluster, "read", "get"),
    problems: emptyIdProblem(call),
    run: () => ok({ id: connectorId(call), ...requireConnector(call.cluster, connectorId(call), includeDeleted) }),
  };
};

export const listConnectors: Handler = (call) => {
  const page = pageOf(call);
  const filters = {
    indexNames: call.query.list("index_name"),
    names: call.query.list("connector_name"),
    serviceTypes: call.query.list("service_type"),
    text: call.query.text("query"),
    includeDeleted: includesDeleted(call),
  };
  return {
    needs: connectorNeeds(call.cluster, "read", "list"),
    problems: filters.indexNames.flatMap((name) => indexNameProblem(name) ?? []),
    run: () => {
      const lenient = call.cluster.defects.has("filters-ignored");
      const { sort, ...conditions } = wanted(filters);
      const chosen = lenient ? { equals: {} } : conditions;
      return ok(pageAnswer(call.cluster.store.lookup(connectorsIndex, { ...chosen, sort, ...page })));
    },
  };
};

export const deleteConnector: Handler = (call) => {
  const { cluster } = call;
  const id = connectorId(call);
  const deleteJobs = call.query.flag("delete_sync_jobs", false);
  const hard = cluster.profile.since9_0 ? call.query.flag("hard", false) : true;
  return {
    needs: connectorNeeds(cluster, "write", "delete"),
    problems: emptyIdProblem(call),
    run: () => {
      const source = requireConnector(cluster, id, hard);
      if (cluster.defects.has("deletes-ignored")) return ok({ acknowledged: true });
      if (hard || cluster.defects.has("soft-delete-off")) cluster.store.remove(connectorsIndex, id);
      else saveConnector(cluster, id, { ...source, deleted: true });
      if (deleteJobs) removeJobs(cluster, id);
      return ok({ acknowledged: true });
    },
  };
};

export interface Page {
  readonly from: number;
  readonly size: number;
}

export function pageOf(call: Call): Page {
  const page = { from: call.query.integer("from", 0), size: call.query.integer("size", 100) };
  for (const [name, value] of Object.entries(page)) {
    if (value < 0) throw illegalArgument(`Parameter [${name}] cannot be negative but was [${value}]`);
  }
  return page;
}

/** `count` is the number of all matches, whatever the page holds. */
export function pageAnswer({ total, documents }: LookupResult): JsonObject {
  return { count: total, results: documents.map(({ id, source }) => ({ id, ...source })) };
}

function includesDeleted(call: Call): boolean {
  return call.cluster.profile.since9_0 && call.query.flag("include_deleted", false);
}

interface Filters {
  readonly indexNames: readonly string[];
  readonly names: readonly string[];
  readonly serviceTypes: readonly string[];
  readonly text: string | undefined;
  readonly includeDeleted: boolean;
}

/** Ascending by index name; connectors without one come last. */
function wanted({ indexNames, names, serviceTypes, text, includeDeleted }: Filters): Omit<Lookup, keyof Page> {
  const equals: Record<string, readonly string[]> = {};
  if (!includeDeleted) equals.deleted = ["false"];
  if (indexNames.length > 0) equals.index_name = indexNames;
  if (names.length > 0) equals.name = names;
  if (serviceTypes.length > 0) equals.service_type = serviceTypes;
  // The other indexes begin with the flag.
  if (includeDeleted && names.length + serviceTypes.length > 0) equals.deleted = ["false", "true"];
  return { equals, sort: "index_name", containing: text === "" ? undefined : text };
}

function removeJobs(cluster: Cluster, connector: string): void {
  const equals = { "connector.id": [connector] };
  const all = { equals, sort: "created_at", from: 0, size: Number.MAX_SAFE_INTEGER };
  for (const { id } of cluster.store.lookup(syncJobsIndex, all).documents) cluster.store.remove(syncJobsIndex, id);
}
