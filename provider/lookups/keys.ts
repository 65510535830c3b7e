import { listApiKeys, seesAllApiKeys, type WireApiKey } from "../elasticsearch/api-keys";
import type { Elasticsearch } from "../elasticsearch/connection";
import { listConnectors } from "../elasticsearch/connectors";
import { isKind } from "../elasticsearch/errors";
import { MARK, markOf } from "../ownership/marks";

/** An active key that a resource of this package made. */
export interface MarkedKey {
  id: string;
  name: string;
  project: string;
  stack: string;
  /** Logical name of the resource that made it. */
  resource: string;
  username: string | undefined;
  createdAt: string;
  expiresAt: string | undefined;
  /** It was replaced, and expires by itself. */
  retired: boolean;
  /** Ids of the connectors that use it now; unknown when the caller may not see connectors. */
  connectors: string[] | undefined;
}

export interface MarkedKeys {
  keys: MarkedKey[];
  /** The caller sees only the keys that it made itself. */
  onlyOwn: boolean;
}

/** All active keys that bear our mark, oldest first. */
export async function findMarkedKeys(es: Elasticsearch): Promise<MarkedKeys> {
  const [found, all, uses] = await Promise.all([listApiKeys(es, `${MARK}.nonce`), seesAllApiKeys(es), keyUses(es)]);
  return { keys: found.flatMap((key) => describe(key, uses)), onlyOwn: !all };
}

/** Ids of the connectors that use each key now; nothing when the caller may not see connectors. */
async function keyUses(es: Elasticsearch): Promise<Map<string, string[]> | undefined> {
  try {
    const uses = new Map<string, string[]>();
    for (const { id, api_key_id } of await listConnectors(es)) {
      if (api_key_id) {
        uses.set(api_key_id, [...(uses.get(api_key_id) ?? []), id]);
      }
    }
    return uses;
  } catch (error) {
    if (isKind(error, "forbidden")) {
      return undefined;
    }
    throw error;
  }
}

function describe(key: WireApiKey, uses: Map<string, string[]> | undefined): MarkedKey[] {
  const mark = markOf(key.metadata);
  const expired = key.expiration !== undefined && key.expiration <= Date.now();
  if (!mark || expired) {
    return [];
  }
  return [
    {
      id: key.id,
      name: key.name,
      project: mark.project,
      stack: mark.stack,
      resource: mark.resource,
      username: key.username,
      createdAt: new Date(key.creation).toISOString(),
      expiresAt: key.expiration === undefined ? undefined : new Date(key.expiration).toISOString(),
      retired: mark.retired === true,
      connectors: uses && (uses.get(key.id) ?? []),
    },
  ];
}
