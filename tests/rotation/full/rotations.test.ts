// Hundreds of rotations under the probe: of each trigger, one after the other, and with each request of a rotation going
// wrong, or being the last one before provider or engine is killed.

import type { Operation } from "../../../embedded";
import type { Fault } from "../../../embedded/elasticsearch/faults";
import { act } from "../../support/connectors";
import type { QuickStack } from "../../support/quick/stack";
import { changesSomething, failure, openStage, type Stage } from "../../support/stage";
import { startProbe } from "../probe";
import {
  becomeDue,
  expectNothingLeft,
  figures,
  program,
  rotate,
  TRIGGERS,
  type Trigger,
  type Turn,
  urnsOf,
} from "../rotations";

const ROUNDS = 30;

const sum = figures();
const interrupted = { rotations: 0, probes: 0, refusals: [] as string[] };
let stage: Stage;
let quick: QuickStack;
let turn: Turn = { keeper: "0", index: "content-movies" };
let number = 100;

beforeAll(async () => {
  stage = await openStage({ quick: true, server: { version: "8.19" } });
  quick = stage.stack as QuickStack;
  quick.pace = { waits: 0.02 };
  await stage.deploy(program(turn));
});
afterAll(async () => {
  await stage.close();
  const { refusals, ...more } = sum;
  const lines = [
    `${more.rotations} rotations: ${more.probes} probes, ${refusals.length} refusals, ${more.syncs} running syncs completed; index changes: ${more.window} probes met 403 in their window`,
    `${interrupted.rotations} interrupted rotations: ${interrupted.probes} probes, ${interrupted.refusals.length} refusals`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
});

describe.each(TRIGGERS.map((trigger) => [trigger.name, trigger] as const))("%s", (_, trigger) => {
  test(`${ROUNDS} rotations without a refusal, with a sync running across each`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      turn = { ...turn, timed: undefined, ...trigger.turn(++number) };
      await rotate(stage, trigger, turn, sum);
    }
    expect(sum.refusals).toEqual([]);
    expect(sum.syncs).toBe(sum.rotations);
  }, 300_000);

  test("each request of a rotation goes wrong in each way, and the next `up` goes on", async () => {
    const writes = await countWrites(trigger);
    expect(writes).toBeGreaterThan(3);
    for (const way of WAYS) {
      for (let nth = 1; nth <= writes; nth++) {
        await interrupt(trigger, way, nth);
      }
    }
    expect(interrupted.refusals).toEqual([]);
  }, 600_000);
});

type Way = { name: string; fault: Fault } | { name: string; kill: "provider" | "engine" };

const WAYS: readonly Way[] = [
  { name: "refused", fault: { kind: "status", status: 400 } },
  { name: "lost answer", fault: { kind: "reset-after" } },
  { name: "out of order for a while", fault: { kind: "status", status: 503 } },
  { name: "the provider dies after it", kill: "provider" },
  { name: "the engine dies after it", kill: "engine" },
];

/** How many requests of a rotation change something. */
async function countWrites(trigger: Trigger): Promise<number> {
  turn = { ...turn, timed: undefined, ...trigger.turn(++number) };
  await becomeDue(stage, turn);
  expect(failure(await deploy(trigger))).toBe("");
  return stage.writes().length;
}

/** A rotation in which the nth writing request goes wrong, and what it takes to go on. */
async function interrupt(trigger: Trigger, way: Way, nth: number): Promise<void> {
  const at = `${trigger.name}, ${way.name}, request ${nth}`;
  turn = { ...turn, timed: undefined, ...trigger.turn(++number) };
  await becomeDue(stage, turn);
  const probe = startProbe(stage.server);
  const met = await breaking(way, nth, () => deploy(trigger));
  expect([at, met]).toEqual([at, expect.any(String)]);
  // A replacement on demand that has begun goes on by itself.
  expect([at, failure(await deploy())]).toEqual([at, ""]);
  probe.stop();
  interrupted.rotations++;
  interrupted.probes += probe.count;
  interrupted.refusals.push(
    ...probe.refusals
      .filter(({ status }) => !(trigger.movesIndex && status === 403))
      .map(({ status, after }) => `${at}: ${status} after ${after}`),
  );
  if ("kill" in way && met?.startsWith("POST /_security/api_key")) {
    await revokeLost(at);
  }
  if ("kill" in way && trigger.replace?.some(([type]) => type === "ConnectorSecret")) {
    await removeLost();
  }
  await expectNothingLeft(stage);
}

/** Runs the work while its nth writing request goes wrong; answers which one that was. */
async function breaking(way: Way, nth: number, work: () => Promise<Operation>): Promise<string | undefined> {
  const { control } = stage.server;
  const undo: (() => void)[] = [];
  let seen = 0;
  let met: string | undefined;
  quick.gate = (method, path) => {
    if (changesSomething({ method, path }) && ++seen === nth) {
      met = `${method} ${path}`;
      const match = { method, path: path.split("?")[0] ?? path, times: 9 };
      undo.push("fault" in way ? control.fault(match, way.fault) : killAfter(way.kill, method, path));
    }
    return true;
  };
  await work();
  quick.gate = () => true;
  for (const each of undo) {
    each();
  }
  return met;
}

function killAfter(who: "provider" | "engine", method: string, path: string): () => void {
  const stop = stage.server.control.afterRequest((request) => {
    if (request.method === method && request.path === path) {
      stop();
      who === "provider" ? quick.killProvider() : quick.killEngine();
    }
  });
  return stop;
}

async function deploy(trigger?: Trigger): Promise<Operation> {
  stage.declare(program(turn));
  return stage.up({ replace: trigger?.replace ? await urnsOf(stage, trigger.replace) : [] });
}

/** The one orphan that is allowed: the key whose creation was killed before its answer. It bears our mark. */
async function revokeLost(at: string): Promise<void> {
  const { store } = stage.server.control;
  const known = store.connectors().map(({ source }) => source.api_key_id);
  const lost = store.apiKeys().filter(({ id, invalidated }) => !invalidated && !known.includes(id));
  expect([at, lost.map(({ metadata }) => metadata)]).toEqual([
    at,
    [expect.objectContaining({ "pulumi-elastic-connectors": expect.objectContaining({ resource: "movies" }) })],
  ]);
  await act(stage.server, "DELETE", "/_security/api_key", { ids: lost.map(({ id }) => id) });
}

/** A replacement of the secret on demand isn't repeated by the next `up`, which would find what a kill has left of it. */
async function removeLost(): Promise<void> {
  const { store } = stage.server.control;
  const used = store.connectors().map(({ source }) => source.api_key_secret_id);
  const lost = store.secrets().filter(({ id }) => !used.includes(id));
  expect(lost.length).toBeLessThanOrEqual(1);
  for (const { id } of lost) {
    await act(stage.server, "DELETE", `/_connector/_secret/${id}`);
  }
}
