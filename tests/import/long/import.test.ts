// The command `import` on connectors that were made by hand, and what becomes of them in a stack.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { type Elasticsearch, startElasticsearch } from "../../../embedded";
import { act, change, documentOf } from "../../support/connectors";
import { type Imported, imported, importInto } from "../../support/imported";
import { ROOT, run } from "../../support/processes";
import { engines, failure, planOf } from "../../support/stage";
import { SECRET, variedConnectors } from "../../support/varied-connectors";

/** Enough for each name, index and shape of the configuration to come. */
const COUNT = 17;

let server: Elasticsearch;
let ids: string[];
let all: Imported;
beforeAll(async () => {
  server = await startElasticsearch({ version: "8.19" });
  ids = await variedConnectors(server, COUNT);
  await act(server, "PUT", "/_connector/typeless", { index_name: "search-typeless" });
  await change(server, "typeless", { service_type: null });
  server.control.clearRequests();
  all = await imported(server);
}, 120_000);
afterAll(async () => {
  all?.close();
  await server.close();
});

describe("the program", () => {
  test("compiles under strict", () => {
    all.link();
    const file = join(all.folder, "index.ts");
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      skipLibCheck: true,
      noEmit: true,
    });
    const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
    // Untyped only where the configuration isn't what the type says.
    expect(all.program().match(/new elastic\.Connector\(/g)?.length).toBeGreaterThan(COUNT / 2);
  });

  test("is laid out as the formatter would", async () => {
    const path = join(ROOT, "tests", `laid-out-${process.pid}.ts`);
    writeFileSync(path, all.program());
    try {
      const biome = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
      const { code, stdout, stderr } = await run(process.execPath, [biome, "format", path], ROOT);
      expect({ code, stderr: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, stderr: "" });
    } finally {
      rmSync(path);
    }
  });

  test("says nothing that is so anyway", () => {
    const text = all.program();
    expect(text).toMatch(/new elastic\.Index\("movies(-2)?", \{ name: "search-0-x" \}\)/);
    expect(text).toMatch(/name: "search-1-x", language: "fr" \}/);
    expect(text).not.toMatch(
      /enabled: false, interval: "0 0 0 \* \* \?"|number_of_replicas|concurrent_downloads: 15\b/,
    );
    expect(text).not.toMatch(/connectorId: "[\w-]{20}"/);
  });

  test("holds texts of others as texts: no line, comment or character that pretends", () => {
    const text = all.program();
    expect(text).toContain('name: "line\\nbreak\\u2028and\\u202ebidi"');
    expect(text).toMatch(/name: "`\$\{process\.exit\(1\)\}` \*\/ \/\/ <!--"/);
    expect(text).toContain("name: 'She said \"hello\"'");
    expect(text).toContain("多言語 検索");
    expect(text).not.toMatch(/[\u2028\u202e]/);
  });
});

test("no secret stands in what was written or printed, and the command only reads", () => {
  for (const text of [all.program(), all.file(), all.said]) {
    expect(text).not.toContain(SECRET);
  }
  expect(server.control.requests.filter(({ method }) => method !== "GET").map(({ path }) => path)).toEqual([]);
});

test("what can't be declared is skipped and told", () => {
  expect(all.said).toContain("Left out: Connector typeless has no service type yet.\n");
  expect(all.program()).not.toContain("typeless");
});

test("names what isn't there, and what isn't active", () => {
  expect(all.program()).toMatch(/\/\/ There is no index 'search-4-x' yet: it is named, and not managed\./);
  expect(all.program()).toMatch(/\/\/ Its API key '[\w-]{20}' isn't active, or can't be seen with these credentials/);
});

