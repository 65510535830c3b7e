// `keys` as a user runs it, against keys that a deployment has made and one that it lost. `npm run build` makes it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cli, connectionOf } from "../support/cli";
import { ROOT } from "../support/processes";
import { type Declared, failure, openStage, type Stage } from "../support/stage";

const RIGHTS = { reader: { cluster: ["monitor"], indices: [{ names: ["notes"], privileges: ["read"] }] } };
const key = (name: string): Declared => ({ kind: "ApiKey", name, args: { name, roleDescriptors: RIGHTS } });
const PROGRAM: Declared[] = [
  key("plain"),
  { kind: "ContentConnector", name: "movies", args: { serviceType: "custom", index: { name: "search-movies" } } },
];

let stage: Stage;
let lost: string;
beforeAll(async () => {
  const users = { mate: { password: "mate-secret", roles: ["mate"] } };
  const roles = { mate: { cluster: ["manage_own_api_key", "monitor_connector"] } };
  stage = await openStage({ server: { users, roles } });
  await stage.deploy(PROGRAM);
  // Somebody else's, and another stack's.
  await request("POST", "/_security/api_key", { name: "foreign", role_descriptors: RIGHTS });
  await killedCreation("prod", "plain");
  lost = await killedCreation("dev", "plain");
});
afterAll(() => stage.close());

describe("keys", () => {
  test("all that stacks have made, and who uses them", async () => {
    const { code, stdout, stderr } = await keys();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^4 active keys at http/);
    expect(stdout).toMatch(/\n {2}made by {2}tests\/dev, resource 'movies', as user elastic\n/);
    expect(stdout).toMatch(/\n {2}used by {2}connector '[\w-]+'\n/);
    expect(stdout).not.toContain("foreign");
    const prod = JSON.parse((await keys("--stack", "acme/tests/prod", "--json")).stdout);
    expect(prod).toEqual({
      onlyOwn: false,
      keys: [expect.objectContaining({ project: "tests", stack: "prod", resource: "plain", connectors: [] })],
    });
  });

  test("an orphan that is newer than the state is named and left: it may be an update's that runs", async () => {
    const before = active();
    const { code, stdout } = await keys("--state", await exported(), ...REVOKE);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 active key of tests\/dev at .* that no given state knows:\n\nplain\n/);
    expect(stdout).toMatch(new RegExp(` id {7}${lost}\n`));
    expect(stdout).toMatch(/ left {5}alone: it is newer than the given state/);
    expect(active()).toEqual(before);
  });

  test("without --yes and without a terminal nothing is revoked, nor without a state, nor unasked", async () => {
    const before = active();
    expect(failure(await stage.refresh())).toBe("");
    const file = await exported();
    const piped = await keys("--state", file, "--invalidate");
    expect(piped).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("pass --yes") });
    const json = await keys("--state", file, "--invalidate", "--json");
    expect(json).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("pass --yes") });
    const all = await keys(...REVOKE);
    expect(all).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("--invalidate needs --state") });
    const whose = await keys("--state", file, "--invalidate", "--yes");
    expect(whose).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^--yes needs --stack .*\(--state twice\)/),
    });
    const listed = await keys("--state", file);
    expect(listed).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("run this again with --inv") });
    expect(active()).toEqual(before);
  });

  test("a caller that manages only its own keys is told so", async () => {
    const mate = { ELASTICSEARCH_USERNAME: "mate", ELASTICSEARCH_PASSWORD: "mate-secret" };
    const { code, stdout, stderr } = await command(["keys", "--state", await exported()], mate);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^There is no active key of tests\/dev at /);
    expect(stderr).toMatch(/^Only keys that this caller has made are seen.*\nNo active key at .* mark of tests\/dev/);
  });

  test("the state of another stack says so, and touches nothing", async () => {
    const before = active();
    const other = { manifest: { time: "2999-01-01T00:00:00Z" }, resources: [{ urn: "urn:pulumi:dev::blog::a::b" }] };
    const file = saved({ version: 3, deployment: other });
    const { code, stdout, stderr } = await keys("--state", file, "--stack", "blog/dev", "--invalidate", "--yes");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^There is no active key of blog\/dev at .* that no given state knows\.\n$/);
    expect(stderr).toMatch(/^No active key at .* bears the mark of blog\/dev: is it the right cluster/);
    const renamed = await keys("--state", file, ...REVOKE);
    expect(renamed).toMatchObject({ code: 1, stderr: expect.stringContaining("None of the given states is of") });
    expect(active()).toEqual(before);
  });

  test("an orphan that a connector uses is left; the other one is revoked, and nothing else", async () => {
    const before = active();
    const [used, movies] = [await killedCreation("dev", "movies"), connector()];
    await request("PUT", `/_connector/${movies.id}/_api_key_id`, { api_key_id: used });
    const state = await stage.stack.exportState();
    state.deployment.manifest.time = new Date(Date.now() + 60_000).toISOString();
    const { code, stdout } = await keys("--state", saved(state), ...REVOKE, "--json");
    expect(code).toBe(0);
    const { keys: found, invalidated } = JSON.parse(stdout);
    expect(found.map(({ id, left }: Record<string, unknown>) => [id, left])).toEqual([
      [lost, undefined],
      [used, "in use"],
    ]);
    expect(invalidated).toEqual([lost]);
    expect(active()).toEqual([...before.filter((id) => id !== lost), used].sort());
    // What is left: the connector's own key comes back with the state's, and then the other one is free.
    expect(failure(await stage.up({ refresh: true }))).toBe("");
    expect(connector().api_key_id).toBe(movies.api_key_id);
    const after = await keys("--state", await exported(), ...REVOKE);
    expect(after.stdout).toMatch(new RegExp(`Key '${used}' is invalidated\\.\n$`));
    expect(active()).toEqual(before.filter((id) => id !== lost));
  });

  test("a state without resources, as after a destroy, needs the stack's name; then it knows no key of it", async () => {
    const empty = saved({ version: 3, deployment: { manifest: { time: new Date(Date.now() + 60_000) } } });
    expect(await keys("--state", empty)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--stack <project>"),
    });
    const { stdout } = await keys("--state", empty, "--stack", "tests/dev", "--json");
    const found = JSON.parse(stdout).keys as Record<string, unknown>[];
    expect(found.map(({ resource, left }) => [resource, left]).sort()).toEqual([
      ["movies", "in use"],
      ["plain", undefined],
    ]);
  });
});

