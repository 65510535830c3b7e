// What `import` says and chooses, on a small cluster. `npm run build` makes it.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Choice, chosenConnectors } from "../../../cli/import/choice";
import { type Elasticsearch, startElasticsearch } from "../../../embedded";
import { open } from "../../../provider/lookups";
import { act } from "../../support/connectors";
import { importInto } from "../../support/imported";

jest.setTimeout(60_000);

const COUNT = 14;

let server: Elasticsearch;
let home: string;
let folder: string;
beforeAll(async () => {
  const users = { viewer: { password: "viewer-secret", roles: ["viewer"] } };
  const roles = { viewer: { cluster: ["monitor", "monitor_connector"] } };
  server = await startElasticsearch({ version: "9.x", users, roles });
  for (let i = 0; i < COUNT; i++) {
    const body = { name: `Movies ${i}`, index_name: `search-${i}`, service_type: i < 3 ? "mongodb" : "postgresql" };
    await act(server, "PUT", `/_connector/movies.${i}`, body);
    await act(server, "PUT", `/search-${i}`, {});
    const key = { name: `key ${i}`, role_descriptors: { rights: { cluster: ["monitor"] } } };
    const { id } = (await act(server, "POST", "/_security/api_key", key)) as { id: string };
    await act(server, "PUT", `/_connector/movies.${i}/_api_key_id`, { api_key_id: id });
  }
}, 60_000);
afterAll(() => server.close());

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pec-import-"));
  folder = join(home, "my program");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("the choice", () => {
  test("is by service type too, and each connector is written once however often it is named", async () => {
    const args = ["--id", "movies.0", "--id", "movies.0", "--id", "movies.5", "--service-type", "mongodb"];
    expect(await importInto(server, folder, [...args, "--service-type", "mongodb"])).toMatchObject({ code: 0 });
    expect(connectors()).toEqual(["movies.0"]);
    rmSync(folder, { recursive: true });
    expect(await importInto(server, folder, ["--service-type", "mongodb"])).toMatchObject({ code: 0 });
    expect(connectors()).toEqual(["movies.0", "movies.1", "movies.2"]);
  });

  test.each<[Partial<Choice>, RegExp]>([
    [{ name: ["nobody"] }, /^None of the 14 connectors at http\S+ fits --name 'nobody'\.$/],
    [{ name: ["Movies 3", "Movis 4"] }, / fits --name 'Movis 4'\. Did you mean 'Movies \d+'\?$/],
    [{ serviceType: ["mongo"] }, / fits --service-type 'mongo'\. Did you mean 'mongodb'\?$/],
    [{ serviceType: ["sharepoint"] }, / fits --service-type 'sharepoint'\. There are 'mongodb', 'postgresql'\.$/],
    [{ id: ["movies.0"], name: ["X"] }, /^The only connector that --id names at \S+ doesn't fit --name 'X'\. There is/],
    [{ name: ["Movies 3"], index: ["search-4"] }, / fits --name 'Movies 3' and --index 'search-4' at once\.$/],
    [{ id: [""] }, /^There is no connector with the id '' at/],
  ])("%j fits none, and says what would", async (choice, message) => {
    const { endpoint, username, password } = server;
    const settings: Record<string, string> = { endpoint, username, password };
    const es = open((name) => settings[name], {});
    await expect(chosenConnectors(es, { id: [], name: [], index: [], serviceType: [], ...choice })).rejects.toThrow(
      message,
    );
  });

  test("that fits none is an error, and nothing is written", async () => {
    const { code, stdout, stderr } = await importInto(server, folder, ["--service-type", "mongo"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("Did you mean 'mongodb'?");
    expect(existsSync(folder)).toBe(false);
  });

  test("an empty cluster is none", async () => {
    const empty = await startElasticsearch();
    try {
      const { code, stdout } = await importInto(empty, folder, ["--name", "nobody"]);
      expect(code).toBe(0);
      expect(stdout).toBe(`There are no connectors to import at ${empty.endpoint}; nothing was written.\n`);
    } finally {
      await empty.close();
    }
  });
});

describe("the report", () => {
  test("names what isn't managed for want of a privilege, and which one, once for all connectors", async () => {
    const viewer = { ...server, username: "viewer", password: "viewer-secret" };
    const { code, stdout } = await importInto(viewer, folder, []);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Wrote index\.ts, import\.json, Pulumi\.yaml in .*: 14 connectors\.\n/);
    expect(stdout).toMatch(
      /\n- These indices .*view_index_metadata.* not managed\.\n {4}search-0, (search-\d+, ){8}search-\d+ and 4 more\n/,
    );
    expect(stdout).toMatch(/\n- The API keys of these connectors .*read_security or manage_api_key.* not managed\.\n/);
    expect(stdout.split("\n").length).toBeLessThan(30);
    expect(readFileSync(join(folder, "index.ts"), "utf8").match(/view_index_metadata/g)).toHaveLength(COUNT);
  });

  test("tells of one as it stands in the program", async () => {
    const { stdout } = await importInto(server, folder, ["--id", "movies.0"]);
    expect(stdout).toContain(
      "\n- ApiKey movies-0: Its value can't be read back: it is known from its first rotation on.\n",
    );
  });

  test("names the old keys that are to be invalidated after --adopt", async () => {
    const { stdout } = await importInto(server, folder, ["--adopt", "--id", "movies.0", "--id", "movies.1"]);
    const ids = server.control.store.connectors().map(({ source }) => source.api_key_id);
    expect(stdout).toMatch(/\n- These keys can't be adopted, .*Invalidate each when nothing uses it any more\.\n/);
    expect(stdout).toContain(`\n    ${ids[0]}, ${ids[1]}\n`);
  });

  test("ends with all steps in their order, and the way for an older engine", async () => {
    const { stdout } = await importInto(server, folder, ["--id", "movies.0"]);
    expect(steps(stdout)).toEqual([
      `cd '${folder}'`,
      "npm install pulumi-elastic-connectors @pulumi/pulumi",
      "pulumi stack init dev",
      `pulumi config set elastic:endpoint ${server.endpoint}`,
      "pulumi config set elastic:username elastic",
      "pulumi config set --secret elastic:password",
      "pulumi import --file import.json --yes --generate-code=false --protect=false",
      "pulumi refresh --yes",
      "pulumi preview",
      "pulumi up",
    ]);
    expect(stdout).toMatch(/\nThe import takes Pulumi 3\.254 or later: [\s\S]*--adopt\.\n$/);
    expect(stdout).not.toContain(server.password);
  });
});

function steps(text: string): string[] {
  return [...text.matchAll(/^ {2}(\w.*)$/gm)].map(([, line = ""]) => line.replace(/ +# .*/, ""));
}

function connectors(): string[] {
  const { resources } = JSON.parse(readFileSync(join(folder, "import.json"), "utf8")) as {
    resources: { type: string; id: string }[];
  };
  return resources.filter(({ type }) => type.endsWith(":Connector")).map(({ id }) => id);
}
