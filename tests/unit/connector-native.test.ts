// Native connectors on 8.x: becoming self-managed, those from before 8.13, and what only 9.x has.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { UNKNOWN_TEXT } from "../../provider/host/values";
import type { Bag } from "../../provider/model/resource";
import { act, bodies, documentOf, heard } from "../support/connectors";
import { hosted, made, planned, type Recorded, sent, updated, writes } from "../support/hosted";

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch({ version: "8.19" });
  provider = await hosted("Connector", server);
});
beforeEach(() => {
  notices = heard();
});
afterAll(() => server.close());

describe("becoming self-managed", () => {
  const warning = "becomes self-managed, which can't be undone; your own connectors service will have to run it";

  test.each([
    ["left-out", {}],
    ["false", { native: false }],
  ])("is told at the preview: native %s", async (connectorId, news) => {
    const state = await made(provider, native({ connectorId }));
    expect(notices).toEqual([]);
    const { failures, diff } = await planned(provider, state, sent({ serviceType: "mongodb", connectorId, ...news }));
    expect([failures, diff.replaces]).toEqual([[], []]);
    expect(notices).toEqual([warning]);
  });

  test("with keys of its own on or off, as declared: one write for a change, and none when nothing is declared", async () => {
    const converted = (features: Bag) => sent({ serviceType: "mongodb", connectorId: "converted", ...features });
    const keys = (on: boolean) => ({ features: { nativeConnectorApiKeys: on } });
    const enabled = () => documentOf(server, "converted")?.features;
    const before = await made(provider, native({ connectorId: "converted" }));
    server.control.clearRequests();
    const off = await updated(provider, before, converted(keys(false)));
    expect(writes(server).sort()).toEqual(["PUT /_connector/converted/_features", "PUT /_connector/converted/_native"]);
    expect(enabled()).toMatchObject({ native_connector_api_keys: { enabled: false } });

    server.control.clearRequests();
    const on = await updated(provider, off, converted(keys(true)));
    expect(writes(server)).toEqual(["PUT /_connector/converted/_features"]);
    expect(enabled()).toMatchObject({ native_connector_api_keys: { enabled: true } });

    server.control.clearRequests();
    await updated(provider, on, converted({}));
    expect(writes(server)).toEqual([]);
    expect(enabled()).toMatchObject({ native_connector_api_keys: { enabled: true } });
  });

  test("isn't told where nothing becomes so", async () => {
    const state = await made(provider, native({ connectorId: "stays" }));
    await planned(provider, state, native({ connectorId: "stays", name: "Other" }));
    const other = await made(provider, sent({ serviceType: "mongodb" }));
    await planned(provider, other, sent({ serviceType: "mongodb", native: false }));
    expect(notices).toEqual([]);
  });
});

describe("a native connector from before 8.13, which has no key of its own", () => {
  const refusal =
    "indexName: can't change before the connector has an API key of its own: set features.nativeConnectorApiKeys: true (it was made before 8.13)";
  const KEYS = { features: { nativeConnectorApiKeys: true } };

  test("keeps its index until keys are enabled", async () => {
    const state = await old("refused");
    server.control.clearRequests();
    expect((await planned(provider, state, moved("refused", {}))).failures).toEqual([refusal]);
    expect(
      (await planned(provider, state, moved("refused", { features: { incrementalSync: true } }))).failures,
    ).toEqual([refusal]);
    expect(writes(server)).toEqual([]);
  });

  test("is found by its index where it has no id declared", async () => {
    const { id, ...state } = await old(undefined);
    expect((await planned(provider, { id, ...state }, moved(undefined, {}, id))).failures).toEqual([refusal]);
  });

  test("keys first, then the index", async () => {
    const before = await old("first");
    const enabled = await updated(
      provider,
      before,
      native({ connectorId: "first", indexName: "search-first", ...KEYS }),
    );
    const after = await updated(provider, enabled, moved("first", {}));
    expect(documentOf(server, "first")).toMatchObject({ index_name: "search-moved-first" });
    expect(after.outputs.indexName).toBe("search-moved-first");
  });

  test("or both at once: the keys are enabled before the index changes", async () => {
    const before = await old("together");
    server.control.clearRequests();
    await updated(provider, before, moved("together", { ...KEYS, apiKeyId: "key" }));
    expect(writes(server)).toEqual([
      "PUT /_connector/together/_features",
      expect.stringMatching("^POST /\\.elastic-connectors-v1/_update/together\\?if_seq_no="),
    ]);
    expect(bodies(server, "together", "_features")).toEqual([
      { features: { native_connector_api_keys: { enabled: true } } },
    ]);
  });

  test("what isn't known yet isn't refused, nor what doesn't move, nor one that has its key", async () => {
    const state = await old("lenient");
    const judge = async (news: Bag) => (await planned(provider, state, news)).failures;
    expect(await judge(moved("lenient", { features: UNKNOWN_TEXT }))).toEqual([]);
    expect(await judge(moved("lenient", { features: { nativeConnectorApiKeys: UNKNOWN_TEXT } }))).toEqual([]);
    expect(await judge(native({ connectorId: "lenient", indexName: UNKNOWN_TEXT }))).toEqual([]);
    expect(await judge(native({ connectorId: "lenient", indexName: "search-lenient", name: "Other" }))).toEqual([]);
    expect(
      await judge(sent({ serviceType: "mongodb", connectorId: "lenient", indexName: "search-elsewhere" })),
    ).toEqual([]);
    const modern = await made(provider, native({ connectorId: "modern", indexName: "search-modern" }));
    expect((await planned(provider, modern, moved("modern", {}))).failures).toEqual([]);
  });

  /** As such a connector looks: its features say nothing of keys. */
  async function old(connectorId: string | undefined): Promise<Recorded> {
    const indexName = `search-${connectorId ?? "auto"}`;
    const state = await made(provider, native({ ...(connectorId ? { connectorId } : {}), indexName }));
    const source = server.control.store.connectors().find(({ id }) => id === state.id)?.source;
    const features = { sync_rules: { basic: { enabled: true }, advanced: { enabled: true } } };
    await act(server, "PUT", `/.elastic-connectors-v1/_doc/${state.id}`, { ...source, features });
    return state;
  }

  function moved(connectorId: string | undefined, more: Bag, id = connectorId): Bag {
    return native({ ...(connectorId ? { connectorId } : {}), indexName: `search-moved-${id}`.toLowerCase(), ...more });
  }
});

test("soft deletion doesn't exist yet", async () => {
  const { failures } = await provider.check({}, sent({ serviceType: "mongodb", deletion: "soft" }));
  expect(failures.map(({ reason }) => reason)).toEqual([
    "deletion: soft exists from 9.0 on, and the server is 8.19.5: leave it out",
  ]);
  expect((await provider.check({}, sent({ serviceType: "mongodb", deletion: "hard" }))).failures).toEqual([]);
});

function native(more: Bag): Bag {
  return sent({ serviceType: "mongodb", native: true, ...more });
}