const REVOKE = ["--stack", "tests/dev", "--invalidate", "--yes"];

const keys = (...args: string[]) => command(["keys", ...args]);

const command = (args: string[], env?: NodeJS.ProcessEnv) => cli(stage.server, args, env);

async function request(method: string, path: string, body: unknown): Promise<void> {
  expect((await stage.request(method, path, body)).status).toBeLessThan(300);
}

/** A provider process makes a key and is killed before the server answers. The id of the key. */
async function killedCreation(stack: string, resource: string): Promise<string> {
  const before = new Set(active());
  const inputs = { name: resource, roleDescriptors: RIGHTS, __context: { project: "tests", stack, resource } };
  const script = `
    const provider = require(${JSON.stringify(join(ROOT, "dist/provider"))}).get("ApiKey");
    provider.configure({ config: { get: () => undefined } })
      .then(() => provider.create(${JSON.stringify({ ...inputs, __provider: "text" })}))
      .then(() => process.exit(0));
  `;
  const provider = spawn(process.execPath, ["-e", script], {
    env: { ...process.env, ...connectionOf(stage.server) },
    stdio: "ignore",
  });
  const ended = once(provider, "exit");
  const unhook = stage.server.control.afterRequest(async ({ method, path }) => {
    if (method === "POST" && path === "/_security/api_key") {
      provider.kill("SIGKILL");
      await ended;
    }
  });
  expect(await ended).toEqual([null, "SIGKILL"]);
  unhook();
  const [made, ...more] = active().filter((id) => !before.has(id));
  expect([typeof made, more]).toEqual(["string", []]);
  return made ?? "";
}

function active(): string[] {
  const found = stage.server.control.store.apiKeys().filter(({ invalidated }) => !invalidated);
  return found.map(({ id }) => id).sort();
}

function connector(): { id: string; api_key_id: unknown } {
  const [found] = stage.server.control.store.connectors();
  return { id: found?.id ?? "", api_key_id: found?.source.api_key_id };
}

async function exported(): Promise<string> {
  return saved(await stage.stack.exportState());
}

function saved(state: unknown): string {
  const file = join(stage.home, "exported.json");
  writeFileSync(file, JSON.stringify(state));
  return file;
}
