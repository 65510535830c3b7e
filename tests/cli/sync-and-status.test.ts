// The commands as a user runs them, against the embedded server. `npm run build` makes them.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { cli } from "../support/cli";
import { ask } from "../support/stage";

let server: Elasticsearch;
beforeAll(async () => {
  server = await startElasticsearch();
  const configuration = { password: { value: "hunter2-marker", sensitive: true } };
  await request("PUT", "/_connector/source", { name: "Source", service_type: "custom", index_name: "search-source" });
  await request("PUT", "/_connector/source/_scheduling", {
    scheduling: {
      full: { enabled: true, interval: "0 0 2 * * ?" },
      incremental: { enabled: false, interval: "0 0 3 * * ?" },
    },
  });
  await request("PUT", "/_connector/broken", { name: "Bro\u001b[31mken", service_type: "custom" });
  await request("POST", "/.elastic-connectors/_update/broken", { doc: { configuration } });
  await request("PUT", "/_connector/broken/_error", { error: "no login with hunter2-marker" });
});
afterAll(() => server.close());

async function request(method: string, path: string, body?: unknown): Promise<{ id: string; status: string }> {
  const answer = await ask(server, method, path, body);
  expect(answer.status).toBeLessThan(300);
  return answer.body;
}

const command = (args: string[], env?: NodeJS.ProcessEnv) => cli(server, args, env);

async function startedSync(): Promise<string> {
  return (await request("POST", "/_connector/_sync_job", { id: "source" })).id;
}

const job = (id: string) => request("GET", `/_connector/_sync_job/${id}`);
const claim = (id: string) => request("PUT", `/_connector/_sync_job/${id}/_claim`, { worker_hostname: "tests" });

/** An id of the server may begin with a dash. */
const cancel = (id: string) => command(["sync", "cancel", "--", id]);

describe("sync cancel", () => {
  test("one that waits is cancelled, one that runs is asked to stop, one that has ended stays as it is", async () => {
    const [waiting, running] = [await startedSync(), await startedSync()];
    await claim(running);
    expect(await cancel(waiting)).toEqual({ code: 0, stderr: "", stdout: `Sync job '${waiting}' is cancelled.\n` });
    const asked = `Sync job '${running}' is asked to stop; the connectors service ends it.\n`;
    expect(await cancel(running)).toEqual({ code: 0, stderr: "", stdout: asked });
    expect([(await job(waiting)).status, (await job(running)).status]).toEqual(["canceled", "canceling"]);
    const ended = `Sync job '${waiting}' has ended already: canceled.\n`;
    expect(await cancel(waiting)).toEqual({ code: 0, stderr: "", stdout: ended });
    await request("DELETE", `/_connector/_sync_job/${running}`);
  });

  test("all of a connector", async () => {
    const [waiting, running] = [await startedSync(), await startedSync()];
    await claim(running);
    const { code, stdout } = await command(["sync", "cancel", "--connector", "source"]);
    expect(code).toBe(0);
    expect(stdout.split("\n").sort()).toEqual(
      [
        "",
        `Sync job '${running}' is asked to stop; the connectors service ends it.`,
        `Sync job '${waiting}' is cancelled.`,
      ].sort(),
    );
    await request("DELETE", `/_connector/_sync_job/${running}`);
    const again = await command(["sync", "cancel", "--connector", "source"]);
    expect(again).toEqual({ code: 0, stderr: "", stdout: "No sync of connector 'source' runs or waits.\n" });
  });

  test.each([
    [["nobody's"], /^There is no sync job with the id 'nobody's' at http/],
    [["--connector", "nobody"], /^There is no connector with the id 'nobody' at http/],
    [[], /^Name either a sync job or, with --connector <id>, a connector\.$/m],
    [["job", "--connector", "source"], /^Name either a sync job or/],
  ])("%j fails and says why", async (args, message) => {
    const { code, stdout, stderr } = await command(["sync", "cancel", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
  });
});

describe("status", () => {
  test("every connector, and its schedules in words", async () => {
    const { code, stdout, stderr } = await command(["status"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [source = "", broken = ""] = stdout.split("\n\n");
    expect(source).toMatch(/^Source\n {2}id +source\n {2}type +custom, self-managed\n {2}index +search-source\n/);
    expect(source).toMatch(/\n {2}full syncs +At 02:00; next runs \d{4}-\d\d-\d\d 02:00:00, .* UTC$/m);
    expect(source).not.toContain("incremental");
    expect(broken).toMatch(/^Bro \[31mken\n/);
    expect(broken).toMatch(/\n {2}status +error: no login with \[secret\]\n/);
  });

  test("one connector; the options replace the environment", async () => {
    const args = ["status", "--connector", "broken", "--endpoint", server.endpoint, "--username", server.username];
    const other = { ELASTICSEARCH_ENDPOINT: "", ELASTICSEARCH_USERNAME: "nobody", ELASTICSEARCH_CLOUD_ID: "x:y" };
    const { code, stdout, stderr } = await command(args, other);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/ id +broken\n/);
    expect(stdout).not.toContain("source");
  });

  test("a missing connector, wrong credentials, no cluster: each says what to do, in the command's own words", async () => {
    const missing = await command(["status", "--connector", "nobody"]);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("no connector with the id 'nobody'") });
    const refused = await command(["status"], { ELASTICSEARCH_PASSWORD: "wrong" });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("check ELASTICSEARCH_USERNAME and") });
    const nowhere = await command(["status"], { ELASTICSEARCH_ENDPOINT: "" });
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining("or pass --endpoint") });
    const plain = await command(["status", "--endpoint", "http://example.invalid"]);
    expect(plain).toMatchObject({ code: 1, stderr: expect.stringContaining("or pass --allow-insecure") });
  });
});
