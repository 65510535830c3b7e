import type { Elasticsearch } from "./connection";
import type { WireConnector } from "./connectors";
import { unlessMissing } from "./not-found";
import { abilities } from "./version";

/** A sync job as `GET /_connector/_sync_job/{id}` describes it: the parts that this package looks at. */
export interface WireSyncJob {
  id: string;
  status: SyncStatus;
  job_type?: SyncJobType;
  error?: string | null;
  started_at?: string | null;
  completed_at?: string | null;
  last_seen?: string | null;
  indexed_document_count?: number;
  deleted_document_count?: number;
  total_document_count?: number | null;
  /** What the connector was like when the job was made. */
  connector?: Pick<WireConnector, "id" | "index_name" | "service_type" | "configuration">;
}

export type SyncStatus = "pending" | "in_progress" | "canceling" | "canceled" | "suspended" | "completed" | "error";

export type SyncJobType = "full" | "incremental" | "access_control";

/** Whether a job in this status may still change something. */
export function isActive(status: SyncStatus): boolean {
  return status !== "completed" && status !== "error" && status !== "canceled";
}

/** A job that nobody has reported on for this long has lost its service: nothing will end it. */
const LOST = 60_000;

/** Whether a service is at work on the job. */
export function isServed({ status, last_seen }: WireSyncJob): boolean {
  const runs = status === "in_progress" || status === "canceling";
  return runs && last_seen !== undefined && last_seen !== null && Date.now() - Date.parse(last_seen) < LOST;
}

const JOBS = ["_connector", "_sync_job"];
const PAGE = 100;

export async function createSyncJob(es: Elasticsearch, connectorId: string, jobType: SyncJobType): Promise<string> {
  const body = { id: connectorId, job_type: jobType, trigger_method: "on_demand" };
  const answer = await es.send<{ id: string }>({ method: "POST", path: JOBS, body, what: "start a sync", once: true });
  return answer.id;
}

export async function getSyncJob(es: Elasticsearch, id: string): Promise<WireSyncJob | undefined> {
  return unlessMissing(es.send<WireSyncJob>({ method: "GET", path: [...JOBS, id], what: "read the sync job" }));
}

/** The newest jobs: of one connector or of all, of one type or of all, and in one status or in any. */
export async function listSyncJobs(
  es: Elasticsearch,
  filters: { connector_id?: string; job_type?: SyncJobType; status?: SyncStatus },
): Promise<WireSyncJob[]> {
  const { version } = await es.info();
  const page = (from: number) =>
    es.send<{ count: number; results: WireSyncJob[] }>({
      method: "GET",
      path: JOBS,
      query: { size: PAGE, from, ...filters },
      what: "list the sync jobs",
    });
  const first = await page(0);
  const { results } =
    first.count > PAGE && !abilities.newestSyncJobsFirst(version) ? await page(first.count - PAGE) : first;
  return results;
}

/** Asks for the end of a job. One that has ended already is refused by the server. */
export async function cancelSyncJob(es: Elasticsearch, id: string): Promise<void> {
  await es.send({ method: "PUT", path: [...JOBS, id, "_cancel"], what: "cancel the sync job" });
}
