// Values that aren't known yet, at every depth, in previews and in replacements; and the options that aim at a property.

import { type Elasticsearch, startElasticsearch } from "../../../embedded";
import { connectionTo, type Declared, engines, failure, openStage, planOf, type Stage } from "../../support/stage";

const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies" };
const DAILY = { enabled: true, interval: "0 0 1 * * ?" };

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  let one: Elasticsearch;
  let two: Elasticsearch;
  beforeAll(async () => {
    two = await startElasticsearch();
    stage = await openStage({ engine, others: [two] });
    one = stage.server;
  });
  afterAll(() => stage.close());

  // Everything hangs on an index of the other server: on one without a name, whose name a preview can't know, and on one
  // that is deleted before it is made anew.
  const hanging = (source: string): Declared[] => {
    const name = { $ref: `${source}.indexName` };
    const later = (value: unknown) => ({ $after: [`${source}.indexName`, value] });
    return [
      on("two", "Connector", `whole-${source}`, {
        serviceType: "mongodb",
        connectorId: `whole-${source}`,
        configuration: later(MONGODB),
        scheduling: later({ full: DAILY }),
        pipeline: later({ name: "p" }),
        features: later({ incrementalSync: true }),
      }),
      on("two", "Connector", `nested-${source}`, {
        serviceType: "mongodb",
        connectorId: `nested-${source}`,
        name,
        configuration: { ...MONGODB, host: name },
        scheduling: { full: later(DAILY), incremental: { enabled: later(true), interval: later(DAILY.interval) } },
        pipeline: { name, reduceWhitespace: later(false) },
        features: { syncRules: later({ advanced: false }) },
        indexName: name,
      }),
      on("two", "ApiKey", `elements-${source}`, {
        name: `elements-${source}`,
        roleDescriptors: {
          reader: {
            cluster: ["monitor", later("manage_own_api_key")],
            indices: [{ names: ["films", name], privileges: ["read"] }, later({ names: "b", privileges: ["read"] })],
          },
        },
        metadata: { deep: { index: name } },
        keepers: { index: name },
      }),
      on("two", "ApiKey", `roles-${source}`, {
        name: `roles-${source}`,
        roleDescriptors: later({ reader: { cluster: ["monitor"] } }),
      }),
      on("two", "Index", `derived-${source}`, {
        name: later(`derived-from-${source}`),
        settings: { refresh_interval: later("5s") },
        mappings: { properties: { title: later({ type: "keyword" }), origin: { type: later("keyword") } } },
      }),
      on("two", "ConnectorSecret", `secret-${source}`, { value: name }),
    ];
  };
  const program = (language: string): Declared[] => [
    connectionTo("one", one),
    connectionTo("two", two),
    on("one", "Index", "auto", {}),
    on("one", "Index", "named", { name: "named", language }),
    ...hanging("auto"),
    ...hanging("named"),
    connector("ignoring", MONGODB, { ignoreChanges: ["configuration.host"] }),
    connector("replacing", MONGODB, { replaceOnChanges: ["configuration.database"] }),
    on("one", "ApiKey", "key", { name: "key", roleDescriptors: { reader: { cluster: ["monitor"] } } }),
    on("one", "ConnectorSecret", "stored", { value: { $ref: "key.encoded" }, valueVersion: { $ref: "key.id" } }),
    on("one", "Connector", "user", {
      connectorId: "user",
      serviceType: "mongodb",
      apiKeyId: { $ref: "key.id" },
      apiKeySecretId: { $ref: "stored.id" },
    }),
  ];
  let keyUrn: string;

  test("a first preview judges what it knows, and up makes each on its own server", async () => {
    stage.declare(program("en"), { auto: { $ref: "auto.id" } });
    const planned = await stage.preview();
    expect(failure(planned)).toBe("");
    expect([...stage.writes(one), ...stage.writes(two)]).toEqual([]);

    const made = await stage.up();
    expect(failure(made)).toBe("");
    expect(planOf(made)).toEqual(planOf(planned));
    keyUrn = made.steps.find(({ name }) => name === "key")?.urn ?? "";
    const { auto } = (await stage.stack.outputs()) as { auto: string };
    expect(one.control.store.indices().filter((name) => !name.startsWith("."))).toEqual(["named", auto]);
    expectHanging("auto", auto);
    expectHanging("named", "named");
    await stage.settled();
  });

  test("a replacement that deletes first makes all of it unknown once more, and ends well", async () => {
    stage.declare(program("de"), { auto: { $ref: "auto.id" } });
    const planned = await stage.preview();
    expect(failure(planned)).toBe("");
    expect(planOf(planned)).toContain("replace Index named [language]: language");
    expect(planOf(planned).filter((line) => line.includes("auto"))).toEqual([]);
    expect([...stage.writes(one), ...stage.writes(two)]).toEqual([]);

    expect(failure(await stage.up())).toBe("");
    expect(stage.writes(one)).toEqual(["DELETE /named", "PUT /named"]);
    expectHanging("named", "named");
    await stage.settled();
  });

  test("ignoreChanges and replaceOnChanges aim at a nested property", async () => {
    const idOf = (name: string) => one.control.store.connectors().find(({ source }) => source.name === name)?.id ?? "";
    const [ignoring, replacing] = [idOf("ignoring"), idOf("replacing")];
    const theirs = await stage.request("PUT", `/_connector/${ignoring}/_configuration`, { values: { host: "theirs" } });
    expect(theirs.status).toBe(200);
    stage.declare(
      [
        ...program("de").filter(({ name }) => name !== "ignoring" && name !== "replacing"),
        connector("ignoring", { ...MONGODB, host: "ours", database: "new" }, { ignoreChanges: ["configuration.host"] }),
        connector("replacing", { ...MONGODB, database: "new" }, { replaceOnChanges: ["configuration.database"] }),
      ],
      { auto: { $ref: "auto.id" } },
    );
    const changed = await stage.up({ refresh: true });
    expect(failure(changed)).toBe("");
    expect(planOf(changed).filter((line) => !line.startsWith("refresh "))).toEqual([
      "replace Connector replacing: configuration.database",
      "update Connector ignoring: configuration.database",
    ]);
    expect(stage.sent(`PUT /_connector/${ignoring}/_configuration`)).toEqual({ values: { database: "new" } });
    expect(sourceOf(one, ignoring)).toMatchObject({
      configuration: { host: { value: "theirs" }, database: { value: "new" } },
    });
    expect(idOf("replacing")).not.toBe(replacing);
    expect(stage.writes().at(-1)).toBe(`DELETE /_connector/${replacing}?delete_sync_jobs=true&hard=true`);
    expect(stage.writes(two)).toEqual([]);
  });

  test("a key that is replaced on demand is invalidated last", async () => {
    const [old] = one.control.store.apiKeys();
    const replaced = await stage.up({ replace: [keyUrn] });
    expect(failure(replaced)).toBe("");
    const { api_key_secret_id: secret, api_key_id: key } = sourceOf(one, "user") ?? {};
    expect(stage.writes()).toEqual([
      "POST /_security/api_key",
      `PUT /_connector/_secret/${secret}`,
      "PUT /_connector/user/_api_key_id",
      "DELETE /_security/api_key",
    ]);
    expect(stage.sent("DELETE /_security/api_key")).toEqual({ ids: [old?.id] });
    expect(key).not.toBe(old?.id);
    const stored = one.control.store.secrets().find(({ id }) => id === secret);
    expect(Buffer.from(stored?.value ?? "", "base64").toString()).toMatch(`${key}:`);
  });

  /** All that hangs on an index is on the second server, as declared. */
  function expectHanging(source: string, name: string): void {
    expect(sourceOf(two, `whole-${source}`)).toMatchObject({
      configuration: { host: { value: MONGODB.host } },
      scheduling: { full: DAILY },
      pipeline: { name: "p" },
      features: { incremental_sync: { enabled: true } },
    });
    expect(sourceOf(two, `nested-${source}`)).toMatchObject({
      name,
      index_name: name,
      configuration: { host: { value: name }, database: { value: "films" } },
      scheduling: { full: DAILY, incremental: DAILY },
      pipeline: { name, reduce_whitespace: false },
      features: { sync_rules: { basic: { enabled: true }, advanced: { enabled: false } } },
    });
    const keys = two.control.store.apiKeys().filter(({ invalidated }) => !invalidated);
    expect(keys.filter((key) => key.name === `elements-${source}`)).toMatchObject([
      {
        metadata: { deep: { index: name } },
        role_descriptors: {
          reader: {
            cluster: ["monitor", "manage_own_api_key"],
            indices: [{ names: ["films", name] }, { names: ["b"] }],
          },
        },
      },
    ]);
    expect(keys.filter((key) => key.name === `roles-${source}`)).toHaveLength(1);
    expect(two.control.store.indices()).toContain(`derived-from-${source}`);
    expect(two.control.store.secrets().map(({ value }) => value)).toContain(name);
  }
});

function on(provider: string, kind: Declared["kind"], name: string, args: Record<string, unknown>): Declared {
  return { kind, name, args, opts: { provider } };
}

function connector(name: string, configuration: unknown, opts: Record<string, unknown>): Declared {
  const args = { serviceType: "mongodb", name, configuration };
  return { kind: "Connector", name, args, opts: { provider: "one", ...opts } };
}

function sourceOf({ control }: Elasticsearch, id: string): Record<string, unknown> | undefined {
  return control.store.connectors().find((each) => each.id === id)?.source;
}
