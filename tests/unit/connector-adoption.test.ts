// Taking over a connector that exists: what a preview lists, what is refused, and what stays.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { UNKNOWN_TEXT } from "../../provider/host/values";
import type { Bag } from "../../provider/model/resource";
import { act, change, documentOf, heard } from "../support/connectors";
import { hosted, made, planned, sent, updated, writes } from "../support/hosted";

const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies" };
const PIPELINE = { name: "p", extract_binary_content: true, reduce_whitespace: true, run_ml_inference: true };
const WAYS_ON = "Declare what was found; or, if it is this program's own and is to be replaced, leave adopt out";
const NIGHTLY = { enabled: true, interval: "0 0 2 * * ?" };

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
beforeEach(() => {
  notices = heard();
});
afterAll(() => server.close());

test("the differences are listed one by one, secrets without their values, and then made equal", async () => {
  await existing("listed", { name: "Old", index_name: "content-old" });
  await act(server, "PUT", "/_connector/listed/_configuration", {
    configuration: {
      ...Object.fromEntries(Object.entries(MONGODB).map(([name, value]) => [name, { label: name, value }])),
      user: { label: "user", value: "old-user" },
      password: { label: "password", value: "old-password", sensitive: true },
    },
  });
  await act(server, "PUT", "/_connector/listed/_pipeline", { pipeline: { ...PIPELINE, run_ml_inference: false } });
  const overrides = { depth: 1, db_password: "old-override" };
  const crawl = { name: "Weekly", ...NIGHTLY, configuration_overrides: overrides };
  await change(server, "listed", { custom_scheduling: { weekly: crawl } });
  const advanced = { find: { filter: { year: 1999 }, sort: ["year"] } };
  await act(server, "PUT", "/_connector/listed/_filtering", { advanced_snippet: { value: advanced } });

  const args = adopting("listed", {
    name: "New",
    description: "",
    indexName: "content-new",
    configuration: { ...MONGODB, host: "mongodb://two.example", password: "new-password" },
    scheduling: { full: NIGHTLY },
    pipeline: { name: "p" },
    customScheduling: { weekly: { name: "Weekly", ...NIGHTLY } },
    syncRules: { advanced: { find: { filter: { year: 2000 } } } },
    apiKeyId: UNKNOWN_TEXT,
  });
  server.control.clearRequests();
  expect(await refusals(args)).toEqual([]);
  expect(writes(server)).toEqual([]);
  expect(notices).toHaveLength(1);
  expect(lines(notices[0])).toEqual([
    "configuration.host",
    "configuration.password",
    "customScheduling.weekly.configurationOverrides.db_password",
    "customScheduling.weekly.configurationOverrides.depth",
    "features: nothing -> the default of a new one",
    "indexName: 'content-old' -> 'content-new'",
    "name: 'Old' -> 'New'",
    "pipeline.runMlInference: false -> nothing",
    "scheduling.full.enabled: false -> true",
    "scheduling.full.interval: '0 0 0 * * ?' -> '0 0 2 * * ?'",
    "syncRules.advanced.find.filter.year",
    "syncRules.advanced.find.sort",
  ]);
  expect(notices[0]).toMatch(/^exists and is taken over, and changed: /);

  const news = { ...args, apiKeyId: "key" };
  const state = await made(provider, news);
  expect(state.id).toBe("listed");
  expect(writes(server)).not.toContain("PUT /_connector/listed");
  expect(documentOf(server, "listed")).toMatchObject({
    name: "New",
    index_name: "content-new",
    api_key_id: "key",
    configuration: { host: { value: "mongodb://two.example" }, user: { value: "old-user" } },
    pipeline: PIPELINE,
    custom_scheduling: { weekly: { configuration_overrides: {} } },
  });
  notices.length = 0;
  expect((await planned(provider, state, news)).diff).toEqual({ changes: false });
  expect(notices).toEqual([]);
});

test("of a configuration only what differs has to be declared; what was declared once is missed", async () => {
  await existing("partial", {});
  const values = Object.entries({ ...MONGODB, user: "", password: "" }).map(([name, value]) => [
    name,
    { label: name, value },
  ]);
  await act(server, "PUT", "/_connector/partial/_configuration", { configuration: Object.fromEntries(values) });
  const state = await made(provider, adopting("partial", { configuration: { user: "me" } }));
  expect(documentOf(server, "partial")).toMatchObject({
    configuration: { host: { value: MONGODB.host }, user: { value: "me" } },
  });
  const more = await planned(provider, state, adopting("partial", { configuration: { user: "you" } }));
  expect(more.failures).toEqual([]);
  const whole = await updated(provider, state, adopting("partial", { configuration: { ...MONGODB, user: "you" } }));
  const { host: _, ...less } = MONGODB;
  const { failures } = await planned(provider, whole, adopting("partial", { configuration: less }));
  expect(failures).toEqual(["configuration.host: is required"]);
});

