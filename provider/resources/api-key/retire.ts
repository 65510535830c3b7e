import {
  getApiKey,
  invalidateApiKey,
  updateApiKey,
  updateCrossClusterKey,
  type WireApiKey,
} from "../../elasticsearch/api-keys";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { isKind } from "../../elasticsearch/errors";
import { milliseconds } from "../../model/duration";
import { notice } from "../../model/notice";
import { markOf, withMark } from "../../ownership/marks";
import { drained } from "../running-syncs";
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
  const wanted = overlap !== undefined;
  if (wanted && (await endsLater(es, id, owner, overlap, "as 'overlap' has it"))) {
    return;
  }
  const indices = writtenIndices(roleDescriptors);
  const idle = await drained(es, { kind: "ApiKey", id, indices, timeout: drainTimeout });
  const why = `since a sync still ran with it after ${drainTimeout}`;
  if (!idle && !wanted && (await endsLater(es, id, owner, SHORT, why))) {
    return;
  }
  const { sure } = await invalidateApiKey(es, id);
  if (!sure) {
    await refuseHidden(es, id, "invalidate the API key", owner);
  }
  if (wanted || !idle) {
    notice("ApiKey", id, "invalidated: only the user who made a key can let it expire later");
  }
}

/** Lets the key expire, where it doesn't sooner by itself. Answers whether the caller may. */
async function endsLater(
  es: Elasticsearch,
  id: string,
  owner: string | undefined,
  after: string,
  why: string,
): Promise<boolean> {
  const { key, ownOnly } = await getApiKey(es, id);
  if (!key && ownOnly) {
    await refuseHidden(es, id, "invalidate the API key", owner);
  }
  if (!key || key.invalidated) {
    return true;
  }
  const sooner = key.expiration !== undefined && key.expiration <= Date.now() + milliseconds(after);
  if (!(await change(es, key, sooner ? undefined : after))) {
    return false;
  }
  const when = sooner ? "as it would have anyway" : `in ${after}, ${why}`;
  notice("ApiKey", id, `this program doesn't use it any more; it expires ${when}`);
  return true;
}

/** Only the owner of a key can change it, and no API key. The mark says that nobody has lost the key. */
async function change(es: Elasticsearch, key: WireApiKey, expiration: string | undefined): Promise<boolean> {
  const mark = markOf(key.metadata);
  const body = {
    ...(expiration === undefined ? {} : { expiration }),
    metadata: mark ? withMark(key.metadata, { ...mark, retired: true }) : (key.metadata ?? {}),
  };
  try {
    await (key.type === "cross_cluster" ? updateCrossClusterKey : updateApiKey)(es, key.id, body);
    return true;
  } catch (error) {
    if (isKind(error, "forbidden", "not-found", "invalid")) {
      return false;
    }
    throw error;
  }
}

const READING = new Set(["read", "view_index_metadata", "monitor", "read_cross_cluster"]);

/** Indices that syncs may use the key for: a sync writes. */
function writtenIndices(roleDescriptors: ApiKeyInputs["roleDescriptors"]): string[] {
  const entries = Object.values(roleDescriptors ?? {}).flatMap(({ indices }) => indices ?? []);
  return entries
    .filter(({ privileges }) => privileges.some((privilege) => !READING.has(privilege)))
    .flatMap(({ names }) => names);
}
