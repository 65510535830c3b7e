// Ways in which the key of a native connector comes to be replaced, and what has to hold after each of them.

import { documentOf } from "../support/connectors";
import { ask, type Declared, failure, planOf, type Stage } from "../support/stage";
import { startLongSync } from "./long-sync";
import { startProbe, targetOf } from "./probe";

/** What varies from one rotation to the next. */
export interface Turn {
  keeper: string;
  index: string;
  /** Arguments by which the key rotates in time; none of them outside such a turn. */
  timed?: Record<string, string> | undefined;
  childOptions?: Record<string, unknown>;
}

export interface Trigger {
  name: string;
  /** The connector gets another index: its new key has no rights on the old one. */
  movesIndex?: boolean;
  /** Resources to replace on demand, by type and name. */
  replace?: [type: string, name: string][];
  turn(number: number): Partial<Turn>;
}

export const TRIGGERS: readonly Trigger[] = [
  { name: "rotateAfter", turn: () => ({ timed: { rotateAfter: "1s" } }) },
  { name: "rotateBeforeExpiry", turn: () => ({ timed: { expiration: "1h", rotateBeforeExpiry: "3599s" } }) },
  { name: "keepers", turn: (number) => ({ keeper: `k${number}` }) },
  { name: "--replace of the key", replace: [["ApiKey", "movies"]], turn: () => ({}) },
  {
    name: "--replace of key and secret",
    replace: [
      ["ApiKey", "movies"],
      ["ConnectorSecret", "movies"],
    ],
    turn: () => ({}),
  },
  { name: "another index", movesIndex: true, turn: (number) => ({ index: `content-movies-${number}` }) },
  {
    name: "another index and keepers at once",
    movesIndex: true,
    turn: (number) => ({ index: `content-films-${number}`, keeper: `i${number}` }),
  },
];

export interface Figures {
  rotations: number;
  probes: number;
  /** Refusals that may not be: any for a rotation, all but 403 for another index. */
  refusals: string[];
  /** Writes that were refused while the new key was stored and the connector still had the old index. */
  window: number;
  syncs: number;
}

export function figures(): Figures {
  return { rotations: 0, probes: 0, refusals: [], window: 0, syncs: 0 };
}

/** The program of one native connector. */
export function program({ keeper, index, timed, childOptions }: Turn): Declared[] {
  const args = {
    native: true,
    serviceType: "mongodb",
    index: { name: index, forceDestroy: true },
    apiKey: { keepers: { keeper }, ...timed },
  };
  return [{ kind: "ContentConnector", name: "movies", args, ...(childOptions ? { opts: { childOptions } } : {}) }];
}

/** One rotation under the probe, with a sync running across it. */
export async function rotate(stage: Stage, trigger: Trigger, turn: Turn, sum: Figures): Promise<void> {
  await becomeDue(stage, turn);
  const before = targetOf(stage.server)?.key;
  const sync = await startLongSync(stage.server);
  const probe = startProbe(stage.server);
  stage.declare(program(turn));
  const replace = trigger.replace ? await urnsOf(stage, trigger.replace) : [];
  const done = await stage.up({ replace });
  probe.stop();
  const completed = sync.state === "completed";
  await sync.complete();
  expect(failure(done)).toBe("");
  expect(targetOf(stage.server)?.key).not.toBe(before);

  const tolerated = probe.refusals.filter(({ status }) => trigger.movesIndex && status === 403);
  const others = probe.refusals.filter((refusal) => !tolerated.includes(refusal));
  sum.rotations++;
  sum.probes += probe.count;
  sum.window += tolerated.length;
  sum.syncs += completed && sync.refused.length === 0 ? 1 : 0;
  sum.refusals.push(
    ...others.map(({ status, after }) => `${trigger.name}: ${status} after ${after}`),
    ...sync.refused.map((refused) => `${trigger.name}: the running sync, ${refused}`),
  );
  await expectNothingLeft(stage);
}

/** Brings a turn that rotates in time to where its key is due: an expiration that is new counts from its declaration. */
export async function becomeDue(stage: Stage, turn: Turn): Promise<void> {
  if (turn.timed === undefined) {
    return;
  }
  await stage.deploy(program(turn));
  while (!planOf(await stage.preview()).some((step) => step.startsWith("replace ApiKey"))) {
    // The preview itself takes the time until it is.
  }
}

/** One active key, which is the connector's; one secret, which holds it; and the key writes to the index. */
export async function expectNothingLeft({ server }: Stage): Promise<void> {
  const { store } = server.control;
  const active = store.apiKeys().filter(({ invalidated }) => !invalidated);
  const [only] = store.connectors();
  const connector = documentOf(server, only?.id ?? "");
  expect(active.map(({ id }) => id)).toEqual([connector?.api_key_id]);
  expect(store.secrets().map(({ id }) => id)).toEqual([connector?.api_key_secret_id]);
  const target = targetOf(server);
  const { status } = await ask(server, "GET", `/${target?.index}/_count`, undefined, target?.key);
  expect(status).toBe(200);
}

/** URNs of resources, by type and name. */
export async function urnsOf({ stack }: Stage, wanted: [type: string, name: string][]): Promise<string[]> {
  const { resources = [] } = (await stack.exportState()).deployment;
  return wanted.map(([type, name]) => {
    const found = resources.find(({ urn }) => urn.endsWith(`:${type}::${name}`));
    expect([type, found?.urn]).toEqual([type, expect.any(String)]);
    return found?.urn ?? "";
  });
}
