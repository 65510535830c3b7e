import type { Cluster } from "../../cluster";
import { resourceNotFound, statusException } from "../../errors";
import { type Call, ok, type Plan, param } from "../../http/call";
import { ensureIndex } from "../../indices/create";
import { syncJobsIndex } from "../../indices/templates";
import { deepMerge, type JsonObject } from "../../json";
import { connectorNeeds } from "../connectors/documents";

export const jobStatuses = [
  "canceled",
  "canceling",
  "completed",
  "error",
  "in_progress",
  "pending",
  "suspended",
] as const;
export const jobTypes = ["full", "incremental", "access_control"] as const;

const transitions: Readonly<Record<string, readonly string[]>> = {
  pending: ["in_progress", "canceled"],
  in_progress: ["canceling", "completed", "suspended", "error"],
  suspended: ["in_progress", "canceled"],
  canceling: ["canceled", "error"],
};

export function requireTransition(from: string, to: string): void {
  if (transitions[from]?.includes(to) === true) return;
  throw statusException(
    `Invalid transition attempt from [${from}] to [${to}]. Such a ConnectorSyncStatus transition is not supported by the ` +
      "Connector Protocol.",
  );
}

export function jobId(call: Call): string {
  return param(call, "connector_sync_job_id");
}

export function requireJob(cluster: Cluster, id: string): JsonObject {
  const source = cluster.store.get(syncJobsIndex, id)?.source;
  if (source !== undefined) return source;
  throw resourceNotFound(
    cluster.store.index(syncJobsIndex) === undefined ? `connector sync job [${id}] not found` : id,
  );
}

export function saveJob(cluster: Cluster, id: string, source: JsonObject): void {
  ensureIndex(cluster, syncJobsIndex);
  cluster.store.put(syncJobsIndex, id, source);
}

/** The frame of every change to a job: reads it, merges the changes, says `updated`. */
export function jobUpdatePlan(
  call: Call,
  action: string,
  problems: readonly string[],
  changes: (job: JsonObject) => JsonObject,
): Plan {
  const id = jobId(call);
  const { cluster } = call;
  return {
    needs: connectorNeeds(cluster, "write", `sync_job/${action}`),
    problems: [
      ...(id === "" ? ["[connector_sync_job_id] of the connector sync job cannot be null or empty."] : []),
      ...problems,
    ],
    run: () => {
      const job = requireJob(cluster, id);
      const merged = deepMerge(job, changes(job));
      if (!cluster.defects.has("jobs-never-change")) saveJob(cluster, id, merged);
      return ok({ result: "updated" });
    },
  };
}
