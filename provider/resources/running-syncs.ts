// Before a key or an index goes, the syncs that still use it have to end: one that writes on would only make the index anew.

import type { Elasticsearch } from "../elasticsearch/connection";
import { isKind } from "../elasticsearch/errors";
import { isServed, listSyncJobs, type WireSyncJob } from "../elasticsearch/sync-jobs";
import { milliseconds } from "../model/duration";
import { notice } from "../model/notice";
import { poll } from "../model/poll";

/** What is to go when nothing runs on its indices any more. */
export interface Leaving {
  kind: string;
  id: string;
  /** Names of indices, or patterns. */
  indices: readonly string[];
  timeout: string;
}

/**
 * Waits for the syncs that run on the indices now; later ones are no concern of what is to go. Answers whether they have
 * ended. A sync that no service reports on any more isn't waited for, and with a timeout of 0 none is.
 */
export async function drained(es: Elasticsearch, { kind, id, indices, timeout }: Leaving): Promise<boolean> {
  const limit = milliseconds(timeout);
  const running = indices.length > 0 && limit > 0 ? await syncsOn(es, indices) : [];
  if (running.length === 0) {
    return true;
  }
  const what = running.length === 1 ? "a sync that runs" : `${running.length} syncs that run`;
  notice(kind, id, `is to go; waits up to ${timeout} for ${what} with it (${connectorsOf(running)})`);
  const waitedFor = new Set(running.map((job) => job.id));
  const ended = await poll(limit, async () =>
    (await syncsOn(es, indices)).some((job) => waitedFor.has(job.id)) ? undefined : true,
  );
  return ended === true;
}

async function syncsOn(es: Elasticsearch, indices: readonly string[]): Promise<WireSyncJob[]> {
  const patterns = indices.map(asExpression);
  try {
    const lists = await Promise.all([
      listSyncJobs(es, { status: "in_progress" }),
      listSyncJobs(es, { status: "canceling" }),
    ]);
    return lists.flat().filter((job) => {
      const index = job.connector?.index_name;
      return isServed(job) && typeof index === "string" && patterns.some((pattern) => pattern.test(index));
    });
  } catch (error) {
    // A caller that may not see sync jobs has no connectors of its own.
    if (isKind(error, "forbidden")) {
      return [];
    }
    throw error;
  }
}

function connectorsOf(jobs: WireSyncJob[]): string {
  const ids = new Set(jobs.map(({ connector }) => connector?.id ?? "?"));
  return `connector${ids.size === 1 ? "" : "s"} ${[...ids].join(", ")}`;
}

function asExpression(name: string): RegExp {
  const literal = name.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}