test("what isn't declared stays, and where nothing differs that is said", async () => {
  const given = { name: "Theirs", description: "Ours?", language: "en", index_name: "content-same" };
  await existing("same", given);
  await act(server, "PUT", "/_connector/same/_pipeline", { pipeline: { ...PIPELINE, name: "theirs" } });
  await act(server, "PUT", "/_connector/same/_features", { features: { incremental_sync: { enabled: true } } });
  const before = documentOf(server, "same");
  server.control.clearRequests();
  await made(provider, adopting("same", { name: "Theirs" }));
  expect(writes(server)).toEqual([]);
  expect(documentOf(server, "same")).toEqual(before);
  expect(notices).toEqual(["exists and is taken over; what is declared holds already"]);
});

test.each<[string, Bag, Bag, string]>([
  [
    "native",
    { native: true, allowUnservedNative: true },
    {},
    "native: declared true, found false; a self-managed connector stays one",
  ],
  ["language", { language: "de" }, { language: "en" }, "language: declared 'de', found 'en'"],
  ["no-language", { language: "de" }, {}, "language: declared 'de', found nothing"],
])("what can't be made equal is refused at preview and at up: %s", async (id, args, given, message) => {
  await existing(id, given);
  const before = documentOf(server, id);
  server.control.clearRequests();
  expect(await refusals(adopting(id, args))).toEqual([`${message}. ${WAYS_ON}`]);
  await expect(provider.create(adopting(id, { ...args, name: "Ours" }))).rejects.toThrow(
    `could not take over the connector (Connector '${id}'): ${message}. What to do: declare what was found, or choose another one.`,
  );
  expect(writes(server)).toEqual([]);
  expect(documentOf(server, id)).toEqual(before);
});

test("every reason at once", async () => {
  await existing("both", { language: "en" });
  const args = adopting("both", { native: true, allowUnservedNative: true, language: "de" });
  expect((await refusals(args)).map((reason) => reason.split(":")[0])).toEqual(["native", "language"]);
});

test("one that is native stays so while nothing is declared, and may be declared so later", async () => {
  await existing("born-native", { is_native: true, index_name: "content-born-native" });
  const state = await made(provider, adopting("born-native", {}));
  expect(documentOf(server, "born-native")).toMatchObject({ is_native: true });
  const news = adopting("born-native", { native: true, allowUnservedNative: true });
  server.control.clearRequests();
  await updated(provider, state, news);
  expect(writes(server)).toEqual([]);
});

test("one that isn't there is created", async () => {
  const args = adopting("fresh", { name: "Fresh" });
  expect(await refusals(args)).toEqual([]);
  server.control.clearRequests();
  await made(provider, args);
  expect(writes(server)[0]).toBe("PUT /_connector/fresh");
  expect(notices).toEqual([]);
});

test("one that is marked as deleted is created anew, with nothing of its former life", async () => {
  await existing("revived", { name: "Former", language: "en", index_name: "content-revived" });
  await act(server, "DELETE", "/_connector/revived");
  expect(documentOf(server, "revived")).toMatchObject({ deleted: true });
  await made(provider, adopting("revived", { language: "de" }));
  expect(documentOf(server, "revived")).toMatchObject({ deleted: false, language: "de", name: "" });
  expect(documentOf(server, "revived")).not.toHaveProperty("index_name");
  expect(notices).toEqual([]);
});

test("without saying which one it is refused; which one may be known later", async () => {
  expect(await refusals(sent({ serviceType: "mongodb", adopt: true }))).toEqual([
    "connectorId: is required with adopt: it says which connector to take over",
  ]);
  expect(await refusals(adopting(UNKNOWN_TEXT, {}))).toEqual([]);
  expect(await refusals(sent({ serviceType: "mongodb", adopt: false }))).toEqual([]);
});

test("a replacement that takes over another one lists it too", async () => {
  await existing("successor", { name: "Old", language: "en" });
  const state = await made(provider, adopting("predecessor", { name: "New" }));
  const replacing = await planned(provider, state, adopting("successor", { name: "New" }));
  expect([replacing.failures, replacing.diff.replaces]).toEqual([[], ["connectorId"]]);
  expect(notices).toEqual([expect.stringContaining("name: 'Old' -> 'New'")]);
  const { failures } = await planned(provider, state, adopting("successor", { language: "de" }));
  expect(failures).toEqual([`language: declared 'de', found 'en'. ${WAYS_ON}`]);
});

function adopting(connectorId: string, more: Bag): Bag {
  return sent({ serviceType: "mongodb", connectorId, adopt: true, ...more });
}

async function existing(id: string, body: Bag): Promise<void> {
  await act(server, "PUT", `/_connector/${id}`, { service_type: "mongodb", ...body });
}

async function refusals(args: Bag): Promise<string[]> {
  const { failures } = await provider.check({}, args);
  return failures.map(({ reason }) => reason);
}

function lines(notice: string | undefined): string[] {
  return (notice ?? "")
    .replace(/^.*?changed: /, "")
    .split("; ")
    .sort();
}
