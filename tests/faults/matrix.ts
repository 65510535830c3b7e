// Every request of a lifecycle meets every fault, once each: then all has to be as if nothing had happened.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { LoggedRequest, Operation } from "../../embedded";
import type { QuickStack } from "../support/quick/stack";
import { failure, openStage, type Stage } from "../support/stage";
import { type Fault, faults, type Target } from "./faults";
import type { Lifecycle } from "./lifecycles";
import { type Leftovers, type World, worldOf } from "./world";

export interface Case {
  lifecycle: string;
  fault: string;
  request: string;
}

export interface Outcome extends Case {
  /** Empty: all is as it should be. */
  problems: string[];
  /** What the operation did that met the fault. */
  ended: "well" | "with an error" | "killed";
  leftByKill: Leftovers;
}

/** Which cases to run; they are numbered by request and by fault. */
export type Choice = (request: number, fault: number, requests: number) => boolean;

/** Runs the chosen cases of a lifecycle. */
export async function runMatrix(lifecycle: Lifecycle, chosen: Choice = () => true): Promise<Outcome[]> {
  const scene = await openScene(lifecycle);
  try {
    const { targets, world } = await cleanRun(scene);
    const outcomes: Outcome[] = [];
    for (const [request, target] of targets.entries()) {
      for (const [at, fault] of faults.entries()) {
        if (chosen(request, at, targets.length)) outcomes.push(await runCase(scene, target, fault, world));
      }
    }
    return outcomes;
  } finally {
    await scene.stage.close();
  }
}

interface Scene {
  lifecycle: Lifecycle;
  stage: Stage;
  stack: QuickStack;
  /** Brings server and state back to where the lifecycle begins. */
  reset(): void;
  /** Ids of the connectors at the beginning. */
  originals: unknown[];
  operate(): Promise<Operation>;
}

const DOCUMENTS = 3;

async function openScene(lifecycle: Lifecycle): Promise<Scene> {
  const stage = await openStage({ quick: true, server: lifecycle.server });
  const stack = stage.stack as QuickStack;
  stack.pace = { waits: 0.02 };
  if (lifecycle.from) {
    await stage.deploy(lifecycle.from);
    for (const index of stage.server.control.store.indices().filter((name) => !name.startsWith(".elastic"))) {
      for (let at = 0; at < DOCUMENTS; at++) await stage.request("PUT", `/${index}/_doc/${at}`, { title: "a title" });
    }
  }
  stage.declare(lifecycle.to);
  const replaced = await connectors(stack);
  const restore = stage.server.control.checkpoint();
  const state = readFileSync(stack.statePath);
  return {
    lifecycle,
    stage,
    stack,
    originals: replaced.map(({ id }) => id),
    reset() {
      restore();
      writeFileSync(stack.statePath, state);
      rmSync(`${stack.statePath}.lock`, { force: true });
    },
    async operate() {
      if (lifecycle.destroy) return stage.destroy();
      return stage.up(lifecycle.replace ? { replace: replaced.map(({ urn }) => urn) } : {});
    },
  };
}

async function cleanRun(scene: Scene): Promise<{ targets: Target[]; world: World }> {
  scene.reset();
  const clean = await scene.operate();
  if (!clean.ok) throw new Error(`${scene.lifecycle.name} fails without any fault: ${failure(clean)}`);
  const targets = targetsOf(scene.stage.server.control.requests);
  const world = await worldOf(scene.stage);
  const problems = [...world.broken, ...(scene.lifecycle.destroy ? [] : await previewProblems(scene.stage))];
  if (problems.length > 0) throw new Error(`${scene.lifecycle.name} without any fault: ${problems.join("; ")}`);
  return { targets, world };
}

/** Requests by method and path without what is random in it. */
function targetsOf(requests: readonly LoggedRequest[]): Target[] {
  const seen = new Map<string, number>();
  return requests.map(({ method, path }) => {
    const text = path.replace(RANDOM_ID, "*").replace(RANDOM_SUFFIX, "*").replace(SEQUENCE_NUMBER, "*");
    const nth = (seen.get(`${method} ${text}`) ?? 0) + 1;
    seen.set(`${method} ${text}`, nth);
    const pattern = text.split("*").map(escaped).join("[\\w-]+?");
    return { method, path: new RegExp(`^${pattern}$`), text: `${method} ${text}`, nth };
  });
}

