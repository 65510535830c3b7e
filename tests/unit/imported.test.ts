// What the provider makes of an object that an import file has brought into the state.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Kind } from "../../provider/resources";
import { act, documentOf } from "../support/connectors";
import { hosted, planned, type Recorded, refreshed, sent, updated, writes } from "../support/hosted";
import { engineBag } from "../support/stub";

let server: Elasticsearch;
beforeAll(async () => {
  server = await startElasticsearch();
});
afterAll(() => server.close());

/** As after the import, and the refresh that belongs to it. */
async function taken(
  kind: Kind,
  id: string,
  inputs: object,
): Promise<{ provider: HostedProvider; recorded: Recorded }> {
  const provider = await hosted(kind, server);
  const bag = engineBag({ ...inputs });
  const outputs = { ...bag, __imported: true };
  return { provider, recorded: await refreshed(provider, { id, inputs: bag, outputs }) };
}

test("a connector isn't completed as a new one would be, not even along with a change; declared, it gets what is declared", async () => {
  await act(server, "PUT", "/_connector/bare", { name: "Bare", service_type: "mongodb" });
  const inputs = { name: "Bare", serviceType: "mongodb" };
  const { provider, recorded } = await taken("Connector", "bare", inputs);
  expect((await planned(provider, recorded, sent(inputs))).diff).toEqual({ changes: false });
  server.control.clearRequests();
  const renamed = await updated(provider, recorded, sent({ ...inputs, name: "New" }));
  expect(writes(server)).toEqual(["PUT /_connector/bare/_name"]);
  const again = await refreshed(provider, renamed);
  expect((await planned(provider, again, sent({ ...inputs, name: "New" }))).diff).toEqual({ changes: false });
  await updated(provider, again, sent({ ...inputs, name: "New", pipeline: { name: "p" } }));
  expect(documentOf(server, "bare")).toMatchObject({ pipeline: { name: "p" } });
  expect(documentOf(server, "bare")).not.toHaveProperty("features");
});

test("a secret whose value the program can't say: unchanged while the key is the same, needed with another one", async () => {
  await act(server, "PUT", "/_connector/_secret/kept", { value: "theirs" });
  const { provider, recorded } = await taken("ConnectorSecret", "kept", { value: "stand-in", valueVersion: "key-1" });
  expect(recorded.outputs).toMatchObject({ value: expect.objectContaining({ value: "theirs" }) });
  const quiet = await planned(provider, recorded, sent({ valueVersion: "key-1" }));
  expect(quiet).toMatchObject({ failures: [], diff: { changes: false }, inputs: { valueVersion: "key-1" } });
  expect(quiet.inputs.value).toMatchObject({ value: "theirs" });
  expect((await planned(provider, recorded, sent({ valueVersion: "key-2" }))).failures).toEqual(["value: is required"]);
  const rotated = await updated(provider, recorded, sent({ value: "new", valueVersion: "key-2" }));
  expect(await act(server, "GET", "/_connector/_secret/kept")).toMatchObject({ value: "new" });
  expect((await planned(provider, rotated, sent({ value: "new", valueVersion: "key-2" }))).diff.changes).toBe(false);
});

test("an index without our mark is changed and deleted, but not with documents", async () => {
  await act(server, "PUT", "/search-theirs", { settings: { refresh_interval: "7s" } });
  const inputs = { name: "search-theirs", settings: { refresh_interval: "7s" } };
  const { provider, recorded } = await taken("Index", "search-theirs", inputs);
  const changed = await updated(provider, recorded, sent({ ...inputs, settings: { refresh_interval: "9s" } }));
  expect(changed.outputs).not.toHaveProperty("creationMark");
  await act(server, "POST", "/search-theirs/_doc", { a: 1 });
  await expect(provider.delete("search-theirs", changed.outputs)).rejects.toThrow(/holds 1 document/);
  const allowed = await updated(provider, changed, sent({ ...inputs, forceDestroy: true }));
  await provider.delete("search-theirs", allowed.outputs);
  expect((await fetch(`${server.endpoint}/search-theirs`, { headers: basic() })).status).toBe(404);
});

test("a native connector that was made on 8.x keeps its index on 9.x; a new one of another name is refused", async () => {
  const inputs = { serviceType: "mongodb", native: true, allowUnservedNative: true, indexName: "search-old" };
  const { provider, recorded } = await taken("Connector", "bare", { ...inputs, connectorId: "bare" });
  // The server here has none like that; what counts is what is recorded.
  const old = { ...recorded, inputs: engineBag(inputs), outputs: engineBag(inputs) };
  expect((await planned(provider, old, sent(inputs))).failures).toEqual([]);
  const moved = await planned(provider, old, sent({ ...inputs, indexName: "search-new" }));
  expect(moved.failures).toEqual([expect.stringMatching(/^indexName: must start with 'content-'/)]);
});

function basic() {
  return { authorization: `Basic ${Buffer.from(`${server.username}:${server.password}`).toString("base64")}` };
}
