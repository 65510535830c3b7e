// A stage on one engine that writes down what every move of a scenario did, in words that two engines can share.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Elasticsearch, type LoggedRequest, type Operation, startElasticsearch } from "../../embedded";
import type { RunOptions, UpdateOptions } from "../../embedded/stack";
import { comparable } from "../support/comparable";
import type { QuickStack } from "../support/quick/stack";
import { ask, openStage, type Stage } from "../support/stage";

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
  refresh(options?: RunOptions): Promise<Operation>;
  destroy(options?: RunOptions): Promise<Operation>;
  import(file: string): Promise<Operation>;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Runs at the next request like this, once it was handled and before it is answered. */
  at(method: string, path: RegExp, work: () => void | Promise<void>): void;
  /** Ends the provider processes as SIGKILL does. */
  killProviders(): void;
  close(): Promise<void>;
}

export async function openRig(engine: EngineName): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "pec-comparison-"));
  const pids = join(folder, "pids");
  const second = await startElasticsearch();
  const preloaded = ["../support/lean.js", "pids.js"].map(
    (file) => `--require ${JSON.stringify(join(__dirname, file))}`,
  );
  const stage = await openStage({
    ...(engine === "quick" ? { quick: true } : { engine }),
    server: { version: "8.19" },
    others: [second],
    env: { PROVIDER_PIDS: pids, NODE_OPTIONS: preloaded.join(" ") },
  });
  const seen: Seen[] = [];
  const moves = new Map<string, number>();
  let scenario = "";
  let parallel = false;

  async function run(kind: string, operation: () => Promise<Operation>): Promise<Operation> {
    for (const each of [stage.server, second]) each.control.clearRequests();
    const result = await operation();
    const count = (moves.get(scenario) ?? 0) + 1;
    moves.set(scenario, count);
    const requests = [stage.server, second].map(({ control }) => requestsOf(control.requests, parallel));
    const deployment = await stateAt(stage);
    seen.push({
      scenario,
      move: `${count} ${kind}`,
      ...comparable({
        outcome: { ok: result.ok, errors: errorsOf(result, parallel) },
        steps: stepsOf(result, parallel),
        requests,
        state: stateOf(deployment, parallel),
      }),
    });
    return result;
  }

  return {
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
      const running = existsSync(pids) ? readFileSync(pids, "utf8").trim().split("\n").map(Number) : [];
      for (const pid of running) end(pid);
    },
    async close() {
      await stage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Those of earlier moves are gone; their ids belong to nobody so soon. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function errorsOf({ diagnostics }: Operation, parallel: boolean): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  // Ids that are random mustn't decide about the order.
  return parallel ? (comparable(errors) as string[]).sort() : errors;
}

function stepsOf({ steps, summary }: Operation, parallel: boolean): unknown {
  const told = steps.map(({ op, type, name, replaceKeys, changes }) => ({
    step: `${op} ${type} ${name}`,
    replaceKeys: [...replaceKeys].sort(),
    changes: changes.map((change) => JSON.stringify(comparable(change))).sort(),
  }));
  return { steps: parallel ? sorted(told) : told, summary: sortKeys(summary) };
}

interface Privileges {
  cluster?: string[];
  index?: unknown[];
}

/**
 * What was sent. Requests that change nothing may come in any order; how many resources are checked at the same moment
 * decides how questions about privileges are put together, so that they count as one.
 */
function requestsOf(requests: LoggedRequest[], parallel: boolean): unknown {
  const asked: string[] = [];
  const reads: string[] = [];
  const writes: string[] = [];
  for (const { method, path, body, status } of requests) {
    const line = JSON.stringify(comparable(sortKeys({ method, path, body, status })));
    if (path.startsWith("/_security/user/_has_privileges")) {
      const { cluster = [], index = [] } = (body ?? {}) as Privileges;
      asked.push(...cluster, ...index.map((entry) => JSON.stringify(comparable(sortKeys(entry)))));
    } else if (method === "GET" || method === "HEAD" || /\/_(search|count|refresh)\b/.test(path)) reads.push(line);
    else writes.push(line);
  }
  return { writes: parallel ? writes.sort() : writes, reads: reads.sort(), asked: [...new Set(asked)].sort() };
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

function stateOf(deployment: State, parallel: boolean): unknown {
  const { resources = [], pending_operations: pending = [] } = deployment;
  const told = resources.map((resource) => sortKeys(withSets(resource)));
  const begun = pending.map(({ resource, type }) => ({ type, resource: sortKeys(withSets(resource)) }));
  return { resources: parallel ? sorted(told) : told, pending: begun };
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

function sorted(items: unknown[]): unknown[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key(item: unknown): string {
  return JSON.stringify(comparable(item));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, child]) => [name, sortKeys(child)]));
}
