// The question of `keys --invalidate` and `indices --delete`, with somebody at the terminal and a cluster that changes meanwhile.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { type Orphans, registerOrphans } from "../../cli/orphans/command";
import type { Marked } from "../../provider/ownership/marks";

/** What the cluster has, what was asked, and what happens while the question stands. */
const terminal = { questions: [] as string[], answer: (): string => "y" };
jest.mock("node:readline/promises", () => ({
  createInterface: () => ({
    question: async (text: string) => {
      terminal.questions.push(text);
      return terminal.answer();
    },
    close: () => {},
  }),
}));

jest.mock("../../cli/connection", () => ({
  withConnection: (command: unknown) => command,
  cluster: async () => ({ endpoint: "http://cluster.example" }),
}));

interface Thing extends Marked {
  used?: true;
}

let things: Thing[];
let removed: string[];
const THINGS: Orphans<Thing> = {
  name: "things",
  kind: "Index",
  words: {
    thing: "thing",
    one: "thing",
    many: "things",
    listed: "the things",
    help: "",
    remove: "delete",
    removed: "deleted",
  },
  option: "delete",
  find: async () => ({ objects: things }),
  reason: ({ used }) => (used ? "in use" : undefined),
  describe: ({ id }) => id,
  remove: async (_, { id }) => {
    removed.push(id);
  },
};

let home: string;
let said: string;
const isTTY = process.stdin.isTTY;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pec-orphans-"));
  [said, removed, terminal.questions] = ["", [], []];
  process.stdin.isTTY = true;
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.stdin.isTTY = isTTY;
  rmSync(home, { recursive: true, force: true });
});

const thing = (id: string, more: Partial<Thing> = {}): Thing => ({
  id,
  project: "shop",
  stack: "dev",
  resource: id,
  createdAt: "2026-01-01T10:00:00.000Z",
  ...more,
});

test("what was shown as left alone stays, though it is free by now; what was taken or made anew stays too", async () => {
  things = [thing("free"), thing("used", { used: true }), thing("taken"), thing("again"), thing("gone")];
  terminal.answer = () => {
    things = [
      thing("free"),
      thing("used"),
      thing("taken", { used: true }),
      thing("again", { createdAt: "2026-01-01T10:30:00.000Z" }),
      thing("new"),
    ];
    return "y";
  };
  await run("--delete");
  expect(removed).toEqual(["free"]);
  expect(said).toMatch(/\nThing 'free' is deleted\.\n/);
  expect(said).toMatch(/\nThing 'taken' is left alone: /);
  expect(said).not.toContain("Thing 'used'");
});

test("the question names the stack, and that another back end may have one of that name", async () => {
  things = [thing("free"), thing("used", { used: true })];
  terminal.answer = () => "n";
  await run("--delete");
  expect(terminal.questions).toEqual([
    "Delete the 1 of them that isn't left alone, made by shop/dev (a stack of the same name in another organisation or back end looks the same)? (y/N) ",
  ]);
  expect(removed).toEqual([]);
  expect(said).toMatch(/\nNothing is deleted\.\n$/);
});

test("--yes asks nothing, and needs the stack named", async () => {
  things = [thing("free"), thing("used", { used: true })];
  await expect(run("--delete", "--yes")).rejects.toThrow(/^--yes needs --stack <project>\/<stack> beside --delete: /);
  await run("--delete", "--yes", "--stack", "shop/dev");
  expect([terminal.questions, removed]).toEqual([[], ["free"]]);
});

async function run(...args: string[]): Promise<void> {
  const file = join(home, "state.json");
  const resources = [{ urn: "urn:pulumi:dev::shop::a::b" }];
  writeFileSync(file, JSON.stringify({ deployment: { manifest: { time: "2026-01-01T12:00:00Z" }, resources } }));
  const program = new Command();
  registerOrphans(program, THINGS);
  await program.parseAsync(["things", "--state", file, ...args], { from: "user" });
}
