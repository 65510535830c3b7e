import { connect, type Elasticsearch } from "../elasticsearch/connection";
import { getConnector, listConnectors, type WireConnector } from "../elasticsearch/connectors";
import { ProviderError } from "../elasticsearch/errors";
import { misconfigured, readSettings } from "../elasticsearch/settings";
import { sensitiveNames, withoutSensitive } from "../resources/connector/configuration";
import type { ConnectorInputs } from "../resources/connector/schema";
import { fromWire } from "../resources/connector/wire";

export { tableOf } from "../privileges";
export { type FoundPrivileges, findPrivileges, type Privilege } from "./privileges";

/** A connector as it is now, the parts included that no state holds. */
export interface FoundConnector {
  connectorId: string;
  name: string | undefined;
  description: string | undefined;
  serviceType: string | undefined;
  native: boolean;
  indexName: string | undefined;
  language: string | undefined;
  configuration: NonNullable<ConnectorInputs["configuration"]>;
  /** Fields of the configuration that hold secrets. */
  secretFields: string[];
  scheduling: ConnectorInputs["scheduling"];
  pipeline: ConnectorInputs["pipeline"];
  features: ConnectorInputs["features"];
  apiKeyId: string | undefined;
  apiKeySecretId: string | undefined;
  status: string | undefined;
  error: string | undefined;
  lastSeen: string | undefined;
  lastSynced: string | undefined;
  lastSyncStatus: string | undefined;
  lastSyncError: string | undefined;
  indexedDocumentCount: number | undefined;
  deletedDocumentCount: number | undefined;
}

/** By exact values; all that are given have to fit. */
export interface Filters {
  name?: string | undefined;
  indexName?: string | undefined;
  serviceType?: string | undefined;
  status?: string | undefined;
}

/** Opens a connection as the provider does. @throws ProviderError when the settings don't allow it. */
export function open(config: (name: string) => unknown, env: NodeJS.ProcessEnv): Elasticsearch {
  try {
    return connect(readSettings(config, env));
  } catch (problem) {
    throw misconfigured(problem);
  }
}

/** One connector, by its id or by a name that no other one has. @throws ProviderError when there is none. */
export async function findConnector(
  es: Elasticsearch,
  { connectorId, name }: { connectorId?: string | undefined; name?: string | undefined },
): Promise<FoundConnector> {
  if ((connectorId === undefined) === (name === undefined)) {
    fail("invalid", "either connectorId or name has to be given, and not both");
  }
  if (connectorId !== undefined) {
    const found = await getConnector(es, connectorId);
    return describe(found ?? fail("not-found", `there is no connector with the id '${connectorId}'`));
  }
  const [found, ...more] = await listed(es, { name });
  if (found && more.length > 0) {
    const ids = [found, ...more].map(({ id }) => id).join(", ");
    fail("conflict", `${more.length + 1} connectors are named '${name}': ${ids}`);
  }
  return describe(found ?? fail("not-found", `there is no connector named '${name}'`));
}

/** All connectors that fit. A write of the last second may not show yet. */
export async function findConnectors(es: Elasticsearch, filters: Filters): Promise<FoundConnector[]> {
  return (await listed(es, filters)).map(describe);
}

/** The server takes a comma for the end of a value and an empty value for none, so it is only asked what it understands. */
async function listed(es: Elasticsearch, filters: Filters): Promise<WireConnector[]> {
  const { name, indexName, serviceType, status } = filters;
  const askable = { connector_name: name, index_name: indexName, service_type: serviceType };
  const asked = Object.entries(askable).filter(([, value]) => value && !value.includes(","));
  const found = await listConnectors(es, Object.fromEntries(asked));
  const fits = (wanted: string | undefined, value: string | null | undefined) =>
    wanted === undefined || wanted === (value ?? "");
  return found.filter(
    (each) =>
      fits(name, each.name) &&
      fits(indexName, each.index_name) &&
      fits(serviceType, each.service_type) &&
      fits(status, each.status),
  );
}

function describe(wire: WireConnector): FoundConnector {
  const { configuration = {}, ...inputs } = fromWire(wire);
  const said = (text: string | null | undefined) => (text ? withoutSensitive(text, wire) : undefined);
  return {
    connectorId: wire.id,
    name: inputs.name,
    description: inputs.description,
    serviceType: inputs.serviceType,
    native: inputs.native === true,
    indexName: inputs.indexName,
    language: inputs.language,
    configuration,
    secretFields: [...sensitiveNames(wire.service_type, wire.configuration ?? {})],
    scheduling: inputs.scheduling,
    pipeline: inputs.pipeline,
    features: inputs.features,
    apiKeyId: inputs.apiKeyId,
    apiKeySecretId: inputs.apiKeySecretId,
    status: wire.status,
    error: said(wire.error),
    lastSeen: wire.last_seen ?? undefined,
    lastSynced: wire.last_synced ?? undefined,
    lastSyncStatus: wire.last_sync_status ?? undefined,
    lastSyncError: said(wire.last_sync_error),
    indexedDocumentCount: wire.last_indexed_document_count ?? undefined,
    deletedDocumentCount: wire.last_deleted_document_count ?? undefined,
  };
}

function fail(kind: keyof typeof ADVICE, why: string): never {
  throw new ProviderError(kind, { what: "look the connector up", why, next: ADVICE[kind] });
}

const ADVICE = {
  invalid: "give the one that you know",
  conflict: "look it up by its connectorId",
  "not-found": "check that this is the cluster that you mean",
};
