import { getApiKey, invalidateApiKey, updateApiKey, type WireApiKey } from "../../elasticsearch/api-keys";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { isKind } from "../../elasticsearch/errors";
import { milliseconds } from "../../model/duration";
import { notice } from "../../model/notice";
import { markOf, withMark } from "../../ownership/marks";
import { drained } from "./drain";
import { refuseHidden } from "./hidden";
import type { ApiKeyFacts, ApiKeyInputs } from "./schema";

/** How long a key lives on that a sync still runs with when the wait for the sync is over. */
const SHORT = "1h";

/** Ends a key's life: when no sync runs with it any more, or later where that is wanted. */
export async function retire(
  es: Elasticsearch,
  id: string,
  recorded: Partial<ApiKeyInputs & ApiKeyFacts>,
): Promise<void> {
  const { overlap, drainTimeout = "10m", roleDescriptors, owner } = recorded;
  if (overlap !== undefined) {
    return expire(es, id, owner, overlap, "as 'overlap' has it");
  }
  if (await drained(es, id, roleDescriptors, drainTimeout)) {
    return invalidate(es, id, owner);
  }
  await expire(es, id, owner, SHORT, `since a sync still ran with it after ${drainTimeout}`);
}

async function invalidate(es: Elasticsearch, id: string, owner: string | undefined): Promise<void> {
  const { sure } = await invalidateApiKey(es, id);
  if (!sure) {
    await refuseHidden(es, id, "invalidate the API key", owner);
  }
}

async function expire(
  es: Elasticsearch,
  id: string,
  owner: string | undefined,
  after: string,
  why: string,
): Promise<void> {
  const { key } = await getApiKey(es, id);
  if (key?.invalidated || (key?.expiration ?? Number.POSITIVE_INFINITY) <= Date.now() + milliseconds(after)) {
    return;
  }
  if (await mayExpire(es, id, after, key)) {
    notice("ApiKey", id, `this program doesn't use it any more; it expires in ${after}, ${why}`);
    return;
  }
  await invalidate(es, id, owner);
  notice("ApiKey", id, "invalidated at once: only the user who made a key can let it expire later");
}

/** Only the owner of a key can change it, and no API key. */
async function mayExpire(es: Elasticsearch, id: string, expiration: string, key?: WireApiKey): Promise<boolean> {
  const mark = markOf(key?.metadata);
  // So that nobody takes it for one that was lost.
  const metadata = mark ? { metadata: withMark(key?.metadata, { ...mark, retired: true }) } : {};
  try {
    await updateApiKey(es, id, { expiration, ...metadata });
    return true;
  } catch (error) {
    if (isKind(error, "forbidden", "not-found", "invalid")) {
      return false;
    }
    throw error;
  }
}
