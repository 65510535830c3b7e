// A connector on a development server, with the calls that an engine makes: its id, its index, and errors that name it.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { checkAgainstServer } from "../../provider/lifecycle/check";
import { newMark, withMark } from "../../provider/ownership/marks";
import { resources } from "../../provider/resources";
import { act, documentOf } from "../support/connectors";
import { connected, hosted, made, opened, planned, sent, updated, writes } from "../support/hosted";
import { CONTEXT } from "../support/stub";

const MONGODB = { serviceType: "mongodb" };

let server: Elasticsearch;
let provider: HostedProvider;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
afterAll(() => server.close());

describe("the id of a connector", () => {
  test("declared no more, it stays", async () => {
    const named = await made(provider, sent({ ...MONGODB, connectorId: "named" }));
    expect((await planned(provider, named, sent(MONGODB))).diff).toEqual({ changes: false });
    server.control.clearRequests();
    const { id } = await updated(provider, named, sent({ ...MONGODB, name: "Shown" }));
    expect([id, writes(server)]).toEqual(["named", ["PUT /_connector/named/_name"]]);
  });

  test("naming the one that it has is no change, another one replaces", async () => {
    const auto = await made(provider, sent(MONGODB));
    const naming = (connectorId: string) => planned(provider, auto, sent({ ...MONGODB, connectorId }));
    expect((await naming(auto.id)).diff).toEqual({ changes: false });
    expect((await naming("another")).diff).toMatchObject({ replaces: ["connectorId"] });
  });

  test.each([
    ["_scheduling", { scheduling: { full: { enabled: true, interval: "0 0 5 * * ?" } } }],
    ["_features", { features: { incremental_sync: { enabled: true } } }],
  ])(
    "of one that somebody has touched by %s is taken, however new that is; of an untouched one it isn't",
    async (aspect, body) => {
      const id = `touched${aspect}`;
      await act(server, "PUT", `/_connector/${id}`, { name: "Theirs", service_type: "mongodb" });
      await act(server, "PUT", `/_connector/${id}/${aspect}`, body);
      const before = documentOf(server, id);
      const creation = made(provider, sent({ ...MONGODB, name: "Theirs", connectorId: id }));
      await expect(creation).rejects.toThrow(/a connector with this id exists already, named 'Theirs'/);
      expect(documentOf(server, id)).toEqual(before);

      await act(server, "PUT", `/_connector/new${aspect}`, { name: "Ours", service_type: "mongodb" });
      await made(provider, sent({ ...MONGODB, name: "Ours", connectorId: `new${aspect}` }));
    },
  );
});

describe("what a killed creation left on its index", () => {
  const ours = (indexName: string) => ({ ...MONGODB, name: "Ours", indexName, apiKeyId: ourKey });
  const SCHEDULING = { scheduling: { full: { enabled: true, interval: "0 0 5 * * ?" } } };
  let ourKey: string;
  let pastedKey: string;
  beforeAll(async () => {
    ourKey = await newKey(withMark({}, newMark(CONTEXT)));
    pastedKey = await newKey({});
  });

  test.each<[string, (() => [string, unknown])[]]>([
    ["nothing was done with it", []],
    ["it has our key", [() => ["_api_key_id", { api_key_id: ourKey }]]],
    ["it has our key and more", [() => ["_api_key_id", { api_key_id: ourKey }], () => ["_scheduling", SCHEDULING]]],
  ])("%s: the next one goes on with it", async (title, writes) => {
    const id = title.replaceAll(" ", "-");
    const indexName = `content-${id}`;
    await act(server, "PUT", `/_connector/${id}`, { name: "Ours", service_type: "mongodb", index_name: indexName });
    for (const [aspect, body] of writes.map((write) => write())) {
      await act(server, "PUT", `/_connector/${id}/${aspect}`, body);
    }
    expect((await made(provider, sent(ours(indexName)))).id).toBe(id);
    expect(documentOf(server, id)).toMatchObject({ index_name: indexName, api_key_id: ourKey });
  });

  test.each(["of its own", "that is ours as well"])(
    "a connector with a key that somebody has made, and an id %s, stays as it is",
    async (title) => {
      const id = `pasted-${title.replaceAll(" ", "-")}`;
      const indexName = `content-${id}`;
      await act(server, "PUT", `/_connector/${id}`, { name: "Ours", service_type: "mongodb", index_name: indexName });
      await act(server, "PUT", `/_connector/${id}/_api_key_id`, { api_key_id: pastedKey });
      await act(server, "PUT", `/_connector/${id}/_scheduling`, SCHEDULING);
      const before = documentOf(server, id);
      const named = title === "of its own" ? {} : { connectorId: id };
      const creation = made(provider, sent({ ...ours(indexName), apiKeyId: pastedKey, ...named }));
      await expect(creation).rejects.toThrow(/detach this one|exists already/);
      expect(documentOf(server, id)).toEqual(before);
    },
  );

  test("under the id that is declared it is gone on with, and not made over", async () => {
    await act(server, "PUT", "/_connector/named", {
      name: "Ours",
      service_type: "mongodb",
      index_name: "content-named",
    });
    await act(server, "PUT", "/_connector/named/_api_key_id", { api_key_id: ourKey });
    server.control.clearRequests();
    await made(provider, sent({ ...ours("content-named"), connectorId: "named" }));
    expect(writes(server)).not.toContain("PUT /_connector/named");
    expect(documentOf(server, "named")).toMatchObject({ index_name: "content-named", api_key_id: ourKey });
  });

  test.each([
    ["another key", "_api_key_id", { api_key_id: "their-key" }],
    ["a schedule", "_scheduling", { scheduling: { full: { enabled: true, interval: "0 0 5 * * ?" } } }],
    ["custom features", "_features", { features: { incremental_sync: { enabled: true } } }],
  ])("with %s it is somebody else's and stays as it is", async (title, aspect, body) => {
    const id = `theirs-${title.replaceAll(" ", "-")}`;
    await act(server, "PUT", `/_connector/${id}`, {
      name: "Ours",
      service_type: "mongodb",
      index_name: `content-${id}`,
    });
    await act(server, "PUT", `/_connector/${id}/${aspect}`, body);
    const before = documentOf(server, id);
    await expect(made(provider, sent(ours(`content-${id}`)))).rejects.toThrow(/detach this one from connector 'Ours'/);
    expect(documentOf(server, id)).toEqual(before);
  });
});

