import type { Elasticsearch } from "./connection";
import { isKind } from "./errors";
import { unlessMissing } from "./not-found";

/** A key as `GET /_security/api_key` describes it. */
export interface WireApiKey {
  id: string;
  name: string;
  creation: number;
  expiration?: number;
  invalidated: boolean;
  invalidation?: number;
  username?: string;
  metadata?: Record<string, unknown>;
  role_descriptors?: Record<string, unknown>;
}

export interface CreatedApiKey {
  id: string;
  name: string;
  api_key: string;
  encoded: string;
  expiration?: number;
}

export interface ApiKeyBody {
  name: string;
  expiration?: string;
  role_descriptors: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

export function createApiKey(es: Elasticsearch, body: ApiKeyBody): Promise<CreatedApiKey> {
  return es.send({ method: "POST", path: ["_security", "api_key"], body, what: "create the API key", once: true });
}

/** A key that was never there and one that the server has purged look the same: both are missing. */
export async function getApiKey(es: Elasticsearch, id: string): Promise<WireApiKey | undefined> {
  const keys = await find(es, { id });
  return keys.find((key) => key.id === id);
}

/** Keys of a name. Several keys may have the same one. */
export function findApiKeys(es: Elasticsearch, name: string): Promise<WireApiKey[]> {
  return find(es, { name });
}

/** Invalidates a key. One that is invalidated or gone already counts as done. */
export async function invalidateApiKey(es: Elasticsearch, id: string): Promise<void> {
  const send = (body: Record<string, unknown>) =>
    es.send<{ error_count: number }>({
      method: "DELETE",
      path: ["_security", "api_key"],
      body,
      what: "invalidate the API key",
    });
  // A caller that manages only its own keys has to say so; one that manages all may invalidate any.
  await send({ ids: [id] }).catch((error) => ifForbidden(error, () => send({ ids: [id], owner: true })));
}

/** Lets a key expire after a while. Answers whether the caller may: only the owner of a key can, and no API key. */
export async function expireApiKey(es: Elasticsearch, id: string, expiration: string): Promise<boolean> {
  const what = "let the API key expire";
  try {
    await es.send({ method: "PUT", path: ["_security", "api_key", id], body: { expiration }, what });
    return true;
  } catch (error) {
    if (isKind(error, "forbidden", "not-found", "invalid")) {
      return false;
    }
    throw error;
  }
}

async function find(es: Elasticsearch, query: Record<string, string>): Promise<WireApiKey[]> {
  const send = (filters: Record<string, string | boolean>) =>
    unlessMissing(
      es.send<{ api_keys: WireApiKey[] }>({
        method: "GET",
        path: ["_security", "api_key"],
        query: filters,
        what: "read the API key",
      }),
    );
  const answer = await send(query).catch((error) => ifForbidden(error, () => send({ ...query, owner: true })));
  return answer?.api_keys ?? [];
}

function ifForbidden<T>(error: unknown, otherwise: () => T): T {
  if (isKind(error, "forbidden")) {
    return otherwise();
  }
  throw error;
}
