import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Elasticsearch } from "../../provider/elasticsearch/connection";
import type { Marked } from "../../provider/ownership/marks";
import { type ConnectionOptions, cluster, withConnection } from "../connection";
import { printable } from "../printable";
import { type ExportedState, type Kind, readState } from "./state";
import { type Open, stackName, stacksOf, stillOpen, unknownTo } from "./unknown";

/** One kind of object that stacks make, and how it is found, described and removed. */
export interface Orphans<T extends Marked> {
  /** Name of the command, and of the list in its JSON. */
  name: string;
  kind: Kind;
  words: {
    thing: string;
    one: string;
    many: string;
    /** What the command lists. */
    listed: string;
    /** Appended to the help of the command. */
    help: string;
    remove: string;
    removed: string;
  };
  /** Option that removes, without its dashes. */
  option: string;
  /** All that bear our mark. `facts` are printed with them as JSON. */
  find(es: Elasticsearch): Promise<{ objects: T[]; facts?: Record<string, unknown>; warning?: string | undefined }>;
  /** What is asked for only of those that are shown. */
  complete?(es: Elasticsearch, objects: T[]): Promise<T[]>;
  /** Why it is left alone whatever the states say. */
  reason(object: T): string | undefined;
  describe(object: Unknown<T>, now: Date): string;
  remove(es: Elasticsearch, object: T): Promise<void>;
}

/** Nobody knows an orphan; whatever else no state knows says why it is left. */
export type Unknown<T> = T & { left?: string | undefined };

interface OrphansOptions extends ConnectionOptions {
  state?: string[];
  stack?: string;
  yes?: true;
  json?: true;
}

/** Adds a command that lists the objects of stacks, and finds those that no state knows. */
export function registerOrphans<T extends Marked>(program: Command, orphans: Orphans<T>): void {
  const { name, option, words } = orphans;
  const command = program
    .command(name)
    .description(`list ${words.listed} that stacks have made; with --state, only those that no given state knows`)
    .option("--state <file>", "an exported stack, `-` for the standard input; may be given several times", collect)
    .option("--stack <project/stack>", `only ${name} of this stack; says whose a state without resources is`)
    .option(`--${option}`, `${words.remove} the ${name} that no given state knows, after asking`)
    .option("--yes", `${words.remove} without asking; needs --stack`)
    .option("--json", "print JSON")
    .addHelpText("after", `${words.help}\n${sameName(name)}`);
  withConnection(command).action(async (options: OrphansOptions & Record<string, unknown>) => {
    const remove = options[option] === true;
    refuseUnclear(orphans, remove, options);
    const stack = options.stack && shortName(options.stack);
    await (options.state
      ? showUnknown(orphans, options.state, stack, remove, options)
      : showAll(orphans, stack, options));
  });
}

/** Said wherever something may be removed. */
function sameName(name: string): string {
  return `
A mark holds project, stack and resource, but neither organisation nor back end: ${name} of a stack of the same name
in another one look as if they were this stack's, and none of its state. Where such a stack uses the same cluster, give
the states of both (--state twice). --yes therefore needs --stack: whoever isn't asked has to say whose ${name} go.`;
}

function collect(file: string, files: string[] = []): string[] {
  return [...files, file];
}

