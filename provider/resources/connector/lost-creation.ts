import { serviceType } from "../../catalogue";
import { getApiKey } from "../../elasticsearch/api-keys";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { getConnectorEvenDeleted, type WireConnector } from "../../elasticsearch/connectors";
import { isKind, ProviderError } from "../../elasticsearch/errors";
import { deepEqual } from "../../model/equality";
import type { Context } from "../../model/resource";
import { markOf } from "../../ownership/marks";
import type { ConnectorInputs } from "./schema";
import { creationFeatures, fromWire } from "./wire";

/**
 * Whether the connector of this id is what is left of this very creation. One of somebody else's is refused: creating over it
 * would reset it.
 */
export async function isLeftUnderId(
  es: Elasticsearch,
  id: string,
  desired: ConnectorInputs,
  context: Context,
): Promise<boolean> {
  const existing = await getConnectorEvenDeleted(es, id);
  if (!existing || existing.deleted) {
    return false;
  }
  if (await isLostCreation(es, existing, desired, context)) {
    return true;
  }
  throw new ProviderError("conflict", {
    what: "create the connector",
    object: `Connector '${id}'`,
    why: `a connector with this id exists already${existing.name ? `, named '${existing.name}'` : ""}; creating it would reset that one`,
    next: "set adopt: true to take it over, choose another connectorId, leave it out to get a fresh one, or delete the existing connector if nobody needs it",
  });
}

/**
 * What only this creation can have left. It has the key that is declared and that this stack has made; or nobody has done
 * anything with it yet: never configured or scheduled, never seen by a service, without a key, and exactly what would be
 * created now.
 */
export async function isLostCreation(
  es: Elasticsearch,
  existing: WireConnector,
  desired: ConnectorInputs,
  context: Context,
): Promise<boolean> {
  const live = fromWire(existing);
  const same = (names: readonly ("name" | "description" | "serviceType" | "indexName" | "language")[]) =>
    names.every((name) => (live[name] ?? "") === (desired[name] ?? ""));
  if (existing.last_seen || !same(["indexName", "language"]) || live.native !== (desired.native ?? false)) {
    return false;
  }
  if (existing.api_key_id) {
    return existing.api_key_id === desired.apiKeyId && (await isKeyOf(es, existing.api_key_id, context));
  }
  const { version } = await es.info();
  const features = creationFeatures(desired.features, serviceType(desired.serviceType, version));
  const untouched =
    Object.keys(existing.configuration ?? {}).length === 0 &&
    !existing.pipeline &&
    (!existing.features || deepEqual(existing.features, features)) &&
    Object.keys(existing.custom_scheduling ?? {}).length === 0 &&
    Object.values(existing.scheduling ?? {}).every(({ enabled }) => !enabled);
  return untouched && same(["name", "description", "serviceType"]);
}

/** Whether the key bears this stack's mark. A person may paste any other key's id anywhere. */
async function isKeyOf(es: Elasticsearch, id: string, { project, stack }: Context): Promise<boolean> {
  try {
    const mark = markOf((await getApiKey(es, id)).key?.metadata);
    return mark?.project === project && mark.stack === stack;
  } catch (error) {
    if (isKind(error, "forbidden")) {
      return false;
    }
    throw error;
  }
}
