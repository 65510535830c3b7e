// What is refused before anything is written: by the inputs alone, by the server's version, and by the live connector.

import { serviceType as catalogued, serviceTypes, validateConfiguration } from "../../catalogue";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { getConnector, listConnectors, type WireConnector } from "../../elasticsearch/connectors";
import { abilities, type ServerVersion } from "../../elasticsearch/version";
import type { Issue } from "../../model/issues";
import { notice } from "../../model/notice";
import type { ServerCheck } from "../../model/resource";
import { isRecord, isUnknown } from "../../model/unknown";
import type { ConnectorInputs } from "./schema";
import { syncRuleIssues } from "./sync-rules/rules";

type Olds = Partial<ConnectorInputs>;

/** Rules that need no server. */
export function localIssues(news: ConnectorInputs, olds: Olds): Issue[] {
  const issues = configurationIssues(news, undefined);
  // A connector that exists may have a schema that its service has registered, and values that nobody declares here: then
  // the server is asked.
  const exists = news.adopt === true || !isNew(olds);
  return [
    ...(exists ? issues.filter((issue) => !hangsOnServer(issue, news, undefined)) : issues),
    ...syncRuleIssues(news.syncRules, news.serviceType),
    ...securityIssues(news),
    ...adoptIssues(news),
  ];
}

/** Rules that depend on the server's version, or on what the connector is there. */
export async function serverIssues(es: Elasticsearch, check: ServerCheck<ConnectorInputs>): Promise<Issue[]> {
  const { olds, news, context } = check;
  const { version, number } = await es.info();
  if (olds.native === true && news.native !== true) {
    const text = "becomes self-managed, which can't be undone; your own connectors service will have to run it";
    notice("Connector", olds.connectorId ?? context.resource, text);
  }
  return [
    ...(await onLiveConnector(es, check, version)),
    ...(await nativeIssues(es, check, version, number)),
    ...indexIssues(news, version, number),
    ...deletionIssues(news, version, number),
    ...(await keylessIssues(es, check, version)),
  ];
}

function configurationIssues(
  { serviceType, configuration }: ConnectorInputs,
  version: ServerVersion | undefined,
): Issue[] {
  // Without a configuration the service registers its own schema and waits for values.
  if (typeof serviceType !== "string" || !isRecord(configuration)) {
    return [];
  }
  const issues = validateConfiguration(serviceType, configuration, { ...(version ? { version } : {}), isUnknown });
  return issues.map(({ path, message }) => ({ path: ["configuration", ...path], message }));
}

/**
 * What is wrong with the configuration, given what the live connector has: fields that a running service has registered
 * are known, and values that nobody here has ever declared hold.
 */
async function onLiveConnector(
  es: Elasticsearch,
  { olds, news }: ServerCheck<ConnectorInputs>,
  version: ServerVersion,
): Promise<Issue[]> {
  const issues = configurationIssues(news, version);
  const exists = news.adopt === true || !isNew(olds);
  if (!exists || !issues.some((issue) => hangsOnServer(issue, news, version))) {
    return issues;
  }
  // Of one that only its id tells, diff and update judge.
  return canBeFound(olds, news)
    ? withLiveConfiguration(olds, news, await liveConnector(es, olds, news), version)
    : issues.filter((issue) => !hangsOnServer(issue, news, version));
}

/** Issues of the configuration that a connector of which the inputs tell no id doesn't answer by what it has. */
export async function liveIssues(
  es: Elasticsearch,
  id: string,
  { olds, news }: Pick<ServerCheck<ConnectorInputs>, "olds" | "news">,
  found?: WireConnector,
): Promise<Issue[]> {
  const { version } = await es.info();
  return !canBeFound(olds, news) &&
    configurationIssues(news, version).some((issue) => hangsOnServer(issue, news, version))
    ? withLiveConfiguration(olds, news, found ?? (await getConnector(es, id)), version)
    : [];
}

function withLiveConfiguration(
  olds: Olds,
  news: ConnectorInputs,
  live: WireConnector | undefined,
  version: ServerVersion,
): Issue[] {
  const registered = live?.service_type === news.serviceType ? (live.configuration ?? {}) : {};
  // What was declared and is no more returns to its default.
  const others = Object.entries(registered).filter(
    ([name, { value }]) => value !== undefined && value !== null && value !== "" && !declares(olds, name),
  );
  const values = Object.fromEntries(others.map(([name, { value }]) => [name, value]));
  const all = { ...news, configuration: { ...values, ...news.configuration } } as ConnectorInputs;
  return configurationIssues(all, version).filter(({ path: [, name] }) => {
    const field = String(name);
    const ofOthers = Object.hasOwn(values, field) && !declares(news, field);
    return !ofOthers && !(Object.hasOwn(registered, field) && isUnknownField(field, news, version));
  });
}

/** A field that isn't declared, or that the catalogue doesn't have. */
function hangsOnServer({ path }: Issue, news: ConnectorInputs, version: ServerVersion | undefined): boolean {
  const name = String(path[1]);
  return (
    path.length >= 2 && path[0] === "configuration" && (!declares(news, name) || isUnknownField(name, news, version))
  );
}

