// Sync jobs through the engine, with a connectors service that takes jobs over HTTP as the real one does.

import { ask, type Declared, engines, failure, openStage, planOf, type Stage, told } from "../support/stage";
import { type FakeService, startService } from "../support/sync-service";

const START = "POST /_connector/_sync_job";

describe.each(engines)("sync jobs on the %s engine", (engine) => {
  let stage: Stage;
  let service: FakeService;
  beforeAll(async () => {
    stage = await openStage({ engine, quick: engine === "embedded" });
    service = startService(stage.server);
  });
  afterAll(async () => {
    await service.stop();
    await stage.close();
  });

  const outputs = { job: { $ref: "first.jobId" }, status: { $ref: "first.status" } };

  function declared(args: Record<string, unknown>): Declared[] {
    return [
      { kind: "Connector", name: "source", args: { serviceType: "custom", indexName: "search-source" } },
      { kind: "SyncJob", name: "first", args: { connectorId: { $ref: "source.id" }, ...args } },
    ];
  }

  const known = () => stage.stack.outputs() as Promise<{ job: string; status: string }>;

  /** Writes that order or cancel a sync; the service makes others. */
  const orders = () => stage.writes().filter((write) => write === START || write.endsWith("/_cancel"));

  test("up runs a sync and waits for it; the second preview is empty, and there is no drift", async () => {
    const up = await stage.deploy(declared({ triggers: { release: "1" } }), outputs);
    expect(orders()).toEqual([START]);
    expect(await known()).toEqual({ job: service.jobs.at(-1), status: "completed" });
    expect(told(up)).toContain("SyncJob 'first': completed: 12 documents, 1 deleted");
    await stage.settled();
    expect(planOf(await stage.preview({ refresh: true }))).toEqual([]);
  });

  test("a changed trigger is one update with one sync; a deleted job is no drift", async () => {
    const up = await stage.deploy(declared({ triggers: { release: "2" } }), outputs);
    expect(planOf(up)).toEqual(["update SyncJob first: triggers.release"]);
    expect(orders()).toEqual([START]);
    expect(service.jobs).toHaveLength(2);
    await ask(stage.server, "DELETE", `/_connector/_sync_job/${service.jobs.at(-1)}`);
    expect(planOf(await stage.preview({ refresh: true }))).toEqual([]);
  });

  test("a failed sync fails the up in the job's own words, and the next up runs it again, after a refresh too", async () => {
    service.behave({ fail: "the source is down" });
    stage.declare(declared({ triggers: { release: "3" } }), outputs);
    const failed = await stage.up();
    expect(failure(failed)).toMatch(/could not synchronise \(sync job '.*'\): .* reports: the source is down\./);
    expect(orders()).toEqual([START]);

    expect((await stage.refresh()).ok).toBe(true);
    expect(planOf(await stage.preview())).toEqual(["update SyncJob first"]);
    service.behave({});
    const up = await stage.up();
    expect(failure(up)).toBe("");
    expect(orders()).toEqual([START]);
    expect(await known()).toEqual({ job: service.jobs.at(-1), status: "completed" });
    await stage.settled();
  });

  test("a job that no service takes is cancelled and fails", async () => {
    service.behave({ absent: true });
    stage.declare(declared({ triggers: { release: "4" }, timeouts: { start: "1s" } }), outputs);
    expect(failure(await stage.up())).toContain("no connectors service took the job within 1s, so it was cancelled");
    expect(orders()).toEqual([START, expect.stringMatching(/^PUT .*_cancel$/)]);
  });

  test("with wait: false a sync is only ordered; destroy cancels it. Any job can be looked up", async () => {
    const theirs: Declared = { kind: "SyncJob", name: "theirs", get: service.jobs[0] ?? "" };
    const seen = { documents: { $ref: "theirs.indexedDocumentCount" }, type: { $ref: "theirs.jobType" } };
    await stage.deploy([...declared({ triggers: { release: "5" }, wait: false }), theirs], { ...outputs, ...seen });
    expect(orders()).toEqual([START]);
    const { job, ...rest } = await known();
    expect(rest).toEqual({ status: "pending", documents: 12, type: "full" });
    await stage.settled();
    expect(failure(await stage.destroy())).toBe("");
    expect(orders()).toEqual([`PUT /_connector/_sync_job/${job}/_cancel`]);
  });
});
