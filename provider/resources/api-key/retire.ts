import { expireApiKey, getApiKey, invalidateApiKey } from "../../elasticsearch/api-keys";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { milliseconds } from "../../model/duration";
import { notice } from "../../model/notice";
import { drained } from "./drain";
import type { ApiKeyInputs } from "./schema";

/** How long a key lives on that a sync still runs with when the wait for the sync is over. */
const SHORT = "1h";

/** Ends a key's life: when no sync runs with it any more, or later where that is wanted. */
export async function retire(es: Elasticsearch, id: string, recorded: Partial<ApiKeyInputs>): Promise<void> {
  const { overlap, drainTimeout = "10m", roleDescriptors } = recorded;
  if (overlap !== undefined) {
    return expire(es, id, overlap, "as 'overlap' has it");
  }
  if (await drained(es, id, roleDescriptors, drainTimeout)) {
    return invalidateApiKey(es, id);
  }
  await expire(es, id, SHORT, `since a sync still ran with it after ${drainTimeout}`);
}

async function expire(es: Elasticsearch, id: string, after: string, why: string): Promise<void> {
  const key = await getApiKey(es, id);
  if (!key || key.invalidated || (key.expiration ?? Number.POSITIVE_INFINITY) <= Date.now() + milliseconds(after)) {
    return;
  }
  if (await expireApiKey(es, id, after)) {
    notice("ApiKey", id, `this program doesn't use it any more; it expires in ${after}, ${why}`);
    return;
  }
  await invalidateApiKey(es, id);
  notice("ApiKey", id, "invalidated at once: only the user who made a key can let it expire later");
}
