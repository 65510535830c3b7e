// `preflight` as a user runs it, against the embedded server. `npm run build` makes the command.

import { join } from "node:path";
import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { ROOT, run } from "../support/processes";
import { ask } from "../support/stage";

let server: Elasticsearch;
beforeAll(async () => {
  server = await startElasticsearch({
    version: "8.19",
    license: "basic",
    users: { deployer: { password: "deployer", roles: ["deployer"] } },
    roles: { deployer: { cluster: ["monitor"], indices: [{ names: ["search-*"], privileges: ["all"] }] } },
  });
});
afterAll(() => server.close());

function preflight(args: string[], env: NodeJS.ProcessEnv = {}) {
  const connection = { ELASTICSEARCH_ENDPOINT: server.endpoint, ...env };
  return run(process.execPath, [join(ROOT, "dist/cli/main.js"), "preflight", ...args], ROOT, connection);
}

const DEPLOYER = { ELASTICSEARCH_USERNAME: "deployer", ELASTICSEARCH_PASSWORD: "deployer" };

test("a caller that may do everything", async () => {
  const { username, password } = server;
  const all = { ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password };
  const { code, stdout, stderr } = await preflight(["--native"], all);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`'elastic' (realm) at ${server.endpoint} (Elasticsearch 8.19.5, licence basic):`);
  expect(stdout).not.toMatch(/^ +NO/m);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("Nothing is missing.");
});

test("one that lacks something: which, the whole role, and the status", async () => {
  const { code, stdout } = await preflight(["--native", "--index", "search-a", "content-b"], DEPLOYER);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ +yes +create_index +search-a +create the index$/m);
  expect(stdout).toMatch(/^ +NO +create_index +content-b +create the index$/m);
  expect(stdout).toMatch(/^ +NO +write_connector_secrets +\(cluster\) /m);
  expect(stdout).toMatch(/^ +no, optional +read_connector_secrets +\(cluster\) /m);
  const role = JSON.parse(stdout.slice(stdout.indexOf("\n{")));
  expect(role.cluster).toEqual(["monitor", "manage_own_api_key", "write_connector_secrets", "read_connector_secrets"]);
});

test("the role that is shown is enough", async () => {
  const { code, stdout } = await preflight(["--json", "--index", "content-b"], DEPLOYER);
  expect(code).toBe(1);
  const { role, missing, username, version, licence } = JSON.parse(stdout);
  expect([username, version, licence]).toEqual(["deployer", "8.19.5", "basic"]);
  expect(missing).toContainEqual({
    privilege: "manage_own_api_key",
    kind: "cluster",
    neededFor: "make, read and invalidate API keys",
    optional: false,
    has: false,
  });
  const other = await startElasticsearch({
    version: "8.19",
    users: { given: { password: "given", roles: ["given"] } },
    roles: { given: role },
  });
  const given = { ELASTICSEARCH_USERNAME: "given", ELASTICSEARCH_PASSWORD: "given" };
  const again = await preflight(["--endpoint", other.endpoint, "--index", "content-b"], given);
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("Nothing is missing.")]);
  await other.close();
});

test("the licence, and a caller that is itself a key: in words of the command", async () => {
  const { body } = await ask(server, "POST", "/_security/api_key", { name: "ci" });
  const { encoded } = body as { encoded: string };
  const { code, stdout } = await preflight(["--document-level-security"], { ELASTICSEARCH_API_KEY: encoded });
  expect(code).toBe(1);
  expect(stdout).toContain("Besides, the caller is itself the API key 'ci'");
  expect(stdout).toContain("use a user (ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD)");
  expect(stdout).toContain("Besides, the cluster's licence is 'basic', and document-level security");
  expect(stdout).toContain(".search-acl-filter-search-*");
});
