import { LANGUAGES, languageMappings, languageSettings } from "../../provider/resources/index/analysis";
import { conflicts, removedFields } from "../../provider/resources/index/mapping-changes";
import {
  mappingsView,
  markedMappings,
  markOfMappings,
  unmarkedMappings,
} from "../../provider/resources/index/mappings";
import { indexName } from "../../provider/resources/index/schema";
import {
  changesStaticSetting,
  flatSettings,
  settingsToWrite,
  settingsView,
  withoutServerSettings,
} from "../../provider/resources/index/settings";

const view = (declared: Record<string, unknown>, live: Record<string, unknown> | undefined) =>
  settingsView.of?.(declared, live);

describe("settings", () => {
  test("nested, dotted, prefixed, and numbers as text: all the same", () => {
    const spellings = [
      { number_of_replicas: 2, search: { idle: { after: "30s" } } },
      { "index.number_of_replicas": "2", "search.idle.after": "30s" },
      { index: { number_of_replicas: "2", "search.idle": { after: "30s" } } },
    ];
    for (const spelling of spellings) {
      expect(flatSettings(spelling)).toEqual({
        "index.number_of_replicas": "2",
        "index.search.idle.after": "30s",
      });
      expect(settingsView.equal(spelling, spellings[0])).toBe(true);
    }
    expect(settingsView.equal({ number_of_replicas: 2 }, { number_of_replicas: 3 })).toBe(false);
    expect(settingsView.equal({ hidden: true }, { hidden: "true" })).toBe(true);
    expect(settingsView.equal({ "sort.field": ["a", "b"] }, { "sort.field": ["b", "a"] })).toBe(false);
  });

  test("of the live settings only the declared ones count, in the user's spelling", () => {
    const live = {
      index: { number_of_replicas: "2", refresh_interval: "5s", analysis: { filter: { a: { min: "1" } } } },
    };
    expect(view({ number_of_replicas: 2 }, live)).toEqual({ number_of_replicas: 2 });
    expect(view({ number_of_replicas: 3 }, live)).toEqual({ number_of_replicas: "2" });
    expect(view({ "index.refresh_interval": "9s" }, live)).toEqual({ "index.refresh_interval": "5s" });
    expect(view({ analysis: { "filter.a": { min: 1 } } }, live)).toEqual({ analysis: { "filter.a": { min: 1 } } });
    expect(view({ codec: "best_compression", number_of_replicas: 2 }, live)).toEqual({ number_of_replicas: 2 });
    expect(view({ number_of_replicas: 2 }, undefined)).toEqual({});
  });

  test("only what differs is written; what is declared no more returns to its default", () => {
    const live = { "index.number_of_replicas": "2", "index.refresh_interval": "5s", "index.codec": "default" };
    expect(settingsToWrite({ number_of_replicas: 2 }, { number_of_replicas: 2 }, live)).toEqual({});
    expect(settingsToWrite({ number_of_replicas: 3 }, { number_of_replicas: 2, refresh_interval: "5s" }, live)).toEqual(
      {
        "index.number_of_replicas": "3",
        "index.refresh_interval": null,
      },
    );
    expect(settingsToWrite({}, { blocks: { write: true } }, live)).toEqual({});
    expect(settingsToWrite(undefined, undefined, live)).toEqual({});
  });

  test("what is declared no more returns to the value that the language gives", () => {
    const initial = languageSettings("en");
    const live = { "index.auto_expand_replicas": "0-1", "index.refresh_interval": "5s", "index.number_of_shards": "3" };
    const declared = { auto_expand_replicas: "0-1", index: { refresh_interval: "5s" }, number_of_shards: 3 };
    expect(settingsToWrite({}, declared, live, initial)).toEqual({
      "index.auto_expand_replicas": "0-3",
      "index.refresh_interval": null,
    });
    expect(settingsToWrite({}, declared, live)).toEqual({
      "index.auto_expand_replicas": null,
      "index.refresh_interval": null,
    });
    const there = { ...live, "index.auto_expand_replicas": "0-3" };
    expect(settingsToWrite({}, { auto_expand_replicas: "0-1" }, there, initial)).toEqual({});
    // Nobody declared it, so that it is nobody's business.
    expect(settingsToWrite({ refresh_interval: "5s" }, { refresh_interval: "5s" }, live, initial)).toEqual({});
  });

  test("a fixed setting that is declared no more isn't written", () => {
    const live = { "index.number_of_shards": "3", "index.codec": "best_compression" };
    expect(settingsToWrite({}, { number_of_shards: 3, codec: "best_compression" }, live)).toEqual({});
  });

  test("settings that are fixed at creation", () => {
    const changes = (before: object, after: object) => changesStaticSetting(before, after);
    expect(changes({ number_of_shards: 1 }, { number_of_shards: "1" })).toBe(false);
    expect(changes({ number_of_shards: 1 }, { index: { number_of_shards: 2 } })).toBe(true);
    expect(changes({}, { analysis: { analyzer: { a: { type: "custom" } } } })).toBe(true);
    // One that is declared no more stays as it is.
    expect(changes({ "sort.field": "a" }, {})).toBe(false);
    expect(changes({ number_of_replicas: 1 }, { number_of_replicas: 2, refresh_interval: "1s" })).toBe(false);
    expect(changes({}, { sorted: 1 })).toBe(false);
  });

  test("what the server adds by itself isn't part of the settings", () => {
    const live = {
      index: {
        uuid: "x",
        creation_date: "1",
        provided_name: "a",
        version: { created: "1" },
        routing: { allocation: { include: { _tier_preference: "data_content" }, require: { box: "a" } } },
        number_of_shards: "1",
      },
    };
    expect(withoutServerSettings(live)).toEqual({
      "index.number_of_shards": "1",
      "index.routing.allocation.require.box": "a",
    });
  });
});