function declares({ configuration }: Olds, name: string): boolean {
  return isRecord(configuration) && Object.hasOwn(configuration, name);
}

function isUnknownField(name: string, { serviceType }: ConnectorInputs, version: ServerVersion | undefined): boolean {
  return (catalogued(serviceType, version)?.fields ?? []).every((field) => field.name !== name);
}

function securityIssues({ serviceType, features }: ConnectorInputs): Issue[] {
  const known = typeof serviceType === "string" ? catalogued(serviceType) : undefined;
  return isRecord(features) &&
    features.documentLevelSecurity === true &&
    known?.features.document_level_security.enabled === false
    ? [
        {
          path: ["features", "documentLevelSecurity"],
          message: `the service type ${known.name} has no document-level security; those that have are ${SECURED.join(", ")}`,
        },
      ]
    : [];
}

const SECURED = serviceTypes().filter((name) => catalogued(name)?.features.document_level_security.enabled);

async function nativeIssues(
  es: Elasticsearch,
  { olds, news }: ServerCheck<ConnectorInputs>,
  version: ServerVersion,
  number: string,
): Promise<Issue[]> {
  if (news.native !== true) {
    return [];
  }
  if (await isSelfManaged(es, olds, news)) {
    const message =
      "can't become true: a self-managed connector stays one. Delete it and declare a new native connector instead";
    return [{ path: ["native"], message }];
  }
  if (abilities.servesNativeConnectors(version)) {
    return [];
  }
  if (news.allowUnservedNative !== true) {
    const message = `no Elastic-managed service runs native connectors from 9.0 on, and the server is ${number}. Declare the connector self-managed (leave native out) and run the connectors service yourself, or set allowUnservedNative: true`;
    return [{ path: ["native"], message }];
  }
  // One that was made before the server was upgraded keeps the index that it has.
  const chosen = typeof news.indexName === "string" && news.indexName !== olds.indexName ? news.indexName : undefined;
  return chosen !== undefined && !chosen.startsWith("content-")
    ? [
        {
          path: ["indexName"],
          message: "must start with 'content-': from 9.0 on the server accepts no other index for a native connector",
        },
      ]
    : [];
}

/** One that was taken over without a word of it may be native. */
async function isSelfManaged(es: Elasticsearch, olds: Olds, news: ConnectorInputs): Promise<boolean> {
  if (isNew(olds) || olds.native === true) {
    return false;
  }
  return olds.native === false || (await liveConnector(es, olds, news))?.is_native !== true;
}

function indexIssues({ indexName }: ConnectorInputs, version: ServerVersion, number: string): Issue[] {
  return indexName === undefined && !abilities.detachedConnectors(version)
    ? [
        {
          path: ["indexName"],
          message: `is required: a connector without an index exists from 8.15 on, and the server is ${number}`,
        },
      ]
    : [];
}

function deletionIssues({ deletion }: ConnectorInputs, version: ServerVersion, number: string): Issue[] {
  return deletion === "soft" && !abilities.softDelete(version)
    ? [{ path: ["deletion"], message: `soft exists from 9.0 on, and the server is ${number}: leave it out` }]
    : [];
}

function adoptIssues({ adopt, connectorId }: ConnectorInputs): Issue[] {
  return adopt === true && connectorId === undefined
    ? [{ path: ["connectorId"], message: "is required with adopt: it says which connector to take over" }]
    : [];
}

/**
 * A native connector from before 8.13 has no key of its own, and an index of another name would leave it without rights:
 * keys have to be enabled first.
 */
async function keylessIssues(
  es: Elasticsearch,
  { olds, news }: ServerCheck<ConnectorInputs>,
  version: ServerVersion,
): Promise<Issue[]> {
  const moves = olds.indexName !== undefined && typeof news.indexName === "string" && olds.indexName !== news.indexName;
  const enabled = isUnknown(news.features) ? news.features : news.features?.nativeConnectorApiKeys;
  if (!moves || news.native !== true || enabled === true || isUnknown(enabled)) {
    return [];
  }
  const live = abilities.servesNativeConnectors(version) ? await liveConnector(es, olds, news) : undefined;
  return live?.is_native && live.features?.native_connector_api_keys?.enabled !== true
    ? [
        {
          path: ["indexName"],
          message:
            "can't change before the connector has an API key of its own: set features.nativeConnectorApiKeys: true (it was made before 8.13)",
        },
      ]
    : [];
}

/** Whether the inputs tell which connector they speak of. */
function canBeFound(olds: Olds, news: ConnectorInputs): boolean {
  return [news.connectorId, olds.connectorId, olds.indexName].some((name) => typeof name === "string");
}

/** The connector that the inputs speak of, where they tell: by its id, or by the index that it has. */
async function liveConnector(es: Elasticsearch, olds: Olds, news: ConnectorInputs): Promise<WireConnector | undefined> {
  const id = news.connectorId ?? olds.connectorId;
  if (typeof id === "string") {
    return getConnector(es, id);
  }
  return typeof olds.indexName === "string" ? (await listConnectors(es, { index_name: olds.indexName }))[0] : undefined;
}

function isNew(olds: Olds): boolean {
  return Object.keys(olds).length === 0;
}
