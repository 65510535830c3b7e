import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Elasticsearch } from "../provider/elasticsearch/connection";
import type { MarkedKey } from "../provider/lookups/keys";
import { type ConnectionOptions, cluster, withConnection } from "./connection";
import type { ExportedState } from "./exported-state";
import type { UnknownKey } from "./orphans";
import { printable } from "./printable";

interface KeysOptions extends ConnectionOptions {
  state?: string[];
  stack?: string;
  invalidate?: true;
  yes?: true;
  json?: true;
}

/** Adds `keys`: a deployment that was killed while a key was made leaves one that no state knows. */
export function registerKeys(program: Command): void {
  const command = program
    .command("keys")
    .description("list the active API keys that stacks have made; with --state, only those that no given state knows")
    .option("--state <file>", "an exported stack, `-` for the standard input; may be given several times", collect)
    .option("--stack <project/stack>", "only keys of this stack; says whose a state without resources is")
    .option("--invalidate", "revoke the keys that no given state knows, after asking")
    .option("--yes", "revoke without asking")
    .option("--json", "print JSON")
    .addHelpText("after", EXAMPLE);
  withConnection(command).action(keys);
}

const EXAMPLE = `
  pulumi stack export | npx pulumi-elastic-connectors keys --state -

Run it when no update is running. A key that a connector uses, or that is newer than the state, is listed and left. Keys
that were let go on purpose ('retainOnDelete', 'pulumi state delete') are among those that no state knows. Has the stack
been renamed or have resources moved to another one, give the states of both.`;

function collect(file: string, files: string[] = []): string[] {
  return [...files, file];
}

async function keys(options: KeysOptions): Promise<void> {
  refuseUnclear(options);
  const { state, invalidate } = options;
  const stack = options.stack && shortName(options.stack);
  if (state === undefined) {
    return showAll(options, stack);
  }
  const { unknown, look, es } = await lookWith(state, stack, options);
  if (!options.json) {
    await show(unknown.keys, unknown.where);
  }
  const orphans = unknown.keys.filter(isOrphan);
  const revoked = invalidate && orphans.length > 0 && (options.yes || (await ask(orphans.length, unknown.keys.length)));
  // A connector may have taken one of them while the question stood.
  const invalidated = revoked ? await revoke(es, (await look()).filter(isOrphan), options) : [];
  if (options.json) {
    return print({ onlyOwn: unknown.onlyOwn, keys: unknown.keys, ...(invalidate ? { invalidated } : {}) });
  }
  if (orphans.length > 0 && !revoked) {
    say(invalidate ? "Nothing is invalidated." : "To revoke what isn't left alone, run this again with --invalidate.");
  }
}

/** What can be refused before anything is read. */
function refuseUnclear({ state, invalidate, yes, json }: KeysOptions): void {
  if (!invalidate) {
    return;
  }
  if (state === undefined) {
    throw new Error("--invalidate needs --state: only a state tells which keys nobody knows.");
  }
  if (!yes && (json || !process.stdin.isTTY)) {
    throw new Error(
      json
        ? "--invalidate asks before it revokes, which doesn't go with --json: pass --yes too."
        : "--invalidate asks before it revokes, and the standard input is no terminal: pass --yes, or the state as a file.",
    );
  }
}

/** Marks don't hold the organisation. */
function shortName(stack: string): string {
  const [project, name] = stack.split("/").slice(-2);
  if (!project || !name) {
    throw new Error(`--stack takes <project>/<stack>, not '${stack}'.`);
  }
  return `${project}/${name}`;
}

async function showAll(options: KeysOptions, stack: string | undefined): Promise<void> {
  const { findMarkedKeys } = await import("../provider/lookups/keys.js");
  const { stackName } = await import("./orphans.js");
  const es = await cluster(options);
  const { keys, onlyOwn } = await findMarkedKeys(es);
  warnOfOthers(onlyOwn);
  const shown = keys
    .filter((key) => stack === undefined || stackName(key) === stack)
    .sort((a, b) => compare(stackName(a), stackName(b)) || compare(a.resource, b.resource));
  return options.json
    ? print({ onlyOwn, keys: shown })
    : show(shown, `${stack ? `of ${stack} ` : ""}at ${es.endpoint}`);
}

/** The keys that no state knows, and a function that looks once more. */
async function lookWith(sources: readonly string[], stack: string | undefined, options: KeysOptions) {
  const { readState } = await import("./exported-state.js");
  const { stackName, stacksOf, unknownKeys } = await import("./orphans.js");
  const { findMarkedKeys } = await import("../provider/lookups/keys.js");
  const states: ExportedState[] = [];
  for (const source of sources) {
    states.push(await readState(source));
  }
  const stacks = stacksOf(states, stack);
  const es = await cluster(options);
  const { keys, onlyOwn } = await findMarkedKeys(es);
  warnOfOthers(onlyOwn);
  for (const name of [...stacks.keys()].filter((each) => !keys.some((key) => stackName(key) === each))) {
    warn(`No active key at ${es.endpoint} bears the mark of ${name}: is it the right cluster and the right stack?`);
  }
  const where = `of ${[...stacks.keys()].join(", ")} at ${es.endpoint} that no given state knows`;
  return {
    es,
    unknown: { keys: unknownKeys(keys, states, stacks), onlyOwn, where },
    look: async () => unknownKeys((await findMarkedKeys(es)).keys, states, stacks),
  };
}

function isOrphan({ left }: UnknownKey): boolean {
  return left === undefined;
}

function warnOfOthers(onlyOwn: boolean): void {
  if (onlyOwn) {
    warn("Only keys that this caller has made are seen: those of others take manage_api_key or read_security.");
  }
}

async function ask(orphans: number, all: number): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const which =
    orphans < all ? `the ${orphans} of them that ${orphans === 1 ? "isn't" : "aren't"} left alone` : "all of them";
  try {
    return /^y(es)?$/i.test((await terminal.question(`Revoke ${all === 1 ? "it" : which}? (y/N) `)).trim());
  } finally {
    terminal.close();
  }
}

async function revoke(es: Elasticsearch, orphans: readonly UnknownKey[], { json }: KeysOptions): Promise<string[]> {
  const { getApiKey, invalidateApiKey } = await import("../provider/elasticsearch/api-keys.js");
  for (const { id, username } of orphans) {
    await invalidateApiKey(es, id);
    // A caller that manages only its own keys is told nothing about those of others.
    if ((await getApiKey(es, id)).key?.invalidated === false) {
      throw new Error(
        `Key '${id}' is still active: it takes its owner${username ? ` (${username})` : ""}, or manage_api_key, to invalidate it.`,
      );
    }
    if (!json) {
      say(`Key '${id}' is invalidated.`);
    }
  }
  return orphans.map(({ id }) => id);
}

async function show(keys: readonly MarkedKey[], where: string): Promise<void> {
  const { describeKey } = await import("./key-words.js");
  if (keys.length === 0) {
    return say(`There is no active key ${where}.`);
  }
  say(`${keys.length} active ${keys.length === 1 ? "key" : "keys"} ${where}:`);
  process.stdout.write(`\n${keys.map((key) => describeKey(key, new Date())).join("\n\n")}\n\n`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

function say(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

function warn(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
