import fc from "fast-check";
import type { DocumentStore, Lookup, StoredDocument } from "../../embedded/elasticsearch/store/document-store";
import { memoryStore } from "../../embedded/elasticsearch/store/memory-store";

const connectors = ".elastic-connectors-v1";

const word = fc.constantFrom("shop", "Shop", "shopping", "sho", "a", "b-shop", "Wiki", "wiki two", "", "Straße*");
const source = fc.record(
  {
    index_name: word,
    name: word,
    service_type: fc.constantFrom("mongodb", "s3"),
    description: word,
    deleted: fc.boolean(),
  },
  { requiredKeys: [] },
);
const change = fc.record({ id: fc.nat(40).map((n) => `c${n}`), source: fc.option(source, { nil: undefined }) });
const some = (values: fc.Arbitrary<string>) =>
  fc.option(fc.array(values, { maxLength: 3 }), { nil: undefined, freq: 1 });
const conditions = {
  deleted: some(fc.constantFrom("true", "false")),
  index_name: some(word),
  name: some(word),
  service_type: some(fc.constantFrom("mongodb", "s3", "none")),
};
const textAndPage = {
  containing: fc.option(fc.constantFrom("shop", "Shop", "opp", "o", "wiki", "s*p", "wi?i", "ße", "two", "*"), {
    nil: undefined,
  }),
  descending: fc.boolean(),
  from: fc.nat(10),
  size: fc.nat(20),
};
const question = fc.record({ ...conditions, ...textAndPage });

type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;
type Changes = readonly { id: string; source: Record<string, string | boolean> | undefined }[];

function filled(changes: Changes): DocumentStore {
  const store = memoryStore();
  const metadata = {
    name: connectors,
    uuid: "u",
    creationDate: 0,
    settings: {},
    mappings: {},
    aliases: {},
    closed: false,
  };
  store.saveIndex(metadata);
  apply(store, changes);
  return store;
}

function apply(store: DocumentStore, changes: Changes): void {
  for (const { id, source } of changes) {
    if (source === undefined) store.remove(connectors, id);
    else store.put(connectors, id, source);
  }
}

function expectScanned(store: DocumentStore, { containing, descending, from, size, ...fields }: Question): void {
  const equals: Record<string, string[]> = {};
  for (const [field, values] of Object.entries(fields)) if (values !== undefined) equals[field] = values;
  // The indexes by name and type begin with the flag, as every question of the server does.
  if (equals.deleted === undefined) equals.deleted = ["true", "false"];
  const wanted: Lookup = { equals, containing, descending, sort: "index_name", from, size };
  const { total, documents } = store.lookup(connectors, wanted);
  expect({ total, ids: documents.map((each) => each.id) }).toEqual(scanned(store, wanted));
}

/** The answer found the slow way, by reading everything. */
function scanned(store: DocumentStore, wanted: Lookup): { total: number; ids: string[] } {
  const value = ({ source }: StoredDocument, field: string) => {
    const found = source[field];
    return found === undefined ? (field === "deleted" ? "false" : undefined) : String(found);
  };
  const found = [...store.documents(connectors)].filter(
    (document) =>
      Object.entries(wanted.equals).every(([field, values]) => values.includes(value(document, field))) &&
      (wanted.containing === undefined || mentions(document, wanted.containing)),
  );
  found.sort((a, b) => {
    const [left, right] = [value(a, "index_name"), value(b, "index_name")];
    const order =
      left === right ? a.seqNo - b.seqNo : left === undefined ? 1 : right === undefined ? -1 : left < right ? -1 : 1;
    return wanted.descending === true ? -order : order;
  });
  return { total: found.length, ids: found.slice(wanted.from, wanted.from + wanted.size).map((each) => each.id) };
}

function mentions({ source }: StoredDocument, text: string): boolean {
  const escaped = text
    .replace(/[.+^${}()|[\]\\/]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const names = [source.index_name, source.name].some(
    (value) => typeof value === "string" && new RegExp(escaped, "su").test(value),
  );
  const words =
    typeof source.description === "string" ? source.description.toLowerCase().split(/[^\p{L}\p{N}_']+/u) : [];
  return names || words.some((word) => word !== "" && new RegExp(escaped.toLowerCase(), "su").test(word));
}

test("lookups answer what reading everything would, after any writes", () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 80 }),
      fc.array(question, { minLength: 1, maxLength: 5 }),
      (changes, asked) => {
        const store = filled(changes);
        for (const each of asked) expectScanned(store, each);
      },
    ),
    { numRuns: 500 },
  );
});

test("what is asked again and again between writes is answered as if it were read anew", () => {
  // Few questions are asked often, or more than are remembered; with another text, page or direction, too.
  const questions = fc.oneof(
    fc.array(question, { minLength: 1, maxLength: 4 }),
    fc.array(question, { minLength: 40, maxLength: 60 }),
  );
  const step = fc.oneof(
    fc.record({ write: fc.array(change, { minLength: 1, maxLength: 10 }) }),
    fc.record({ ask: fc.nat(), anew: fc.record(textAndPage, { requiredKeys: [] }) }),
  );
  fc.assert(
    fc.property(
      questions,
      fc.array(change, { maxLength: 80 }),
      fc.array(step, { maxLength: 60 }),
      (known, changes, steps) => {
        const store = filled(changes);
        for (const each of known) expectScanned(store, each);
        for (const each of steps) {
          if ("write" in each) apply(store, each.write);
          else expectScanned(store, { ...(known[each.ask % known.length] as Question), ...each.anew });
        }
        for (const each of known) expectScanned(store, each);
      },
    ),
    { numRuns: 300 },
  );
});

test("a lookup among thousands finds every one of them, page by page, and those written since", () => {
  const names = Array.from({ length: 3000 }, (_, n) => `index-${String((n * 7919) % 3000).padStart(4, "0")}`);
  const written = names.map((name) => ({ id: name, source: { index_name: name, name: "Shop", deleted: false } }));
  const store = filled(written);
  const expectAll = (ids: string[]) => {
    for (const containing of [undefined, "Shop", "index-"]) {
      const seen: string[] = [];
      for (let from = 0; from < ids.length; from += 130) {
        const equals = { deleted: ["false"] };
        const page = store.lookup(connectors, { equals, containing, sort: "index_name", from, size: 130 });
        expect(page.total).toBe(ids.length);
        seen.push(...page.documents.map((each) => each.id));
      }
      expect(seen).toEqual(ids);
    }
  };
  const third = written.filter((_, n) => n % 3 === 0);
  for (const { id } of third) store.remove(connectors, id);
  expectAll(names.filter((_, n) => n % 3 !== 0).sort());
  apply(store, third);
  expectAll(names.toSorted());
});

test("aliases lead to their indices until they are taken away", () => {
  const store = memoryStore();
  const index = (name: string, aliases: string[]) => ({
    name,
    uuid: name,
    creationDate: 0,
    settings: {},
    mappings: {},
    aliases: Object.fromEntries(aliases.map((alias) => [alias, {}])),
    closed: false,
  });
  store.saveIndex(index("a", ["x", "y"]));
  store.saveIndex(index("b", ["x"]));
  expect(store.behindAlias("x").map(({ name }) => name)).toEqual(["a", "b"]);
  store.saveIndex(index("a", ["y"]));
  store.dropIndex("b");
  expect(store.behindAlias("x")).toEqual([]);
  expect(store.behindAlias("y").map(({ name }) => name)).toEqual(["a"]);
});
