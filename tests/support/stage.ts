import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Elasticsearch,
  type LoggedRequest,
  type Operation,
  openStack,
  pulumiOnPath,
  type ServerOptions,
  type Stack,
  startElasticsearch,
} from "../../embedded";
import type { RefreshOptions, RunOptions, UpdateOptions } from "../../embedded/stack";
import { openQuickStack } from "./quick/stack";

// An operation starts several processes, and the machine may be busy with others.
jest.setTimeout(240_000);

/** Engines to run a lifecycle on: the embedded one always, the Pulumi CLI when it is on PATH. */
export const engines: ("embedded" | "cli")[] = pulumiOnPath() ? ["embedded", "cli"] : ["embedded"];

export interface Declared {
  kind:
    | "Index"
    | "ApiKey"
    | "ConnectorSecret"
    | "Connector"
    | "SyncJob"
    | "ContentConnector"
    | "ConnectorService"
    | "Provider"
    | "getConnector"
    | "getConnectorOutput"
    | "getConnectors"
    | "getConnectorsOutput";
  name: string;
  args?: Record<string, unknown>;
  opts?: Record<string, unknown>;
  /** Looks up the object that has this id, instead of declaring one. */
  get?: string;
}

/** A server, a stack on it, and a program whose resources are data. */
export interface Stage {
  server: Elasticsearch;
  stack: Stack;
  /** Folder of all that the engine writes. */
  home: string;
  /** What the program declares from now on. */
  declare(resources: Declared[], outputs?: Record<string, unknown>): void;
  /** `pulumi up` of a new declaration, which has to succeed. */
  deploy(resources: Declared[], outputs?: Record<string, unknown>): Promise<Operation>;
  /** A preview that has to find nothing to do. */
  settled(): Promise<void>;
  /** Requests since the last `up`, `preview`, ... through this stage that change something: `METHOD path`. */
  writes(server?: Elasticsearch): string[];
  /** The body of the only such request of that `METHOD path`. */
  sent(write: string, server?: Elasticsearch): unknown;
  /** Everything that came out of the engine so far: terminal texts and diagnostics. */
  transcript(): string;
  /** A request of somebody else: as the administrator, or with a key. */
  request(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
  preview(options?: UpdateOptions): Promise<Operation>;
  up(options?: UpdateOptions): Promise<Operation>;
  refresh(options?: RefreshOptions): Promise<Operation>;
  destroy(options?: RunOptions): Promise<Operation>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  body: never;
}

export interface StageOptions {
  /** Runs this example; its settings are those without a namespace. By default the program of `declare` runs. */
  example?: string;
  engine?: "embedded" | "cli";
  /** The embedded engine without processes, on the sources instead of the build: see quick/stack.ts. */
  quick?: boolean;
  server?: ServerOptions;
  /** Further servers of the scenario: closed together with the stage. */
  others?: Elasticsearch[];
  config?: Record<string, string>;
  secretConfig?: Record<string, string>;
  env?: Record<string, string>;
  /** Leave the connection out of the stack's configuration. */
  unconnected?: boolean;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), "pec-test-"));
  const spec = join(home, "program.json");
  const written = join(home, "stack");
  const server = await startElasticsearch(options.server);
  const servers = [server, ...(options.others ?? [])];
  const connection = options.unconnected
    ? { config: {}, secretConfig: {} }
    : {
        config: { "elastic:endpoint": server.endpoint, "elastic:username": server.username },
        secretConfig: { "elastic:password": server.password },
      };
  const open = options.quick ? openQuickStack : openStack;
  const stack = await open({
    engine: options.engine ?? "embedded",
    project: options.example ?? "tests",
    stack: "dev",
    program: options.example ? join(__dirname, "..", "..", "examples", options.example) : join(__dirname, "program"),
    home: written,
    config: { ...connection.config, ...settings(options, options.config) },
    secretConfig: { ...connection.secretConfig, ...settings(options, options.secretConfig) },
    // Types have a test of their own; here they would only cost time.
    env: { PROGRAM_SPEC: spec, NODE_OPTIONS: LEAN, PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...options.env },
  });
  const transcript: string[] = [];

  async function run(operation: () => Promise<Operation>): Promise<Operation> {
    for (const { control } of servers) {
      control.clearRequests();
    }
    const result = await operation();
    transcript.push(told(result));
    return result;
  }

  const stage: Stage = {
    server,
    stack,
    home: written,
    declare(resources, outputs = {}) {
      writeFileSync(spec, JSON.stringify({ resources, outputs }));
    },
    async deploy(resources, outputs) {
      stage.declare(resources, outputs);
      const result = await stage.up();
      expect(failure(result)).toBe("");
      return result;
    },
    async settled() {
      const result = await stage.preview();
      expect(failure(result)).toBe("");
      expect(result.steps).toEqual([]);
    },
    writes: (at = server) => changes(at).map(({ method, path }) => `${method} ${path}`),
    sent(write, at = server) {
      const found = changes(at).filter(({ method, path }) => `${method} ${path}` === write);
      expect(found.map(({ method, path }) => `${method} ${path}`)).toEqual([write]);
      return found[0]?.body;
    },
    transcript: () => transcript.join("\n"),
    request: (method, path, body, key) => ask(server, method, path, body, key),
    preview: (more) => run(() => stack.preview(more)),
    up: (more) => run(() => stack.up(more)),
    refresh: (more) => run(() => stack.refresh(more)),
    destroy: (more) => run(() => stack.destroy(more)),
    async close() {
      await stack.close();
      await Promise.all(servers.map((each) => each.close()));
      rmSync(home, { recursive: true, force: true });
    },
  };
  return stage;
}

