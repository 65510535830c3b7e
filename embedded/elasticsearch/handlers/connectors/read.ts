import type { Cluster } from "../../cluster";
import { illegalArgument } from "../../errors";
import { globMatches } from "../../glob";
import { type Call, type Handler, ok } from "../../http/call";
import { indexNameProblem } from "../../indices/names";
import { connectorsIndex, syncJobsIndex } from "../../indices/templates";
import { isObject, type Json, type JsonObject } from "../../json";
import type { StoredDocument } from "../../store/document-store";
import { connectorId, connectorNeeds, emptyIdProblem, isDeleted, requireConnector, saveConnector } from "./documents";

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
      const matching = [...call.cluster.store.documents(connectorsIndex)].filter(({ source }) =>
        passes(source, filters),
      );
      return ok(pageAnswer(matching.sort(byIndexName), page));
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
export function pageAnswer(matching: readonly StoredDocument[], { from, size }: Page): JsonObject {
  const results = matching.slice(from, from + size).map(({ id, source }) => ({ id, ...source }));
  return { count: matching.length, results };
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

function passes(source: JsonObject, filters: Filters): boolean {
  if (isDeleted(source) && !filters.includeDeleted) return false;
  return (
    oneOf(source.index_name, filters.indexNames) &&
    oneOf(source.name, filters.names) &&
    oneOf(source.service_type, filters.serviceTypes) &&
    (filters.text === undefined || filters.text === "" || mentions(source, filters.text))
  );
}

function oneOf(value: Json | undefined, wanted: readonly string[]): boolean {
  return wanted.length === 0 || (typeof value === "string" && wanted.includes(value));
}

/** Names are keywords, matched as they are; the description is text, matched word by word in lower case. */
function mentions(source: JsonObject, text: string): boolean {
  const exact = [source.index_name, source.name].some(
    (value) => typeof value === "string" && globMatches(`*${text}*`, value),
  );
  const words =
    typeof source.description === "string" ? source.description.toLowerCase().split(/[^\p{L}\p{N}_']+/u) : [];
  return exact || words.some((word) => word !== "" && globMatches(`*${text.toLowerCase()}*`, word));
}

/** Ascending by index name; connectors without one come last. */
function byIndexName(a: StoredDocument, b: StoredDocument): number {
  const left = a.source.index_name;
  const right = b.source.index_name;
  if (typeof left !== "string" || typeof right !== "string") {
    return Number(typeof left !== "string") - Number(typeof right !== "string");
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

function removeJobs(cluster: Cluster, connector: string): void {
  for (const { id, source } of [...cluster.store.documents(syncJobsIndex)]) {
    if (isObject(source.connector) && source.connector.id === connector) cluster.store.remove(syncJobsIndex, id);
  }
}
