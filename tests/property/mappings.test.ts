// What the provider says of a change of mappings, against the development server's rules: a change in place succeeds and
// holds afterwards, and what is said to need a new index is refused.

import fc from "fast-check";
import { mergeMapping, parseMapping } from "../../embedded/elasticsearch/indices/mappings";
import type { JsonObject } from "../../embedded/elasticsearch/json";
import {
  type Conflict,
  completed,
  conflicts,
  type Mappings,
  removedFields,
} from "../../provider/resources/index/mapping-changes";
import { mappingsToWrite, mappingsView } from "../../provider/resources/index/mappings";

const RUNS = { numRuns: 300 };

test("a change in place succeeds and holds; one that replaces is refused", () => {
  const seen = { inPlace: 0, replaced: 0 };
  fc.assert(
    fc.property(pairs(), ([olds, news]) => {
      const live = parse(olds);
      const fixed = conflicts(olds, news);
      if (fixed.length > 0) {
        seen.replaced++;
        expect(fixed.every(forgotten) || refused(() => put(live, news))).toBe(true);
        return;
      }
      seen.inPlace++;
      const after = put(live, mappingsToWrite(news, olds, live));
      expectHeld(news, after);
      expect(mappingsToWrite(news, news, after)).toEqual({});
      // What the program names no more is still there.
      expect(removedFields(olds, after)).toEqual([]);
    }),
    RUNS,
  );
  expect(Math.min(seen.inPlace, seen.replaced)).toBeGreaterThan(RUNS.numRuns / 10);
});

test("the same beside whatever syncs, templates or people have added", () => {
  const seen = { inPlace: 0, refused: 0 };
  fc.assert(
    fc.property(pairs(), mappings, ([olds, news], others) => {
      fc.pre(!refused(() => put(parse(others), olds)));
      const live = put(parse(others), mappingsToWrite(olds, {}, parse(others)));
      const wanted = completed(news, olds, live);
      const fixed = conflicts(live, wanted);
      if (fixed.length > 0) {
        seen.refused++;
        expect(fixed.every(forgotten) || refused(() => put(live, wanted))).toBe(true);
        return;
      }
      seen.inPlace++;
      const after = put(live, mappingsToWrite(news, olds, live));
      expectHeld(news, after);
      // What was never declared stays as it was.
      expect(mappingsToWrite(undeclared(others, olds, news), {}, after)).toEqual({});
    }),
    RUNS,
  );
  expect(Math.min(seen.inPlace, seen.refused)).toBeGreaterThan(RUNS.numRuns / 20);
});

test("somebody's change of what is declared is seen and undone, or can't be", () => {
  const seen = { undone: 0 };
  fc.assert(
    fc.property(pairs(), ([declared, theirs]) => {
      const before = parse(declared);
      fc.pre(!refused(() => put(before, theirs)));
      const drifted = put(before, theirs);
      const view = mappingsView.of?.(declared, drifted);
      const body = mappingsToWrite(declared, declared, drifted);
      expect(mappingsView.equal(declared, view)).toBe(Object.keys(body).length === 0);
      if (Object.keys(body).length > 0 && conflicts(drifted, completed(declared, declared, drifted)).length === 0) {
        seen.undone++;
        expectHeld(declared, put(drifted, body));
      }
    }),
    RUNS,
  );
  expect(seen.undone).toBeGreaterThan(RUNS.numRuns / 20);
});

function expectHeld(declared: Mappings, live: Mappings): void {
  expect(mappingsView.of?.(declared, live)).toEqual(declared);
}

/** An option of an object or a metadata field that isn't declared any more. The server keeps it without a word; we don't. */
function forgotten({ path, declared }: Conflict): boolean {
  const [last = ""] = path.slice(-1);
  return (
    path[0] === "_source" ||
    path[0] === "_routing" ||
    (["enabled", "subobjects"].includes(last) && (declared === undefined || declared === true))
  );
}

/** Of somebody's mappings the fields, other than those that were declared. */
function undeclared(others: Mappings, ...declared: Mappings[]): Mappings {
  const names = new Set(
    declared.flatMap(({ properties }) => Object.keys(properties ?? {}).map((name) => name.split(".")[0])),
  );
  const properties = Object.entries(others.properties ?? {}).filter(([name]) => !names.has(name.split(".")[0]));
  return { properties: Object.fromEntries(properties) };
}

function parse(mappings: Mappings): Mappings {
  return parseMapping(structuredClone(mappings) as JsonObject, {});
}

function put(live: Mappings, change: Mappings): Mappings {
  return mergeMapping(structuredClone(live) as JsonObject, parse(change) as JsonObject);
}

function refused(attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch {
    return true;
  }
}