function settings({ example }: StageOptions, config: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(config).map(([key, value]) => [
    example && !key.includes(":") ? `${example}:${key}` : key,
    value,
  ]);
  return Object.fromEntries(entries);
}

const LEAN = `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(join(__dirname, "lean.js"))}`.trim();

/** What an operation told: the CLI shows notices apart from its text. */
export function told({ text, diagnostics }: Operation): string {
  return [text, ...diagnostics.map(({ message }) => message)].join("\n");
}

/** What a preview of this declaration is refused with; nothing has been written by then. */
export async function refusal(stage: Stage, ...declared: Declared[]): Promise<string> {
  stage.declare(declared);
  const refused = await stage.preview();
  expect(refused.ok).toBe(false);
  expect(stage.writes()).toEqual([]);
  return failure(refused);
}

/** What an operation failed with; empty when it succeeded. */
export function failure(operation: Operation): string {
  const errors = operation.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  return operation.ok ? "" : errors.join("\n") || operation.text;
}

/**
 * The steps of an operation with the paths of what changes, in alphabetical order and without the stack's own:
 * `update Index notes: settings.codec`. What forces a replacement stands in brackets.
 */
export function planOf(operation: Operation): string[] {
  return (
    operation.steps
      .filter(({ type }) => type !== "pulumi:pulumi:Stack")
      // A refresh that changes no property shows nothing to anybody.
      .filter(({ op, changes }) => op !== "refresh" || changes.length > 0)
      .map(({ op, type, name, replaceKeys, changes }) => {
        const keys = replaceKeys.length > 0 ? ` [${[...replaceKeys].sort().join(", ")}]` : "";
        const paths = changes.map(({ path }) => path).sort();
        return `${op} ${type.split(":").pop()} ${name}${keys}${paths.length > 0 ? `: ${paths.join(", ")}` : ""}`;
      })
      .sort()
  );
}

/** An explicit `Provider` of a server, for its superuser or for somebody else. */
export function connectionTo(
  name: string,
  { endpoint, username, password }: Elasticsearch,
  who: Record<string, unknown> = { username, password },
): Declared {
  return { kind: "Provider", name, args: { endpoint, ...who } };
}

/** A request to a server: as its administrator, or with a key. */
export async function ask(
  { endpoint, username, password }: Elasticsearch,
  method: string,
  path: string,
  body?: unknown,
  key?: string,
): Promise<Answer> {
  const administrator = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const answer = await fetch(`${endpoint}${path}`, {
    method,
    headers: { authorization: key ? `ApiKey ${key}` : administrator, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as never };
}

function changes({ control }: Elasticsearch): LoggedRequest[] {
  return control.requests.filter(changesSomething);
}

/** Whether a request is one of those that may change something. */
export function changesSomething({ method, path }: Pick<LoggedRequest, "method" | "path">): boolean {
  return method !== "GET" && method !== "HEAD" && !/\/_(refresh|count|search|has_privileges)\b/.test(path);
}
