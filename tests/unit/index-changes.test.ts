// Changes of one index, against a development server in this process: what is told before, what is sent, what is refused.

import { type Elasticsearch as Server, startElasticsearch } from "../../embedded";
import { lookUpSetting } from "../../embedded/elasticsearch/indices/setting-registry";
import { connect, type Elasticsearch } from "../../provider/elasticsearch/connection";
import { checkAgainstServer, checkLocally } from "../../provider/lifecycle/check";
import { difference } from "../../provider/lifecycle/diff";
import { create, refresh, update } from "../../provider/lifecycle/reconcile";
import { sendNoticesTo } from "../../provider/model/notice";
import type { Bag } from "../../provider/model/resource";
import { UNKNOWN } from "../../provider/model/unknown";
import { resources } from "../../provider/resources";
import { isStatic } from "../../provider/resources/index/settings";

const definition = resources.Index;
const context = { project: "p", stack: "s", resource: "mine" };

let server: Server;
let es: Elasticsearch;
const notices: string[] = [];
beforeAll(async () => {
  server = await startElasticsearch();
  const { username, password } = server;
  es = connect({
    endpoints: [server.endpoint],
    auth: { username, password },
    requestTimeout: 10_000,
    preflight: "error",
  });
  sendNoticesTo(({ id, text }) => notices.push(`${id}: ${text}`));
});
beforeEach(() => {
  notices.length = 0;
  server.control.clearRequests();
});
afterAll(async () => {
  sendNoticesTo(() => {});
  await server.close();
});

describe("what needs no server to be refused", () => {
  const issues = (news: Bag) =>
    checkLocally(definition, news).map(({ path, message }) => `${path.join(".")}: ${message}`);

  test.each<[Bag, string]>([
    [{ adopt: true }, "adopt: needs the name of the index to take over"],
    [{ name: "a", aliases: { a: {} } }, "aliases.a: must not be the name of the index itself"],
    [{ aliases: { "a b": {} } }, 'aliases.a b: must not contain " "'],
    [{ aliases: { _a: {} } }, "aliases._a: must not start with '_', '-' or '+'"],
    [
      { aliases: { a: { routing: "1,2" } } },
      "aliases.a.routing: must be a single value: documents are written with it",
    ],
    [
      { aliases: { a: { writeIndex: true } } },
      "aliases.a.writeIndex: is not a known property; did you mean 'isWriteIndex'?",
    ],
    [
      { settings: { refresh_intervall: "5s" } },
      "settings.refresh_intervall: is not a known setting; did you mean 'refresh_interval'?",
    ],
    [
      { settings: { index: { numberOfShards: 1 } } },
      "settings.index.numberOfShards: is not a known setting; did you mean 'number_of_shards'?",
    ],
    [{ settings: { number_of_shards: 0 } }, "settings.number_of_shards: must be a whole number, at least 1"],
    [{ settings: { hidden: "yes" } }, "settings.hidden: must be true or false"],
    [{ settings: { refresh_interval: 5 } }, 'settings.refresh_interval: must be a time such as "30s", "5m", or -1'],
    [
      { settings: { auto_expand_replicas: "0" } },
      'settings.auto_expand_replicas: must be a range such as "0-3" or "0-all", or false',
    ],
    [{ settings: { "index.uuid": "x" } }, "settings.index.uuid: is set by the server and can't be declared"],
    [
      { mappings: { title: { type: "text" } } },
      "mappings.title: is not a part of mappings; fields go below 'properties'",
    ],
    [{ mappings: { propertees: {} } }, "mappings.propertees: is not a part of mappings; did you mean 'properties'?"],
    [{ mappings: { properties: { a: {} } } }, "mappings.properties.a: needs a type"],
    [
      { mappings: { properties: { a: "text" } } },
      'mappings.properties.a: must be an object such as { type: "keyword" }',
    ],
    [
      { mappings: { properties: { a: { type: "text", fields: [] } } } },
      "mappings.properties.a.fields: must be an object of fields",
    ],
    [{ mappings: { dynamic: "maybe" } }, "mappings.dynamic: must be one of true, false, strict, runtime"],
  ])("%j", (news, expected) => {
    expect(issues(news)).toEqual([expected]);
  });

  test("what may be right is left to the server, and what isn't known yet is left alone", () => {
    const fine = [
      {
        settings: {
          "plugin.setting": 1,
          refresh_interval: "-1",
          number_of_replicas: "2",
          hidden: null,
          "sort.field": ["a"],
        },
      },
      { settings: { analysis: { analyzer: { a: { type: "custom" } } }, "index.merge.policy.segments_per_tier": 5 } },
      {
        mappings: { _size: { enabled: true }, properties: { a: { type: "new_type", any: 1 }, b: { enabled: false } } },
      },
      { settings: { refresh_interval: UNKNOWN }, mappings: { properties: { a: UNKNOWN } }, aliases: { a: UNKNOWN } },
      { name: UNKNOWN, adopt: true, aliases: { A: { routing: "1", searchRouting: "1,2" } } },
    ];
    expect(fine.flatMap(issues)).toEqual([]);
  });

  test.each([
    "number_of_shards",
    "codec",
    "soft_deletes.enabled",
    "soft_deletes.retention.operations",
    "mapping.coerce",
    "mapping.depth.limit",
    "sort.field",
    "similarity.a.type",
    "refresh_interval",
    "store.type",
  ])("%s: static or dynamic as on the server", (name) => {
    expect(isStatic(`index.${name}`)).toBe(lookUpSetting(`index.${name}`)?.mutability !== "dynamic");
  });
});

