// A key that is replaced goes when no sync runs with it any more.

import type { Elasticsearch } from "../../elasticsearch/connection";
import { isKind } from "../../elasticsearch/errors";
import { isServed, listSyncJobs, type WireSyncJob } from "../../elasticsearch/sync-jobs";
import { milliseconds } from "../../model/duration";
import { notice } from "../../model/notice";
import { poll } from "../../model/poll";
import type { ApiKeyInputs } from "./schema";

const RUNNING = ["in_progress", "canceling"] as const;

/**
 * Waits for the syncs that run on the key's indices now. Those that start later have the new key already. Answers whether
 * they have ended; a sync that no service reports on any more isn't waited for.
 */
export async function drained(
  es: Elasticsearch,
  id: string,
  roleDescriptors: ApiKeyInputs["roleDescriptors"],
  timeout: string,
): Promise<boolean> {
  const patterns = indexPatterns(roleDescriptors);
  const running = patterns.length > 0 ? (await runningSyncs(es)).filter((job) => concerns(job, patterns)) : [];
  if (running.length === 0) {
    return true;
  }
  const what = running.length === 1 ? "a sync that runs" : `${running.length} syncs that run`;
  notice("ApiKey", id, `is to go; waits up to ${timeout} for ${what} with it (${connectorsOf(running)})`);
  const waitedFor = new Set(running.map((job) => job.id));
  const ended = await poll(milliseconds(timeout), async () =>
    (await runningSyncs(es)).some((job) => waitedFor.has(job.id)) ? undefined : true,
  );
  return ended === true;
}

async function runningSyncs(es: Elasticsearch): Promise<WireSyncJob[]> {
  try {
    const lists = await Promise.all(RUNNING.map((status) => listSyncJobs(es, { status })));
    return lists.flat().filter(isServed);
  } catch (error) {
    // A caller that manages nothing but keys has no connectors that could run with one.
    if (isKind(error, "forbidden")) {
      return [];
    }
    throw error;
  }
}

function concerns({ connector }: WireSyncJob, patterns: RegExp[]): boolean {
  const index = connector?.index_name;
  return typeof index === "string" && patterns.some((pattern) => pattern.test(index));
}

function connectorsOf(jobs: WireSyncJob[]): string {
  const ids = new Set(jobs.map(({ connector }) => connector?.id ?? "?"));
  return `connector${ids.size === 1 ? "" : "s"} ${[...ids].join(", ")}`;
}

function indexPatterns(roleDescriptors: ApiKeyInputs["roleDescriptors"]): RegExp[] {
  const entries = Object.values(roleDescriptors ?? {}).flatMap(({ indices }) => indices ?? []);
  const names = entries.flatMap(({ names }) => names);
  return names.map(
    (name) =>
      new RegExp(
        `^${name
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replaceAll("*", ".*")
          .replaceAll("?", ".")}$`,
      ),
  );
}
