// Which run starts a sync, which one waits for it, and what is recorded. How a wait goes is in sync-job-wait.test.ts.

import { create, refresh, Unfinished, update } from "../../provider/lifecycle/reconcile";
import { sendNoticesTo } from "../../provider/model/notice";
import type { Bag } from "../../provider/model/resource";
import { UNKNOWN } from "../../provider/model/unknown";
import { resources } from "../../provider/resources";
import { syncJob } from "../../provider/resources/sync-job/resource";
import { CONTEXT } from "../support/stub";
import { type FakeServer, fakeServer } from "../support/sync-jobs";

const definition = resources.SyncJob;
const START = "POST /_connector/_sync_job";

let server: FakeServer;
beforeEach(() => {
  server = fakeServer();
  server.fresh = { status: "completed", indexed_document_count: 3 };
});

async function made(inputs: Bag = {}): Promise<Bag> {
  const desired = { connectorId: "c", ...inputs };
  const outcome = await create(definition, server.es, desired, CONTEXT).catch((error: Unfinished) => error);
  return outcome.outputs;
}

/** What is recorded after an update; a failed one is recorded, too. */
async function updated(recorded: Bag, inputs: Bag): Promise<Bag> {
  server.writes.length = 0;
  const desired = { connectorId: "c", ...inputs };
  return update(definition, server.es, "id", recorded, desired, CONTEXT).catch((error: Unfinished) => {
    expect(error).toBeInstanceOf(Unfinished);
    return error.outputs;
  });
}

const read = (recorded: Bag) => refresh(definition, server.es, "id", recorded);

const OFF = { runOnCreate: false };
const FAILING = { status: "error", error: "the source is down" } as const;

describe("creation", () => {
  test("runs a sync and records how it went", async () => {
    const { outputs, id } = await create(definition, server.es, { connectorId: "c" }, CONTEXT);
    expect(outputs).toEqual({ connectorId: "c", jobId: "job-1", status: "completed", indexedDocumentCount: 3 });
    expect(id).toMatch(/^\w[\w-]{19}$/);
    expect(server.writes).toEqual([START]);
  });

  test("without runOnCreate it runs none, and nothing is missing", async () => {
    const outputs = await made(OFF);
    expect(outputs).toEqual({ connectorId: "c", runOnCreate: false });
    expect(server.writes).toEqual([]);
    expect((await read(outputs))?.unfinished).toBe(false);
  });

  test("with wait: false it only orders one, and whatever becomes of it, nothing is missing", async () => {
    server.fresh = {};
    const outputs = await made({ wait: false });
    expect(outputs).toMatchObject({ jobId: "job-1", status: "pending" });
    server.jobs.set("job-1", { id: "job-1", ...FAILING });
    expect(await read(outputs)).toMatchObject({ outputs: { status: "error" }, unfinished: false });
    await updated(outputs, { wait: false });
    expect(server.writes).toEqual([]);
  });

  test("a failed one is recorded with its job", async () => {
    server.fresh = FAILING;
    const attempt = create(definition, server.es, { connectorId: "c" }, CONTEXT);
    await expect(attempt).rejects.toMatchObject({
      reason: expect.stringContaining("the connectors service reports: the source is down"),
      outputs: { connectorId: "c", jobId: "job-1", status: "error" },
    });
  });
});

