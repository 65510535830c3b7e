// Rotation by age and before expiry: when a preview proposes a new key, and that nothing else ever does.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { checkLocally } from "../../provider/lifecycle/check";
import { systemClock } from "../../provider/model/clock";
import type { Bag } from "../../provider/model/resource";
import { UNKNOWN } from "../../provider/model/unknown";
import { apiKey } from "../../provider/resources/api-key/resource";
import { hosted, made, opened, planned, type Recorded, refreshed, sent, updated, writes } from "../support/hosted";

const DAY = 86_400_000;
// The server has a clock of its own, so the two begin together.
const START = Math.floor(Date.now() / 1000) * 1000 + 250;

let server: Elasticsearch;
let provider: HostedProvider;
let now: number;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("ApiKey", server);
});
beforeEach(() => {
  now = START;
  jest.spyOn(systemClock, "now").mockImplementation(() => now);
});
afterAll(() => server.close());

const key = (args: Bag = {}) => sent({ name: "k", roleDescriptors: { r: { cluster: ["monitor"] } }, ...args });

function day(count: number): string {
  return new Date(START + 750 + count * DAY).toISOString().replace(".000Z", "Z");
}

async function plan(recorded: Recorded, args: Bag) {
  const { failures, inputs, diff } = await planned(provider, recorded, key(args));
  expect(failures).toEqual([]);
  return { rotateAt: inputs.rotateAt, changes: diff.changes, replaces: diff.replaces };
}

const SAME = { changes: false, replaces: undefined };
const IN_PLACE = { changes: undefined, replaces: [] };
const ROTATION = { changes: undefined, replaces: ["rotateAt"] };

test("by age: nothing before, proposed from then on, and the new key counts anew", async () => {
  const args = { rotateAfter: "30d" };
  const first = await made(provider, key(args));
  expect(first.inputs.rotateAt).toBe(day(30));
  expect(first.outputs.rotateAt).toBe(day(30));

  now = START + 30 * DAY - 1000;
  expect(await plan(first, args)).toEqual({ rotateAt: day(30), ...SAME });
  now = START + 31 * DAY;
  expect(await plan(first, args)).toEqual({ rotateAt: day(61), ...ROTATION });
  // The engine checks a replacement as if there were nothing yet, and in another process.
  now += 1500;
  const second = await made(provider, key(args));
  expect(Date.parse(second.inputs.rotateAt as string)).toBe(Math.ceil((now + 30 * DAY) / 1000) * 1000);
  expect((await plan(second, args)).changes).toBe(false);
});

test("another period counts from the key's creation, not from the change", async () => {
  const first = await made(provider, key({ rotateAfter: "30d" }));
  now = START + 10 * DAY;
  expect(await plan(first, { rotateAfter: "90d" })).toEqual({ rotateAt: day(90), ...IN_PLACE });
  expect(await plan(first, { rotateAfter: "11d" })).toEqual({ rotateAt: day(11), ...IN_PLACE });
  expect(await plan(first, { rotateAfter: "7d" })).toEqual({ rotateAt: day(17), ...ROTATION });
  // The same in other words.
  expect(await plan(first, { rotateAfter: "720h" })).toEqual({ rotateAt: day(30), ...SAME });
});

test("a period that comes later counts from the creation too; one that goes takes the moment with it", async () => {
  const bare = await made(provider, key());
  expect(bare.inputs).not.toHaveProperty("rotateAt");
  now = START + 10 * DAY;
  expect(await plan(bare, { rotateAfter: "30d" })).toEqual({ rotateAt: day(30), ...IN_PLACE });
  expect(await plan(bare, { rotateAfter: "7d" })).toEqual({ rotateAt: day(17), ...ROTATION });

  server.control.clearRequests();
  const rotating = await updated(provider, bare, key({ rotateAfter: "30d" }));
  expect(rotating.outputs).toMatchObject({ rotateAfter: "30d", rotateAt: day(30) });
  const without = await updated(provider, rotating, key());
  expect(without.outputs).not.toHaveProperty("rotateAt");
  expect(writes(server)).toEqual([]);
});

test("before expiry: by what is declared, or by what was set last", async () => {
  const args = { expiration: "90d", rotateBeforeExpiry: "14d" };
  const first = await made(provider, key(args));
  expect(first.inputs.rotateAt).toBe(day(76));

  now = START + 10 * DAY;
  expect((await plan(first, { ...args, rotateBeforeExpiry: "20d" })).rotateAt).toBe(day(70));
  // An expiration that is changed in place counts from the change.
  const longer = await updated(provider, first, key({ ...args, expiration: "100d" }));
  expect(longer.inputs.rotateAt).toBe(day(96));
  now = START + 20 * DAY;
  const earlier = { ...args, expiration: "100d", rotateBeforeExpiry: "20d" };
  expect(await plan(longer, earlier)).toEqual({ rotateAt: day(90), ...IN_PLACE });
  now = START + 97 * DAY;
  expect(await plan(longer, { ...args, expiration: "100d" })).toEqual({ rotateAt: day(97 + 86), ...ROTATION });
  // A longer life is no rotation.
  expect(await plan(longer, { ...args, expiration: "50d" })).toEqual({ rotateAt: day(97 + 36), ...IN_PLACE });
});