async function newKey(metadata: Record<string, unknown>): Promise<string> {
  return ((await act(server, "POST", "/_security/api_key", { name: "key", metadata })) as { id: string }).id;
}

test("an index that another connector has: the message names its owner", async () => {
  await made(provider, sent({ ...MONGODB, connectorId: "owner", name: "Owner of it", indexName: "content-taken" }));
  const other = await made(provider, sent({ ...MONGODB, connectorId: "other" }));
  await expect(updated(provider, other, sent({ ...MONGODB, indexName: "content-taken" }))).rejects.toThrow(
    /^could not change the connector \(_index_name\) \(Connector 'other'\): .*content-taken.*What to do: choose another index, or detach this one from connector 'Owner of it' \(id owner\)\. This Connector exists; /,
  );
  // Another refusal keeps its own advice.
  server.control.fault({ method: "PUT", path: "/_connector/other/_index_name" }, { kind: "status", status: 400 });
  const error = await updated(provider, other, sent({ ...MONGODB, indexName: "content-taken" })).catch((e: Error) => e);
  expect((error as Error).message).not.toMatch(/detach/);
});

test.each<[string, (id: string) => Promise<unknown>]>([
  ["GET", (id) => provider.read(id, sent({ ...MONGODB, connectorId: id }))],
  ["GET", (id) => provider.update(id, sent(MONGODB), sent({ ...MONGODB, name: "new" }))],
  ["DELETE", (id) => provider.delete(id, sent(MONGODB))],
  ["PUT", (id) => provider.create(sent({ ...MONGODB, connectorId: id }))],
])("a refused %s names the connector", async (method, call) => {
  server.control.fault({ method, path: "/_connector/x" }, { kind: "status", status: 403 });
  await expect(call("x")).rejects.toThrow(/^could not \w+ the connector \(Connector 'x'\): /);
});

describe("a connector without an index", () => {
  test("is refused before 8.15, with what it takes", async () => {
    const old = await startElasticsearch({ version: "8.14" });
    try {
      expect(await judge(old, {})).toEqual([
        {
          path: ["indexName"],
          message: "is required: a connector without an index exists from 8.15 on, and the server is 8.14.3",
        },
      ]);
      expect(await judge(old, { indexName: "content" })).toEqual([]);
    } finally {
      await old.close();
    }
  });

  test("is fine from then on", async () => {
    expect(await judge(server, {})).toEqual([]);
  });

  test("of which nobody knows whether it was made is recorded, since nothing else would find it", async () => {
    const { inputs } = await provider.check({}, sent({ ...MONGODB, name: "Traceless" }));
    const heal = [
      server.control.fault({ method: "PUT", path: /^\/_connector\/[^/]+$/ }, { kind: "reset-after" }),
      server.control.fault({ method: "GET", path: /_connector/, times: 100 }, { kind: "status", status: 401 }),
    ];
    const failed = await provider.create(opened(inputs)).catch((error) => error);
    for (const each of heal) each();
    expect(failed.message).toMatch(/This Connector may exist and is recorded: the next 'pulumi up' looks for it\.$/);
    expect(named("Traceless").map(({ id }) => id)).toEqual([failed.id]);
    await provider.update(failed.id, opened(failed.properties), opened(inputs));
    expect(named("Traceless")).toHaveLength(1);
    expect(documentOf(server, failed.id)?.pipeline).toBeDefined();
  });

  test("that was refused isn't recorded", async () => {
    server.control.fault({ method: "PUT", path: /^\/_connector\/[^/]+$/ }, { kind: "status", status: 400 });
    const failed = await provider.create(sent({ ...MONGODB, name: "Refused" })).catch((error) => error);
    expect(failed.message).toMatch(/Nothing was made\.$/);
    expect(failed.id).toBeUndefined();
  });

  test("whose creation comes late isn't made twice", async () => {
    server.control.fault({ method: "PUT", path: /^\/_connector\/[^/]+$/ }, { kind: "reset-before" });
    let looks = 0;
    const unhook = server.control.afterRequest(async ({ method, path }) => {
      if (method === "GET" && /^\/_connector\/[^/?]+$/.test(path) && looks++ === 0) {
        await act(server, "PUT", path, { name: "Late", service_type: "mongodb" });
      }
    });
    await made(provider, sent({ ...MONGODB, name: "Late" }));
    unhook();
    expect(named("Late")).toHaveLength(1);
  });

  function named(name: string) {
    return server.control.store.connectors().filter(({ source }) => source.name === name && !source.deleted);
  }

  function judge(on: Elasticsearch, args: object) {
    const news = { ...MONGODB, ...args };
    return checkAgainstServer(resources.Connector, connected(on), { olds: {}, news, context: CONTEXT });
  }
});
