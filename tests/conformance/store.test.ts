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
const some = (values: fc.Arbitrary<string>) => fc.option(fc.array(values, { maxLength: 3 }), { nil: undefined });
const question = fc.record({
  deleted: some(fc.constantFrom("true", "false")),
  index_name: some(word),
  name: some(word),
  service_type: some(fc.constantFrom("mongodb", "s3", "none")),
  containing: fc.option(fc.constantFrom("shop", "Shop", "opp", "o", "wiki", "s*p", "wi?i", "ße", "two", "*"), {
    nil: undefined,
  }),
  descending: fc.boolean(),
  from: fc.nat(10),
  size: fc.nat(20),
});

function filled(
  changes: readonly { id: string; source: Record<string, string | boolean> | undefined }[],
): DocumentStore {
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
  for (const { id, source } of changes) {
    if (source === undefined) store.remove(connectors, id);
    else store.put(connectors, id, source);
  }
  return store;
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
        for (const { containing, descending, from, size, ...fields } of asked) {
          const equals: Record<string, string[]> = {};
          for (const [field, values] of Object.entries(fields)) if (values !== undefined) equals[field] = values;
          // The indexes by name and type begin with the flag, as every question of the server does.
          if (equals.deleted === undefined) equals.deleted = ["true", "false"];
          const wanted: Lookup = { equals, containing, descending, sort: "index_name", from, size };
          const { total, documents } = store.lookup(connectors, wanted);
          expect({ total, ids: documents.map((each) => each.id) }).toEqual(scanned(store, wanted));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("a lookup among thousands finds every one of them, page by page", () => {
  const names = Array.from({ length: 3000 }, (_, n) => `index-${String((n * 7919) % 3000).padStart(4, "0")}`);
  const store = filled(names.map((name) => ({ id: name, source: { index_name: name, name: "Shop", deleted: false } })));
  for (const name of names.filter((_, n) => n % 3 === 0)) store.remove(connectors, name);
  const left = names.filter((_, n) => n % 3 !== 0).sort();
  for (const containing of [undefined, "Shop", "index-"]) {
    const seen: string[] = [];
    for (let from = 0; from < 2000; from += 130) {
      const page = store.lookup(connectors, {
        equals: { deleted: ["false"] },
        containing,
        sort: "index_name",
        from,
        size: 130,
      });
      expect(page.total).toBe(2000);
      seen.push(...page.documents.map((each) => each.id));
    }
    expect(seen).toEqual(left);
  }
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
