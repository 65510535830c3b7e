import type { Elasticsearch } from "../../elasticsearch/connection";
import { getConnector } from "../../elasticsearch/connectors";
import { isKind, ProviderError } from "../../elasticsearch/errors";
import {
  cancelSyncJob,
  createSyncJob,
  getSyncJob,
  listSyncJobs,
  type WireSyncJob,
} from "../../elasticsearch/sync-jobs";
import { type Clock, systemClock } from "../../model/clock";
import { milliseconds } from "../../model/duration";
import { sendOnce } from "../../ownership/lost-answer";
import { age } from "../../text/age";
import { withoutSensitive } from "../connector/configuration";
import { progressOf } from "./progress";
import type { SyncJobInputs } from "./schema";
import { typeToWire } from "./wire";

/** A job to wait for. */
export interface Wait {
  jobId: string;
  connectorId: string;
  /** The resource's name, for what is printed. */
  name: string;
  timeouts: SyncJobInputs["timeouts"];
}

/** Starts a job. When the answer is lost, the job that has appeared since is the one. */
export async function startSync(es: Elasticsearch, { connectorId, jobType }: SyncJobInputs): Promise<string> {
  const filters = { job_type: typeToWire(jobType) };
  const before = new Set((await listSyncJobs(es, { connector_id: connectorId, ...filters })).map(({ id }) => id));
  return sendOnce(
    () => createSyncJob(es, connectorId, filters.job_type),
    async () =>
      (await listSyncJobs(es, { connector_id: connectorId, ...filters })).find(({ id }) => !before.has(id))?.id,
  );
}

/**
 * Waits until a job has ended, telling how far it is.
 *
 * @throws ProviderError when nobody takes the job in time, when it doesn't end in time, or when it fails.
 */
export async function waitForSync(es: Elasticsearch, wait: Wait, clock: Clock = systemClock): Promise<void> {
  const { jobId, timeouts } = wait;
  const limits = { start: timeouts?.start ?? "2m", complete: timeouts?.complete ?? "1h" };
  const progress = progressOf(wait.name, jobId, clock);
  const end = clock.now() + milliseconds(limits.complete);
  let idleSince: number | undefined;
  for (let round = 0; ; round++) {
    const { job, lost } = await look(es, jobId);
    if (job?.status === "completed") {
      progress.ended(job);
      return;
    }
    if (job?.status === "error" || job?.status === "canceled") {
      throw failed(jobId, job);
    }
    // What isn't known doesn't count as unclaimed.
    idleSince = job && isIdle(job) ? (idleSince ?? clock.now()) : undefined;
    if (idleSince !== undefined && clock.now() - idleSince >= milliseconds(limits.start)) {
      if (!(await anotherRuns(es, wait))) {
        await cancelSyncJob(es, jobId).catch(() => undefined);
        throw await unclaimed(es, wait, limits.start, clock);
      }
      progress.queued();
      idleSince = undefined;
    }
    if (clock.now() >= end) {
      throw unended(jobId, limits.complete, lost);
    }
    if (job) {
      progress.report(job);
    }
    await clock.pause(Math.min(500 * 1.5 ** round, LONGEST_PAUSE, Math.max(MOMENT, end - clock.now())));
  }
}

const LONGEST_PAUSE = 5_000;
const MOMENT = 50;

/** A suspended job waits for the next service, as a new one does. */
function isIdle({ status }: WireSyncJob): boolean {
  return status === "pending" || status === "suspended";
}

/** A job that can't be looked at for a moment is looked at again: the bound of the wait still holds. */
async function look(es: Elasticsearch, jobId: string): Promise<{ job?: WireSyncJob; lost?: ProviderError }> {
  try {
    const job = await getSyncJob(es, jobId);
    if (job) {
      return { job };
    }
  } catch (error) {
    if (isKind(error, "answer-lost", "unavailable")) {
      return { lost: error };
    }
    throw error;
  }
  throw new ProviderError("not-found", {
    what: "wait for the sync",
    object: `sync job '${jobId}'`,
    why: "the job is not on the server any more; somebody has deleted it or its connector",
    next: "run 'pulumi up' again for another sync",
  });
}

/** A service runs one job of a connector at a time, so that a job may have to wait for a scheduled one. */
async function anotherRuns(es: Elasticsearch, { jobId, connectorId }: Wait): Promise<boolean> {
  const running = await listSyncJobs(es, { connector_id: connectorId, status: "in_progress" }).catch(() => []);
  return running.some(({ id }) => id !== jobId);
}

function failed(jobId: string, job: WireSyncJob): ProviderError {
  const error = job.error ? withoutSensitive(job.error, job.connector ?? {}) : "";
  const cause = error ? `the connectors service reports: ${error}` : "the connectors service gives no reason";
  return new ProviderError("unexpected", {
    what: "synchronise",
    object: `sync job '${jobId}'`,
    why: job.status === "canceled" ? "the sync was cancelled" : cause,
    next: "mend the cause (the service's log says more), then run 'pulumi up' again for another sync",
  });
}

async function unclaimed(es: Elasticsearch, wait: Wait, limit: string, clock: Clock): Promise<ProviderError> {
  const connector = await getConnector(es, wait.connectorId).catch(() => undefined);
  const seen = connector?.last_seen ? Date.parse(connector.last_seen) : Number.NaN;
  const service = Number.isFinite(seen)
    ? `a service has last looked at this connector ${age(clock.now() - seen)} ago`
    : "no service has ever looked at this connector";
  return new ProviderError("unexpected", {
    what: "synchronise",
    object: `sync job '${wait.jobId}'`,
    why: `no connectors service took the job within ${limit}, so it was cancelled; ${service}`,
    next: "see that a connectors service runs, lists this connector, reaches this cluster and isn't busy with other syncs; or raise timeouts.start",
  });
}

function unended(jobId: string, limit: string, lost: ProviderError | undefined): ProviderError {
  return new ProviderError("unexpected", {
    what: "wait for the sync",
    object: `sync job '${jobId}'`,
    why: lost
      ? `its end was not seen within ${limit}; when last asked, ${lost.parts.why}`
      : `it has not ended within ${limit}; it goes on`,
    next: "run 'pulumi up' again to go on waiting, raise timeouts.complete, or set wait: false",
  });
}
