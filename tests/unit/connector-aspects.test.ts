import type { Elasticsearch, Request } from "../../provider/elasticsearch/connection";
import type { WireConnector } from "../../provider/elasticsearch/connectors";
import { changedInputs, recordedInputs } from "../../provider/lifecycle/state";
import { sendNoticesTo } from "../../provider/model/notice";
import type { Bag } from "../../provider/model/resource";
import { aspects, writeAspects } from "../../provider/resources/connector/aspects";
import { connector } from "../../provider/resources/connector/resource";
import type { ConnectorInputs } from "../../provider/resources/connector/schema";
import { fromWire } from "../../provider/resources/connector/wire";
import { BARE, NIGHTLY } from "../support/wire-connector";

const V9 = { major: 9, minor: 1 };

describe("aspects", () => {
  const notices: string[] = [];
  beforeEach(() => {
    notices.length = 0;
    sendNoticesTo(({ text }) => notices.push(text));
  });
  afterAll(() => sendNoticesTo(() => {}));

  /** The requests that bring a document to what is desired, as `path body`. */
  async function requests(
    desired: Partial<ConnectorInputs>,
    {
      document = BARE,
      recorded = {},
      version = V9,
    }: { document?: WireConnector; recorded?: Bag; version?: typeof V9 } = {},
  ): Promise<[string, unknown][]> {
    const sent: [string, unknown][] = [];
    const es = {
      send: async ({ method, path, body }: Request) => {
        sent.push([`${method} /${path.join("/")}`, body]);
      },
    } as unknown as Elasticsearch;
    const full = { serviceType: "mongodb", ...desired };
    const live = { inputs: fromWire(document), facts: {}, raw: document };
    const changed = changedInputs(connector, full, recorded, live);
    await writeAspects(es, "c", { changed, desired: full, recorded, live, connector: document, version }, () => {});
    return sent;
  }

  const DONE: WireConnector = {
    ...BARE,
    pipeline: { name: "p", extract_binary_content: true, reduce_whitespace: true, run_ml_inference: true },
    features: { incremental_sync: { enabled: true } },
  };

  test("a new connector gets its type's features and the default pipeline, and nothing else", async () => {
    expect((await requests({})).map(([path]) => path)).toEqual([
      "PUT /_connector/c/_features",
      "PUT /_connector/c/_pipeline",
    ]);
  });

  test("a finished one without a difference gets nothing", async () => {
    expect(await requests({}, { document: DONE })).toEqual([]);
  });

  test("everything at once: one request each, index and key first", async () => {
    const sent = await requests({
      name: "n",
      description: "d",
      native: true,
      configuration: { host: "h" },
      scheduling: { full: NIGHTLY },
      pipeline: { name: "mine" },
      features: { incrementalSync: true },
      indexName: "i",
    });
    expect(sent.map(([path]) => path.replace("PUT /_connector/c/", ""))).toEqual([
      "_features",
      "_index_name",
      "_name",
      "_native",
      "_configuration",
      "_scheduling",
      "_pipeline",
    ]);
    const bodies = new Map(sent);
    expect(bodies.get("PUT /_connector/c/_name")).toEqual({ name: "n", description: "d" });
    expect(bodies.get("PUT /_connector/c/_scheduling")).toEqual({ scheduling: { full: NIGHTLY } });
    expect(bodies.get("PUT /_connector/c/_index_name")).toEqual({ index_name: "i" });
  });

  test("only what differs from the live document", async () => {
    const document = { ...DONE, name: "n", index_name: "i", api_key_id: "old" };
    expect(await requests({ name: "n", indexName: "i", apiKeyId: "new" }, { document })).toEqual([
      ["PUT /_connector/c/_api_key_id", { api_key_id: "new" }],
    ]);
    expect(await requests({ name: "n", description: "d" }, { document })).toEqual([
      ["PUT /_connector/c/_name", { description: "d" }],
    ]);
  });

  test("what is declared no more: emptied, detached, back to the default", async () => {
    const document: WireConnector = { ...DONE, name: "n", description: "d", index_name: "i", api_key_id: "k" };
    const recorded = { name: "n", description: "d", indexName: "i", pipeline: { name: "p" }, apiKeyId: "k" };
    expect(await requests({}, { document, recorded })).toEqual([
      ["PUT /_connector/c/_index_name", { index_name: null }],
      ["PUT /_connector/c/_name", { name: "", description: "" }],
      ["PUT /_connector/c/_pipeline", { pipeline: expect.objectContaining({ name: "search-default-ingestion" }) }],
    ]);
  });

  test("another service type asks for its own configuration, which replaces the old one", async () => {
    const document = { ...DONE, configuration: { url: { value: "u" } } };
    const sent = await requests({ serviceType: "mysql", configuration: { host: "h" } }, { document });
    expect(sent.map(([path]) => path)).toEqual(["PUT /_connector/c/_service_type", "PUT /_connector/c/_configuration"]);
    expect(sent[1]?.[1]).toHaveProperty("configuration.database");
  });

  test("without a configuration of its own as well: the former type's secrets go", async () => {
    const document = { ...DONE, configuration: { password: { value: "p" } } };
    const sent = await requests({ serviceType: "mysql" }, { document });
    expect(sent.map(([path]) => path)).toEqual(["PUT /_connector/c/_service_type", "PUT /_connector/c/_configuration"]);
    expect(sent[1]?.[1]).toMatchObject({ configuration: { password: { value: "" } } });
    const own = await requests({ serviceType: "our-source" }, { document });
    expect(own[1]).toEqual(["PUT /_connector/c/_configuration", { configuration: {} }]);
  });

  test("becoming self-managed is said, since it can't be undone", async () => {
    const document = { ...DONE, is_native: true };
    expect(await requests({ native: false }, { document })).toEqual([
      ["PUT /_connector/c/_native", { is_native: false }],
    ]);
    expect(notices).toEqual([expect.stringContaining("can't be undone")]);
  });

  test("before 8.15 features are written into the document", async () => {
    const document = { ...DONE, features: { incremental_sync: { enabled: false } } };
    const sent = await requests(
      { features: { incrementalSync: true } },
      { document, version: { major: 8, minor: 14 } },
    );
    expect(sent).toEqual([
      ["POST /.elastic-connectors/_update/c", { doc: { features: { incremental_sync: { enabled: true } } } }],
    ]);
  });

  test("every input that is sent after the creation belongs to an aspect", () => {
    const covered = new Set(aspects.flatMap(({ inputs }) => inputs));
    const rest = Object.keys(connector.inputs.shape).filter((name) => !covered.has(name as keyof ConnectorInputs));
    expect(rest).toEqual(["connectorId", "allowUnservedNative", "language", "adopt", "deletion", "timeouts"]);
  });

  test("a declared value that the server reports in another spelling stays recorded as declared", () => {
    const declared = { configuration: { list: ["a", "b"] }, pipeline: { name: "p" } };
    const live = { inputs: fromWire({ ...DONE, configuration: { list: { value: "a,b" } } }), facts: {} };
    expect(recordedInputs(connector, declared, live)).toEqual(declared);
  });
});

