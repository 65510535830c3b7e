// A sync that runs across a rotation: it keeps the key that it began with, as a service does, writes with it after each
// request that the server handles, and ends only when somebody waits for it.

import type { Elasticsearch } from "../../embedded";
import { act } from "../support/connectors";
import { ask } from "../support/stage";
import { targetOf } from "./probe";

export interface LongSync {
  readonly state: "running" | "completed";
  /** Writes with the key it began with that were refused, as `status after METHOD path`. */
  readonly refused: readonly string[];
  /** Ends it, whoever waits. */
  complete(): Promise<void>;
}

/** Looks at running syncs that it takes until the sync ends: the second one shows that somebody waits. */
const LOOKS = 2;

export async function startLongSync(server: Elasticsearch): Promise<LongSync> {
  const target = targetOf(server);
  if (!target) {
    throw new Error("there is no connector to sync");
  }
  const body = { id: target.connector, job_type: "full", trigger_method: "on_demand" };
  const job = (await act(server, "POST", "/_connector/_sync_job", body)) as { id: string };
  await act(server, "PUT", `/_connector/_sync_job/${job.id}/_claim`, { worker_hostname: "tests" });

  const refused: string[] = [];
  let state: LongSync["state"] = "running";
  let looks = 0;
  let number = 0;
  let busy = false;
  const stop = server.control.afterRequest(async ({ method, path }) => {
    // Its own requests come by here as well.
    if (busy || state !== "running" || /\/_doc\/(probe|sync)-\d+$/.test(path)) {
      return;
    }
    busy = true;
    const { status } = await ask(server, "PUT", `/${target.index}/_doc/sync-${++number}`, {}, target.key);
    if (status >= 300) {
      refused.push(`${status} after ${method} ${path}`);
    }
    await act(server, "PUT", `/_connector/_sync_job/${job.id}/_check_in`);
    looks += method === "GET" && /\/_sync_job\?.*status=in_progress/.test(path) ? 1 : 0;
    if (looks >= LOOKS) {
      await complete();
    }
    busy = false;
  });

  async function complete(): Promise<void> {
    stop();
    if (state === "running") {
      state = "completed";
      const doc = { status: "completed", completed_at: new Date().toISOString() };
      await act(server, "POST", `/.elastic-connectors-sync-jobs/_update/${job.id}`, { doc });
    }
  }

  return {
    get state() {
      return state;
    },
    refused,
    complete,
  };
}