/** What can be refused before anything is read. */
function refuseUnclear<T extends Marked>(
  { option, name }: Orphans<T>,
  remove: boolean,
  { state, stack, yes, json }: OrphansOptions,
): void {
  if (!remove) {
    return;
  }
  if (state === undefined) {
    throw new Error(`--${option} needs --state: only a state tells what nobody knows.`);
  }
  if (!yes && (json || !process.stdin.isTTY)) {
    throw new Error(
      json
        ? `--${option} asks before it acts, which doesn't go with --json: pass --yes too.`
        : `--${option} asks before it acts, and the standard input is no terminal: pass --yes, or the state as a file.`,
    );
  }
  if (yes && stack === undefined) {
    throw new Error(
      `--yes needs --stack <project>/<stack> beside --${option}: say whose ${name} go without a question. A stack of the same ` +
        "name in another organisation or back end looks the same; if one uses this cluster, give its state too (--state twice).",
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

async function showAll<T extends Marked>(
  orphans: Orphans<T>,
  stack: string | undefined,
  options: OrphansOptions,
): Promise<void> {
  const es = await cluster(options);
  const { objects, facts, warning } = await orphans.find(es);
  warn(warning);
  const shown = objects
    .filter((object) => stack === undefined || stackName(object) === stack)
    .sort((a, b) => compare(stackName(a), stackName(b)) || compare(a.resource, b.resource));
  const complete = (await orphans.complete?.(es, shown)) ?? shown;
  return options.json
    ? print({ ...facts, [orphans.name]: complete })
    : show(orphans, complete, stack ? `of ${stack} at ${es.endpoint}` : `at ${es.endpoint} that stacks have made`);
}

async function showUnknown<T extends Marked>(
  orphans: Orphans<T>,
  sources: readonly string[],
  stack: string | undefined,
  remove: boolean,
  options: OrphansOptions,
): Promise<void> {
  const { look, es, stacks } = await lookout(orphans, sources, stack, options);
  const { unknown, facts } = await look(warn);
  if (!options.json) {
    show(orphans, unknown, `of ${stacks.join(", ")} at ${es.endpoint} that no given state knows`);
  }
  const found = unknown.filter(isOrphan);
  const removes =
    remove && found.length > 0 && (options.yes || (await ask(orphans, found.length, unknown.length, stacks)));
  const removed: string[] = [];
  // Somebody may have taken one of them while the question stood; what became free meanwhile wasn't asked about.
  const still = removes ? (await look()).unknown.filter(isOrphan) : [];
  for (const object of removes ? found : []) {
    const same = still.some(({ id, createdAt }) => id === object.id && createdAt === object.createdAt);
    if (same) {
      await orphans.remove(es, object);
      removed.push(object.id);
    }
    if (!options.json) {
      const now = same ? `is ${orphans.words.removed}` : "is left alone: it is in use by now, has changed, or is gone";
      say(`${capital(orphans.words.thing)} '${object.id}' ${now}.`);
    }
  }
  if (options.json) {
    return print({ ...facts, [orphans.name]: unknown, ...(remove ? { [orphans.words.removed]: removed } : {}) });
  }
  if (found.length > 0 && !removes) {
    say(
      remove
        ? `Nothing is ${orphans.words.removed}.`
        : `To ${orphans.words.remove} what isn't left alone, run this again with --${orphans.option}.`,
    );
  }
}

interface Look<T> {
  unknown: Unknown<T>[];
  facts: Record<string, unknown> | undefined;
}

/** A function that looks for what no state knows, as often as it is called. */
async function lookout<T extends Marked>(
  { kind, words, find, complete, reason }: Orphans<T>,
  sources: readonly string[],
  stack: string | undefined,
  options: OrphansOptions,
) {
  const states: ExportedState[] = [];
  for (const source of sources) {
    states.push(await readState(source));
  }
  const stacks = stacksOf(states, stack);
  const es = await cluster(options);
  return {
    es,
    stacks: [...stacks.keys()],
    async look(tell: (text: string | undefined) => void = () => {}): Promise<Look<T>> {
      const { objects, facts, warning } = await find(es);
      tell(warning);
      for (const name of [...stacks.keys()].filter((each) => !objects.some((object) => stackName(object) === each))) {
        tell(
          `No ${words.one} at ${es.endpoint} bears the mark of ${name}: is it the right cluster and the right stack?`,
        );
      }
      const unknown = unknownTo(states, stacks, kind, objects);
      const open = (object: T): Open | undefined => stillOpen(states, stacks, kind, object);
      const shown = (await complete?.(es, unknown)) ?? unknown;
      return { unknown: shown.map((object) => ({ ...object, left: reason(object) ?? open(object) })), facts };
    },
  };
}

function isOrphan({ left }: Unknown<unknown>): boolean {
  return left === undefined;
}

async function ask<T extends Marked>(
  { words }: Orphans<T>,
  orphans: number,
  all: number,
  stacks: readonly string[],
): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const which =
    orphans < all ? `the ${orphans} of them that ${orphans === 1 ? "isn't" : "aren't"} left alone` : "all of them";
  const whose = `made by ${stacks.map(printable).join(" or ")}`;
  const caveat = "a stack of the same name in another organisation or back end looks the same";
  const question = `${capital(words.remove)} ${all === 1 ? "it" : which}, ${whose} (${caveat})? (y/N) `;
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

function show<T extends Marked>({ words, describe }: Orphans<T>, objects: readonly Unknown<T>[], where: string): void {
  if (objects.length === 0) {
    say(`There is no ${words.one} ${where}.`);
    return;
  }
  say(`${objects.length} ${objects.length === 1 ? words.one : words.many} ${where}:`);
  const now = new Date();
  process.stdout.write(`\n${objects.map((object) => describe(object, now)).join("\n\n")}\n\n`);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
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

function warn(text: string | undefined): void {
  if (text !== undefined) {
    process.stderr.write(`${printable(text)}\n`);
  }
}
