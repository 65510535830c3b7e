// Every request of a lifecycle meets every fault, once each: then all has to be as if nothing had happened.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Operation } from "../../embedded";
import type { QuickStack } from "../support/quick/stack";
import { failure, openStage, planOf, type Stage } from "../support/stage";
import { type Fault, faults, type Target } from "./faults";
import type { Lifecycle } from "./lifecycles";
import { type Orphans, orphansOf } from "./orphans";
import { targetsOf } from "./targets";
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
  left: Leftovers;
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
  operate(): Promise<Operation>;
  /** What follows after a failure: the same once more, or a plain `up` where a replacement is recorded as begun. */
  repeat(): Promise<Operation>;
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
  const { resources = [] } = (await stack.exportState()).deployment;
  const { replace = [], thenPlain = false, destroy = false } = lifecycle;
  const urns = resources.filter(({ type }) => replace.includes(type.split(":").pop() ?? "")).map(({ urn }) => urn);
  const restore = stage.server.control.checkpoint();
  const state = readFileSync(stack.statePath);
  const ids = await idsOf(stack, urns);
  const operate = () => (destroy ? stage.destroy() : stage.up({ replace: urns }));
  return {
    lifecycle,
    stage,
    stack,
    reset() {
      restore();
      writeFileSync(stack.statePath, state);
      rmSync(`${stack.statePath}.lock`, { force: true });
    },
    operate,
    async repeat() {
      const begun = (await idsOf(stack, urns)).every((id) => !ids.includes(id));
      return thenPlain && begun ? stage.up() : operate();
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
  const { left } = world;
  const excused = excusedBy(lifecycle, target, fault);
  for (const [kind, ids] of Object.entries(left)) {
    if (ids.length > (kind === excused ? 1 : 0)) problems.push(`orphan: ${ids.length} ${kind} of ours in no state`);
  }
  problems.push(...unlisted(left, await orphansOf(stage)));
  if (world.documents < clean.documents) problems.push(`wipe: ${world.documents} documents of ${clean.documents}`);
  problems.push(...world.broken, ...unlike(clean, world));
  // What a repeated read changes shows in the comparison already.
  const harmless = ended === "well" && target.method === "GET";
  if (!lifecycle.destroy && !harmless) problems.push(...(await previewProblems(stage)));
  const request = `${target.text} #${target.nth}`;
  return { lifecycle: lifecycle.name, fault: fault.name, request, problems, ended, left };
}

/**
 * What may be left: no engine was told of it, since the request that made it, or the one that read it back, was its last. A
 * secret follows from its key, and is found again unless the repeated command makes another key.
 */
function excusedBy({ replace }: Lifecycle, { making }: Target, { unheard, kills }: Fault): keyof Leftovers | undefined {
  const newKey = replace?.includes("ApiKey") && replace.includes("ConnectorSecret");
  if (!making || (making.what === "secrets" && !newKey)) return undefined;
  return (making.readsBack ? kills : unheard) ? making.what : undefined;
}

/** The commands name what is left, and nothing else. */
function unlisted(left: Leftovers, orphans: Orphans): string[] {
  return (["keys", "indices"] as const).flatMap((kind) => {
    const [named, expected] = [orphans[kind].join(), [...left[kind]].sort().join()];
    return named === expected ? [] : [`orphan check: ${kind} names '${named}' where '${expected}' is left`];
  });
}

/** What the message of a failed operation has to tell. */
function messageProblems(message: string, { kills }: Fault): string[] {
  const demanded: [what: string, pattern: RegExp][] = [
    // Of a process that died only the engine can tell.
    ["what failed", kills ? /the provider process ended unexpectedly/ : KIND],
    ["what to do", /What to do: /],
    ["what there is now", kills ? /recorded/ : STANDING],
  ];
  const missing = demanded.filter(([, pattern]) => !pattern.test(message)).map(([what]) => what);
  return missing.length > 0 ? [`message without ${missing.join(", ")}: ${message}`] : [];
}

/** The last sentence. A failed check has none: it comes before anything is sent. */
const STANDING = new RegExp(
  "has a problem: |(" +
    [
      "Nothing was (made|changed)",
      "Whether it was made is unknown: [^.]+",
      "This \\w+ (exists|may exist|is still there)( and is| and) recorded(: [^.]+)?",
      "This \\w+ exists; [^.]+",
      "Whether this \\w+ is still there is unknown; it stays recorded(: [^.]+)?",
    ].join("|") +
    ")\\.\\s*$",
);
const KIND = /\b(Index|ApiKey|ConnectorSecret|Connector)\b/;

/** The next operation, and before it what the engine says is needed after it was killed. */
async function recover({ stage, repeat, stack }: Scene): Promise<string[]> {
  const { pending_operations: pending = [] } = (await stack.exportState()).deployment;
  if (pending.some(({ type }) => type === "creating")) {
    const told = (await stage.preview()).diagnostics.map(({ message }) => message).join("\n");
    if (!told.includes("pulumi refresh --clear-pending-creates")) return [`message: nothing about pending: ${told}`];
    const refreshed = await stage.refresh({ clearPendingCreates: true });
    if (!refreshed.ok) return [`recovery: ${failure(refreshed)}`];
  }
  const again = await repeat();
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

async function idsOf(stack: QuickStack, urns: string[]): Promise<unknown[]> {
  const { resources = [] } = (await stack.exportState()).deployment;
  return resources.filter(({ urn }) => urns.includes(urn)).map(({ id }) => id);
}

/** Neither what is recorded nor what is there differs from the program. */
async function previewProblems(stage: Stage): Promise<string[]> {
  const problems: string[] = [];
  for (const refresh of [false, true]) {
    const preview = await stage.preview({ refresh });
    const plan = planOf(preview);
    if (!preview.ok || plan.length > 0) {
      problems.push(`preview${refresh ? " with refresh" : ""}: ${failure(preview)} ${plan.join(", ")}`);
    }
  }
  return problems;
}
