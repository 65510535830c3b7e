// A stack of fake resources in a temporary folder, on one engine or the other.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Operation, openStack, pulumiOnPath, type Stack, type StackOptions } from "../../embedded/stack";

export interface Call {
  method: string;
  name?: string;
  id?: string;
  olds?: Record<string, unknown>;
  news?: Record<string, unknown>;
  inputs?: Record<string, unknown>;
  region?: unknown;
  token?: unknown;
}

export interface Remote {
  next: number;
  things: Record<string, Record<string, unknown>>;
}

export interface Scenario {
  stack: Stack;
  folder: string;
  /** Replaces the program. `pulumi`, `Thing`, `FakeProvider` and `Group` are there to be used. */
  program(text: string): void;
  /** The calls since the last time they were asked for. */
  calls(): Call[];
  /** Whether a call was made, without asking for the calls. */
  seen(call: string): boolean;
  /** The same as `method name`, without `check` and `diff`. */
  writes(): string[];
  remote(): Remote;
  /** Changes a thing behind the engine's back; undefined removes it. */
  changeRemote(name: string, change: Record<string, unknown> | undefined): void;
  /** What the remote holds under a thing's name. */
  thing(name: string): Record<string, unknown> | undefined;
  /** What the provider is to do at a call, by `method:name`. */
  behave(wishes: Record<string, Wish>): void;
  close(): Promise<void>;
}

export interface Wish {
  fail?: string;
  exit?: boolean;
  init?: string[];
  id?: string;
  print?: string;
  /** Goes on once a file of this name is in the scenario's folder. */
  wait?: string;
}

export type EngineName = "embedded" | "cli";

/** Steps as short lines: `update a: obj.p 1 -> 2`. The stack itself is left out. */
export function lines(operation: Operation): string[] {
  return operation.steps
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ op, name, replaceKeys, changes }) => {
      const because = replaceKeys.length > 0 ? ` [${replaceKeys.join(",")}]` : "";
      const details = changes.map(({ path, kind, old, new: next }) => {
        const mark = kind.startsWith("update") ? "" : `${kind.split("-")[0]} `;
        return `${mark}${path} ${JSON.stringify(old)} -> ${JSON.stringify(next)}`;
      });
      return `${op} ${name}${because}${details.length > 0 ? `: ${details.sort().join("; ")}` : ""}`;
    });
}

export function errors(operation: Operation): string[] {
  return operation.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

/** Runs an operation that has to succeed. */
export async function good(operation: Promise<Operation>): Promise<Operation> {
  const result = await operation;
  if (!result.ok) throw new Error(`${errors(result).join("\n")}\n${result.text}`);
  return result;
}

/** The engines that are at hand: the embedded one always, Pulumi's own when its command is on PATH. */
export const ENGINES: EngineName[] = pulumiOnPath() === undefined ? ["embedded"] : ["embedded", "cli"];

export async function scenario(engine: EngineName, options: Partial<StackOptions> = {}): Promise<Scenario> {
  const folder = mkdtempSync(join(tmpdir(), "engine-test-"));
  const program = join(folder, "program");
  mkdirSync(program);
  writeFileSync(join(program, "package.json"), JSON.stringify({ name: "program", main: "index.js" }));
  symlinkSync(join(__dirname, "..", "..", "node_modules"), join(program, "node_modules"));
  const callsFile = join(folder, "calls.jsonl");
  const remoteFile = join(folder, "remote.json");

  function writeProgram(text: string): void {
    const things = JSON.stringify(join(__dirname, "fake", "thing.js"));
    writeFileSync(
      join(program, "index.js"),
      `const { pulumi, Thing, FakeProvider, Group } = require(${things});\n${text}\n`,
    );
  }

  function calls(): Call[] {
    if (!existsSync(callsFile)) return [];
    const lines = readFileSync(callsFile, "utf8").trim().split("\n");
    rmSync(callsFile);
    return lines.map((line) => JSON.parse(line) as Call);
  }

  writeProgram("");
  const stack = await openStack({
    engine,
    project: "proj",
    stack: "dev",
    program,
    home: join(folder, "home"),
    passphrase: "correct horse",
    ...options,
    env: { FAKE_DIR: folder, ...options.env },
  });
  const remote = (): Remote => JSON.parse(readFileSync(remoteFile, "utf8")) as Remote;
  return {
    stack,
    folder,
    program: writeProgram,
    calls,
    seen(call) {
      const [method, name] = call.split(" ");
      if (!existsSync(callsFile)) return false;
      const made = readFileSync(callsFile, "utf8").trim().split("\n");
      return made.map((line) => JSON.parse(line) as Call).some((c) => c.method === method && c.name === name);
    },
    writes: () =>
      calls()
        .filter(({ method }) => ["create", "update", "delete"].includes(method))
        .map(({ method, name }) => `${method} ${name}`),
    remote,
    changeRemote(name, change) {
      const current = remote();
      const [id = "none"] = Object.entries(current.things).find(([, thing]) => thing.name === name) ?? [];
      if (change === undefined) delete current.things[id];
      else Object.assign(current.things[id] ?? {}, change);
      writeFileSync(remoteFile, JSON.stringify(current));
    },
    thing: (name) => Object.values(remote().things).find((thing) => thing.name === name),
    behave: (wishes) => writeFileSync(join(folder, "behaviour.json"), JSON.stringify(wishes)),
    async close() {
      await stack.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
