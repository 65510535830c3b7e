// The component on 8.19 (native, its key in a secret) and on 9.x (self-managed): order of requests, rotation, failure.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { ask, connectionTo, type Declared, engines, failure, openStage, planOf, type Stage } from "../support/stage";

const CONFIGURATION = { host: "mongodb://one.example", database: "films", collection: "movies" };

describe.each(engines)("content connectors on the %s engine", (engine) => {
  let stage: Stage;
  let v8: Elasticsearch;
  let v9: Elasticsearch;
  beforeAll(async () => {
    v8 = await startElasticsearch({ version: "8.19" });
    stage = await openStage({ engine, others: [v8] });
    v9 = stage.server;
  });
  afterAll(() => stage.close());

  const native = (index: string, rotation: string) =>
    component("native", "v8", {
      name: "Movies",
      native: true,
      index: { name: index },
      apiKey: { keepers: { rotation } },
      configuration: CONFIGURATION,
      scheduling: { full: { enabled: true, interval: "0 0 2 * * ?" } },
    });
  const managed = (index: string) => component("managed", "v9", { index: { name: index }, language: "en" });
  const unserved = (name: string) => component("unserved", "v9", { name, native: true, allowUnservedNative: true });
  const kept = (protect: boolean) =>
    component("kept", "v9", {}, { childOptions: { index: { protect }, apiKey: { retainOnDelete: true } } });
  const names = ["native", "managed", "unserved", "kept"];
  const outputs = Object.fromEntries(
    names.map((name) => [
      name,
      {
        key: { $ref: `${name}.apiKeyId` },
        connector: { $ref: `${name}.connectorId` },
        index: { $ref: `${name}.indexName` },
        entry: { $ref: `${name}.serviceEntry` },
      },
    ]),
  );
  const program = (...components: Declared[]) => [connectionTo("v8", v8), connectionTo("v9", v9), ...components];

  test("a native connector on 9.x is refused at preview", async () => {
    stage.declare(program(component("native", "v9", { native: true })));
    expect(failure(await stage.preview())).toMatch(
      /native: no Elastic-managed service runs native connectors from 9\.0 on, and the server is 9\..*allowUnservedNative/,
    );
    expect(stage.writes()).toEqual([]);
  });

  test("up makes what the connector needs, in the order of need", async () => {
    const planned = program(native("movies", "1"), managed("films"), unserved("Unserved"), kept(true));
    const made = await stage.deploy(planned, outputs);
    expect(planOf(made).filter((line) => / native$/.test(line))).toEqual([
      "create ApiKey native",
      "create Connector native",
      "create ConnectorSecret native",
      "create ContentConnector native",
      "create Index native",
    ]);
    const { native: one, managed: two, unserved: three, kept: four } = await shown();
    expect(stage.writes(v8)).toEqual([
      "PUT /movies",
      "POST /_security/api_key",
      `PUT /_connector/_secret/${secretOf(v8, one.connector)}`,
      `PUT /_connector/${one.connector}`,
      ...["_features", "_api_key_id", "_configuration", "_scheduling", "_pipeline"].map(
        (aspect) => `PUT /_connector/${one.connector}/${aspect}`,
      ),
    ]);
    expect(connectorOf(v8, one.connector)).toMatchObject({
      name: "Movies",
      index_name: "movies",
      is_native: true,
      api_key_id: one.key,
    });
    expect(storedValue(v8, one.connector)).toBe(one.entry.api_key);
    expect(keyOf(v8, one.key)).toMatchObject({
      name: "Movies-connector-api-key",
      role_descriptors: {
        "Movies-connector-role": {
          cluster: ["monitor"],
          indices: [
            {
              names: ["movies", ".search-acl-filter-movies", ".elastic-connectors-v1*"],
              privileges: ["all"],
              allow_restricted_indices: false,
            },
          ],
        },
      },
    });

    expect(two.entry).toEqual({ connector_id: two.connector, service_type: "mongodb", api_key: expect.any(String) });
    expect(connectorOf(v9, two.connector)).toMatchObject({ index_name: "films", is_native: false, language: "en" });
    expect(keyOf(v9, two.key)?.role_descriptors).toMatchObject({
      "managed-connector-role": { indices: [{ names: ["films", ".search-acl-filter-films"] }] },
    });
    expect(secretOf(v9, two.connector)).toBeUndefined();
    expect(await statusWith(v9, two.entry.api_key)).toBe(200);

    expect(three.index).toMatch(/^content-unserved-[0-9a-f]{7}$/);
    expect(four.index).toMatch(/^search-kept-[0-9a-f]{7}$/);
    const { resources = [] } = (await stage.stack.exportState()).deployment;
    const marked = (flag: "protect" | "retainOnDelete") =>
      resources.filter((resource) => resource[flag] === true).map(({ urn }) => urn.split("::").slice(-2));
    expect(marked("protect")).toEqual([[expect.stringMatching(/:Index$/), "kept"]]);
    expect(marked("retainOnDelete")).toEqual([[expect.stringMatching(/:ApiKey$/), "kept"]]);
    await stage.settled();
  });

  test("a new index name changes key, secret and connector, and the old key goes last", async () => {
    const before = await shown();
    await stage.deploy(program(native("films", "1"), managed("movies"), unserved("Renamed"), kept(false)), outputs);
    const after = await shown();
    const { connector } = before.native;
    expect(after.native.connector).toBe(connector);
    expect(stage.writes(v8)).toEqual([
      "PUT /films",
      "POST /_security/api_key",
      `PUT /_connector/_secret/${secretOf(v8, connector)}`,
      binding(connector),
      "DELETE /_security/api_key",
      "DELETE /movies",
    ]);
    expect(storedValue(v8, connector)).toBe(after.native.entry.api_key);
    expect(await statusWith(v8, after.native.entry.api_key)).toBe(200);
    expect(await statusWith(v8, before.native.entry.api_key)).toBe(401);
    expect(await ask(v8, "POST", "/films/_doc?refresh", {}, after.native.entry.api_key)).toMatchObject({ status: 201 });
    await ask(v8, "POST", "/films/_delete_by_query?refresh", { query: { match_all: {} } });

    // What only shows a new name keeps its key.
    const renamed = `PUT /_connector/${before.unserved.connector}/_name`;
    expect(stage.writes(v9).filter((write) => write !== renamed)).toEqual([
      "PUT /movies",
      "POST /_security/api_key",
      binding(before.managed.connector),
      "DELETE /_security/api_key",
      "DELETE /films",
    ]);
    expect(stage.sent(renamed)).toEqual({ name: "Renamed" });
    expect(after.unserved.key).toBe(before.unserved.key);
    expect(stage.sent("DELETE /_security/api_key")).toEqual({ ids: [before.managed.key] });
  });

  test("while the connector can't be changed the old key works; the next up goes on from there", async () => {
    const before = (await shown()).native;
    const rotated = program(native("films", "2"), managed("movies"), unserved("Renamed"), kept(false));
    const heal = v8.control.fault(
      { method: "PUT", path: `/_connector/${before.connector}/_api_key_id`, times: 100 },
      { kind: "status", status: 400 },
    );
    stage.declare(rotated, outputs);
    expect(failure(await stage.up())).toContain("could not change the connector (_api_key_id)");
    expect(stage.writes(v8)).not.toContain("DELETE /_security/api_key");
    expect(connectorOf(v8, before.connector)).toMatchObject({ api_key_id: before.key });
    expect(await statusWith(v8, before.entry.api_key)).toBe(200);
    expect(await statusWith(v8, storedValue(v8, before.connector) ?? "")).toBe(200);

    heal();
    await stage.deploy(rotated, outputs);
    expect(stage.writes(v8)).toEqual([`PUT /_connector/${before.connector}/_api_key_id`, "DELETE /_security/api_key"]);
    const after = (await shown()).native;
    expect(connectorOf(v8, before.connector)).toMatchObject({ api_key_id: after.key });
    expect(storedValue(v8, before.connector)).toBe(after.entry.api_key);
    expect(await statusWith(v8, after.entry.api_key)).toBe(200);
    expect(await statusWith(v8, before.entry.api_key)).toBe(401);
  });

  test("a connector that is replaced on demand gives its index up first", async () => {
    const before = (await shown()).managed;
    const { resources = [] } = (await stage.stack.exportState()).deployment ?? {};
    const urn = resources.find(({ urn }) => urn.endsWith("elastic:Connector::managed"))?.urn ?? "";
    const replaced = await stage.up({ replace: [urn] });
    expect(failure(replaced)).toBe("");
    const after = (await shown()).managed;
    expect(stage.writes(v9).slice(0, 2)).toEqual([
      `DELETE /_connector/${before.connector}?delete_sync_jobs=true&hard=true`,
      `PUT /_connector/${after.connector}`,
    ]);
    expect(connectorOf(v9, after.connector)).toMatchObject({ index_name: "movies", api_key_id: before.key });
  });

  test("destroy leaves nothing but what was to be kept", async () => {
    const { native: one, kept: four } = await shown();
    const secret = secretOf(v8, one.connector);
    expect(failure(await stage.destroy())).toBe("");
    expect(stage.writes(v8)).toEqual([
      `DELETE /_connector/${one.connector}?delete_sync_jobs=true`,
      `DELETE /_connector/_secret/${secret}`,
      "DELETE /_security/api_key",
      "DELETE /films",
    ]);
    for (const { control } of [v8, v9]) {
      const indices = control.store.indices().filter((name) => !name.startsWith("."));
      expect([control.store.connectors(), control.store.secrets(), indices]).toEqual([[], [], []]);
    }
    expect(v8.control.store.apiKeys().filter(({ invalidated }) => !invalidated)).toEqual([]);
    expect(v9.control.store.apiKeys().filter(({ invalidated }) => !invalidated)).toMatchObject([{ id: four.key }]);
  });

  interface Shown {
    key: string;
    connector: string;
    index: string;
    entry: { api_key: string };
  }

  async function shown(): Promise<Record<"native" | "managed" | "unserved" | "kept", Shown>> {
    return (await stage.stack.outputs(true)) as Record<"native" | "managed" | "unserved" | "kept", Shown>;
  }
});