const flag = fc.constantFrom<unknown>(true, false, "true", "false");
const copies = fc.constantFrom<unknown>("c", ["c"], ["c", "d"]);
const limit = fc.constantFrom<unknown>(5, "5", 256, 2147483647);
const meta = fc.constantFrom({ unit: "s" }, {});
const analyzer = fc.constantFrom("standard", "english", "default");

function field(type: string, parameters: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  return fc
    .record(parameters, { requiredKeys: [], noNullPrototype: true })
    .map((given) => ({ type, ...few(given as Mappings) }));
}

// Fields with all their parameters set would never be alike.
function few(given: Mappings): Mappings {
  return Object.fromEntries(Object.entries(given).filter((_, i) => i < 3));
}

const keyword = field("keyword", {
  ignore_above: limit,
  doc_values: flag,
  norms: flag,
  null_value: fc.constantFrom<unknown>("x", "y"),
  split_queries_on_whitespace: flag,
  copy_to: copies,
  meta,
  index: flag,
});

const leaf = fc.oneof(
  keyword,
  field("text", {
    analyzer,
    search_analyzer: analyzer,
    norms: flag,
    fielddata: flag,
    index_options: fc.constantFrom("freqs", "positions"),
    term_vector: fc.constantFrom("no", "yes"),
    copy_to: copies,
    fields: fc.dictionary(fc.constantFrom("raw", "stem"), fc.oneof(keyword, field("text", { analyzer })), {
      maxKeys: 2,
    }),
  }),
  field("long", { coerce: flag, ignore_malformed: flag, index: flag, null_value: fc.constantFrom(1, 2), store: flag }),
  field("date", {
    format: fc.constantFrom("yyyy", "strict_date_optional_time||epoch_millis"),
    ignore_malformed: flag,
    meta,
  }),
  field("constant_keyword", { value: fc.constantFrom("x", "y") }),
);

const { fields } = fc.letrec<{ fields: unknown; object: unknown }>((tie) => ({
  fields: fc.dictionary(
    fc.constantFrom("a", "b", "c", "a.b", "b.c"),
    fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, leaf, tie("object")),
    { maxKeys: 3 },
  ),
  object: fc.oneof(
    fc.record(
      { properties: tie("fields"), dynamic: fc.constantFrom<unknown>(true, "false", "strict"), enabled: flag },
      { requiredKeys: ["properties"], noNullPrototype: true },
    ),
    fc.record(
      { type: fc.constantFrom("nested", "object"), properties: tie("fields"), dynamic: flag },
      { requiredKeys: ["type"], noNullPrototype: true },
    ),
    field("nested", { include_in_parent: flag, include_in_root: flag }),
  ),
}));

const template = (name: string, type: string) => ({ [name]: { match_mapping_type: "string", mapping: { type } } });

const root = fc.record(
  {
    properties: fields,
    dynamic: fc.constantFrom<unknown>(true, "true", false, "strict"),
    dynamic_templates: fc.constantFrom([], [template("t", "text")], [template("t", "keyword"), template("u", "text")]),
    date_detection: flag,
    numeric_detection: flag,
    runtime: fc.dictionary(fc.constantFrom("r", "s"), fc.constantFrom({ type: "long" }, { type: "keyword" }), {
      maxKeys: 2,
    }),
    _meta: fc.dictionary(fc.constantFrom("m", "n"), fc.constantFrom<unknown>(1, "x", { y: 1 }), { maxKeys: 2 }),
    _source: fc.constantFrom<unknown>({ enabled: true }, { enabled: false }, { excludes: ["a"] }, { excludes: "a" }),
    _routing: fc.constantFrom({ required: true }, { required: false }),
    enabled: fc.constantFrom(true, true, false),
  },
  { requiredKeys: ["properties"], noNullPrototype: true },
);

/** Mappings with which an index can be made. */
const mappings = root.filter((each) => !refused(() => parse(each as Mappings))) as fc.Arbitrary<Mappings>;

/** Two mappings of which the second keeps much of the first. */
function pairs(): fc.Arbitrary<[Mappings, Mappings]> {
  return fc
    .tuple(mappings, mappings, fc.infiniteStream(fc.integer({ min: 0, max: 5 })))
    .map(([a, b, dice]): [Mappings, Mappings] => [a, mixed(a, b, () => dice.next().value ?? 0) as Mappings])
    .filter(([, b]) => !refused(() => parse(b)));
}

function mixed(a: unknown, b: unknown, roll: () => number): unknown {
  if (isPlain(a) && isPlain(b)) {
    const entries = [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [
      key,
      mixed(a[key], b[key], roll),
    ]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  return roll() === 0 ? b : a;
}

function isPlain(value: unknown): value is Mappings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
