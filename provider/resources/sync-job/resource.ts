import type { Elasticsearch } from "../../elasticsearch/connection";
import { getConnector } from "../../elasticsearch/connectors";
import { isKind } from "../../elasticsearch/errors";
import { cancelSyncJob, getSyncJob, isActive, type WireSyncJob } from "../../elasticsearch/sync-jobs";
import { deepEqual } from "../../model/equality";
import { notice } from "../../model/notice";
import { defineResource, type Live } from "../../model/resource";
import { newId } from "../../ownership/ids";
import { startSync, waitForSync } from "./run";
import { type SyncJobFacts, type SyncJobInputs, syncJobFacts, syncJobInputs } from "./schema";
import { factsFromWire, typeFromWire } from "./wire";

export const syncJob = defineResource({
  kind: "SyncJob",
  inputs: syncJobInputs,
  facts: syncJobFacts,
  views: {
    jobType: byDefault("full"),
    triggers: { equal: (a, b) => deepEqual(a ?? {}, b ?? {}) },
    runOnCreate: byDefault(true),
    wait: byDefault(true),
    timeouts: { equal: (a, b) => deepEqual(a ?? {}, b ?? {}) },
  },

  async checkAgainstServer(es, { olds, news, context }) {
    if (typeof news.connectorId === "string" && runsSync(olds, news)) {
      const connector = await getConnector(es, news.connectorId);
      if (connector && !connector.index_name) {
        const text = "its connector has no index yet; the server refuses a sync unless it gets one before";
        notice("SyncJob", context.resource, text);
      }
    }
    return [];
  },

  async create(es, desired, context, made) {
    const id = newId();
    if (desired.runOnCreate === false) {
      made(id);
      return;
    }
    const jobId = await startSync(es, desired);
    made(id, { jobId, status: "pending" });
    if (waits(desired)) {
      await waitForSync(es, { ...desired, jobId, name: context.resource, timeouts: desired.timeouts });
    }
  },

  whenLost: () => "the next 'pulumi up' starts another one",

  async observe(es, id, recorded) {
    const { connectorId } = recorded;
    // Somebody looks a job up by the id that it has on the server.
    if (connectorId === undefined) {
      return observeJob(await getSyncJob(es, id));
    }
    if (!(await getConnector(es, connectorId))) {
      return undefined;
    }
    const job = recorded.jobId === undefined ? undefined : await getSyncJob(es, recorded.jobId);
    // A job that somebody has deleted is as it was when it was last seen.
    const last: LastSync = { job, status: job?.status ?? recorded.status, waited: waits(recorded) };
    return { inputs: {}, facts: job ? factsFromWire(job) : {}, raw: last };
  },

  unfinished: (live) => {
    const { status, waited } = lastSync(live);
    return waited && status !== undefined && status !== "completed" ? ["triggers"] : [];
  },

  async update(es, _id, { changed, desired, live }, context, carry) {
    const { job, status } = lastSync(live);
    let jobId = job?.id;
    if (changed.has("triggers")) {
      jobId = await run();
    } else if (!waits(desired) || status === undefined || status === "completed") {
      return;
    } else if (!job || !isActive(job.status)) {
      jobId = await run();
    }
    if (jobId !== undefined && waits(desired)) {
      await waitForSync(es, { ...desired, jobId, name: context.resource, timeouts: desired.timeouts });
    }

    async function run(): Promise<string> {
      const started = await startSync(es, desired);
      // With the triggers recorded, a run after a failed wait goes on with this job instead of starting one more.
      carry({ jobId: started, status: "pending", triggers: desired.triggers });
      return started;
    }
  },

  async remove(es, _id, { jobId }) {
    const job = jobId === undefined ? undefined : await getSyncJob(es, jobId);
    if (job && isActive(job.status) && job.status !== "canceling") {
      await cancelUnlessEnded(es, job.id);
    }
  },
});

/** How the last sync stands, and whether somebody waits for its end. */
interface LastSync {
  job: WireSyncJob | undefined;
  /** Absent before the first sync. */
  status: string | undefined;
  waited: boolean;
}

function lastSync({ raw }: Live<SyncJobInputs, SyncJobFacts>): LastSync {
  return raw as LastSync;
}

function observeJob(job: WireSyncJob | undefined): Live<SyncJobInputs, SyncJobFacts> | undefined {
  const raw: LastSync = { job, status: job?.status, waited: false };
  return (
    job && {
      inputs: { connectorId: job.connector?.id, jobType: typeFromWire(job.job_type) },
      facts: factsFromWire(job),
      raw,
    }
  );
}

function waits({ wait }: Partial<SyncJobInputs>): boolean {
  return wait !== false;
}

function runsSync(olds: Partial<SyncJobInputs>, news: SyncJobInputs): boolean {
  return olds.connectorId === undefined
    ? news.runOnCreate !== false
    : !deepEqual(olds.triggers ?? {}, news.triggers ?? {});
}

/** Deleting comes too late when the job ends by itself just now. */
async function cancelUnlessEnded(es: Elasticsearch, jobId: string): Promise<void> {
  try {
    await cancelSyncJob(es, jobId);
  } catch (error) {
    if (!isKind(error, "invalid", "not-found")) {
      throw error;
    }
  }
}

function byDefault<T>(value: T) {
  return { equal: (a: T | undefined, b: T | undefined) => (a ?? value) === (b ?? value) };
}
