import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { install, PACKAGE, type Packed, pack } from "../support/consumer";
import { ROOT } from "../support/processes";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import * as elastic from "${PACKAGE}";
import { get } from "${PACKAGE}/provider";
import * as testing from "${PACKAGE}/testing";

const password = new pulumi.Config().requireSecret("password");
const movies = new elastic.ContentConnector("movies", {
  serviceType: "mongodb",
  index: { name: "search-movies" },
  configuration: { host: "h", database: "d", collection: pulumi.output("c"), password, ssl_enabled: true },
  scheduling: { full: { enabled: true, interval: "0 0 2 * * ?" } },
}, { childOptions: { connector: { protect: true } } });
const own = new elastic.Connector("own", { serviceType: "my_own", configuration: { anything: 1, list: ["a"] } });
const key = new elastic.ApiKey("key", { name: "k", roleDescriptors: { r: { cluster: ["monitor"] } } });

const low = { connectorId: own.id, serviceType: own.serviceType, apiKey: key.encoded, indexName: "search-own" };
const service = new elastic.ConnectorService("service", {
  connectors: [movies, low],
  endpoint: pulumi.output("https://es.example:9200"),
  extra: { "service.idling": 10 },
});

export const configYml: pulumi.Output<string> = service.configYml;
export const indexName: pulumi.Output<string> = movies.indexName;
export const encoded: pulumi.Output<string> = key.encoded;
export const type: pulumi.Output<"mongodb"> = movies.connector.serviceType;
export const entry: pulumi.Output<{ connector_id: string; service_type: string; api_key: string }> = movies.serviceEntry;
export const found: elastic.Index = elastic.Index.get("found", "search-movies");
export const all: [typeof get, typeof testing, elastic.Connector<"my_own">] = [get, testing, own];
const args: elastic.ContentConnectorArgs<"mysql"> = {
  serviceType: "mysql",
  configuration: { host: "h", port: 3306, user: "u", password: "p", database: "d", tables: ["a"] },
};
export const made = new elastic.ContentConnector("mysql", args);
`;

/** Each must be refused, at the line that is wrong. */
const MISTAKES: Record<string, string> = {
  "a misspelt configuration key": `new elastic.ContentConnector("x", { serviceType: "mongodb",
    configuration: { host: "h", database: "d", collection: "c", pasword: "p" } });`,
  "a missing configuration key": `new elastic.ContentConnector("x", { serviceType: "mongodb",
    configuration: { database: "d", collection: "c" } });`,
  "a configuration of another type": `new elastic.Connector("x", { serviceType: "mongodb",
    configuration: { host: "h", database: "d", collection: "c", ssl_enabled: "yes" } });`,
  "an unknown argument": `new elastic.Index("x", { nmae: "a" });`,
  "a language that there isn't": `new elastic.Index("x", { language: "xx" });`,
  "an output where the program's shape hangs on it": `new elastic.Connector("x", { serviceType: pulumi.output("mongodb") });`,
  "a misspelt member of a role": `new elastic.ApiKey("x", { name: "k", roleDescriptors: { r: { clustr: [] } } });`,
  "a connector of a service without its key": `new elastic.ConnectorService("x", { endpoint: "https://e:1",
    connectors: [{ connectorId: "c", serviceType: "s", indexName: "i" }] });`,
  "an internal argument of the constructor": `new elastic.Index("x", {}, {}, { native: true });`,
};

const RESOLUTIONS: Record<string, ts.CompilerOptions> = {
  node: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, ignoreDeprecations: "6.0" },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

let packed: Packed;
let project: string;
beforeAll(async () => {
  packed = await pack();
  const mistakes = Object.values(MISTAKES).map((text, i) => [`mistake-${i}.ts`, `${HEADER}${text}\n`]);
  project = install(packed, {
    "package.json": JSON.stringify({ name: "consumer", private: true }),
    "index.ts": PROGRAM,
    "module.mts": PROGRAM,
    "readme.ts": readmeProgram(),
    "correct.ts": `${HEADER}new elastic.Index("x", {});\n`,
    ...Object.fromEntries(mistakes),
  });
});
afterAll(() => packed?.close());

const HEADER = `import * as pulumi from "@pulumi/pulumi";\nimport * as elastic from "${PACKAGE}";\nexport const used = pulumi;\n`;

/** The README's first program, as a reader would copy it. */
function readmeProgram(): string {
  const block = /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, "README.md"), "utf8"));
  if (!block?.[1]) {
    throw new Error("the README shows no program");
  }
  return block[1];
}

// Parsing the libraries takes most of the time, and their text is the same in each run.
const parsed = new Map<string, ts.SourceFile | undefined>();

function problems(options: ts.CompilerOptions, files: string[]): Map<string, string[]> {
  const all: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    esModuleInterop: true,
    ...options,
  };
  const host = ts.createCompilerHost(all);
  const { getSourceFile } = host;
  host.getCurrentDirectory = () => project;
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const key = `${JSON.stringify(languageVersion)} ${name}`;
    if (!name.includes("node_modules")) {
      return getSourceFile.call(host, name, languageVersion, ...rest);
    }
    if (!parsed.has(key)) {
      parsed.set(key, getSourceFile.call(host, name, languageVersion, ...rest));
    }
    return parsed.get(key);
  };
  const program = ts.createProgram(
    files.map((name) => join(project, name)),
    all,
    host,
  );
  // The declarations of the package are judged too; those of its dependencies aren't ours to judge.
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(project.replaceAll("\\", "/")));
  const found = new Map<string, string[]>(files.map((name) => [name, []]));
  for (const file of ours) {
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    if (diagnostics.length > 0) {
      found.set(
        file.fileName.slice(project.length + 1),
        diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
      );
    }
  }
  expect(program.getOptionsDiagnostics().map(({ messageText }) => messageText)).toEqual([]);
  expect(ours.some(({ fileName }) => fileName.endsWith(`${PACKAGE}/dist/sdk/index.d.ts`))).toBe(true);
  return found;
}

test.each(Object.entries(RESOLUTIONS))("moduleResolution %s: a typed program compiles", (name, options) => {
  const files = name === "node16" ? ["index.ts", "module.mts"] : ["index.ts"];
  expect(Object.fromEntries(problems(options, files))).toEqual(Object.fromEntries(files.map((file) => [file, []])));
});

test("the README's program compiles", () => {
  expect(Object.fromEntries(problems(RESOLUTIONS.node16 ?? {}, ["readme.ts"]))).toEqual({ "readme.ts": [] });
});

test("mistakes don't compile, one by one", () => {
  const files = Object.keys(MISTAKES).map((_, i) => `mistake-${i}.ts`);
  const found = problems(RESOLUTIONS.node16 ?? {}, [...files, "correct.ts"]);
  expect(found.get("correct.ts")).toEqual([]);
  const missed = Object.keys(MISTAKES).filter((_, i) => found.get(`mistake-${i}.ts`)?.length === 0);
  expect(missed).toEqual([]);
  expect(found.get("mistake-0.ts")?.join()).toContain("pasword");
});