describe("mappings", () => {
  test("what is declared no more: kept with a notice at preview, reset, or replaced", async () => {
    const olds = {
      name: "dropped",
      mappings: {
        dynamic: "strict",
        date_detection: false,
        runtime: { day: { type: "keyword" }, hour: { type: "long" } },
        _meta: { team: "a", tier: 1 },
        properties: {
          title: { type: "text", copy_to: "all", fields: { raw: { type: "keyword" } } },
          tag: { type: "keyword", ignore_above: 5 },
          all: { type: "text" },
          author: { properties: { name: { type: "keyword" }, mail: { type: "keyword" } } },
        },
      },
    };
    const made = await create(definition, es, olds, context);
    server.control.clearRequests();
    const news = {
      name: "dropped",
      mappings: {
        runtime: { hour: { type: "date" } },
        _meta: { tier: 2 },
        properties: {
          title: { type: "text" },
          tag: { type: "keyword" },
          all: { type: "text" },
          "author.name": { type: "keyword" },
        },
      },
    };
    expect(difference(definition, olds, news).replaces).toEqual([]);
    expect(await checkAgainstServer(definition, es, { olds, news, context })).toEqual([]);
    expect(notices).toEqual(["dropped: mapped fields can't be removed; kept: title.raw, author.mail"]);
    expect(writes()).toEqual([]);

    const outputs = await update(definition, es, made.id, made.outputs, news, context);
    expect(outputs).toMatchObject(news);
    expect(await mappings("dropped")).toEqual({
      dynamic: "true",
      date_detection: true,
      runtime: { hour: { type: "date" } },
      _meta: { tier: 2, "pulumi-elastic-connectors": expect.objectContaining(context) },
      properties: {
        title: { type: "text", fields: { raw: { type: "keyword" } } },
        tag: { type: "keyword" },
        all: { type: "text" },
        author: { properties: { name: { type: "keyword" }, mail: { type: "keyword" } } },
      },
    });
    expect(writes()).toEqual(["PUT /dropped/_mapping"]);
    await settled(made.id, news, outputs);
  });

  test.each<[string, object, object]>([
    ["type", { type: "text" }, { type: "keyword" }],
    ["field to object", { type: "keyword" }, { properties: { b: { type: "keyword" } } }],
    ["object to nested", { properties: {} }, { type: "nested" }],
    ["nested parameter", { type: "nested" }, { type: "nested", include_in_parent: true }],
    ["enabled", { type: "object" }, { type: "object", enabled: false }],
    ["analyzer", { type: "text" }, { type: "text", analyzer: "english" }],
    ["no analyzer any more", { type: "text", analyzer: "english" }, { type: "text" }],
    ["norms back", { type: "text", norms: false }, { type: "text", norms: true }],
    ["null_value", { type: "keyword" }, { type: "keyword", null_value: "x" }],
    ["format", { type: "date" }, { type: "date", format: "yyyy" }],
    ["doc_values", { type: "keyword" }, { type: "keyword", doc_values: false }],
    ["index", { type: "long" }, { type: "long", index: false }],
    ["sub-field", text({ raw: { type: "keyword" } }), text({ raw: { type: "text" } })],
  ])("a change of %s replaces", (_, before, after) => {
    const field = (a: object) => ({ mappings: { properties: { a } } });
    expect(difference(definition, field(before), field(after)).replaces).toEqual(["mappings"]);
  });

  test.each<[string, object, object]>([
    ["search analyzer", { type: "text" }, { type: "text", search_analyzer: "english" }],
    ["norms off", { type: "text" }, { type: "text", norms: false }],
    ["ignore_above", { type: "keyword", ignore_above: 5 }, { type: "keyword" }],
    ["copy_to", { type: "keyword", copy_to: "a" }, { type: "keyword", copy_to: ["a", "b"] }],
    ["meta", { type: "keyword" }, { type: "keyword", meta: { unit: "s" } }],
    ["dynamic", { type: "object", dynamic: "strict" }, { type: "object", dynamic: true }],
    ["a default that is spelt out", { type: "long" }, { type: "long", index: true, coerce: "true" }],
    [
      "another spelling of it",
      { properties: { b: { type: "long" } } },
      { type: "object", properties: { b: { type: "long" } } },
    ],
    ["a new sub-field", text(), text({ raw: { type: "keyword" } })],
  ])("a change of %s is made in place", (_, before, after) => {
    const field = (a: object) => ({ mappings: { properties: { a } } });
    expect(difference(definition, field(before), field(after)).replaces).toEqual([]);
  });

  test("a field that has become an object is drift, and what a field holds beside the declared is left as it is", async () => {
    const declared = { name: "turned", mappings: { properties: { a: { type: "keyword" }, b: { type: "keyword" } } } };
    await send("PUT", "/turned", {
      mappings: {
        _meta: { "pulumi-elastic-connectors": { ...context, nonce: "n" } },
        properties: { a: { properties: { x: { type: "long" } } }, b: { type: "keyword", null_value: "none" } },
      },
    });
    const seen = await refresh(definition, es, "turned", declared);
    expect(seen?.inputs.mappings).toEqual({
      properties: { a: { properties: { x: { type: "long" } } }, b: { type: "keyword" } },
    });
    expect(difference(definition, seen?.inputs ?? {}, declared).replaces).toEqual(["mappings"]);
    // Without the refresh nobody knew: refused with the place, before anything is sent.
    const news = { ...declared, settings: { refresh_interval: "5s" } };
    await expect(update(definition, es, "turned", declared, news, context)).rejects.toThrow(
      "could not change the mappings (Index 'turned'): mappings.properties.a.type: declared 'keyword', found 'object'",
    );
    expect(writes()).toEqual(["PUT /turned"]);
    const wider = { name: "turned", mappings: { properties: { b: { type: "keyword", ignore_above: 9 } } } };
    await update(definition, es, "turned", { ...declared, mappings: { properties: {} } }, wider, context);
    expect(await mappings("turned")).toMatchObject({ properties: { b: { null_value: "none", ignore_above: 9 } } });
  });
});

