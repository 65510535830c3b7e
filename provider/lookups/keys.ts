import { listApiKeys, seesAllApiKeys, type WireApiKey } from "../elasticsearch/api-keys";
import type { Elasticsearch } from "../elasticsearch/connection";
import { MARK, type Marked, markOf } from "../ownership/marks";
import { connectorsBy } from "./uses";

/** An active key that a resource of this package made. */
export interface MarkedKey extends Marked {
  name: string;
  username: string | undefined;
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
  const [found, all, uses] = await Promise.all([
    listApiKeys(es, `${MARK}.nonce`),
    seesAllApiKeys(es),
    connectorsBy(es, "api_key_id"),
  ]);
  return { keys: found.flatMap((key) => describe(key, uses)), onlyOwn: !all };
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
