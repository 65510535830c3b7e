// A stage on one engine that writes down what every move of a scenario did, in words that two engines can share.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Elasticsearch, type LoggedRequest, type Operation, startElasticsearch } from "../../embedded";
import type { RefreshOptions, RunOptions, UpdateOptions } from "../../embedded/stack";
import { comparable, inOrder, learn, type Names } from "../support/comparable";
import type { QuickStack } from "../support/quick/stack";
import { ask, changesSomething, openStage, type Stage } from "../support/stage";
import { cancelWithCli, end, pidsIn, startUp } from "./killed";

export type EngineName = "quick" | "embedded" | "cli";

/** What a move did. Each part is compared on its own. */
export interface Seen {
  scenario: string;
  move: string;
  outcome: { ok: boolean; errors: string[] };
  steps: unknown;
  requests: unknown;
  state: unknown;
}

export interface Rig {
  readonly engine: EngineName;
  readonly server: Elasticsearch;
  /** Another cluster. */
  readonly second: Elasticsearch;
  readonly stage: Stage;
  readonly seen: Seen[];
  /** The moves that follow belong to this scenario. */
  begin(scenario: string, how?: { parallel?: boolean }): void;
  declare: Stage["declare"];
  preview(options?: UpdateOptions): Promise<Operation>;
  up(options?: UpdateOptions): Promise<Operation>;
  refresh(options?: RefreshOptions): Promise<Operation>;
  destroy(options?: RunOptions): Promise<Operation>;
  import(file: string): Promise<Operation>;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Runs at the next request like this, once it was handled and before it is answered. */
  at(method: string, path: RegExp, work: () => void | Promise<void>): void;
  /** Ends the provider processes as SIGKILL does. */
  killProviders(): void;
  /** An `up` of which engine, program and providers are killed at such a request, once it was handled. */
  upUntilKilled(method: string, path: RegExp): Promise<Operation>;
  /** What the engine's message about a lock tells to do; nothing where there is none. */
  unlock(): Promise<void>;
  close(): Promise<void>;
}