test("both: whatever comes first", async () => {
  const args = { expiration: "90d", rotateBeforeExpiry: "14d", rotateAfter: "30d" };
  const first = await made(provider, key(args));
  expect(first.inputs.rotateAt).toBe(day(30));
  now = START + 5 * DAY;
  expect((await plan(first, { ...args, rotateAfter: "80d" })).rotateAt).toBe(day(76));
  now = START + 31 * DAY;
  expect(await plan(first, { ...args, expiration: "60d" })).toEqual({ rotateAt: day(61), ...ROTATION });
});

test("refresh keeps the moment, and so does ignoreChanges", async () => {
  const args = { rotateAfter: "30d" };
  const first = await refreshed(provider, await made(provider, key(args)));
  expect(first.inputs.rotateAt).toBe(day(30));
  expect(first.outputs.rotateAt).toBe(day(30));
  now = START + 40 * DAY;
  // With it the engine puts the old value among the new ones.
  expect(await plan(first, { ...args, rotateAt: day(30) })).toEqual({ rotateAt: day(30), ...SAME });
  expect((await plan(first, args)).replaces).toEqual(["rotateAt"]);
});

test("what a program says of the moment doesn't count", async () => {
  const first = await made(provider, key({ rotateAt: "whenever" }));
  expect(first.inputs).not.toHaveProperty("rotateAt");
  const second = await made(provider, key({ rotateAt: "whenever", rotateAfter: "1d" }));
  expect(second.inputs.rotateAt).toBe(day(1));
});

test("what isn't known yet changes no moment", async () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const first = await made(provider, key({ rotateAfter: "30d" }));
  now = START + 40 * DAY;
  expect(await plan(first, { rotateAfter: unknown })).toEqual({ rotateAt: day(30), ...IN_PLACE });
  expect((await provider.check({}, key({ rotateAfter: unknown }))).inputs).not.toHaveProperty("rotateAt");
});

test("a key that was imported counts from when its rotation was declared", async () => {
  const { id } = await made(provider, key());
  const { inputs, props } = await provider.read(id, { __provider: "text" });
  const imported = { id, inputs: inputs ?? {}, outputs: props ?? {} };
  now = START + 10 * DAY;
  expect(await plan(imported, { rotateAfter: "30d" })).toEqual({ rotateAt: day(40), ...IN_PLACE });
  const { outs } = await provider.update(id, opened(imported.outputs), opened((await declared(imported)).inputs));
  const later = { id, inputs: (await declared(imported)).inputs, outputs: outs };
  now = START + 20 * DAY;
  expect(await plan(later, { rotateAfter: "20d" })).toEqual({ rotateAt: day(30), ...IN_PLACE });
  expect(await plan(later, { rotateAfter: "5d" })).toEqual({ rotateAt: day(25), ...ROTATION });

  async function declared(recorded: Recorded) {
    return planned(provider, recorded, key({ rotateAfter: "30d" }));
  }
});

test("settings that would never work are refused", () => {
  const issues = (args: Bag) =>
    checkLocally(apiKey, { name: "k", inheritOwnerPrivileges: true, ...args }).map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    );
  expect(issues({ rotateBeforeExpiry: "14d" })).toEqual([
    "rotateBeforeExpiry: needs expiration: a key without it never expires",
  ]);
  expect(issues({ rotateBeforeExpiry: "14d", expiration: "336h" })).toEqual([
    "rotateBeforeExpiry: must be shorter than expiration, or the key would be replaced as soon as it is made",
  ]);
  expect(issues({ rotateAfter: "30d", expiration: "30d" })).toEqual([
    "rotateAfter: must be shorter than expiration, or the key would expire before it is replaced",
  ]);
  expect(issues({ rotateAfter: "40d", rotateBeforeExpiry: "1d", expiration: "30d" })).toEqual([]);
  expect(issues({ rotateBeforeExpiry: "14d", expiration: UNKNOWN })).toEqual([]);
  expect(issues({ rotateAfter: UNKNOWN, expiration: "1d" })).toEqual([]);
  for (const rotateAfter of ["0d", "30", "1w", "500ms"]) {
    expect(issues({ rotateAfter })).toEqual(['rotateAfter: must be a duration such as "30d", "12h" or "90m"']);
  }
});
