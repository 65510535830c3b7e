import { illegalArgument } from "../../errors";
import { type Call, type Handler, ok } from "../../http/call";
import { syncJobsIndex } from "../../indices/templates";
import { isObject, type JsonObject } from "../../json";
import type { StoredDocument } from "../../store/document-store";
import { connectorNeeds } from "../connectors/documents";
import { pageAnswer, pageOf } from "../connectors/read";
import { jobId, jobStatuses, jobTypes, requireJob } from "./documents";

export const getSyncJob: Handler = (call) => ({
  needs: connectorNeeds(call.cluster, "read", "sync_job/get"),
  run: () => ok({ id: jobId(call), ...requireJob(call.cluster, jobId(call)) }),
});

export const deleteSyncJob: Handler = (call) => ({
  needs: connectorNeeds(call.cluster, "write", "sync_job/delete"),
  run: () => {
    requireJob(call.cluster, jobId(call));
    call.cluster.store.remove(syncJobsIndex, jobId(call));
    return ok({ acknowledged: true });
  },
});

/** Newest first. */
export const listSyncJobs: Handler = (call) => {
  const page = pageOf(call);
  const connector = call.query.text("connector_id");
  const [status] = oneOf(call, "status", jobStatuses, "sync status");
  const types = oneOf(call, "job_type", jobTypes, "sync job type");
  return {
    needs: connectorNeeds(call.cluster, "read", "sync_job/list"),
    run: () => {
      const matching = [...call.cluster.store.documents(syncJobsIndex)].filter(
        ({ source }) =>
          (connector === undefined || connectorOf(source) === connector) &&
          (status === undefined || source.status === status) &&
          (types.length === 0 || types.includes(String(source.job_type))),
      );
      return ok(pageAnswer(matching.sort(newestFirst), page));
    },
  };
};

function oneOf(call: Call, name: string, words: readonly string[], what: string): string[] {
  const given = call.query.list(name).map((word) => word.toLowerCase());
  for (const word of given) if (!words.includes(word)) throw illegalArgument(`Unknown ${what} [${word}].`);
  return given;
}

function connectorOf(source: JsonObject): unknown {
  return isObject(source.connector) ? source.connector.id : undefined;
}

function newestFirst(a: StoredDocument, b: StoredDocument): number {
  const left = String(a.source.created_at);
  const right = String(b.source.created_at);
  return left === right ? b.seqNo - a.seqNo : left < right ? 1 : -1;
}
