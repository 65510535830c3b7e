import type { Handler } from "../../http/call";
import { compact } from "../../json";
import { dateTime, integer, object, string } from "../../parse/kinds";
import { optional, required } from "../../parse/object-parser";
import { timestamp } from "../connectors/documents";
import { jobUpdatePlan, requireTransition } from "./documents";

export const checkInSyncJob: Handler = (call) =>
  jobUpdatePlan(call, "check_in", [], () => ({ last_seen: timestamp(call.cluster) }));

/** A job that nobody runs is canceled at once; one that runs is asked to stop. */
export const cancelSyncJob: Handler = (call) =>
  jobUpdatePlan(call, "cancel", [], (job) => {
    const now = timestamp(call.cluster);
    const from = String(job.status);
    if (!call.cluster.profile.since8_15) return { status: "canceling", cancelation_requested_at: now };
    const waiting = from === "pending" || from === "suspended";
    const to = waiting ? "canceled" : "canceling";
    requireTransition(from, to);
    const requested = { status: to, cancelation_requested_at: now };
    return waiting ? { ...requested, canceled_at: now, completed_at: now } : requested;
  });

export const errorSyncJob: Handler = (call) => {
  const { error } = call.body.parse("connector_sync_job_error_request", { error: required(string) });
  const problems = error === "" ? ["[error] of the connector sync job cannot be null or empty."] : [];
  return jobUpdatePlan(call, "update_error", problems, (job) => {
    requireTransition(String(job.status), "error");
    return { error, status: "error" };
  });
};

export const claimSyncJob: Handler = (call) => {
  const body = call.body.parse("claim_connector_sync_job", {
    worker_hostname: required(string),
    sync_cursor: optional(object),
  });
  const problems = body.worker_hostname === "" ? ["[worker_hostname] of the connector sync job cannot be null."] : [];
  return jobUpdatePlan(call, "claim", problems, () => {
    const now = timestamp(call.cluster);
    return compact({
      connector: body.sync_cursor === undefined ? undefined : { sync_cursor: body.sync_cursor },
      last_seen: now,
      started_at: now,
      status: "in_progress",
      worker_hostname: body.worker_hostname,
    });
  });
};

export const statsSyncJob: Handler = (call) => {
  const body = call.body.parse("connector_sync_job_ingestion_stats", {
    deleted_document_count: required(integer),
    indexed_document_count: required(integer),
    indexed_document_volume: required(integer),
    last_seen: optional(dateTime),
    metadata: optional(object),
    total_document_count: optional(integer),
  });
  const problems = Object.entries(body)
    .filter(([, value]) => typeof value === "number" && value < 0)
    .map(([name]) => `[${name}] cannot be negative.`);
  return jobUpdatePlan(call, "update_stats", problems, () =>
    compact({ ...body, last_seen: body.last_seen ?? timestamp(call.cluster) }),
  );
};
