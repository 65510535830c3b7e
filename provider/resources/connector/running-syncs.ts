import type { Elasticsearch } from "../../elasticsearch/connection";
import { isKind } from "../../elasticsearch/errors";
import { cancelSyncJob, isServed, listSyncJobs, type WireSyncJob } from "../../elasticsearch/sync-jobs";
import { milliseconds } from "../../model/duration";
import { notice } from "../../model/notice";
import { poll } from "../../model/poll";

/** Cancels what runs or waits for the connector, and gives running syncs some time to end. */
export async function endRunningSyncs(es: Elasticsearch, id: string, timeout: string): Promise<void> {
  const open = await unended(es, id);
  if (open.length === 0) {
    return;
  }
  const uncancelled = open.filter(({ status }) => status !== "canceling");
  for (const job of uncancelled) {
    await cancel(es, job.id);
  }
  if (uncancelled.length > 0) {
    const syncs = uncancelled.length === 1 ? "sync" : "syncs";
    notice("Connector", id, `cancelled ${uncancelled.length} unfinished ${syncs} before deleting it`);
  }
  if (!open.some(isServed)) {
    return;
  }
  const ended = await poll(milliseconds(timeout), async () =>
    (await unended(es, id)).some(isServed) ? undefined : true,
  );
  if (!ended) {
    notice(
      "Connector",
      id,
      `a sync had not ended ${timeout} after it was cancelled; the connector is deleted all the same`,
    );
  }
}

async function unended(es: Elasticsearch, id: string): Promise<WireSyncJob[]> {
  const statuses = ["in_progress", "canceling", "pending", "suspended"] as const;
  const lists = await Promise.all(statuses.map((status) => listSyncJobs(es, { connector_id: id, status })));
  return lists.flat();
}

/** A job that has ended in the meantime is refused, which is as good. */
async function cancel(es: Elasticsearch, id: string): Promise<void> {
  await cancelSyncJob(es, id).catch((error) => {
    if (!isKind(error, "invalid", "not-found")) {
      throw error;
    }
  });
}
