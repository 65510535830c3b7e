import type { Elasticsearch } from "./connection";
import { isKind, ProviderError } from "./errors";
import { unlessMissing } from "./not-found";

/** A key as `GET /_security/api_key` describes it. */
export interface WireApiKey {
  id: string;
  name: string;
  type?: "rest" | "cross_cluster";
  creation: number;
  expiration?: number;
  invalidated: boolean;
  invalidation?: number;
  username?: string;
  realm?: string;
  metadata?: Record<string, unknown>;
  role_descriptors?: Record<string, unknown>;
  access?: Record<string, unknown>;
  certificate_identity?: string;
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

export interface CrossClusterKeyBody extends Omit<ApiKeyBody, "role_descriptors"> {
  access: Record<string, unknown>;
  certificate_identity?: string;
}

/** The members of a key that can be changed in place. */
export interface ApiKeyChange {
  expiration?: string;
  role_descriptors?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  access?: Record<string, unknown>;
  certificate_identity?: string | null;
}

const KEYS = ["_security", "api_key"];
const CROSS_CLUSTER_KEYS = ["_security", "cross_cluster", "api_key"];

export function createApiKey(es: Elasticsearch, body: ApiKeyBody): Promise<CreatedApiKey> {
  return es.send({ method: "POST", path: KEYS, body, what: "create the API key", once: true });
}

export function createCrossClusterKey(es: Elasticsearch, body: CrossClusterKeyBody): Promise<CreatedApiKey> {
  const what = "create the cross-cluster API key";
  return es.send({ method: "POST", path: CROSS_CLUSTER_KEYS, body, what, once: true });
}

/** Makes a key for the user whose credentials the grant holds. */
export function grantApiKey(
  es: Elasticsearch,
  grant: Record<string, unknown>,
  key: ApiKeyBody,
): Promise<CreatedApiKey> {
  const body = { ...grant, api_key: key };
  return es.send({
    method: "POST",
    path: [...KEYS, "grant"],
    body,
    what: "create the API key for the user",
    once: true,
  });
}

export async function updateApiKey(es: Elasticsearch, id: string, change: ApiKeyChange): Promise<void> {
  await es.send({ method: "PUT", path: [...KEYS, id], body: change, what: "change the API key" });
}

export async function updateCrossClusterKey(es: Elasticsearch, id: string, change: ApiKeyChange): Promise<void> {
  await es.send({ method: "PUT", path: [...CROSS_CLUSTER_KEYS, id], body: change, what: "change the API key" });
}

interface FoundApiKeys {
  keys: WireApiKey[];
  /** The caller sees its own keys only: others may exist. */
  ownOnly: boolean;
}

/** A key that was never there and one that the server has purged look the same: both are missing. */
export async function getApiKey(es: Elasticsearch, id: string): Promise<{ key?: WireApiKey; ownOnly: boolean }> {
  const { keys, ownOnly } = await find(es, { id });
  const key = keys.find((candidate) => candidate.id === id);
  return key ? { key, ownOnly } : { ownOnly };
}

/** Keys of a name. Several keys may have the same one. */
export async function findApiKeys(es: Elasticsearch, name: string): Promise<WireApiKey[]> {
  return (await find(es, { name })).keys;
}

const PAGE = 1000;
/** As far as the server pages. */
const MOST_PAGES = 10;

/**
 * All keys that are not invalidated and whose metadata have a value at this path, oldest first; those of the caller alone
 * when it may not see others (`seesAllApiKeys`). A filtered query, since a cluster may have very many keys of others.
 */
export async function listApiKeys(es: Elasticsearch, metadataPath: string): Promise<WireApiKey[]> {
  const what = "list the API keys";
  const filter = [{ term: { invalidated: false } }, { exists: { field: `metadata.${metadataPath}` } }];
  const found = new Map<string, WireApiKey>();
  for (let page = 0; page < MOST_PAGES; page++) {
    const body = { query: { bool: { filter } }, sort: ["creation"], from: page * PAGE, size: PAGE };
    const path = ["_security", "_query", "api_key"];
    const { api_keys } = await es.send<{ api_keys: WireApiKey[] }>({ method: "POST", path, body, what });
    for (const key of api_keys) {
      found.set(key.id, key);
    }
    if (api_keys.length < PAGE) {
      return [...found.values()];
    }
  }
  throw new ProviderError("unexpected", {
    what,
    why: `there are more than ${PAGE * MOST_PAGES} that fit`,
    next: "invalidate those that nobody needs any more, in Kibana or by the API",
  });
}

/** Whether the caller sees keys of all users; else only its own. */
export async function seesAllApiKeys(es: Elasticsearch): Promise<boolean> {
  const answer = await es.send<{ cluster: Record<string, boolean> }>({
    method: "POST",
    path: ["_security", "user", "_has_privileges"],
    body: { cluster: ["manage_api_key", "read_security"] },
    what: "ask for the caller's privileges",
  });
  return Object.values(answer.cluster).some(Boolean);
}

/**
 * Invalidates a key. One that is invalidated or gone already counts as done. Answers whether that is sure: of a key that a
 * caller who manages its own keys only can't see, it isn't.
 */
export async function invalidateApiKey(es: Elasticsearch, id: string): Promise<{ sure: boolean }> {
  const what = "invalidate the API key";
  const send = (body: Record<string, unknown>) => es.send<Invalidation>({ method: "DELETE", path: KEYS, body, what });
  let ownOnly = false;
  // A caller that manages only its own keys has to say so; one that manages all may invalidate any.
  const answer = await send({ ids: [id] }).catch((error) =>
    ifForbidden(error, () => {
      ownOnly = true;
      return send({ ids: [id], owner: true });
    }),
  );
  if (answer.error_count > 0) {
    const reasons = (answer.error_details ?? []).map(({ reason, type }) => reason ?? type ?? "").filter(Boolean);
    throw new ProviderError("unexpected", {
      what,
      object: `ApiKey '${id}'`,
      why: `the server refused it${reasons.length > 0 ? `: ${reasons.join("; ")}` : " and gave no reason"}`,
      next: "the key still works; do what the reason asks for and try again",
    });
  }
  return { sure: !ownOnly || (answer.invalidated_api_keys ?? []).includes(id) };
}

interface Invalidation {
  invalidated_api_keys?: string[];
  error_count: number;
  error_details?: { type?: string; reason?: string }[];
}

async function find(es: Elasticsearch, query: Record<string, string>): Promise<FoundApiKeys> {
  const send = async (filters: Record<string, string | boolean>, ownOnly: boolean): Promise<FoundApiKeys> => {
    const answer = await unlessMissing(
      es.send<{ api_keys: WireApiKey[] }>({ method: "GET", path: KEYS, query: filters, what: "read the API key" }),
    );
    return { keys: answer?.api_keys ?? [], ownOnly };
  };
  return send(query, false).catch((error) => ifForbidden(error, () => send({ ...query, owner: true }, true)));
}

function ifForbidden<T>(error: unknown, otherwise: () => T): T {
  if (isKind(error, "forbidden")) {
    return otherwise();
  }
  throw error;
}