export async function openRig(engine: EngineName): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "pec-comparison-"));
  const pids = join(folder, "pids");
  const second = await startElasticsearch();
  const preloaded = ["../support/lean.js", "pids.js"].map(
    (file) => `--require ${JSON.stringify(join(__dirname, file))}`,
  );
  const env = { PROVIDER_PIDS: pids, NODE_OPTIONS: preloaded.join(" ") };
  const stage = await openStage({
    ...(engine === "quick" ? { quick: true } : { engine }),
    server: { version: "8.19" },
    others: [second],
    env,
  });
  const seen: Seen[] = [];
  const moves = new Map<string, number>();
  const names: Names = new Map(
    [stage.server, second].map(({ endpoint }, at) => [new URL(endpoint).port, `<port of server ${at + 1}>`]),
  );
  let scenario = "";
  let parallel = false;

  async function run(kind: string, operation: () => Promise<Operation>): Promise<Operation> {
    for (const each of [stage.server, second]) each.control.clearRequests();
    const result = await operation();
    const count = (moves.get(scenario) ?? 0) + 1;
    moves.set(scenario, count);
    const deployment = await stateAt(stage);
    learn(names, deployment.resources ?? []);
    const order: Order = (items) => inOrder(items, names);
    const asTheyCame: Order = (items) => [...items];
    const inParallel = parallel ? order : asTheyCame;
    const whole = {
      outcome: { ok: result.ok, errors: inParallel(errorsOf(result)) },
      steps: stepsOf(result, order, inParallel),
      requests: [stage.server, second].map(({ control }) => requestsOf(control.requests, order, inParallel)),
      state: stateOf(deployment, inParallel),
    };
    seen.push({ scenario, move: `${count} ${kind}`, ...comparable(whole, names) });
    return result;
  }

  const rig: Rig = {
    engine,
    server: stage.server,
    second,
    stage,
    seen,
    begin(name, how = {}) {
      scenario = name;
      parallel = how.parallel ?? false;
    },
    declare: stage.declare,
    preview: (more) => run("preview", () => stage.preview(more)),
    up: (more) => run("up", () => stage.up(more)),
    refresh: (more) => run("refresh", () => stage.refresh(more)),
    destroy: (more) => run("destroy", () => stage.destroy(more)),
    import: (file) => run("import", () => stage.stack.import(file)),
    request: (method, path, body) => ask(stage.server, method, path, body),
    at(method, path, work) {
      const remove = stage.server.control.afterRequest(async (request) => {
        if (request.method !== method || !path.test(request.path)) return;
        remove();
        await work();
      });
    },
    killProviders() {
      if (engine === "quick") return (stage.stack as QuickStack).killProvider();
      for (const pid of pidsIn(pids)) end(pid);
    },
    upUntilKilled(method, path) {
      if (engine === "quick") {
        rig.at(method, path, () => (stage.stack as QuickStack).killEngine());
        return run("up, killed", async () => ({ ...(await stage.up()), steps: [], summary: {} }));
      }
      const { endpoint, username, password } = stage.server;
      const own = startUp(
        {
          engine,
          project: "tests",
          stack: "dev",
          program: join(__dirname, "../support/program"),
          home: stage.home,
          config: { "elastic:endpoint": endpoint, "elastic:username": username },
          secretConfig: { "elastic:password": password },
          env: { ...env, PROGRAM_SPEC: join(stage.home, "../program.json") },
        },
        join(folder, "all"),
      );
      rig.at(method, path, own.kill);
      return run("up, killed", () => own.ended);
    },
    unlock: async () => {
      if (engine === "cli") await cancelWithCli(stage);
    },
    async close() {
      await stage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

/** Puts items in an order that ids, which are random, have no part in. */
type Order = <T>(items: readonly T[]) => T[];

function errorsOf({ diagnostics }: Operation): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
}

function stepsOf({ steps, summary }: Operation, order: Order, inParallel: Order): unknown {
  const told = steps.map(({ op, type, name, replaceKeys, changes }) => ({
    step: `${op} ${type} ${name}`,
    replaceKeys: [...replaceKeys].sort(),
    changes: order(changes),
  }));
  return { steps: inParallel(told), summary: sortKeys(summary) };
}

interface Privileges {
  cluster?: string[];
  index?: unknown[];
}

/**
 * What was sent. Requests that change nothing may come in any order; how many resources are checked at the same moment
 * decides how questions about privileges are put together, so that they count as one.
 */
function requestsOf(requests: LoggedRequest[], order: Order, inParallel: Order): unknown {
  const asked = new Map<string, unknown>();
  const reads: unknown[] = [];
  const writes: unknown[] = [];
  for (const { method, path, body, status } of requests) {
    const sent = sortKeys({ method, path, body, status });
    if (path.startsWith("/_security/user/_has_privileges")) {
      const { cluster = [], index = [] } = (body ?? {}) as Privileges;
      for (const entry of [...cluster, ...index].map(sortKeys)) asked.set(JSON.stringify(entry), entry);
    } else (changesSomething({ method, path }) ? writes : reads).push(sent);
  }
  // Writes come before all that may come in any order: ids that no state knows are numbered by them.
  return { writes: inParallel(writes), reads: order(reads), asked: order([...asked.values()]) };
}

type State = Awaited<ReturnType<Stage["stack"]["exportState"]>>["deployment"];

/** From the file: an export would take the CLI another process. */
async function stateAt({ stack }: Stage): Promise<State> {
  const { deployment, checkpoint } = JSON.parse(await stack.stateText()) as {
    deployment?: State;
    checkpoint?: { latest?: State };
  };
  return deployment ?? checkpoint?.latest ?? ({} as State);
}

function stateOf(deployment: State, inParallel: Order): unknown {
  const { resources = [], pending_operations: pending = [] } = deployment;
  const told = resources.map((resource) => sortKeys(withSets(resource)));
  const begun = pending.map(({ resource, type }) => ({ type, resource: sortKeys(withSets(resource)) }));
  return { resources: inParallel(told), pending: begun };
}

/** Dependencies have no order: Pulumi's differs from run to run. */
function withSets(resource: NonNullable<State["resources"]>[number]): unknown {
  const { dependencies, propertyDependencies, ...rest } = resource;
  const sets = Object.entries(propertyDependencies ?? {}).map(([name, urns]) => [name, [...(urns ?? [])].sort()]);
  return {
    ...rest,
    ...(dependencies && { dependencies: [...dependencies].sort() }),
    ...(propertyDependencies && { propertyDependencies: Object.fromEntries(sets) }),
  };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, child]) => [name, sortKeys(child)]));
}
