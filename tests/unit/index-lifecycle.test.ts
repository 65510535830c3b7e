// An index on a development server, with the calls that an engine makes: what is kept, and what is refused.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { hosted, made, planned, refreshed, sent, updated, writes } from "../support/hosted";
import { ask } from "../support/stage";

let server: Elasticsearch;
let provider: HostedProvider;
let output: string;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Index", server);
});
afterAll(() => server.close());

beforeEach(() => {
  output = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

describe("retainOnDelete counts for an index with documents once it has been applied", () => {
  test.each([
    ["of an explicit name", { name: "kept" }, { name: "kept-anew" }, "name"],
    ["of a name of its own", { language: "en" }, { language: "de" }, "language"],
  ])("%s", async (_, args, changed, cause) => {
    const index = await withDocument(args);
    const refusal = `${cause}: its change replaces the index '${index.id}', but the index holds 1 document`;

    const atOnce = await planned(provider, index, sent(changed, { retained: true }));
    expect(`${atOnce.failures} ${output}`).toContain(refusal);

    const applied = await updated(provider, index, sent(args, { retained: true }));
    for (const retained of [applied, await refreshed(provider, applied)]) {
      // In the run that takes the option away the engine still keeps the old index.
      for (const context of [{ retained: true }, {}]) {
        expect(await planned(provider, retained, sent(changed, context))).toMatchObject({
          failures: [],
          diff: { replaces: [cause] },
        });
      }
    }

    const taken = await updated(provider, applied, sent(args));
    for (const free of [taken, await refreshed(provider, taken)]) {
      const { failures, diff } = await planned(provider, free, sent(changed, { retained: true }));
      expect(failures.length > 0 || diff.replaces?.length === 0).toBe(true);
    }
  });
});

describe("what the program leaves out stays as it is", () => {
  test("a fixed setting", async () => {
    const settings = { number_of_shards: 2, refresh_interval: "5s" };
    const index = await made(provider, sent({ name: "fixed", settings }));
    const rest = sent({ name: "fixed", settings: { refresh_interval: "5s" } });
    expect((await planned(provider, index, rest)).diff).toMatchObject({ replaces: [] });
    server.control.clearRequests();
    const less = await updated(provider, index, rest);
    expect(writes(server)).toEqual([]);
    expect(await liveSettings("fixed")).toMatchObject({ number_of_shards: "2" });
    expect(less.outputs.settings).toEqual({ refresh_interval: "5s" });

    // All of them left out: the dynamic one returns to its default, the fixed one is not even sent.
    await updated(provider, index, sent({ name: "fixed" }));
    expect(bodies()).toEqual([{ "index.refresh_interval": null }]);
    expect(await liveSettings("fixed")).toMatchObject({ number_of_shards: "2" });
  });

  test("the name, and naming it again", async () => {
    const named = await made(provider, sent({ name: "named" }));
    expect((await planned(provider, named, sent({}))).diff).toEqual({ changes: false });
    const auto = await made(provider, sent({}));
    expect((await planned(provider, auto, sent({ name: auto.id }))).diff).toEqual({ changes: false });
    expect((await planned(provider, auto, sent({ name: "another" }))).diff).toMatchObject({ replaces: ["name"] });
    expect((await planned(provider, named, sent({ name: "another" }))).diff).toMatchObject({ replaces: ["name"] });
  });
});

test("a setting over the language's that is declared no more returns to the language's", async () => {
  const settings = { auto_expand_replicas: "0-1", refresh_interval: "5s" };
  const index = await made(provider, sent({ name: "spoken", language: "en", settings }));
  expect(await liveSettings("spoken")).toMatchObject({ auto_expand_replicas: "0-1" });
  server.control.clearRequests();
  const plain = await updated(provider, index, sent({ name: "spoken", language: "en" }));
  expect(bodies()).toEqual([{ "index.auto_expand_replicas": "0-3", "index.refresh_interval": null }]);
  expect(await liveSettings("spoken")).toMatchObject({ auto_expand_replicas: "0-3" });
  expect((await planned(provider, plain, sent({ name: "spoken", language: "en" }))).diff).toEqual({ changes: false });
});

test("dotted names of fields: made, read back and compared as they are declared", async () => {
  const mappings = { properties: { "a.b": { type: "keyword" } } };
  const index = await made(provider, sent({ name: "dotted", mappings }));
  expect(index.outputs.mappings).toEqual(mappings);
  const { body } = await ask(server, "GET", "/dotted/_mapping");
  expect(body).toMatchObject({
    dotted: { mappings: { properties: { a: { properties: { b: { type: "keyword" } } } } } },
  });
  const { inputs } = await provider.read(index.id, index.outputs);
  expect(inputs?.mappings).toEqual(mappings);
});

async function withDocument(args: Bag) {
  const index = await made(provider, sent(args));
  expect((await ask(server, "POST", `/${index.id}/_doc`, { title: "one" })).status).toBe(201);
  return index;
}

/** What was sent to change settings. */
function bodies(): unknown[] {
  return server.control.requests
    .filter(({ method, path }) => method === "PUT" && /_settings$/.test(path))
    .map(({ body }) => body);
}

async function liveSettings(name: string): Promise<Record<string, unknown>> {
  const { body } = await ask(server, "GET", `/${name}/_settings`);
  return (body as Record<string, { settings: { index: Record<string, unknown> } }>)[name]?.settings.index ?? {};
}
