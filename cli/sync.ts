import type { Command } from "commander";
import type { Elasticsearch } from "../provider/elasticsearch/connection";
import type { WireSyncJob } from "../provider/elasticsearch/sync-jobs";
import { type ConnectionOptions, cluster, withConnection } from "./connection";
import { printable } from "./printable";

interface CancelOptions extends ConnectionOptions {
  connector?: string;
}

/** Adds `sync cancel`: an interrupted deployment leaves its sync running, since the engine doesn't tell the provider. */
export function registerSync(program: Command): void {
  const cancelling = program
    .command("sync")
    .description("syncs of connectors")
    .command("cancel [jobId]")
    .description("cancel a sync job, or all of a connector; one that has ended already stays as it is")
    .option("--connector <id>", "cancel all syncs of this connector that run or wait");
  withConnection(cancelling).action(cancel);
}

async function cancel(jobId: string | undefined, options: CancelOptions): Promise<void> {
  const { connector } = options;
  if ((jobId === undefined) === (connector === undefined)) {
    throw new Error("Name either a sync job or, with --connector <id>, a connector.");
  }
  const es = await cluster(options);
  const jobs = jobId === undefined ? await activeJobs(es, connector ?? "") : [await existingJob(es, jobId)];
  if (jobs.length === 0) {
    say(`No sync of connector '${connector}' runs or waits.`);
  }
  for (const job of jobs) {
    say(`Sync job '${job.id}' ${await cancelOne(es, job)}.`);
  }
}

async function activeJobs(es: Elasticsearch, connectorId: string): Promise<WireSyncJob[]> {
  const { getConnector } = await import("../provider/elasticsearch/connectors.js");
  const { listSyncJobs } = await import("../provider/elasticsearch/sync-jobs.js");
  if (!(await getConnector(es, connectorId))) {
    throw new Error(`There is no connector with the id '${connectorId}' at ${es.endpoint}.`);
  }
  const statuses = ["pending", "suspended", "in_progress", "canceling"] as const;
  const found = await Promise.all(statuses.map((status) => listSyncJobs(es, { connector_id: connectorId, status })));
  return found.flat();
}

async function existingJob(es: Elasticsearch, jobId: string): Promise<WireSyncJob> {
  const { getSyncJob } = await import("../provider/elasticsearch/sync-jobs.js");
  const job = await getSyncJob(es, jobId);
  if (!job) {
    throw new Error(`There is no sync job with the id '${jobId}' at ${es.endpoint}.`);
  }
  return job;
}

/** What has become of it, as the end of a sentence. */
async function cancelOne(es: Elasticsearch, job: WireSyncJob): Promise<string> {
  const { cancelSyncJob, getSyncJob, isActive } = await import("../provider/elasticsearch/sync-jobs.js");
  const { isKind } = await import("../provider/elasticsearch/errors.js");
  if (!isActive(job.status)) {
    return `has ended already: ${job.status}`;
  }
  if (job.status !== "canceling") {
    try {
      await cancelSyncJob(es, job.id);
    } catch (error) {
      // It may have ended since we looked.
      if (!isKind(error, "invalid", "not-found")) {
        throw error;
      }
    }
  }
  const status = (await getSyncJob(es, job.id))?.status;
  const ends: Record<string, string> = {
    canceled: "is cancelled",
    canceling: "is asked to stop; the connectors service ends it",
  };
  return ends[status ?? ""] ?? `has ended meanwhile: ${status ?? "deleted"}`;
}

function say(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}
