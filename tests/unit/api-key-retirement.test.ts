// The end of a key: after the syncs that run with it, in bounded time, or later where that is wanted.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { resources } from "../../provider/resources";
import { act, handled, heard } from "../support/connectors";
import { connected, hosted, made, opened, type Recorded, sent, writes } from "../support/hosted";

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch({
    users: { own: { password: "password of own", roles: ["own"] } },
    roles: { own: { cluster: ["monitor", "manage_own_api_key"] } },
  });
  provider = await hosted("ApiKey", server);
  notices = heard();
});
beforeEach(() => {
  notices.length = 0;
});
afterAll(() => server.close());

const LIST = "/_connector/_sync_job";

test("a sync on one of the key's indices is waited for", async () => {
  const key = await keyFor("search-busy");
  const job = await running("busy", "search-busy");
  const removal = remove(key);
  await handled(server, "GET", LIST);
  expect(active(key)).toBe(true);
  await end(job);
  await removal;
  expect(active(key)).toBe(false);
  expect(notices).toEqual(["is to go; waits up to 10m for a sync that runs with it (connector busy)"]);
});

test("patterns of the key's rights count, and so does the access-control index", async () => {
  const key = await keyFor("search-pat*", { drainTimeout: "1s" });
  const job = await running("pattern", "search-pattern");
  await remove(key);
  expect(notices[0]).toContain("waits up to 1s");
  await end(job);
});

test.each<[string, string]>([
  ["on another index", "search-other"],
  ["with an index that is only similar", "searchxdotted"],
])("a sync %s isn't waited for", async (_, index) => {
  const key = await keyFor("search.dotted");
  const job = await running(`elsewhere-${index}`, index);
  await remove(key);
  expect([active(key), notices]).toEqual([false, []]);
  await end(job);
});

test("a sync that no service reports on any more isn't waited for", async () => {
  const key = await keyFor("search-lost");
  const job = await running("lost", "search-lost");
  await change(job, { last_seen: new Date(Date.now() - 120_000).toISOString() });
  await remove(key);
  expect([active(key), notices]).toEqual([false, []]);
  await end(job);
});

test("a sync that goes on: the key expires an hour later", async () => {
  const key = await keyFor("search-long", { drainTimeout: "1s" });
  const job = await running("long", "search-long");
  await remove(key);
  expect(active(key)).toBe(true);
  expect(expiresIn(key)).toBeCloseTo(3_600_000, -5);
  expect(notices.at(-1)).toBe(
    "this program doesn't use it any more; it expires in 1h, since a sync still ran with it after 1s",
  );
  await end(job);
});

test("a sync that goes on with somebody else's key: it is invalidated, and the notice says so", async () => {
  const key = await keyFor("search-theirs", { drainTimeout: "1s" });
  const job = await running("theirs", "search-theirs");
  // As the server answers a caller who doesn't own the key.
  const allow = server.control.fault(
    { method: "PUT", path: `/_security/api_key/${key.id}` },
    { kind: "status", status: 404 },
  );
  await remove(key);
  allow();
  expect(active(key)).toBe(false);
  expect(notices.at(-1)).toBe("invalidated: only the user who made a key can let it expire later");
  await end(job);
});

test("a key of somebody else that the caller can't see isn't taken for gone", async () => {
  const key = await keyFor("search-foreign");
  const own = connected(server, { username: "own", password: "password of own" });
  const remove = resources.ApiKey.remove(own, key.id, { owner: server.username });
  await expect(remove).rejects.toThrow(
    `could not invalidate the API key (ApiKey '${key.id}'): it belongs to user '${server.username}'`,
  );
  expect(active(key)).toBe(true);
});

test("with an overlap it lives on that long, and no sync is asked for", async () => {
  const key = await keyFor("search-overlap", { overlap: "2h", metadata: { team: "a" } });
  server.control.clearRequests();
  await remove(key);
  expect(writes(server)).toEqual([`PUT /_security/api_key/${key.id}`]);
  expect(expiresIn(key)).toBeCloseTo(7_200_000, -5);
  expect(notices).toEqual(["this program doesn't use it any more; it expires in 2h, as 'overlap' has it"]);
  expect(keyOf(key)?.metadata).toMatchObject({ team: "a", "pulumi-elastic-connectors": { retired: true } });
});

test("an overlap doesn't lengthen the life of a key that expires sooner, nor mind one that is gone", async () => {
  const key = await keyFor("search-short", { overlap: "2h", expiration: "1h" });
  await remove(key);
  expect(expiresIn(key)).toBeCloseTo(3_600_000, -5);
  const gone = await keyFor("search-gone", { overlap: "2h" });
  await act(server, "DELETE", "/_security/api_key", { ids: [gone.id] });
  await remove(gone);
  await provider.delete("purged-long-ago", opened(gone.outputs));
  expect(notices).toEqual(["this program doesn't use it any more; it expires as it would have anyway"]);
  expect(keyOf(key)?.metadata).toMatchObject({ "pulumi-elastic-connectors": { retired: true } });
});

test("an overlap of a cross-cluster key", async () => {
  const access = { search: [{ names: ["films"] }] };
  const key = await made(provider, sent({ name: "remote", access, overlap: "2h" }));
  await remove(key);
  expect([active(key), expiresIn(key) > 0]).toEqual([true, true]);
});

test("an overlap that the caller can't give: the running sync is waited for all the same", async () => {
  const key = await keyFor("search-granted", {
    overlap: "2h",
    onBehalfOf: { username: "own", password: "password of own" },
  });
  const job = await running("granted", "search-granted");
  const removal = remove(key);
  await handled(server, "GET", LIST);
  expect(active(key)).toBe(true);
  await end(job);
  await removal;
  expect(active(key)).toBe(false);
  expect(notices.at(-1)).toBe("invalidated: only the user who made a key can let it expire later");
});

test.each<[string, Bag, string[]]>([
  ["a key that may only read", {}, ["read", "view_index_metadata"]],
  ["a key that has leaked", { drainTimeout: "0s" }, ["all"]],
])("%s goes at once", async (name, more, privileges) => {
  const index = `search-${name.length}`;
  const key = await keyFor(index, more, privileges);
  const job = await running(index, index);
  await remove(key);
  expect([active(key), notices]).toEqual([false, []]);
  await end(job);
});

async function keyFor(index: string, more: Bag = {}, privileges = ["all"]): Promise<Recorded> {
  const roleDescriptors = { role: { indices: [{ names: [index], privileges }] } };
  return made(provider, sent({ name: `key of ${index}`, roleDescriptors, ...more }));
}

function remove({ id, outputs }: Recorded): Promise<void> {
  return provider.delete(id, opened(outputs));
}

/** A sync that a service has taken and reports on. */
async function running(id: string, index: string): Promise<string> {
  await act(server, "PUT", `/_connector/${id}`, { index_name: index, service_type: "s3" });
  const job = (await act(server, "POST", LIST, { id })) as { id: string };
  await act(server, "PUT", `${LIST}/${job.id}/_claim`, { worker_hostname: "tests" });
  return job.id;
}

function end(job: string): Promise<unknown> {
  return change(job, { status: "completed" });
}

function change(job: string, doc: object): Promise<unknown> {
  return act(server, "POST", `/.elastic-connectors-sync-jobs-v1/_update/${job}`, { doc });
}

function keyOf({ id }: Recorded) {
  return server.control.store.apiKeys().find((key) => key.id === id);
}

function active(key: Recorded): boolean {
  return keyOf(key)?.invalidated === false;
}

function expiresIn(key: Recorded): number {
  return (keyOf(key)?.expiration ?? 0) - Date.now();
}
