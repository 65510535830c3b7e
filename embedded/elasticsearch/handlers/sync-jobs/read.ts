import { illegalArgument } from "../../errors";
import { type Call, type Handler, ok } from "../../http/call";
import { syncJobsIndex } from "../../indices/templates";
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
    if (call.cluster.defects.has("deletes-ignored")) return ok({ acknowledged: true });
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
      const equals: Record<string, readonly string[]> = {
        ...(connector === undefined ? {} : { "connector.id": [connector] }),
        ...(status === undefined ? {} : { status: [status] }),
        ...(types.length === 0 ? {} : { job_type: types }),
      };
      const newestFirst = { sort: "created_at", descending: true };
      return ok(pageAnswer(call.cluster.store.lookup(syncJobsIndex, { equals, ...newestFirst, ...page })));
    },
  };
};

function oneOf(call: Call, name: string, words: readonly string[], what: string): string[] {
  const given = call.query.list(name).map((word) => word.toLowerCase());
  for (const word of given) if (!words.includes(word)) throw illegalArgument(`Unknown ${what} [${word}].`);
  return given;
}
