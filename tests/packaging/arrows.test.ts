import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import ts from "typescript";
import { ROOT } from "../support/processes";

/** What each room may import: other rooms, and packages. Arrows go one way. */
const PACKAGES: Record<string, RegExp> = {
  sdk: /^@pulumi\/pulumi$/,
  provider: /^(zod|@elastic\/elasticsearch|node:\w+)$/,
};

/** The rooms of the provider, from the door inwards. `model` holds what all of them talk about. */
const INSIDE_PROVIDER: Record<string, readonly string[]> = {
  "index.ts": ["host", "resources"],
  lookups: ["resources", "privileges", "ownership", "elasticsearch"],
  host: ["lifecycle", "elasticsearch", "model", "text"],
  lifecycle: ["privileges", "elasticsearch", "model"],
  privileges: ["ownership", "elasticsearch", "model"],
  resources: ["catalogue", "cron", "elasticsearch", "model", "ownership", "text"],
  ownership: ["elasticsearch", "model"],
  catalogue: ["elasticsearch", "model", "text"],
  elasticsearch: ["text"],
  model: ["elasticsearch", "text"],
  cron: [],
  text: [],
};

/** Look-ups run in the program. They load the provider's client when they are called; loads.test.ts sees to that. */
const LOOK_UPS: Arrow = { from: "sdk/lookups.ts", to: "provider/lookups" };

const OURS = "pulumi-elastic-connectors";
/** Runs beside a program, and knows only what Pulumi shows it. */
const POLICY = "examples/policy/";

interface Arrow {
  from: string;
  to: string;
}

const files = ["sdk", "provider", "embedded", "cli", "demo", "examples"].flatMap(sourcesIn);
const arrows = files.flatMap((file) => arrowsOf(file, readFileSync(join(ROOT, file), "utf8")));

test("the scan sees every way to import", () => {
  const text = `
    import a from "./a"; import type { B } from "../sdk/b"; export * from "./c"; import d = require("./d");
    const e = require("e"); const f = () => import("../f"); type G = import("./g").G; // import "./comment"
  `;
  const found = arrowsOf("provider/x.ts", text).map(({ to }) => to);
  expect(found.sort()).toEqual(["e", "f", "provider/a", "provider/c", "provider/d", "provider/g", "sdk/b"]);
  expect(refused([{ from: "provider/host/x.ts", to: "sdk/b" }])).toHaveLength(1);
  expect(refused([{ from: "sdk/x.ts", to: "zod" }])).toHaveLength(1);
  expect(refused([{ from: "sdk/x.ts", to: "provider/lookups" }])).toHaveLength(1);
  expect(refused([{ from: "provider/resources/a/x.ts", to: "provider/host/values" }])).toHaveLength(1);
  expect(refused([{ from: "provider/new-room/x.ts", to: "provider/model/unknown" }])).toHaveLength(1);
});

test("every room has files", () => {
  for (const room of [
    "sdk/",
    "provider/host/",
    "provider/lifecycle/",
    "provider/resources/",
    "embedded/",
    "cli/",
    "demo/",
  ]) {
    expect(files.filter((file) => file.startsWith(room)).length).toBeGreaterThan(0);
  }
});

test("sdk/ imports itself, @pulumi/pulumi and, for look-ups, one file of provider/; provider/ imports inwards, and no room but its own", () => {
  expect(refused(arrows)).toEqual([]);
});

test("nothing but embedded/, cli/ and demo/ imports embedded/", () => {
  const importers = arrows.filter(({ to }) => to.startsWith("embedded/")).map(({ from }) => from.split("/")[0]);
  expect([...new Set(importers)].filter((room) => !["embedded", "cli", "demo"].includes(room ?? ""))).toEqual([]);
});

test("examples import what a user can import", () => {
  const imported = arrows.filter(
    ({ from, to }) => from.startsWith("examples/") && !to.startsWith(`${posix.dirname(from)}/`),
  );
  const usable = (from: string) => ["@pulumi/pulumi", from.startsWith(POLICY) ? "@pulumi/policy" : OURS];
  expect(imported.filter(({ from, to }) => !usable(from).includes(to))).toEqual([]);
  expect(imported.map(({ to }) => to)).toContain(OURS);
});

test("only errors.ts judges by the status code; connection.ts writes it into its log", () => {
  const mention = files.filter(
    (file) => file.startsWith("provider/") && /statusCode/.test(readFileSync(join(ROOT, file), "utf8")),
  );
  expect(mention.sort()).toEqual(["provider/elasticsearch/connection.ts", "provider/elasticsearch/errors.ts"]);
  const connection = readFileSync(join(ROOT, "provider/elasticsearch/connection.ts"), "utf8").split("\n");
  const uses = connection.filter((line) => line.includes("statusCode"));
  expect(uses.filter((line) => !/^\s*log\(/.test(line))).toEqual([]);
});

test("the server is reached through one file, and only notices print", () => {
  const loads = arrows.filter(({ from, to }) => from.startsWith("provider/") && to === "@elastic/elasticsearch");
  expect(loads.map(({ from }) => from).sort()).toEqual([
    "provider/elasticsearch/connection.ts",
    "provider/elasticsearch/errors.ts",
  ]);
  const printing = files.filter(
    (file) =>
      /^(provider|sdk)\//.test(file) && /console\.|process\.std(out|err)/.test(readFileSync(join(ROOT, file), "utf8")),
  );
  expect(printing).toEqual(["provider/host/notices.ts"]);
});

function refused(all: Arrow[]): Arrow[] {
  return all.filter(({ from, to }) => {
    const [room = ""] = from.split("/");
    const packages = PACKAGES[room];
    if (packages === undefined) {
      return false;
    }
    if (from === LOOK_UPS.from && to === LOOK_UPS.to) {
      return false;
    }
    const inside = to.startsWith(`${room}/`);
    return !inside ? !packages.test(to) : room === "provider" && !inwards(from, to);
  });
}

function inwards(from: string, to: string): boolean {
  const [source = "", target = ""] = [from, to].map((path) => path.split("/")[1]);
  return source === target || (INSIDE_PROVIDER[source] ?? []).includes(target);
}

function arrowsOf(file: string, text: string): Arrow[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = importedName(node);
    if (name !== undefined) {
      found.push(name);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found.map((name) => ({ from: file, to: name.startsWith(".") ? posix.join(dirname(file), name) : name }));
}

function importedName(node: ts.Node): string | undefined {
  const text = (name: ts.Node | undefined) => (name && ts.isStringLiteralLike(name) ? name.text : undefined);
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return text(node.moduleSpecifier);
  }
  if (ts.isExternalModuleReference(node)) {
    return text(node.expression);
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? text(node.argument.literal) : undefined;
  }
  const loads =
    ts.isCallExpression(node) &&
    (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(node.expression) && node.expression.text === "require"));
  return loads ? text(node.arguments[0]) : undefined;
}

function sourcesIn(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.parentPath.includes("node_modules"))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}