describe("an update", () => {
  test.each([
    ["changed", { v: "1" }, { v: "2" }],
    ["added", undefined, { v: "1" }],
    ["removed", { v: "1" }, undefined],
  ])("runs a sync when a trigger is %s", async (_, before, after) => {
    const outputs = await updated(await made({ triggers: before }), { triggers: after });
    expect(server.writes).toEqual([START]);
    expect(outputs).toMatchObject({ jobId: "job-2", status: "completed" });
    expect(outputs.triggers).toEqual(after);
  });

  test.each([
    ["jobType", { jobType: "incremental" }],
    ["runOnCreate", OFF],
    ["wait", { wait: false }],
    ["timeouts", { timeouts: { start: "1m" } }],
    ["no triggers into empty ones", { triggers: {} }],
  ])("runs none for a change of %s", async (_, inputs) => {
    const outputs = await updated(await made(), inputs);
    expect(server.writes).toEqual([]);
    expect(outputs).toMatchObject({ jobId: "job-1" });
  });

  test("a change of the type counts for the next sync", async () => {
    const outputs = await updated(await made(), { jobType: "accessControl" });
    await updated(outputs, { jobType: "accessControl", triggers: { v: "1" } });
    expect(server.jobs.get("job-2")?.job_type).toBe("access_control");
  });
});

describe("after a failed sync", () => {
  async function failedUpdate(): Promise<Bag> {
    const before = await made({ triggers: { v: "1" } });
    server.fresh = FAILING;
    const outputs = await updated(before, { triggers: { v: "2" } });
    server.fresh = { status: "completed" };
    return outputs;
  }

  test("its job and its triggers are recorded, and a refresh remembers that it has to run again", async () => {
    const outputs = await failedUpdate();
    expect(outputs).toMatchObject({ jobId: "job-2", status: "error", triggers: { v: "2" } });
    expect(await read(outputs)).toMatchObject({ unfinished: true });
  });

  test("its job is recorded even when the server can't be read then", async () => {
    const before = await made();
    server.after = ({ method }) => {
      if (method === "POST") {
        server.before = () => {
          throw new Error("the server is gone");
        };
      }
    };
    expect(await updated(before, { triggers: { v: "2" } })).toMatchObject({ jobId: "job-2", status: "pending" });
  });

  test("the next run starts another one, and then nothing is left to do", async () => {
    const outputs = await updated(await failedUpdate(), { triggers: { v: "2" } });
    expect(server.writes).toEqual([START]);
    expect(outputs).toMatchObject({ jobId: "job-3", status: "completed" });
    expect(await read(outputs)).toMatchObject({ unfinished: false });
    await updated(outputs, { triggers: { v: "2" } });
    expect(server.writes).toEqual([]);
  });

  test("with wait: false from now on, none is started", async () => {
    await updated(await failedUpdate(), { triggers: { v: "2" }, wait: false });
    expect(server.writes).toEqual([]);
  });

  test("one that somebody deleted meanwhile is run again as well", async () => {
    const outputs = await failedUpdate();
    server.jobs.clear();
    await updated(outputs, { triggers: { v: "2" } });
    expect(server.writes).toEqual([START]);
  });

  test("one that was given up and goes on is waited for, instead of starting another", async () => {
    const before = await made({ triggers: { v: "1" } });
    const limit = { timeouts: { complete: "1s" } };
    server.fresh = { status: "in_progress" };
    const outputs = await updated(before, { triggers: { v: "2" }, ...limit });
    expect(server.writes).toEqual([START]);
    expect(outputs).toMatchObject({ jobId: "job-2", status: "in_progress" });
    server.after = () => server.jobs.set("job-2", { id: "job-2", status: "completed" });
    expect(await updated(outputs, { triggers: { v: "2" }, ...limit })).toMatchObject({ status: "completed" });
    expect(server.writes).toEqual([]);
  });
});