describe("files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pec-files-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const only = ["--id", "by-hand.0"];

  test("are never overwritten, unless that is asked for; a project's own stays in any case", async () => {
    writeFileSync(join(folder, "index.ts"), "mine");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: mine\nruntime: nodejs\n");
    const refused = await importInto(server, folder, only);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^index\.ts exists in .*: choose another/),
    });
    expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe("mine");
    expect(existsSync(join(folder, "import.json"))).toBe(false);
    expect(await importInto(server, folder, [...only, "--force"])).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(join(folder, "index.ts"), "utf8")).toContain("elastic.Connector");
    expect(readFileSync(join(folder, "Pulumi.yaml"), "utf8")).toContain("name: mine");
  });

  test.each([
    [["--id", "nobody"], 1, /There is no connector with the id 'nobody' at http/],
    [["--name", "nobody"], 1, /^None of the 18 connectors at http.* fits --name 'nobody'\.\n$/],
  ])("nothing is written for %j", async (args, code, message) => {
    const done = await importInto(server, folder, args);
    expect(done.code).toBe(code);
    expect(done.stdout + done.stderr).toMatch(message);
    expect(existsSync(join(folder, "index.ts"))).toBe(false);
  });

  test("hold the chosen connectors: any value of one option, and every option", async () => {
    const chosen = ["--name", "Movies", "--name", "class", "--index", "search-5-x", "--index", "search-0-x"];
    expect(await importInto(server, folder, chosen)).toMatchObject({ code: 0, stderr: "" });
    const { resources } = JSON.parse(readFileSync(join(folder, "import.json"), "utf8")) as {
      resources: { type: string; id: string }[];
    };
    const connectors = resources.filter(({ type }) => type.endsWith(":Connector")).map(({ id }) => id);
    expect(connectors.sort()).toEqual(["by-hand.0", "by-hand.5"]);
  });
});

test("--adopt writes a program that takes indices and connectors over, with new keys, and needs no import", async () => {
  const twin = await imported(server, ["--id", "by-hand.12"]);
  const some = await imported(server, ["--id", "by-hand.12", "--adopt"]);
  const stack = await some.stack("embedded", twin);
  try {
    expect(existsSync(join(some.folder, "import.json"))).toBe(false);
    expect(some.program()).not.toContain(SECRET);
    const before = documentOf(server, "by-hand.12");
    expect(failure(await stack.up())).toBe("");
    const after = documentOf(server, "by-hand.12");
    expect(after).toMatchObject({ name: before?.name, configuration: before?.configuration });
    expect(after?.api_key_id).not.toBe(before?.api_key_id);
    expect(planOf(await stack.preview())).toEqual([]);
  } finally {
    await stack.close();
    some.close();
    twin.close();
  }
});

describe.each(engines)("on the %s engine", (engine) => {
  // Native with its key in a secret; an id of the server's; analysis, mappings and aliases; a type of somebody's own.
  const chosen = () => [0, 1, 2, 5].flatMap((i) => ["--id", ids[i] as string]);

  test("imported: a preview has nothing to do; then a change is one write, and a new key goes all the way", async () => {
    const some = await imported(server, chosen());
    const stack = await some.stack(engine);
    try {
      expect(failure(await stack.import(join(some.folder, "import.json")))).toBe("");
      expect(failure(await stack.refresh())).toBe("");
      const seen = await stack.preview();
      expect(failure(seen)).toBe("");
      expect(planOf(seen)).toEqual([]);

      const before = documentOf(server, "by-hand.0");
      const text = some.program().replace('name: "key 0"', 'name: "key 0 again"').replace('"7s"', '"9s"');
      writeFileSync(join(some.folder, "index.ts"), text);
      server.control.clearRequests();
      const up = await stack.up();
      expect(failure(up)).toBe("");
      expect(up.summary).toMatchObject({ update: 3, replace: 1 });
      const after = documentOf(server, "by-hand.0");
      expect(after?.api_key_id).not.toBe(before?.api_key_id);
      // What it was made without isn't put in on the way.
      expect(after).not.toHaveProperty("pipeline");
      const { value } = (await act(server, "GET", `/_connector/_secret/secret-0`)) as { value: string };
      expect(Buffer.from(value, "base64").toString().split(":")[0]).toBe(after?.api_key_id);
      const writes = server.control.requests.filter(({ method }) => method !== "GET").map(({ path }) => path);
      expect(writes.filter((path) => /^\/search-2-x/.test(path))).toEqual(["/search-2-x/_settings"]);
      expect(planOf(await stack.preview())).toEqual([]);

      // An index that bears no mark of ours goes like any other.
      expect(failure(await stack.destroy())).toBe("");
      expect(documentOf(server, "by-hand.0")).toBeUndefined();
      expect(server.control.requests.map(({ method, path }) => `${method} ${path}`)).toContain("DELETE /search-2-x");
    } finally {
      await stack.close();
      some.close();
    }
  });
});