describe("rules of a connector that depend on the server", () => {
  const issues = async (number: string, news: Bag, olds: Bag = {}) => {
    const [major = 0, minor = 0] = number.split(".").map(Number);
    const es = { info: async () => ({ number, version: { major, minor } }) } as unknown as Elasticsearch;
    const context = { project: "p", stack: "s", resource: "r" };
    const found = await connector.checkAgainstServer?.(es, { news, olds, context });
    return (found ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  const native = { serviceType: "mongodb", native: true };

  test("8.x runs native connectors, 9.x doesn't", async () => {
    expect(await issues("8.19.0", native)).toEqual([]);
    expect(await issues("9.0.0", native)).toEqual([
      expect.stringMatching(/^native: no Elastic-managed service .*9\.0\.0.*allowUnservedNative: true/),
    ]);
    expect(await issues("9.0.0", { ...native, allowUnservedNative: true })).toEqual([]);
    expect(await issues("9.0.0", { serviceType: "mongodb" })).toEqual([]);
  });

  test("a native connector's index on 9.x has a prefix", async () => {
    const unserved = { ...native, allowUnservedNative: true };
    expect(await issues("9.1.0", { ...unserved, indexName: "search-a" })).toEqual([
      expect.stringMatching(/^indexName: must start with 'content-'/),
    ]);
    expect(await issues("9.1.0", { ...unserved, indexName: "content-a" })).toEqual([]);
    expect(await issues("8.19.0", { ...native, indexName: "search-a" })).toEqual([]);
  });

  test("a self-managed connector stays one", async () => {
    const message = [expect.stringMatching(/^native: can't become true/)];
    expect(await issues("8.19.0", native, { serviceType: "mongodb", native: false })).toEqual(message);
    expect(await issues("8.19.0", native, { serviceType: "mongodb" })).toEqual(message);
    expect(await issues("8.19.0", native, { serviceType: "mongodb", native: true })).toEqual([]);
  });

  test("fields by the server's version", async () => {
    expect(await issues("9.1.0", { serviceType: "mongodb", configuration: { hots: "h" } })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^configuration\.hots: .*did you mean 'host'/)]),
    );
  });
});
