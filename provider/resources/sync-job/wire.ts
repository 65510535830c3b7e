import type { SyncJobType, WireSyncJob } from "../../elasticsearch/sync-jobs";
import type { SyncJobFacts, SyncJobInputs } from "./schema";

const TYPES: Record<NonNullable<SyncJobInputs["jobType"]>, SyncJobType> = {
  full: "full",
  incremental: "incremental",
  accessControl: "access_control",
};

export function typeToWire(jobType: SyncJobInputs["jobType"]): SyncJobType {
  return TYPES[jobType ?? "full"];
}

export function typeFromWire(jobType: SyncJobType | undefined): SyncJobInputs["jobType"] {
  return jobType === "access_control" ? "accessControl" : jobType;
}

export function factsFromWire(job: WireSyncJob): { [K in keyof SyncJobFacts]: SyncJobFacts[K] | undefined } {
  return {
    jobId: job.id,
    status: job.status,
    indexedDocumentCount: job.indexed_document_count,
    deletedDocumentCount: job.deleted_document_count,
    totalDocumentCount: job.total_document_count ?? undefined,
    durationSeconds: durationSeconds(job),
  };
}

/** To the tenth. */
export function durationSeconds({ started_at, completed_at }: WireSyncJob): number | undefined {
  const duration = started_at && completed_at ? Date.parse(completed_at) - Date.parse(started_at) : Number.NaN;
  return Number.isFinite(duration) ? Math.round(duration / 100) / 10 : undefined;
}
