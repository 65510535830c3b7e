import type { Elasticsearch } from "../../elasticsearch/connection";
import { deleteSecret, getSecret, putSecret } from "../../elasticsearch/connector-secrets";
import { listConnectors } from "../../elasticsearch/connectors";
import { explain, isKind } from "../../elasticsearch/errors";
import { type Context, defineResource } from "../../model/resource";
import { isUnknown } from "../../model/unknown";
import { idFor, newId } from "../../ownership/ids";
import { connectorSecretFacts, connectorSecretInputs } from "./schema";

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
      if (await mayExist(es, id, error)) {
        made(id);
      }
      throw explain(error, { object: `ConnectorSecret '${id}'` });
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
    await deleteSecret(es, id);
  },
});

/**
 * An id for an API key's secret is one of two that follow from the key: an attempt that was killed is found again, and stored
 * over. A replacement for the same key takes the one that no connector uses. Whatever else is stored gets a random id, since
 * the same value may be another stack's too.
 */
async function idOfSecret(es: Elasticsearch, context: Context, { value, valueVersion }: Desired): Promise<string> {
  if (valueVersion === undefined || !isKey(value, valueVersion)) {
    return newId();
  }
  const used = await secretsInUse(es);
  const ids = [valueVersion, `${valueVersion} again`].map((each) => idFor(context, each));
  return (used && ids.find((id) => !used.has(id))) ?? newId();
}

type Desired = { value: string; valueVersion?: string | undefined };

/** Whether this is what Elasticsearch calls the encoded form of the API key with that id. */
function isKey(value: string, id: string): boolean {
  return Buffer.from(value, "base64").toString("utf8").startsWith(`${id}:`);
}

/** Ids of secrets that connectors use; nothing when the caller may not see connectors. */
async function secretsInUse(es: Elasticsearch): Promise<Set<unknown> | undefined> {
  try {
    return new Set((await listConnectors(es)).map(({ api_key_secret_id }) => api_key_secret_id));
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
async function mayExist(es: Elasticsearch, id: string, error: unknown): Promise<boolean> {
  if (!isKind(error, "answer-lost", "unavailable")) {
    return false;
  }
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