const RANDOM_ID = /(?<![\w-])(?=[\w-]*[A-Z0-9])[\w-]{20}(?![\w-])/g;
const SEQUENCE_NUMBER = /(?<=if_seq_no=)\d+/g;
const RANDOM_SUFFIX = /(?<=-)[0-9a-f]{7}(?!\w)/g;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

async function runCase(scene: Scene, target: Target, fault: Fault, clean: World): Promise<Outcome> {
  const { stage, stack, lifecycle } = scene;
  scene.reset();
  const problems: string[] = [];
  const injected = fault.inject(target, stage.server, stack);
  const faulty = await scene.operate();
  if (!injected.met()) problems.push("unmet: the request was not sent this time");
  await injected.remove();
  const ended = fault.kills === "engine" ? "killed" : faulty.ok ? "well" : "with an error";
  if (ended === "with an error") problems.push(...messageProblems(failure(faulty), fault));
  if (ended !== "well") problems.push(...(await recover(scene)));
  const world = await worldOf(stage);
  const { leftByKill } = world;
  for (const [kind, count] of Object.entries(leftByKill)) {
    // One creation was cut short or carried out late; nothing else excuses that it left something. A secret is found again.
    const excused = (fault.kills || fault.late) && kind !== "secrets" ? 1 : 0;
    if (count > excused) problems.push(`orphan: ${count} ${kind} of ours in no state`);
  }
  if (world.documents < clean.documents) problems.push(`wipe: ${world.documents} documents of ${clean.documents}`);
  problems.push(...world.broken, ...unlike(clean, world));
  // What a repeated read changes shows in the comparison already.
  const harmless = ended === "well" && target.method === "GET";
  if (!lifecycle.destroy && !harmless) problems.push(...(await previewProblems(stage)));
  const request = `${target.text} #${target.nth}`;
  return { lifecycle: lifecycle.name, fault: fault.name, request, problems, ended, leftByKill };
}

/** What failed, of which object, and what to do. Of a process that died only the engine can tell. */
function messageProblems(message: string, { kills }: Fault): string[] {
  const what = kills ? /the provider process ended unexpectedly/ : /\b(Index|ApiKey|ConnectorSecret|Connector)\b/;
  return what.test(message) && /What to do: /.test(message) ? [] : [`message: ${message}`];
}

/** The next operation, and before it what the engine says is needed after it was killed. */
async function recover({ stage, operate, stack, lifecycle, originals }: Scene): Promise<string[]> {
  const { pending_operations: pending = [] } = (await stack.exportState()).deployment;
  if (pending.some(({ type }) => type === "creating")) {
    const told = (await stage.preview()).diagnostics.map(({ message }) => message).join("\n");
    if (!told.includes("pulumi refresh --clear-pending-creates")) return [`message: nothing about pending: ${told}`];
    const refreshed = await stage.refresh({ clearPendingCreates: true });
    if (!refreshed.ok) return [`recovery: ${failure(refreshed)}`];
  }
  // A replacement on demand that was begun goes on by itself, and is asked for again where it wasn't.
  const replaced = lifecycle.replace && !(await connectors(stack)).some(({ id }) => originals.includes(id));
  const again = replaced ? await stage.up() : await operate();
  return again.ok ? [] : [`recovery: ${failure(again)}`];
}

function unlike(clean: World, world: World): string[] {
  const [there, here] = [leaves(clean), leaves(world)];
  const paths = [...new Set([...there.keys(), ...here.keys()])].filter((path) => there.get(path) !== here.get(path));
  return paths.slice(0, 5).map((path) => `differs: ${path}: ${there.get(path)} -> ${here.get(path)}`);
}

/** Every value inside, by its path. */
function leaves({ server, state }: World): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) found.set(path, JSON.stringify(value));
    else for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`);
  };
  visit(server, "server");
  visit(state, "state");
  return found;
}

async function connectors(stack: QuickStack): Promise<{ urn: string; id?: string }[]> {
  const { resources = [] } = (await stack.exportState()).deployment;
  return resources.filter(({ type }) => /:Connector$/.test(type));
}

async function previewProblems(stage: Stage): Promise<string[]> {
  const preview = await stage.preview();
  const steps = preview.steps.map(({ op, type, name }) => `${op} ${type.split(":").pop()} ${name}`);
  return preview.ok && steps.length === 0 ? [] : [`preview: ${failure(preview)} ${steps.join(", ")}`];
}
