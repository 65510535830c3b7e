// A connectors service and the connectors that it runs: what changes when one comes along, and when a key is rotated.

import { parse } from "yaml";
import { leaksIn } from "../support/canary";
import { ask, type Declared, engines, failure, openStage, refusal, type Stage } from "../support/stage";

describe.each(engines)("a connectors service on the %s engine", (engine) => {
  let stage: Stage;
  let serviceKey: string;
  const seenKeys = new Set<string>();
  beforeAll(async () => {
    stage = await openStage({ engine, quick: engine === "embedded" });
  });
  afterAll(() => stage.close());

  test("it gets one key of its own, and a text in which every key works", async () => {
    await stage.deploy(program({ a: "1", b: "1" }), outputs("a", "b"));
    const { serviceKeyId } = await shown();
    serviceKey = serviceKeyId;
    expect(rightsOf(serviceKey)).toEqual({
      "own-service-role": expect.objectContaining({
        cluster: ["monitor", "manage_connector"],
        indices: [
          expect.objectContaining({ names: [".elastic-connectors*"] }),
          expect.objectContaining({ names: ["search-a", "search-b"], privileges: ["read", "maintenance"] }),
        ],
      }),
    });
    expect(await working("a", "b")).toEqual(["own-service-api-key", "a-connector-api-key", "b-connector-api-key"]);
    await stage.settled();
  });

  test("one connector more: the service's key is widened in place, and the text goes where it is used", async () => {
    const before = await shown();
    await stage.deploy(program({ a: "1", b: "1", c: "1" }), outputs("a", "b", "c"));
    const after = await shown();
    const made = `PUT /_connector/${after.ids.c}`;
    const aspects = stage.writes().filter((write) => write.startsWith(`${made}/_`) && !write.includes("_secret"));
    expect(aspects.length).toBeGreaterThan(0);
    expect([...stage.writes()].sort()).toEqual(
      [
        "PUT /search-c",
        "POST /_security/api_key",
        made,
        ...aspects,
        `PUT /_security/api_key/${serviceKey}`,
        `PUT /_connector/_secret/${deployedSecret()}`,
      ].sort(),
    );
    expect(after.serviceKeyId).toBe(serviceKey);
    expect(rightsOf(serviceKey)).toMatchObject({
      "own-service-role": { indices: [{}, { names: ["search-a", "search-b", "search-c"] }] },
    });
    expect(after.config.elasticsearch).toEqual(before.config.elasticsearch);
    expect(after.config.connectors.slice(0, 2)).toEqual(before.config.connectors);
    expect(await working("a", "b", "c")).toHaveLength(4);
    await stage.settled();
  });

  test("a connector's key is rotated: connector and text follow, and the old key goes last", async () => {
    const before = await shown();
    const up = await stage.deploy(program({ a: "1", b: "2", c: "1" }), outputs("a", "b", "c"));
    expect(new Set(up.steps.filter(({ name }) => name !== "tests-dev").map(({ name }) => name))).toEqual(
      new Set(["b", "deployed"]),
    );
    const writes = stage.writes();
    expect([writes[0], writes.at(-1)]).toEqual(["POST /_security/api_key", "DELETE /_security/api_key"]);
    expect(writes.slice(1, -1).sort()).toEqual(
      [`PUT /_connector/${before.ids.b}/_api_key_id`, `PUT /_connector/_secret/${deployedSecret()}`].sort(),
    );
    const now = await shown();
    expect(now.serviceKeyId).toBe(serviceKey);
    expect(now.config.connectors.map((entry, i) => entry.api_key === before.config.connectors[i]?.api_key)).toEqual([
      true,
      false,
      true,
    ]);
    expect(await working("a", "b", "c")).toHaveLength(4);
    await stage.settled();
  });

  test("in another order nothing changes but the text", async () => {
    stage.declare(program({ c: "1", b: "2", a: "1" }), outputs("a", "b", "c"));
    expect(failure(await stage.up())).toBe("");
    expect(stage.writes()).toEqual([`PUT /_connector/_secret/${deployedSecret()}`]);
  });

  test("what can't be is refused before anything is written, in a sentence", async () => {
    const native: Declared = {
      kind: "ContentConnector",
      name: "native",
      args: { serviceType: "mongodb", native: true, allowUnservedNative: true },
    };
    expect(await refusal(stage, native, service(["native"]))).toContain(
      "ConnectorService 'own': connectors[0] is native: an Elastic-managed service runs it",
    );
    expect(await refusal(stage, service([], { endpoint: "es:9200" }))).toContain(
      "ConnectorService 'own': endpoint has to be one URL that begins with https:// or http://",
    );
  });

  test("no key was told or stored in plain text; destroy leaves nothing", async () => {
    expect(failure(await stage.destroy())).toBe("");
    const { store } = stage.server.control;
    expect(store.apiKeys().filter(({ invalidated }) => !invalidated)).toEqual([]);
    expect([store.connectors(), store.secrets()]).toEqual([[], []]);
    expect(seenKeys.size).toBe(5);
    expect(leaksIn(stage.transcript(), [...seenKeys])).toEqual([]);
  });

  interface Shown {
    ids: Record<string, string>;
    serviceKeyId: string;
    config: { elasticsearch: { api_key: string }; connectors: { connector_id: string; api_key: string }[] };
  }

  async function shown(): Promise<Shown> {
    expect(await stage.stack.outputs()).toMatchObject({ text: "[secret]" });
    const state = JSON.stringify(await stage.stack.exportState());
    const { ids, serviceKeyId, text } = (await stage.stack.outputs(true)) as unknown as Shown & { text: string };
    const config = parse(text, { version: "1.1" }) as Shown["config"];
    for (const { api_key } of [config.elasticsearch, ...config.connectors]) {
      seenKeys.add(api_key);
    }
    expect(leaksIn(state, [...seenKeys])).toEqual([]);
    return { ids, serviceKeyId, config };
  }

  /** Names of the keys in the text, each of which the server takes. */
  async function working(...connectors: string[]): Promise<string[]> {
    const { ids, config } = await shown();
    expect(config.connectors.map(({ connector_id }) => connector_id)).toEqual(connectors.map((name) => ids[name]));
    const keys = [config.elasticsearch, ...config.connectors].map(({ api_key }) => api_key);
    return Promise.all(
      keys.map(async (key) => {
        const { status, body } = await ask(stage.server, "GET", "/_security/_authenticate", undefined, key);
        expect(status).toBe(200);
        return (body as { api_key: { name: string } }).api_key.name;
      }),
    );
  }

  function rightsOf(id: string) {
    return stage.server.control.store.apiKeys().find((key) => key.id === id)?.role_descriptors;
  }

  function deployedSecret(): string {
    return stage.server.control.store.secrets()[0]?.id ?? "none";
  }

  /** Connectors by name, each with what its key hangs on. */
  function program(connectors: Record<string, string>): Declared[] {
    const names = Object.keys(connectors);
    return [...names.map((name) => connector(name, connectors[name])), service(names), deployed];
  }

  function service(names: string[], more: Record<string, unknown> = {}): Declared {
    const { endpoint } = stage.server;
    const args = { connectors: names.map((name) => ({ $ref: name })), endpoint, ...more };
    return { kind: "ConnectorService", name: "own", args };
  }
});

function connector(name: string, rotation: string | undefined): Declared {
  const args = { serviceType: "mongodb", index: { name: `search-${name}` }, apiKey: { keepers: { rotation } } };
  return { kind: "ContentConnector", name, args };
}

/** Stands for whatever brings the text to the service, within the program. */
const deployed: Declared = { kind: "ConnectorSecret", name: "deployed", args: { value: { $ref: "own.configYml" } } };

function outputs(...names: string[]): Record<string, unknown> {
  const ids = Object.fromEntries(names.map((name) => [name, { $ref: `${name}.connectorId` }]));
  return { ids, serviceKeyId: { $ref: "own.apiKeyId" }, text: { $ref: "own.configYml" } };
}