describe("mappings", () => {
  const of = (declared: Record<string, unknown>, live: Record<string, unknown> | undefined) =>
    mappingsView.of?.(declared, live);
  const fields = (properties: Record<string, unknown>) => ({ properties });

  test("numbers and booleans count as the server prints them", () => {
    expect(mappingsView.equal({ dynamic: true }, { dynamic: "true" })).toBe(true);
    expect(mappingsView.equal(fields({ a: { ignore_above: 5 } }), fields({ a: { ignore_above: 6 } }))).toBe(false);
  });

  test("fields that syncs have added are nobody's difference", () => {
    const declared = fields({ a: { type: "text" } });
    const live = fields({ a: { type: "text" }, theirs: { type: "keyword" } });
    expect(of(declared, live)).toEqual(declared);
  });

  test("a default that the server leaves out holds; a field that it leaves out is missing", () => {
    const declared = { dynamic: "true", ...fields({ a: { type: "text", index: true }, b: { type: "text" } }) };
    expect(of(declared, fields({ a: { type: "text" } }))).toEqual({
      dynamic: "true",
      ...fields({ a: { type: "text", index: true } }),
    });
  });

  test("a drifted parameter shows as it is, sub-fields included", () => {
    const declared = fields({ a: { type: "text", fields: { raw: { type: "keyword", ignore_above: 5 } } } });
    const live = fields({ a: { type: "text", fields: { raw: { type: "keyword", ignore_above: 9 }, more: {} } } });
    expect(of(declared, live)).toEqual(
      fields({ a: { type: "text", fields: { raw: { type: "keyword", ignore_above: 9 } } } }),
    );
  });

  test("a dotted name is the field that the server returns inside objects", () => {
    const declared = fields({ "a.b": { type: "keyword" }, "c.d.e": { type: "text", index: true } });
    const live = fields({
      a: fields({ b: { type: "keyword" }, theirs: { type: "text" } }),
      c: fields({ d: fields({ e: { type: "text" } }) }),
    });
    expect(of(declared, live)).toEqual(declared);
    const drifted = fields({ a: fields({ b: { type: "long" } }), c: { type: "object" } });
    expect(of(declared, drifted)).toEqual(fields({ "a.b": { type: "long" } }));
    // Partly nested, as a program may spell it.
    const mixed = fields({ c: fields({ "d.e": { type: "text" } }) });
    expect(of(mixed, live)).toEqual(mixed);
    // A field that really has the name wins over one inside an object.
    const literal = fields({ "a.b": { type: "keyword" }, a: fields({ b: { type: "long" } }) });
    expect(of(fields({ "a.b": { type: "keyword" } }), literal)).toEqual(fields({ "a.b": { type: "keyword" } }));
  });

  test("what can't be changed on an existing field", () => {
    const changes = (before: object, after: object) =>
      conflicts(fields({ a: before }), fields({ a: after })).length > 0;
    expect(changes({ type: "text" }, { type: "keyword" })).toBe(true);
    expect(changes({ type: "text" }, { type: "text", analyzer: "x" })).toBe(true);
    expect(changes({ type: "keyword", ignore_above: 5 }, { type: "keyword", ignore_above: 6 })).toBe(false);
    expect(changes({ type: "text" }, { type: "text", fields: { raw: { type: "keyword" } } })).toBe(false);
    expect(changes({ properties: { b: { type: "text" } } }, { properties: { b: { type: "long" } } })).toBe(true);
    expect(
      changes(
        { type: "text", fields: { raw: { type: "keyword" } } },
        { type: "text", fields: { raw: { type: "long" } } },
      ),
    ).toBe(true);
    expect(conflicts(fields({ a: { type: "text" } }), fields({}))).toEqual([]);
    expect(conflicts(undefined, fields({ a: { type: "text" } }))).toEqual([]);
  });

  test("removed fields are named", () => {
    expect(removedFields(fields({ a: {}, b: {} }), fields({ b: {} }))).toEqual(["a"]);
    expect(removedFields(undefined, fields({ b: {} }))).toEqual([]);
  });

  test("our mark goes in and comes out, and leaves the user's own _meta alone", () => {
    const mark = { project: "p", stack: "s", resource: "r", nonce: "n" };
    const mappings = { dynamic: false, _meta: { mine: 1 } };
    const marked = markedMappings(mappings, mark);
    expect(markOfMappings(marked)).toEqual(mark);
    expect(unmarkedMappings(marked)).toEqual(mappings);
    expect(unmarkedMappings(markedMappings(undefined, mark))).toBeUndefined();
    expect(markOfMappings(mappings)).toBeUndefined();
  });
});

