// A connectors service as far as the server can see it: it takes pending jobs, counts documents and ends the jobs.

import { setTimeout as pause } from "node:timers/promises";
import type { Elasticsearch } from "../../embedded";
import { ask } from "./stage";

export interface Behaviour {
  /** Jobs fail with this. */
  fail?: string;
  /** No job is taken. */
  absent?: boolean;
}

export interface FakeService {
  /** Ids of the jobs that were taken, in order. */
  jobs: string[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

const LOOK = 50;

export function startService(server: Elasticsearch): FakeService {
  let behaviour: Behaviour = {};
  const jobs: string[] = [];
  const stop = new AbortController();

  async function work(): Promise<void> {
    while (!stop.signal.aborted) {
      for (const id of behaviour.absent ? [] : await pending()) {
        jobs.push(id);
        await run(id);
      }
      await pause(LOOK);
    }
  }

  async function pending(): Promise<string[]> {
    const { body } = await ask(server, "GET", "/_connector/_sync_job?status=pending");
    return (body as { results: { id: string }[] }).results.map(({ id }) => id);
  }

  async function run(id: string): Promise<void> {
    const job = `/_connector/_sync_job/${id}`;
    await ask(server, "PUT", `${job}/_claim`, { worker_hostname: "tests" });
    const counts = { indexed_document_count: 12, deleted_document_count: 1, indexed_document_volume: 1 };
    await ask(server, "PUT", `${job}/_stats`, counts);
    if (behaviour.fail) {
      await ask(server, "PUT", `${job}/_error`, { error: behaviour.fail });
      return;
    }
    // There is no endpoint for the end of a job: the service writes its document.
    const doc = { status: "completed", completed_at: new Date().toISOString() };
    await ask(server, "POST", `/.elastic-connectors-sync-jobs/_update/${id}`, { doc });
  }

  const worker = work();
  return {
    jobs,
    behave(next) {
      behaviour = next;
    },
    async stop() {
      stop.abort();
      await worker;
    },
  };
}
