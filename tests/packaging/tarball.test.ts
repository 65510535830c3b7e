import { readFileSync } from "node:fs";
import { join } from "node:path";
import { install, PACKAGE, type Packed, pack } from "../support/consumer";
import { node, ROOT, run } from "../support/processes";

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
});
afterAll(() => packed?.close());

/** A program that registers one of each with mocks instead of an engine, and prints what was registered. */
const PROGRAM = `
  const registered = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs, id }) => {
      registered.push(type + " " + (inputs.__provider ?? ""));
      return { id: id ?? name + "-id", state: { ...inputs, encoded: "e" } };
    },
    call: () => ({}),
  });
  new elastic.ContentConnector("movies", {
    serviceType: "mongodb",
    native: true,
    configuration: { host: "h", database: "d", collection: "c" },
  });
  new elastic.ConnectorService("own", { connectors: [], endpoint: "https://es.example:9200" });
  new elastic.Provider("eu", { endpoint: "https://eu.example.com", apiKey: "k" });
  new elastic.SyncJob("first", { connectorId: "c" });
  const lookUp = await elastic.getConnector({ connectorId: "c" }).catch(({ message }) => message);
  await pulumi.runtime.disconnect();
  console.log(JSON.stringify({ names: Object.keys(elastic).sort(), registered: registered.sort(), lookUp }));
`;

const NAMES = [
  ...["ApiKey", "Connector", "ConnectorSecret", "ConnectorService", "ContentConnector"],
  ...["Index", "Provider", "SyncJob"],
  ...["getConnector", "getConnectorOutput", "getConnectors", "getConnectorsOutput"],
  ...["getPrivileges", "getPrivilegesOutput"],
];

const text = (kind: string) =>
  `exports.handler=()=>require('module').createRequire(process.cwd()+'/x')('${PACKAGE}/provider').get('${kind}')`;

const REGISTERED = [
  "elastic:index:ConnectorService ",
  "elastic:index:ContentConnector ",
  `pulumi-nodejs:dynamic/elastic:ApiKey ${text("ApiKey")}`,
  `pulumi-nodejs:dynamic/elastic:ApiKey ${text("ApiKey")}`,
  `pulumi-nodejs:dynamic/elastic:Connector ${text("Connector")}`,
  `pulumi-nodejs:dynamic/elastic:ConnectorSecret ${text("ConnectorSecret")}`,
  `pulumi-nodejs:dynamic/elastic:Index ${text("Index")}`,
  `pulumi-nodejs:dynamic/elastic:SyncJob ${text("SyncJob")}`,
  "pulumi:providers:pulumi-nodejs ",
];

