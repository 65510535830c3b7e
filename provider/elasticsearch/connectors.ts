import type { Elasticsearch } from "./connection";
import { isKind, ProviderError } from "./errors";
import { unlessMissing } from "./not-found";
import { abilities } from "./version";

/** A connector as `GET /_connector/{id}` describes it: the parts that the provider looks at. */
export interface WireConnector {
  id: string;
  name?: string | null;
  description?: string | null;
  index_name?: string | null;
  service_type?: string | null;
  is_native?: boolean;
  language?: string | null;
  status?: string;
  error?: string | null;
  last_synced?: string | null;
  last_sync_status?: string | null;
  last_sync_error?: string | null;
  last_indexed_document_count?: number | null;
  last_deleted_document_count?: number | null;
  configuration?: Record<string, WireField>;
  scheduling?: Record<string, WireSchedule>;
  custom_scheduling?: Record<string, WireCustomSchedule>;
  filtering?: WireFiltering[];
  pipeline?: Record<string, unknown> | null;
  features?: WireFeatures | null;
  api_key_id?: string | null;
  api_key_secret_id?: string | null;
  last_seen?: string | null;
  deleted?: boolean;
}

export interface WireField {
  value?: unknown;
  default_value?: unknown;
  sensitive?: boolean;
}

export interface WireSchedule {
  enabled: boolean;
  interval: string;
}

export interface WireCustomSchedule extends WireSchedule {
  name?: string;
  configuration_overrides?: Record<string, unknown>;
  last_synced?: string | null;
}

export interface WireFiltering {
  domain?: string;
  active: WireRules;
  draft: WireRules;
}

export interface WireRules {
  rules: WireRule[];
  advanced_snippet: { value?: unknown; created_at?: string; updated_at?: string };
  validation: { state: string; errors: { ids: string[]; messages: string[] }[] };
}

export interface WireRule {
  id: string;
  policy: string;
  field: string;
  rule: string;
  value: string;
  order: number;
  created_at?: string;
  updated_at?: string;
}

export interface WireFeatures {
  document_level_security?: { enabled?: boolean };
  incremental_sync?: { enabled?: boolean };
  native_connector_api_keys?: { enabled?: boolean };
  sync_rules?: { basic?: { enabled?: boolean }; advanced?: { enabled?: boolean } };
}

/** The aspects of a connector that have an endpoint of their own. */
export type Aspect =
  | "_name"
  | "_index_name"
  | "_service_type"
  | "_native"
  | "_configuration"
  | "_api_key_id"
  | "_scheduling"
  | "_filtering"
  | "_pipeline"
  | "_features";

/** Creates a connector, or resets the one that has the id: look before. */
export async function putConnector(es: Elasticsearch, id: string, body: Record<string, unknown>): Promise<void> {
  await es.send({ method: "PUT", path: ["_connector", id], body, what: "create the connector", once: true });
}

export async function getConnector(es: Elasticsearch, id: string): Promise<WireConnector | undefined> {
  const what = "read the connector";
  return unlessMissing(es.send<WireConnector>({ method: "GET", path: ["_connector", id], what }));
}

/** A connector, one that is marked as deleted included: its id is still taken. */
export async function getConnectorEvenDeleted(es: Elasticsearch, id: string): Promise<WireConnector | undefined> {
  const { version } = await es.info();
  const query = abilities.softDelete(version) ? { include_deleted: true } : {};
  return unlessMissing(
    es.send<WireConnector>({ method: "GET", path: ["_connector", id], query, what: "read the connector" }),
  );
}

/** Exact values; several filters have to hold together. */
export interface ConnectorFilters {
  connector_name?: string;
  index_name?: string;
  service_type?: string;
}

const PAGE = 100;
const MOST_PAGES = 100;

/** All connectors that fit, page by page. A write of the last second may not show yet. */
export async function listConnectors(es: Elasticsearch, filters: ConnectorFilters = {}): Promise<WireConnector[]> {
  const found = new Map<string, WireConnector>();
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { ...filters, from: page * PAGE, size: PAGE };
    const what = "list the connectors";
    const answer = await es.send<{ results: WireConnector[] }>({ method: "GET", path: ["_connector"], query, what });
    for (const connector of answer.results) {
      found.set(connector.id, connector);
    }
    if (answer.results.length < PAGE) {
      return [...found.values()];
    }
  }
  throw new ProviderError("unexpected", {
    what: "list the connectors",
    why: `there are more than ${PAGE * MOST_PAGES}`,
    next: "ask for those of one index, name or service type",
  });
}

export async function putAspect(
  es: Elasticsearch,
  id: string,
  aspect: Aspect,
  body: Record<string, unknown>,
): Promise<void> {
  const what = `change the connector (${aspect})`;
  // It resets the status, which the write of the configuration sets.
  const once = aspect === "_service_type";
  await es.send({ method: "PUT", path: ["_connector", id, aspect], body, what, once });
}

/** Writes features where there is no endpoint for them yet, as Elastic's documentation has it. */
export async function updateFeaturesDocument(es: Elasticsearch, id: string, features: WireFeatures): Promise<void> {
  const what = "change the connector's features";
  await es.send({ method: "POST", path: [".elastic-connectors", "_update", id], body: { doc: { features } }, what });
}

/**
 * Changes members of a connector's document for which there is no endpoint: as a whole, so that a key inside can go too,
 * and only if nobody has written in between.
 */
export async function changeConnectorDocument(
  es: Elasticsearch,
  id: string,
  change: (source: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const what = "change the connector's document";
  for (let tries = 1; ; tries++) {
    const path = [DOCUMENTS, "_doc", id];
    const found = await es.send<WireDocument>({ method: "GET", path, what });
    const query = { if_seq_no: found._seq_no, if_primary_term: found._primary_term, refresh: true };
    const body = { ...found._source, ...change(found._source) };
    try {
      return void (await es.send({ method: "PUT", path, query, body, what }));
    } catch (error) {
      if (tries === 5 || !isKind(error, "conflict")) {
        throw error;
      }
    }
  }
}

/** Changes members of a connector's document in one write, if nobody writes in between. */
export async function updateConnectorDocument(
  es: Elasticsearch,
  id: string,
  doc: Record<string, unknown>,
): Promise<void> {
  const what = "change the connector's document";
  const found = await es.send<WireDocument>({ method: "GET", path: [DOCUMENTS, "_doc", id], what });
  const query = { if_seq_no: found._seq_no, if_primary_term: found._primary_term, refresh: true };
  await es.send({ method: "POST", path: [DOCUMENTS, "_update", id], query, body: { doc }, what });
}

interface WireDocument {
  _source: Record<string, unknown>;
  _seq_no: number;
  _primary_term: number;
}

const DOCUMENTS = ".elastic-connectors-v1";

/**
 * Deletes a connector. One that is gone already is deleted. A hard deletion leaves nothing behind, neither a marked
 * document nor sync jobs.
 */
export async function deleteConnector(es: Elasticsearch, id: string, deletion: "hard" | "soft"): Promise<void> {
  const { version } = await es.info();
  const query = {
    ...(deletion === "hard" && abilities.deleteSyncJobs(version) ? { delete_sync_jobs: true } : {}),
    ...(deletion === "hard" && abilities.softDelete(version) ? { hard: true } : {}),
  };
  await unlessMissing(es.send({ method: "DELETE", path: ["_connector", id], query, what: "delete the connector" }));
}
