import type { Elasticsearch } from "./connection";
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
  configuration?: Record<string, WireField>;
  scheduling?: Record<string, WireSchedule>;
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

export async function findConnectorsByIndex(es: Elasticsearch, indexName: string): Promise<WireConnector[]> {
  const answer = await es.send<{ results: WireConnector[] }>({
    method: "GET",
    path: ["_connector"],
    query: { index_name: indexName },
    what: "look for connectors of the index",
  });
  return answer.results;
}

export async function putAspect(
  es: Elasticsearch,
  id: string,
  aspect: Aspect,
  body: Record<string, unknown>,
): Promise<void> {
  const what = `change the connector (${aspect})`;
  await es.send({ method: "PUT", path: ["_connector", id, aspect], body, what });
}

/** Writes features where there is no endpoint for them yet, as Elastic's documentation has it. */
export async function updateFeaturesDocument(es: Elasticsearch, id: string, features: WireFeatures): Promise<void> {
  const what = "change the connector's features";
  await es.send({ method: "POST", path: [".elastic-connectors", "_update", id], body: { doc: { features } }, what });
}

/** Deletes a connector and its sync jobs, leaving nothing behind. One that is gone already is deleted. */
export async function deleteConnector(es: Elasticsearch, id: string): Promise<void> {
  const { version } = await es.info();
  const query = {
    ...(abilities.deleteSyncJobs(version) ? { delete_sync_jobs: true } : {}),
    ...(abilities.softDelete(version) ? { hard: true } : {}),
  };
  await unlessMissing(es.send({ method: "DELETE", path: ["_connector", id], query, what: "delete the connector" }));
}
