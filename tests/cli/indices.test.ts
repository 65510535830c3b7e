// `indices` as a user runs it, against indices that a deployment has made and some that it lost. `npm run build` makes it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { newMark, withMark } from "../../provider/ownership/marks";
import { cli } from "../support/cli";
import { ask, type Declared, failure, openStage, type Stage } from "../support/stage";

const PROGRAM: Declared[] = [
  { kind: "ContentConnector", name: "movies", args: { serviceType: "custom", index: { name: "search-movies" } } },
  { kind: "Index", name: "plain", args: {} },
];
const LATER = new Date(Date.now() + 60_000);

let stage: Stage;
let kept: string[];
beforeAll(async () => {
  const users = { mate: { password: "mate-secret", roles: ["mate"] } };
  const roles = {
    mate: { cluster: ["monitor"], indices: [{ names: ["search-*"], privileges: ["view_index_metadata"] }] },
  };
  stage = await openStage({ server: { users, roles } });
  await stage.deploy(PROGRAM);
  await request("PUT", "/search-foreign", {});
  kept = existing();
});
afterAll(() => stage.close());

afterEach(async () => {
  for (const name of existing().filter((each) => !kept.includes(each))) await request("DELETE", `/${name}`, undefined);
});

test("all that stacks have made, and who writes to them", async () => {
  await lost("search-other", { stack: "prod", aliases: { films: {} } });
  const { code, stdout, stderr } = await indices();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^3 indices at http/);
  expect(stdout).toMatch(/\nsearch-movies\n {2}made by {4}tests\/dev, resource 'movies'\n/);
  expect(stdout).toMatch(/\n {2}documents {2}0\n {2}used by {4}connector '[\w-]+'\n/);
  expect(stdout).not.toContain("foreign");
  const prod = JSON.parse((await indices("--stack", "acme/tests/prod", "--json")).stdout);
  expect(prod).toEqual({
    onlySome: false,
    indices: [
      expect.objectContaining({ id: "search-other", stack: "prod", aliases: ["films"], documents: 0, connectors: [] }),
    ],
  });
});

test("an empty one that no state knows is deleted; with documents, in use, newer or of another stack it is left", async () => {
  await lost("search-lost");
  await lost("search-full");
  await lost("search-used", { aliases: { "search-alias": {} } });
  await lost("search-other", { stack: "prod" });
  await request("PUT", "/search-full/_doc/1", { title: "one" });
  await request("POST", "/_connector", { name: "by hand", index_name: "search-alias", service_type: "custom" });
  const now = await indices("--state", await exported(), ...DELETE);
  expect(now.stdout).toMatch(/\n {2}left {7}alone: it is newer than the given state/);
  expect(existing()).toContain("search-lost");
  const { code, stdout } = await indices("--state", await exported(LATER), ...DELETE);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^3 indices of tests\/dev at .* that no given state knows:\n\nsearch-lost\n/);
  expect(stdout).toMatch(/\nsearch-full\n(?: .*\n)+ {2}left {7}alone: it holds documents, or may/);
  expect(stdout).toMatch(/\nsearch-used\n(?: .*\n)+ {2}left {7}alone: a connector writes to it, or may/);
  expect(stdout).toMatch(/\nIndex 'search-lost' is deleted\.\n$/);
  expect(existing()).toEqual([...kept, "search-full", "search-other", "search-used"].sort());
  expect(failure(await stage.up({ refresh: true }))).toBe("");
});

test("without --yes and without a terminal nothing is deleted; a caller that may not count or see is told so", async () => {
  await lost("search-lost");
  const state = await exported(LATER);
  expect(await indices("--state", state, "--delete")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--yes"),
  });
  const all = await indices(...DELETE);
  expect(all).toMatchObject({ code: 1, stderr: expect.stringContaining("--delete needs --state") });
  const { stdout } = await indices("--state", state);
  expect(stdout).toMatch(/To delete what isn't left alone, run this again with --delete\.\n$/);
  const mate = { ELASTICSEARCH_USERNAME: "mate", ELASTICSEARCH_PASSWORD: "mate-secret" };
  const blind = await command(["indices", "--state", state, ...DELETE], mate);
  expect(blind.code).toBe(0);
  expect(blind.stderr).toMatch(/^Only indices are seen that this caller may look at: .*view_index_metadata on '\*'/);
  expect(blind.stdout).toMatch(/ documents {2}unknown: the caller may not count them\n {2}used by {4}unknown: /);
  expect(existing()).toContain("search-lost");
});

test("where no index bears a mark it says so, and not that there is none", async () => {
  const other = await startElasticsearch();
  try {
    expect((await ask(other, "PUT", "/search-foreign", {})).status).toBe(200);
    const { code, stdout, stderr } = await command(["indices"], {}, other);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(`There is no index at ${other.endpoint} that stacks have made.\n`);
  } finally {
    await other.close();
  }
});

const DELETE = ["--stack", "tests/dev", "--delete", "--yes"];

const indices = (...args: string[]) => command(["indices", ...args]);

const command = (args: string[], env?: NodeJS.ProcessEnv, server: Elasticsearch = stage.server) =>
  cli(server, args, env);

/** What a creation leaves whose answer nobody got. */
async function lost(name: string, { stack = "dev", aliases = {} } = {}): Promise<void> {
  const mark = newMark({ project: "tests", stack, resource: "plain" });
  await request("PUT", `/${name}`, { mappings: { _meta: withMark({}, mark) }, aliases });
}

async function request(method: string, path: string, body: unknown): Promise<void> {
  expect((await stage.request(method, path, body)).status).toBeLessThan(300);
}

function existing(): string[] {
  return stage.server.control.store
    .indices()
    .filter((name) => !name.startsWith("."))
    .sort();
}

async function exported(writtenAt?: Date): Promise<string> {
  const state = await stage.stack.exportState();
  if (writtenAt) state.deployment.manifest.time = writtenAt.toISOString();
  const file = join(stage.home, "exported.json");
  writeFileSync(file, JSON.stringify(state));
  return file;
}
