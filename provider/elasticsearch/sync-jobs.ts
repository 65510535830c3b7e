import type { Elasticsearch } from "./connection";
import { unlessMissing } from "./not-found";

/** A sync job as `GET /_connector/_sync_job/{id}` describes it: the parts that the provider looks at. */
export interface WireSyncJob {
  id: string;
  status: SyncStatus;
  error?: string | null;
  created_at?: string;
  started_at?: string | null;
  completed_at?: string | null;
  last_seen?: string | null;
  indexed_document_count?: number;
  deleted_document_count?: number;
  total_document_count?: number | null;
}

export type SyncStatus = "pending" | "in_progress" | "canceling" | "canceled" | "suspended" | "completed" | "error";

const JOBS = ["_connector", "_sync_job"];

export async function createSyncJob(es: Elasticsearch, connectorId: string, jobType: string): Promise<string> {
  const body = { id: connectorId, job_type: jobType, trigger_method: "on_demand" };
  const answer = await es.send<{ id: string }>({ method: "POST", path: JOBS, body, what: "start a sync", once: true });
  return answer.id;
}

export async function getSyncJob(es: Elasticsearch, id: string): Promise<WireSyncJob | undefined> {
  return unlessMissing(es.send<WireSyncJob>({ method: "GET", path: [...JOBS, id], what: "read the sync job" }));
}

/** The newest jobs of a connector, of one type or of all, and in one status or in any. */
export async function listSyncJobs(
  es: Elasticsearch,
  connectorId: string,
  filters: { job_type?: string; status?: SyncStatus } = {},
): Promise<WireSyncJob[]> {
  const query = { connector_id: connectorId, size: 100, ...filters };
  const answer = await es.send<{ results: WireSyncJob[] }>({
    method: "GET",
    path: JOBS,
    query,
    what: "list sync jobs",
  });
  return answer.results;
}

/** Asks for the end of a job. One that has ended already is refused by the server. */
export async function cancelSyncJob(es: Elasticsearch, id: string): Promise<void> {
  await es.send({ method: "PUT", path: [...JOBS, id, "_cancel"], what: "cancel the sync job" });
}