function component(
  name: string,
  provider: string,
  args: Record<string, unknown>,
  opts: Record<string, unknown> = {},
): Declared {
  return { kind: "ContentConnector", name, args: { serviceType: "mongodb", ...args }, opts: { provider, ...opts } };
}

function connectorOf({ control }: Elasticsearch, id: string): Record<string, unknown> | undefined {
  return control.store.connectors().find((connector) => connector.id === id)?.source;
}

function keyOf({ control }: Elasticsearch, id: string) {
  return control.store.apiKeys().find((key) => key.id === id);
}

function secretOf(server: Elasticsearch, connector: string): unknown {
  return connectorOf(server, connector)?.api_key_secret_id;
}

/** What a service finds in the secret that the connector names. */
function storedValue(server: Elasticsearch, connector: string): string | undefined {
  const id = secretOf(server, connector);
  return server.control.store.secrets().find((secret) => secret.id === id)?.value;
}

async function statusWith(server: Elasticsearch, key: string): Promise<number> {
  return (await ask(server, "GET", "/_security/_authenticate", undefined, key)).status;
}

/** Index and key of a connector, written as one. */
function binding(connector: string): unknown {
  return expect.stringContaining(`POST /.elastic-connectors-v1/_update/${connector}?if_seq_no=`);
}