describe("what is in the package", () => {
  test("the build of what a user needs, and nothing else", () => {
    expect(packed.files).toEqual(
      expect.arrayContaining([
        "package.json",
        "LICENSE",
        "dist/sdk/index.js",
        "dist/sdk/index.d.ts",
        "dist/provider/index.js",
        "dist/provider/index.d.ts",
        "dist/embedded/index.js",
        "dist/embedded/index.d.ts",
        "dist/cli/main.js",
      ]),
    );
    const allowed =
      /^(package\.json|LICENSE|(README|CHANGELOG|DESIGN|SECURITY)\.md|docs\/(guides|reference)\/[\w-]+\.md|dist\/(sdk|provider|embedded|cli)\/.*\.(js|d\.ts|json))$/;
    expect(packed.files.filter((path) => !allowed.test(path))).toEqual([]);
  });

  test("every file that package.json points to is there", () => {
    const manifest = JSON.parse(readFileSync(join(packed.folder, "package.json"), "utf8")) as Record<string, unknown>;
    const { exports, main, types, bin, typesVersions } = manifest;
    const paths = JSON.stringify({ exports, main, types, bin, typesVersions }).match(
      /(\.\/)?(dist\/[\w/.-]+|package\.json)(?=")/g,
    );
    expect(paths?.length).toBeGreaterThan(6);
    for (const path of paths ?? []) {
      expect(packed.files).toContain(path.replace(/^\.\//, ""));
    }
  });

  test("no path of the machine that built it", () => {
    const telling = packed.files.filter((path) => readFileSync(join(packed.folder, path), "utf8").includes(ROOT));
    expect(telling).toEqual([]);
  });

  test("publint finds nothing", async () => {
    const lint = join(ROOT, "node_modules/publint/src/cli.js");
    const { code, stdout, stderr } = await run(process.execPath, [lint, "run", packed.tarball, "--strict"], ROOT);
    expect(`${stdout}${stderr}`).toContain("All good!");
    expect(code).toBe(0);
  });

  test("attw finds nothing: types resolve under every moduleResolution, the old one included", async () => {
    const attw = join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const args = [
      attw,
      packed.tarball,
      "--no-definitely-typed",
      "--profile",
      "strict",
      "--format",
      "ascii",
      "--no-emoji",
    ];
    const { code, stdout, stderr } = await run(process.execPath, args, ROOT);
    expect(`${stdout}${stderr}`).toContain("No problems found");
    expect(code).toBe(0);
  });
});

describe("a consumer of the package", () => {
  let project: string;
  beforeAll(() => {
    project = install(packed, {
      "package.json": JSON.stringify({ name: "consumer", private: true }),
      "index.js": `(async () => {
        const pulumi = require("@pulumi/pulumi");
        const elastic = require("${PACKAGE}");
        ${PROGRAM}
      })();`,
      "index.mjs": `import * as pulumi from "@pulumi/pulumi";
        import * as whole from "${PACKAGE}";
        import { ${NAMES.join(", ")} } from "${PACKAGE}";
        import { get } from "${PACKAGE}/provider";
        import { createRequire } from "node:module";
        const elastic = { ${NAMES.join(", ")} };
        if (whole.Index !== Index || typeof get("Index").create !== "function") throw new Error("not the same");
        if (createRequire(import.meta.url)("${PACKAGE}").Index !== Index) throw new Error("loaded twice");
        ${PROGRAM}`,
    });
  });

  test.each(["index.js", "index.mjs"])("%s runs", async (program) => {
    const output = JSON.parse(await node([program], project)) as Record<"names" | "registered" | "lookUp", unknown>;
    const { names, registered, lookUp } = output;
    expect(names).toEqual(NAMES);
    expect(registered).toEqual(REGISTERED);
    expect(lookUp).toMatch(/no cluster is configured/);
  });

  test("the testing entry loads, the inside of the package doesn't", async () => {
    const script = `
      console.log(Object.keys(require("${PACKAGE}/testing")).length > 0);
      try { require("${PACKAGE}/dist/sdk/index.js") } catch ({ code }) { console.log(code) }
    `;
    expect(await node(["-e", script], project)).toBe("true\nERR_PACKAGE_PATH_NOT_EXPORTED\n");
  });

  test("the command runs, and names its version", async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(await node([join(project, "node_modules", PACKAGE, "dist/cli/main.js"), "--version"], project)).toBe(
      `${version}\n`,
    );
  });
});

describe("the provider's text resolves", () => {
  /** Evaluates the text as the engine's provider process does: code without a place, in the program's directory. */
  async function evaluated(cwd: string, kind = "ConnectorSecret"): Promise<string> {
    const evaluate = `
      const Module = require("module");
      const module_ = new Module("");
      module_._compile(${JSON.stringify(text(kind))}, "");
      console.log(Object.keys(module_.exports.handler()).sort().join());
      console.log(Object.keys(require.cache).find((path) => /provider.index\\.js$/.test(path)));
    `;
    return node(["-e", evaluate], cwd);
  }

  const METHODS = "check,configure,create,delete,diff,read,update";

  test("in the package's own clone, from an example's directory", async () => {
    const expected = `${METHODS}\n${join(ROOT, "dist/provider/index.js")}\n`;
    expect(await evaluated(join(ROOT, "examples/quickstart"))).toBe(expected);
    expect(await evaluated(ROOT)).toBe(expected);
  });

  test("in a project that has installed it", async () => {
    const project = install(packed, { "package.json": "{}" });
    expect(await evaluated(project)).toBe(
      `${METHODS}\n${join(project, "node_modules", PACKAGE, "dist/provider/index.js")}\n`,
    );
  });

  test("in an npm workspace, where the package is at the root and the program isn't", async () => {
    const root = install(packed, {
      "package.json": JSON.stringify({ private: true, workspaces: ["packages/*"] }),
      "packages/infra/package.json": JSON.stringify({ name: "infra", main: "index.js" }),
      "packages/infra/index.js": "",
    });
    expect(await evaluated(join(root, "packages/infra"))).toBe(
      `${METHODS}\n${join(root, "node_modules", PACKAGE, "dist/provider/index.js")}\n`,
    );
  });

  test("and where it isn't installed, the error names it", async () => {
    const elsewhere = join(packed.folder, "..");
    await expect(evaluated(elsewhere)).rejects.toThrow(`Cannot find module '${PACKAGE}/provider'`);
  });
});