describe("languages", () => {
  test.each(LANGUAGES)("%s: every analyzer's filters exist", (language) => {
    const { analysis, number_of_shards, auto_expand_replicas } = languageSettings(language) as {
      analysis: { analyzer: Record<string, { filter: string[] }>; filter: Record<string, unknown> };
      number_of_shards: number;
      auto_expand_replicas: string;
    };
    const builtIn = ["cjk_width", "lowercase", "asciifolding", "cjk_bigram"];
    const defined = [...Object.keys(analysis.filter), ...builtIn];
    for (const { filter } of Object.values(analysis.analyzer)) {
      expect(defined).toEqual(expect.arrayContaining(filter));
    }
    expect([number_of_shards, auto_expand_replicas]).toEqual([2, "0-3"]);
  });

  test("every analyzer of the mappings is among the settings", () => {
    const named = [...JSON.stringify(languageMappings()).matchAll(/"(?:search_)?analyzer":"(\w+)"/g)].map(
      ([, name]) => name,
    );
    const { analysis } = languageSettings("en") as { analysis: { analyzer: object } };
    expect(Object.keys(analysis.analyzer).sort()).toEqual([...new Set(named)].sort());
  });
});

describe("index names", () => {
  const verdict = (name: string) => {
    const result = indexName.safeParse(name);
    return result.success ? "fine" : result.error.issues[0]?.message;
  };

  test.each(["a", "search-mongodb", ".hidden", "logs+2024", "a_b.c-d", "é"])("%s is fine", (name) => {
    expect(verdict(name)).toBe("fine");
  });

  test.each([
    ["", "must not be empty"],
    ["Search", "must be lower case"],
    ["_a", "must not start with '_', '-' or '+'"],
    ["-a", "must not start with '_', '-' or '+'"],
    ["+a", "must not start with '_', '-' or '+'"],
    [".", "must not be '.' or '..'"],
    ["..", "must not be '.' or '..'"],
    ["a b", 'must not contain " "'],
    ["a*", 'must not contain "*"'],
    ["a,b", 'must not contain ","'],
    ["a#", 'must not contain "#"'],
    ["a:b", 'must not contain ":"'],
    ["é".repeat(128), "must be at most 255 bytes long"],
  ])("%j is refused", (name, message) => {
    expect(verdict(name)).toBe(message);
  });
});