describe("adoption", () => {
  const judge = (news: Bag, olds: Bag = {}) => checkAgainstServer(definition, es, { olds, news, context });

  test("an index with another language, shards or fields is refused, each mismatch by its path", async () => {
    await create(definition, es, { name: "danish", language: "da" }, { project: "p", stack: "s", resource: "other" });
    await send("PUT", "/half", {
      settings: {
        analysis: { analyzer: { q_prefix: { type: "custom", tokenizer: "standard", filter: ["lowercase"] } } },
      },
    });
    const found = await judge({ name: "danish", adopt: true, language: "de", settings: { number_of_shards: 3 } });
    expect(found).toEqual([
      {
        path: ["settings", "number_of_shards"],
        message: expect.stringMatching(/^declared 3, found 2\. .*leave adopt out$/),
      },
      {
        path: ["language"],
        message: expect.stringMatching(/^declared 'de', found 'da'\. Declare what was found; or,/),
      },
    ]);
    const half = await judge({ name: "half", adopt: true, language: "de" });
    expect(half).toContainEqual({ path: ["settings", "number_of_shards"], message: saying("declared 2, found 1") });
    expect(half).toContainEqual({
      path: ["settings", "analysis", "analyzer", "q_prefix", "filter"],
      message: saying(`declared ["cjk_width","lowercase","asciifolding"], found ["lowercase"]`),
    });
    expect(half).toContainEqual({
      path: ["settings", "analysis", "filter", "front_ngram", "max_gram"],
      message: saying("declared 12, found nothing"),
    });
    expect(notices).toEqual([]);
    await expect(create(definition, es, { name: "danish", adopt: true, language: "de" }, context)).rejects.toThrow(
      "could not take over the index (Index 'danish'): language: declared 'de', found 'da'. What to do: declare what was found",
    );
  });

  test("what the language gives and can be changed is brought in, and our mark with it", async () => {
    const other = { project: "p", stack: "s", resource: "other" };
    const made = await create(definition, es, { name: "spoken", language: "da" }, other);
    await send("PUT", "/spoken/_settings", { auto_expand_replicas: null });
    await send("PUT", "/spoken/_mapping", { dynamic_templates: [] });
    const desired = { name: "spoken", language: "da", adopt: true };
    expect(await judge(desired)).toEqual([]);
    expect(notices).toEqual([
      expect.stringMatching(
        /^spoken: exists and is taken over from resource 'other' in stack 'p\/s', and changed: settings\.auto_expand_replicas: nothing -> '0-3'; mappings\.dynamic_templates: nothing -> \[/,
      ),
    ]);
    const adopted = await create(definition, es, desired, context);
    expect(await mappings("spoken")).toMatchObject({ dynamic_templates: [{ all_text_fields: {} }] });
    await settled("spoken", desired, adopted.outputs);

    // The resource that made it changes and deletes it no more, a refresh in between or not.
    const theirs = { name: "spoken", language: "da", settings: { refresh_interval: "9s" } };
    server.control.clearRequests();
    await expect(update(definition, es, "spoken", made.outputs, theirs, other)).rejects.toThrow(
      `could not change the index (Index 'spoken'): it belongs to ${OURS} by now`,
    );
    expect(writes()).toEqual([]);
    const seen = await refresh(definition, es, "spoken", made.outputs);
    await definition.remove(es, "spoken", seen?.outputs ?? {});
    expect(notices.at(-1)).toBe(`spoken: left alone: it belongs to ${OURS} by now`);
    await definition.remove(es, "spoken", adopted.outputs);
    expect(server.control.store.indices()).not.toContain("spoken");
  });

  test("one's own index is replaced as any other, with adopt left in the program", async () => {
    await create(definition, es, { name: "own", adopt: true, language: "en" }, context);
    // As the engine checks a replacement: with nothing before it.
    expect(await judge({ name: "own", adopt: true, language: "de" })).toEqual([]);
    expect(notices).toEqual([]);
  });

  test("one that somebody has made anew by hand keeps its documents, whatever was allowed for ours", async () => {
    const { outputs } = await create(definition, es, { name: "remade", forceDestroy: true }, context);
    await send("DELETE", "/remade", undefined);
    await send("PUT", "/remade/_doc/1", { a: 1 });
    await expect(definition.remove(es, "remade", outputs)).rejects.toThrow(
      "it doesn't bear the mark that it was made with, so somebody may have made it anew, and the index holds 1 document",
    );
    await send("DELETE", "/remade/_doc/1", undefined);
    await definition.remove(es, "remade", outputs);
    expect(server.control.store.indices()).not.toContain("remade");
  });

  test("without an index of the name it is made; an index with documents stays guarded", async () => {
    const { outputs } = await create(definition, es, { name: "fresh", adopt: true }, context);
    expect(writes()).toEqual(["PUT /fresh"]);
    await send("POST", "/fresh/_doc", { a: 1 });
    await expect(definition.remove(es, "fresh", outputs)).rejects.toThrow("holds 1 document");
    // Once it is ours nothing is adopted any more.
    expect(
      await judge({ name: "fresh", adopt: true, settings: { refresh_interval: "1s" } }, { name: "fresh" }),
    ).toEqual([]);
    expect(notices).toEqual([]);
  });
});

const OURS = `resource '${context.resource}' in stack '${context.project}/${context.stack}'`;

function saying(message: string): unknown {
  return expect.stringContaining(message);
}

function text(fields?: object): object {
  return fields ? { type: "text", fields } : { type: "text" };
}

async function settled(id: string, declared: Bag, outputs: Bag): Promise<void> {
  const seen = await refresh(definition, es, id, outputs);
  expect(difference(definition, seen?.inputs ?? {}, declared).changed).toEqual([]);
}

function writes(): string[] {
  return server.control.requests
    .filter(({ method, path }) => method !== "GET" && !/_(refresh|count|doc|has_privileges)$/.test(path))
    .map(({ method, path }) => `${method} ${path}`);
}

async function send(method: string, path: string, body: unknown): Promise<void> {
  await es.send({ method: method as "PUT", path: path.split("/").slice(1), body, what: "prepare the test" });
}

async function mappings(name: string): Promise<unknown> {
  const answer = await es.send<Record<string, { mappings: unknown }>>({ method: "GET", path: [name], what: "look" });
  return answer[name]?.mappings;
}
