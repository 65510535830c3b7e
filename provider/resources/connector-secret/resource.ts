import type { Elasticsearch } from "../../elasticsearch/connection";
import { deleteSecret, getSecret, putSecret } from "../../elasticsearch/connector-secrets";
import { listConnectors } from "../../elasticsearch/connectors";
import { explain, isKind, leavesDoubt } from "../../elasticsearch/errors";
import { notice } from "../../model/notice";
import { type Context, defineResource } from "../../model/resource";
import { isUnknown } from "../../model/unknown";
import { idFor, newId } from "../../ownership/ids";
import { type ConnectorSecretInputs, connectorSecretFacts, connectorSecretInputs } from "./schema";

export const connectorSecret = defineResource({
  kind: "ConnectorSecret",
  inputs: connectorSecretInputs,
  facts: connectorSecretFacts,

  // The value of a key that was imported is known to nobody, and the one of an unchanged key may not be known yet.
  completed: (olds, news) =>
    (news.value === undefined || isUnknown(news.value)) && olds.value !== undefined && sameVersion(olds, news)
      ? { ...news, value: olds.value }
      : news,

  sameMeaning: (olds, news) => (isUnknown(news.value) && sameVersion(olds, news) ? ["value"] : []),

  async create(es, desired, context, made) {
    const id = await idOfSecret(es, context, desired).catch((error: unknown) => {
      throw explain(error, { object: `ConnectorSecret '${context.resource}'` });
    });
    try {
      // The id is ours and nobody else's, so that storing the value again is harmless.
      await putSecret(es, id, desired.value);
    } catch (error) {
      if (!leavesDoubt(error)) {
        throw explain(error, { object: `ConnectorSecret '${id}'` });
      }
      const there = await mayExist(es, id);
      if (there) {
        made(id);
      }
      throw explain(error, { object: `ConnectorSecret '${id}'`, doubt: there });
    }
    made(id);
  },

  async observe(es, id) {
    const value = await readable(es, id);
    return value === undefined ? undefined : { inputs: value === FORBIDDEN ? {} : { value }, facts: {} };
  },

  restore: (es, id, desired) => putSecret(es, id, desired.value),

  async update(es, id, { changed, desired }) {
    if (changed.has("value")) {
      await putSecret(es, id, desired.value);
    }
  },

  async remove(es, id) {
    if (storedOver.has(id)) {
      return;
    }
    // What has replaced it may have its id, of which this process needn't know; and no sync may lose its key.
    const user = (await secretUsers(es))?.get(id);
    if (user !== undefined) {
      notice("ConnectorSecret", id, `left alone: connector '${user}' uses it`);
      return;
    }
    await deleteSecret(es, id);
  },
});

/** Secrets that this process has stored over: whatever the state held under such an id is what is there now. */
const storedOver = new Set<string>();

/**
 * The id of an API key's secret is one of three that follow from the key: an attempt that was killed is found again and stored
 * over. A replacement for the same key takes the one after that which a connector uses now: the third makes that one differ
 * from what the connector used before, too, which a state may still say. Whatever else is stored gets a random id, since the
 * same value may be another stack's.
 */
async function idOfSecret(
  es: Elasticsearch,
  context: Context,
  { value, valueVersion }: ConnectorSecretInputs,
): Promise<string> {
  if (valueVersion === undefined || !isKey(value, valueVersion)) {
    return newId();
  }
  const users = await secretUsers(es);
  const ids = ["", " 2", " 3"].map((turn) => idFor(context, valueVersion + turn));
  const id = users && ids[(ids.findIndex((each) => users.has(each)) + 1) % ids.length];
  const before = id === undefined || users?.has(id) ? FORBIDDEN : await readable(es, id);
  if (id === undefined || before === FORBIDDEN) {
    return newId();
  }
  if (before !== undefined) {
    storedOver.add(id);
  }
  return id;
}

/** Whether this is what Elasticsearch calls the encoded form of the API key with that id. */
function isKey(value: string, id: string): boolean {
  return Buffer.from(value, "base64").toString("utf8").startsWith(`${id}:`);
}

/** Ids of the native connectors by the secret that each uses; nothing when the caller may not see connectors. */
async function secretUsers(es: Elasticsearch): Promise<Map<unknown, string> | undefined> {
  try {
    const native = (await listConnectors(es)).filter(({ is_native }) => is_native);
    return new Map(native.map(({ id, api_key_secret_id }) => [api_key_secret_id, id]));
  } catch (error) {
    if (isKind(error, "forbidden")) {
      return undefined;
    }
    throw error;
  }
}

function sameVersion(olds: { valueVersion?: unknown }, news: { valueVersion?: unknown }): boolean {
  return news.valueVersion !== undefined && news.valueVersion === olds.valueVersion;
}

/** Whether a failed request may have stored the secret after all: then it has to be recorded. */
async function mayExist(es: Elasticsearch, id: string): Promise<boolean> {
  try {
    return (await getSecret(es, id)) !== undefined;
  } catch {
    return true;
  }
}

const FORBIDDEN = Symbol("the caller may not read secrets");

/** The stored value; a caller who may write secrets but not read them goes by what is recorded. */
async function readable(es: Elasticsearch, id: string): Promise<string | typeof FORBIDDEN | undefined> {
  try {
    return await getSecret(es, id);
  } catch (error) {
    if (isKind(error, "forbidden")) {
      return FORBIDDEN;
    }
    throw error;
  }
}
