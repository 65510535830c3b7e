// Types, analyzers and normalizers that the server doesn't have are refused before it is asked to map with them.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { UNKNOWN_TEXT } from "../../provider/host/values";
import type { Bag } from "../../provider/model/resource";
import { act, heard } from "../support/connectors";
import { hosted, made, planned, sent, updated, writes } from "../support/hosted";

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Index", server);
  notices = heard();
});
beforeEach(() => {
  notices.length = 0;
  server.control.clearRequests();
});
afterAll(() => server.close());

const NO_ANALYZER =
  "'mine' is an analyzer that is neither built in nor declared: correct it, or declare it below settings.analysis.analyzer. If your server has it all the same, elastic:preflight: warn lets it through";

test.each<[Bag, string]>([
  [
    { mappings: fields({ a: { type: "keywrod" } }) },
    "mappings.properties.a.type: 'keywrod' is no type of field that this package knows; did you mean 'keyword'?",
  ],
  [
    { mappings: fields({ a: { properties: { b: { type: "text", fields: { c: { type: "xyz" } } } } } }) },
    "mappings.properties.a.properties.b.fields.c.type: 'xyz' is no type of field that this package knows: correct it. If your server has it all the same, elastic:preflight: warn lets it through",
  ],
  [{ mappings: fields({ a: text("mine") }) }, `mappings.properties.a.analyzer: ${NO_ANALYZER}`],
  [
    { language: "da", mappings: fields({ a: { type: "text", search_analyzer: "iq_text_bas" } }) },
    "mappings.properties.a.search_analyzer: 'iq_text_bas' is an analyzer that is neither built in nor declared; did you mean 'iq_text_base'?",
  ],
  [
    { mappings: fields({ a: { type: "keyword", normalizer: "lowcase" } }) },
    "mappings.properties.a.normalizer: 'lowcase' is a normalizer that is neither built in nor declared; did you mean 'lowercase'?",
  ],
  [
    { mappings: { runtime: { day: { type: "text" } } } },
    "mappings.runtime.day.type: 'text' is no type of a runtime field: correct it. If your server has it all the same, elastic:preflight: warn lets it through",
  ],
  [
    { mappings: { dynamic_templates: [{ all: { match: "*", mapping: text("mine") } }] } },
    `mappings.dynamic_templates.0.all.mapping.analyzer: ${NO_ANALYZER}`,
  ],
])("%j is refused", async (declared, message) => {
  const { failures } = await provider.check({}, sent({ name: "fresh", ...declared }));
  expect(failures.map(({ reason }) => reason)).toEqual([message]);
});

test.each<Bag>([
  { language: "fr", mappings: fields({ a: text("q_prefix"), b: text("french"), c: text("default") }) },
  { settings: { analysis: { analyzer: { mine: custom() } } }, mappings: fields({ a: text("mine") }) },
  { settings: { "index.analysis.analyzer.my.own.type": "keyword" }, mappings: fields({ a: text("my.own") }) },
  { mappings: { dynamic_templates: [{ all: { mapping: { type: "{dynamic_type}", analyzer: "{name}" } } }] } },
  { mappings: fields({ a: text(UNKNOWN_TEXT) }) },
  { name: UNKNOWN_TEXT, mappings: fields({ a: text("mine") }) },
])("%j passes", async (declared) => {
  expect((await provider.check({}, sent({ name: "fresh", ...declared }))).failures).toEqual([]);
});

test("what an existing index has counts, whoever gave it; another name is refused before anything is sent", async () => {
  await act(server, "PUT", "/theirs", { settings: { analysis: { analyzer: { mine: custom() } } } });
  const adopted = await made(provider, sent({ name: "theirs", adopt: true }));
  const news = (analyzer: string) => sent({ name: "theirs", adopt: true, mappings: fields({ a: text(analyzer) }) });
  expect((await planned(provider, adopted, news("mime"))).failures).toEqual([
    "mappings.properties.a.analyzer: 'mime' is an analyzer that is neither built in nor declared; did you mean 'mine'?",
  ]);
  await updated(provider, adopted, news("mine"));
});

test("of an auto-named index the preview warns, also of what a sync has mapped otherwise, and the update sends nothing", async () => {
  const before = await made(provider, sent({ settings: { refresh_interval: "5s" } }));
  await act(server, "PUT", `/${before.id}/_mapping`, { properties: { b: { type: "long" } } });
  server.control.clearRequests();
  const refused: [Bag, string][] = [
    [fields({ a: text("mine") }), `mappings.properties.a.analyzer: ${NO_ANALYZER}`],
    [fields({ b: { type: "keyword" } }), "mappings.properties.b.type: declared 'keyword', found 'long' on the server."],
  ];
  for (const [mappings, message] of refused) {
    notices.length = 0;
    const news = sent({ settings: { refresh_interval: "9s" }, mappings });
    expect((await planned(provider, before, news)).failures).toEqual([]);
    expect(notices).toEqual([expect.stringContaining(`'pulumi up' will fail: ${message}`)]);
    const reason = message.replace(/ on the server\.$/, "");
    await expect(updated(provider, before, news)).rejects.toThrow(reason);
    expect(writes(server)).toEqual([]);
  }
});

function fields(properties: Bag): Bag {
  return { properties };
}

function text(analyzer: string): Bag {
  return { type: "text", analyzer };
}

function custom(): Bag {
  return { type: "custom", tokenizer: "standard" };
}
