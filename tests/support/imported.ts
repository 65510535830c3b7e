// The command `import` and what a user does with what it writes.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStack, type Elasticsearch as Server, type Stack } from "../../embedded";
import { cli } from "./cli";
import { act, documentOf } from "./connectors";
import { ROOT } from "./processes";

export interface Imported {
  folder: string;
  /** What the command printed. */
  said: string;
  program(): string;
  file(): string;
  /** Puts there what an installation would. */
  link(): void;
  /** A stack of the program, with the settings that it (or one that asks for the same) asks for: what the server has. */
  stack(engine: "embedded" | "cli", asking?: Imported): Promise<Stack>;
  close(): void;
}

/** Runs the command, which has to succeed. */
export async function imported(server: Server, args: string[] = []): Promise<Imported> {
  const home = mkdtempSync(join(tmpdir(), "pec-import-"));
  const folder = join(home, "my program");
  const { code, stdout, stderr } = await importInto(server, folder, args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const done: Imported = {
    folder,
    said: stdout,
    program: () => read("index.ts"),
    file: () => read("import.json"),
    link: () => link(folder),
    async stack(engine, asking = done) {
      link(folder);
      return openStack({
        engine,
        project: "imported",
        stack: "dev",
        program: folder,
        home: join(home, engine),
        config: { "elastic:endpoint": server.endpoint, "elastic:username": server.username },
        secretConfig: { "elastic:password": server.password, ...(await settings(server, asking)) },
        env: { NODE_OPTIONS: LEAN, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      });
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
  return done;
}

export function importInto(server: Server, folder: string, args: string[]) {
  return cli(server, ["import", "--out", folder, ...args]);
}

const LEAN = `--require ${JSON.stringify(join(__dirname, "lean.js"))}`;

function link(folder: string): void {
  const modules = join(folder, "node_modules");
  if (existsSync(modules)) {
    return;
  }
  mkdirSync(modules);
  symlinkSync(ROOT, join(modules, "pulumi-elastic-connectors"), "junction");
  for (const name of ["@pulumi", "@types"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name), "junction");
  }
}

/**
 * The settings that the program reads, with the values that the server has: program and import file hold stand-ins for them
 * in the same order. The command has named all of them.
 */
async function settings(server: Server, { program, file, said }: Imported): Promise<Record<string, string>> {
  const keys = [...program().matchAll(/config\.requireSecret\w*\("(\w+)"\)/g)].map(([, key = ""]) => key);
  const { resources } = JSON.parse(file()) as { resources: { type: string; id: string; inputs: Bag }[] };
  const values: string[] = [];
  for (const { type, id, inputs } of resources) {
    const live = type.endsWith(":ConnectorSecret")
      ? inputs.valueVersion === undefined && (await act(server, "GET", `/_connector/_secret/${id}`))
      : connectorValues(server, id);
    values.push(...(live ? standIns(inputs, live) : []));
  }
  expect(keys).toHaveLength(values.length);
  expect(keys.filter((key) => !said.includes(`\n  pulumi config set --secret ${key}\n`))).toEqual([]);
  return Object.fromEntries(keys.map((key, at) => [key, values[at] ?? ""]));
}

function connectorValues(server: Server, id: string): Bag | undefined {
  const document = documentOf(server, id);
  const entries = Object.entries(document?.configuration ?? {}).map(([name, { value }]) => [name, value]);
  const schedules = Object.entries(document?.custom_scheduling ?? {}).map(([key, { configuration_overrides }]) => [
    key,
    { configurationOverrides: configuration_overrides },
  ]);
  return { configuration: Object.fromEntries(entries), customScheduling: Object.fromEntries(schedules) };
}

/** What stands in the live object where the other one has a stand-in for a secret. */
function standIns(inputs: unknown, live: unknown): string[] {
  if (typeof inputs !== "object" || inputs === null) {
    return [];
  }
  if ("plaintext" in inputs) {
    return [String(live)];
  }
  return Object.entries(inputs).flatMap(([key, value]) => standIns(value, (live as Bag | undefined)?.[key]));
}

type Bag = Record<string, unknown>;
