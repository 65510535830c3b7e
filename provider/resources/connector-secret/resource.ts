import type { Elasticsearch } from "../../elasticsearch/connection";
import { deleteSecret, getSecret, putSecret } from "../../elasticsearch/connector-secrets";
import { listConnectors, type WireConnector } from "../../elasticsearch/connectors";
import { explain, isKind } from "../../elasticsearch/errors";
import { notice } from "../../model/notice";
import { defineResource } from "../../model/resource";
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
    // Keys have ids of their own. With that of another one the secret replaces nothing that is still needed.
    const id = desired.valueVersion === undefined ? newId() : idFor(context, desired.valueVersion);
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

  async update(es, id, { changed, desired }) {
    if (changed.has("value")) {
      await putSecret(es, id, desired.value);
    }
  },

  async remove(es, id) {
    const user = await userOf(es, id);
    if (user) {
      notice("ConnectorSecret", id, `kept: connector '${user.name || user.id}' takes its key from it`);
      return;
    }
    await deleteSecret(es, id);
  },
});

/** A connector that takes its key from the secret. One that was converted names its former secret for ever. */
async function userOf(es: Elasticsearch, id: string): Promise<WireConnector | undefined> {
  try {
    return (await listConnectors(es)).find(({ is_native, api_key_secret_id }) => is_native && api_key_secret_id === id);
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
