// Syncs that run or wait while their connector is deleted: they are cancelled, and given some time to end.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { act, documentOf, heard } from "../support/connectors";
import { hosted, made, opened, sent, writes } from "../support/hosted";

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
beforeEach(() => {
  notices = heard();
});
afterAll(() => server.close());

test("nothing to cancel: nothing is said, and nothing but the deletion sent", async () => {
  const remove = await connector("idle");
  await end(await job("idle", "claimed"));
  server.control.clearRequests();
  await remove();
  expect(notices).toEqual([]);
  expect(writes(server)).toEqual(["DELETE /_connector/idle?delete_sync_jobs=true&hard=true"]);
});

test("one that waits is cancelled before the deletion; a soft one keeps it", async () => {
  const remove = await connector("waiting", { deletion: "soft" });
  const id = await job("waiting", "pending");
  server.control.clearRequests();
  await remove();
  expect(writes(server)).toEqual([`PUT /_connector/_sync_job/${id}/_cancel`, "DELETE /_connector/waiting"]);
  expect(notices).toEqual(["cancelled 1 unfinished sync before deleting it"]);
  expect(statusOf(id)).toBe("canceled");
  expect(documentOf(server, "waiting")).toMatchObject({ deleted: true });
});

test("one that runs is waited for", async () => {
  const remove = await connector("running");
  const [running, other] = [await job("running", "claimed"), await job("running", "pending")];
  // The service ends it when it next looks, which is after we have.
  let looks = 0;
  const stop = server.control.afterRequest(async ({ path }) => {
    if (/status=canceling/.test(path) && ++looks === 3) {
      stop();
      expect(statusOf(running)).toBe("canceling");
      await end(running);
    }
  });
  server.control.clearRequests();
  await remove();
  const sentThen = writes(server).filter((write) => write !== `PUT /_connector/_sync_job/${running}/_error`);
  expect(sentThen.slice(0, 2).sort()).toEqual(
    [running, other].map((id) => `PUT /_connector/_sync_job/${id}/_cancel`).sort(),
  );
  expect(writes(server).slice(-2)).toEqual([
    `PUT /_connector/_sync_job/${running}/_error`,
    "DELETE /_connector/running?delete_sync_jobs=true&hard=true",
  ]);
  expect(notices).toEqual(["cancelled 2 unfinished syncs before deleting it"]);
});

test("one that somebody has cancelled already isn't cancelled again, nor said to be", async () => {
  const remove = await connector("cancelled");
  const id = await job("cancelled", "claimed");
  await act(server, "PUT", `/_connector/_sync_job/${id}/_cancel`);
  await end(id);
  const stuck = await job("cancelled", "claimed");
  await act(server, "PUT", `/_connector/_sync_job/${stuck}/_cancel`);
  const stop = server.control.afterRequest(async ({ path }) => {
    if (/status=canceling/.test(path)) {
      stop();
      await end(stuck);
    }
  });
  server.control.clearRequests();
  await remove();
  expect(writes(server).filter((write) => write.endsWith("/_cancel"))).toEqual([]);
  expect(notices).toEqual([]);
});

test("but not for longer than it may take", async () => {
  const remove = await connector("stubborn", { timeouts: { delete: "1s" } });
  await job("stubborn", "claimed");
  await remove();
  expect(notices).toEqual([
    "cancelled 1 unfinished sync before deleting it",
    "a sync had not ended 1s after it was cancelled; the connector is deleted all the same",
  ]);
  expect(documentOf(server, "stubborn")).toBeUndefined();
});

test("and not for one whose service is gone", async () => {
  const remove = await connector("lost");
  const id = await job("lost", "claimed");
  const doc = { last_seen: new Date(Date.now() - 90_000).toISOString() };
  await act(server, "POST", `/.elastic-connectors-sync-jobs-v1/_update/${id}`, { doc });
  server.control.clearRequests();
  await remove();
  // One look in each status, and no second one.
  expect(server.control.requests.filter(({ path }) => path.includes("status="))).toHaveLength(4);
  expect(notices).toEqual(["cancelled 1 unfinished sync before deleting it"]);
});

test("one that ends by itself meanwhile is as good as cancelled; any other refusal is told", async () => {
  const remove = await connector("racing");
  const id = await job("racing", "claimed");
  const stop = server.control.afterRequest(async ({ path }) => {
    if (/status=in_progress/.test(path)) {
      stop();
      await end(id);
    }
  });
  await remove();
  expect(documentOf(server, "racing")).toBeUndefined();

  const forbidden = await connector("forbidden");
  await job("forbidden", "pending");
  server.control.fault({ method: "PUT", path: /_cancel$/ }, { kind: "status", status: 403 });
  await expect(forbidden()).rejects.toThrow(/^could not cancel the sync job \(Connector 'forbidden'\)/);
  expect(documentOf(server, "forbidden")).toBeDefined();
});

/** A connector; answers what deletes it as the engine does. */
async function connector(id: string, more: Bag = {}): Promise<() => Promise<void>> {
  const args = sent({ serviceType: "mongodb", connectorId: id, indexName: `content-${id}`, ...more });
  const { outputs } = await made(provider, args);
  return () => provider.delete(id, opened(outputs));
}

async function job(connector: string, state: "pending" | "claimed"): Promise<string> {
  const body = { id: connector, job_type: "full" };
  const { id } = (await act(server, "POST", "/_connector/_sync_job", body)) as { id: string };
  if (state === "claimed") {
    await act(server, "PUT", `/_connector/_sync_job/${id}/_claim`, { worker_hostname: "worker" });
  }
  return id;
}

function end(job: string): Promise<never> {
  return act(server, "PUT", `/_connector/_sync_job/${job}/_error`, { error: "stopped" });
}

function statusOf(job: string): unknown {
  return server.control.store.syncJobs().find(({ id }) => id === job)?.source.status;
}
