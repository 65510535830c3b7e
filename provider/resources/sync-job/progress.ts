import type { WireSyncJob } from "../../elasticsearch/sync-jobs";
import type { Clock } from "../../model/clock";
import { notice } from "../../model/notice";
import { age } from "../../text/age";
import { durationSeconds } from "./wire";

/** Tells how far a job is: a line at most every few seconds, and only when there is something new or a minute has passed. */
export function progressOf(name: string, jobId: string, clock: Clock) {
  let last: { at: number; state: string } | undefined;

  function say(text: string): void {
    notice("SyncJob", name, text);
  }

  return {
    report(job: WireSyncJob): void {
      const now = clock.now();
      const state = [job.status, job.indexed_document_count, job.deleted_document_count].join();
      if (!last) {
        // The server's ids may begin as an option does.
        const argument = jobId.startsWith("-") ? `-- ${jobId}` : jobId;
        say(`sync job ${jobId}; to cancel it: npx pulumi-elastic-connectors sync cancel ${argument}`);
      } else if (now - last.at < (state === last.state ? HEARTBEAT : SHORTEST)) {
        return;
      }
      last = { at: now, state };
      say(situation(job, now));
    },
    queued(): void {
      say("waits for another sync of the connector to end");
    },
    ended(job: WireSyncJob): void {
      const seconds = durationSeconds(job);
      say(`completed: ${counts(job)}${seconds === undefined ? "" : ` in ${seconds} s`}`);
    },
  };
}

const SHORTEST = 5_000;
const HEARTBEAT = 60_000;

function situation(job: WireSyncJob, now: number): string {
  if (job.status === "pending" || job.status === "suspended") {
    return `${job.status}: waiting for a connectors service to take the job`;
  }
  const seconds = job.started_at ? Math.max(1, (now - Date.parse(job.started_at)) / 1000) : Number.NaN;
  const perSecond = (job.indexed_document_count ?? 0) / seconds;
  const rate =
    perSecond > 0 ? `, ${perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond)} a second` : "";
  const seen = job.last_seen ? `, last seen ${age(now - Date.parse(job.last_seen))} ago` : "";
  return `${job.status.replace("_", " ")}: ${counts(job)} so far${rate}${seen}`;
}

function counts({ indexed_document_count: indexed = 0, deleted_document_count: deleted = 0 }: WireSyncJob): string {
  const written = `${indexed} ${indexed === 1 ? "document" : "documents"}`;
  return deleted > 0 ? `${written}, ${deleted} deleted` : written;
}
