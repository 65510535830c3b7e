// Schedules by a key of their own. They have no endpoint: the connector's document is written, which others write too.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { change, documentOf } from "../support/connectors";
import { hosted, made, planned, type Recorded, refreshed, sent, updated, writes } from "../support/hosted";

const WEEKLY = { name: "Weekly", enabled: true, interval: "0 0 0 ? * SUN" };
const DAILY = { name: "Daily", enabled: true, interval: "0 0 3 * * ?" };
const THEIRS = { ...DAILY, name: "Theirs", configuration_overrides: { depth: 3 }, last_synced: "2020-01-01T00:00:00Z" };

let server: Elasticsearch;
let provider: HostedProvider;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
afterAll(() => server.close());

test("somebody else's schedules stay, whatever becomes of ours", async () => {
  let state = await made(provider, declaring("foreign", undefined));
  await change(server, "foreign", { custom_scheduling: { theirs: THEIRS } });
  state = await changed(state, { weekly: WEEKLY, daily: DAILY });
  expect(schedules("foreign")).toEqual({ theirs: THEIRS, weekly: stored(WEEKLY), daily: stored(DAILY) });
  await settled(state, { weekly: WEEKLY, daily: DAILY });
  state = await changed(state, { weekly: { ...WEEKLY, enabled: false } });
  expect(schedules("foreign")).toEqual({ theirs: THEIRS, weekly: stored({ ...WEEKLY, enabled: false }) });
  state = await changed(state, undefined);
  expect(schedules("foreign")).toEqual({ theirs: THEIRS });
  await settled(state, undefined);
});

test("when one last ran is the service's to say", async () => {
  const before = await made(provider, declaring("synced", { weekly: WEEKLY }));
  const synced = { last_synced: "2021-01-01T00:00:00Z" };
  await change(server, "synced", { custom_scheduling: { weekly: synced } });
  await settled(before, { weekly: WEEKLY });
  const overrides = { configurationOverrides: { depth: 2 } };
  const after = await changed(before, { weekly: { ...DAILY, ...overrides } });
  expect(schedules("synced")).toEqual({ weekly: { ...DAILY, configuration_overrides: { depth: 2 }, ...synced } });
  await changed(after, { weekly: DAILY });
  expect(schedules("synced")).toEqual({ weekly: { ...stored(DAILY), ...synced } });
});

test("what somebody writes between our reading and our writing is kept", async () => {
  const before = await made(provider, declaring("concurrent", { weekly: WEEKLY }));
  const path = "/.elastic-connectors-v1/_doc/concurrent";
  const synced = { last_synced: "2022-01-01T00:00:00Z" };
  const stop = server.control.afterRequest(async (request) => {
    if (request.method === "GET" && request.path === path) {
      stop();
      await change(server, "concurrent", { custom_scheduling: { theirs: THEIRS, weekly: synced }, sync_now: true });
    }
  });
  const after = await changed(before, { weekly: DAILY });
  const ours = server.control.requests.filter((each) => each.path.startsWith(path));
  expect(ours.map(({ method, status }) => `${method} ${status}`)).toEqual(["GET 200", "PUT 409", "GET 200", "PUT 200"]);
  expect(schedules("concurrent")).toEqual({ theirs: THEIRS, weekly: { ...stored(DAILY), ...synced } });
  expect(documentOf(server, "concurrent")).toMatchObject({ sync_now: true });
  await settled(after, { weekly: DAILY });
});

test("one conflict after the other ends in an error, not in a loop", async () => {
  const before = await made(provider, declaring("busy", { weekly: WEEKLY }));
  const match = { method: "PUT", path: /_doc\/busy/, times: 100 };
  const heal = server.control.fault(match, { kind: "status", status: 409 });
  await expect(changed(before, { weekly: DAILY })).rejects.toThrow(
    /^could not change the connector's document \(Connector 'busy'\)/,
  );
  heal();
  expect(writes(server)).toHaveLength(5);
});

test("no overrides are the same as none, and a secret among them is one in state", async () => {
  const declared = { weekly: { ...WEEKLY, configurationOverrides: {} } };
  const state = await made(provider, declaring("overrides", declared));
  await settled(state, declared);
  await settled(await refreshed(provider, state), declared);
  const secret = { weekly: { ...WEEKLY, configurationOverrides: { depth: 2, db_password: "hush-hush" } } };
  const { outputs, inputs } = await changed(state, secret);
  for (const bag of [outputs, inputs]) {
    expect(bag.customScheduling).toMatchObject({
      weekly: { configurationOverrides: { depth: 2, db_password: { value: "hush-hush" } } },
    });
  }
});

test("a cron of five fields is refused with its path", async () => {
  const { failures } = await provider.check({}, declaring("bad", { weekly: { ...WEEKLY, interval: "0 2 * * *" } }));
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^customScheduling\.weekly\.interval: has 5 fields/),
  ]);
});

function declaring(connectorId: string, customScheduling: unknown): Bag {
  return sent({ serviceType: "mongodb", connectorId, ...(customScheduling ? { customScheduling } : {}) });
}

function changed(recorded: Recorded, customScheduling: unknown): Promise<Recorded> {
  server.control.clearRequests();
  return updated(provider, recorded, declaring(recorded.id, customScheduling));
}

async function settled(recorded: Recorded, customScheduling: unknown): Promise<void> {
  for (const state of [recorded, await refreshed(provider, recorded)]) {
    const { diff } = await planned(provider, state, declaring(recorded.id, customScheduling));
    expect(diff).toEqual({ changes: false });
  }
}

function schedules(id: string): unknown {
  return documentOf(server, id)?.custom_scheduling;
}

function stored(schedule: object): object {
  return { ...schedule, configuration_overrides: {} };
}