describe("reading", () => {
  test("the job tells the facts", async () => {
    const outputs = await made();
    server.jobs.set("job-1", {
      id: "job-1",
      status: "completed",
      indexed_document_count: 10,
      deleted_document_count: 1,
      total_document_count: 9,
      started_at: "2026-01-01T00:00:00.000000Z",
      completed_at: "2026-01-01T00:00:12.34Z",
    });
    expect((await read(outputs))?.outputs).toEqual({
      connectorId: "c",
      jobId: "job-1",
      status: "completed",
      indexedDocumentCount: 10,
      deletedDocumentCount: 1,
      totalDocumentCount: 9,
      durationSeconds: 12.3,
    });
  });

  test("a deleted job is no drift", async () => {
    const outputs = await made();
    server.jobs.clear();
    expect(await read(outputs)).toEqual({ inputs: { connectorId: "c" }, outputs, unfinished: false });
  });

  test("without its connector it is gone", async () => {
    const outputs = await made();
    server.connector = undefined;
    expect(await read(outputs)).toBeUndefined();
  });

  test("a look-up takes the id of a job on the server", async () => {
    server.jobs.set("theirs", { id: "theirs", status: "error", job_type: "access_control", connector: { id: "c" } });
    expect(await refresh(definition, server.es, "theirs", {})).toEqual({
      inputs: { connectorId: "c", jobType: "accessControl" },
      outputs: { connectorId: "c", jobType: "accessControl", jobId: "theirs", status: "error" },
      unfinished: false,
    });
    expect(await refresh(definition, server.es, "nobody's", {})).toBeUndefined();
  });
});

describe("deletion", () => {
  test.each([
    ["pending", "canceled"],
    ["in_progress", "canceling"],
  ] as const)("cancels a job that is %s", async (status, then) => {
    server.jobs.set("j", { id: "j", status });
    await definition.remove(server.es, "id", { connectorId: "c", jobId: "j" });
    expect(server.jobs.get("j")?.status).toBe(then);
  });

  test.each(["completed", "error", "canceled", "canceling"] as const)("leaves one that is %s", async (status) => {
    server.jobs.set("j", { id: "j", status });
    await definition.remove(server.es, "id", { connectorId: "c", jobId: "j" });
    expect(server.writes).toEqual([]);
  });

  test("one that ends just then, one that is gone and one that never was are fine", async () => {
    server.jobs.set("j", { id: "j", status: "in_progress" });
    server.before = ({ method }) => method === "PUT" && server.jobs.set("j", { id: "j", status: "completed" });
    await definition.remove(server.es, "id", { connectorId: "c", jobId: "j" });
    await definition.remove(server.es, "id", { connectorId: "c", jobId: "gone" });
    await definition.remove(server.es, "id", { connectorId: "c" });
    expect(server.jobs.get("j")?.status).toBe("completed");
  });
});

describe("a preview warns of a connector without an index", () => {
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    sendNoticesTo(({ id, text }) => warnings.push(`${id}: ${text}`));
    server.connector = { id: "c", index_name: null };
  });
  afterEach(() => sendNoticesTo(() => {}));

  async function check(news: Bag, olds: Bag = {}): Promise<string[]> {
    const request = { olds, news: { connectorId: "c", ...news }, context: CONTEXT };
    expect(await definition.checkAgainstServer?.(server.es, request)).toEqual([]);
    return warnings;
  }

  test("when a sync would run", async () => {
    expect(await check({})).toEqual([expect.stringMatching(/^thing: its connector has no index yet/)]);
  });

  test("when a trigger changes", async () => {
    expect(await check({ triggers: { v: UNKNOWN } }, { connectorId: "c", triggers: { v: "1" } })).toHaveLength(1);
  });

  test.each<[string, Bag, Bag]>([
    ["no sync runs", OFF, {}],
    ["no trigger changes", { triggers: { v: "1" } }, { connectorId: "c", triggers: { v: "1" } }],
    ["the connector isn't known yet", { connectorId: UNKNOWN }, {}],
  ])("not when %s", async (_, news, olds) => {
    expect(await check(news, olds)).toEqual([]);
  });

  test("not when there is one, and not when there is no connector yet", async () => {
    server.connector = { id: "c", index_name: "search-c" };
    await check({});
    server.connector = undefined;
    expect(await check({})).toEqual([]);
  });
});

test.each([
  ["90s", true],
  ["1h", true],
  ["0s", false],
  ["1d", false],
  ["90", false],
])("a timeout of %s is accepted: %s", (start, accepted) => {
  expect(syncJob.inputs.safeParse({ connectorId: "c", timeouts: { start } }).success).toBe(accepted);
});
