// A new index and the key for it: written as one, by the endpoints where that can't be.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { act, bodies, change, documentOf } from "../support/connectors";
import { hosted, made, type Recorded, sent, updated, writes } from "../support/hosted";

let server: Elasticsearch;
let provider: HostedProvider;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
afterAll(() => server.close());

test("one write of the document, and nothing else", async () => {
  const before = await bound("one");
  await updated(provider, before, moved("one"));
  expect(writes(server)).toEqual([
    expect.stringMatching(/^POST \/\.elastic-connectors-v1\/_update\/one\?if_seq_no=\d+&/),
  ]);
  expect(documentOf(server, "one")).toMatchObject(asMoved("one"));
});

test("only one of them: its endpoint", async () => {
  const before = await bound("key");
  await updated(provider, before, args("key", { apiKeyId: "new" }));
  expect(writes(server)).toEqual(["PUT /_connector/key/_api_key_id"]);
});

test("a caller who may not write the document: one after the other", async () => {
  const before = await bound("barred");
  const allow = server.control.fault({ method: "POST", path: /_update\/barred/ }, { kind: "status", status: 403 });
  await updated(provider, before, moved("barred"));
  allow();
  expect(writes(server).slice(1)).toEqual(["PUT /_connector/barred/_index_name", "PUT /_connector/barred/_api_key_id"]);
  expect(documentOf(server, "barred")).toMatchObject(asMoved("barred"));
});

test("a service that writes in between loses nothing", async () => {
  const before = await bound("busy");
  const stop = server.control.afterRequest(async ({ method, path }) => {
    if (method === "GET" && path.includes("/_doc/busy")) {
      stop();
      await change(server, "busy", { last_sync_error: "theirs" });
    }
  });
  await updated(provider, before, moved("busy"));
  expect(writes(server).slice(-2)).toEqual(["PUT /_connector/busy/_index_name", "PUT /_connector/busy/_api_key_id"]);
  expect(documentOf(server, "busy")).toMatchObject({ ...asMoved("busy"), last_sync_error: "theirs" });
});

test("an index of another connector is refused with its name, and the key stays", async () => {
  await act(server, "PUT", "/_connector/owner", { name: "Owner", service_type: "s3", index_name: "new-late" });
  const before = await bound("late");
  await expect(updated(provider, before, moved("late"))).rejects.toThrow("detach this one from connector 'Owner'");
  expect(documentOf(server, "late")).toMatchObject({ index_name: "old-late", api_key_id: "old" });
  expect(bodies(server, "late", "_api_key_id")).toEqual([]);
});

async function bound(id: string): Promise<Recorded> {
  const recorded = await made(provider, args(id, { indexName: `old-${id}`, apiKeyId: "old", apiKeySecretId: "s" }));
  server.control.clearRequests();
  return recorded;
}

function moved(id: string): Bag {
  return args(id, { indexName: `new-${id}`, apiKeyId: "new" });
}

function asMoved(id: string): Bag {
  return { index_name: `new-${id}`, api_key_id: "new", api_key_secret_id: "s" };
}

function args(id: string, more: Bag): Bag {
  return sent({ serviceType: "mongodb", connectorId: id, indexName: `old-${id}`, apiKeySecretId: "s", ...more });
}
