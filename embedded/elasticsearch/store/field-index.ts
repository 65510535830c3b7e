import type { Lookup, LookupResult, StoredDocument } from "./document-store";
import { containing, fragmentIndex } from "./fragments";
import { compareKeys, type IndexedFields, type Key, type KeyField, keyOf } from "./indexed-fields";
import { type SortedList, sortedList } from "./sorted-list";

/** The secondary indexes of one index, kept up with every write. */
export interface FieldIndex {
  change(before: StoredDocument | undefined, after: StoredDocument | undefined): void;
  lookup(wanted: Lookup, byId: ReadonlyMap<string, StoredDocument>): LookupResult;
}

interface Entry {
  readonly keys: readonly Key[];
  readonly document: StoredDocument;
}

interface SortedIndex {
  readonly fields: readonly KeyField[];
  readonly entries: SortedList<Entry>;
}

/** The part of a sorted index that a lookup has to look at. */
interface Cut {
  readonly index: SortedIndex;
  readonly ranges: readonly (readonly [number, number])[];
  readonly size: number;
}

export function fieldIndex({ sorted, fragments }: IndexedFields): FieldIndex {
  const indexes = sorted.map((fields): SortedIndex => ({ fields, entries: sortedList(compareEntries) }));
  const byFragment = fragmentIndex(fragments);
  /** Filtered answers in full, for the next page of the same question; any write makes them worthless. */
  const recent = new Map<string, readonly StoredDocument[]>();

  function filtered(cut: Cut, wanted: Lookup, byId: ReadonlyMap<string, StoredDocument>): StoredDocument[] {
    const { containing: text, descending = false } = wanted;
    const contains = text === undefined ? undefined : containing(fragments, text);
    const ids = text === undefined ? undefined : byFragment.candidates(text, cut.size / 8);
    if (ids !== undefined) {
      const fits = filterOf(indexes, wanted.equals, contains);
      return ordered([...ids].flatMap((id) => byId.get(id) ?? []).filter(fits), cut.index, descending);
    }
    const fits = filterOf(indexes, uncovered(cut, wanted), contains);
    const found: StoredDocument[] = [];
    for (const [from, to] of cut.ranges) {
      for (const { document } of cut.index.entries.slice(from, to)) if (fits(document)) found.push(document);
    }
    // One range is in order already.
    if (cut.ranges.length > 1) return ordered(found, cut.index, descending);
    return descending ? found.reverse() : found;
  }

  return {
    change(before, after) {
      recent.clear();
      for (const { fields, entries } of indexes) {
        if (before !== undefined) entries.remove(entryOf(before, fields));
        if (after !== undefined) entries.add(entryOf(after, fields));
      }
      const id = (after ?? before)?.id;
      if (id !== undefined) byFragment.change(id, before?.source, after?.source);
    },
    lookup(wanted, byId) {
      const cut = smallestCut(indexes, wanted);
      if (cut === undefined) throw new Error(`no index is sorted by ${wanted.sort}`);
      if (wanted.containing === undefined && uncovered(cut, wanted) === nothing) return fromRanges(cut, wanted);
      const question = JSON.stringify([wanted.equals, wanted.containing, wanted.sort, wanted.descending]);
      const found = recent.get(question) ?? filtered(cut, wanted, byId);
      if (recent.size >= remembered) recent.clear();
      recent.set(question, found);
      return { total: found.length, documents: found.slice(wanted.from, wanted.from + wanted.size) };
    },
  };
}

const remembered = 32;
const nothing: Lookup["equals"] = {};

/** Of the indexes in the wanted order the one that leaves the fewest documents. */
function smallestCut(indexes: readonly SortedIndex[], { equals, sort }: Lookup): Cut | undefined {
  let best: Cut | undefined;
  for (const index of indexes) {
    const leading = index.fields.slice(0, -1);
    if (index.fields.at(-1)?.field !== sort || !leading.every(({ field }) => equals[field] !== undefined)) continue;
    const given = equals[sort] === undefined ? leading : index.fields;
    const prefixes = combinations(given.map(({ field }) => equals[field] ?? []));
    const ranges = prefixes.map((prefix): [number, number] => [
      index.entries.rank((entry) => comparePrefix(entry, prefix) < 0),
      index.entries.rank((entry) => comparePrefix(entry, prefix) <= 0),
    ]);
    const size = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
    const closer =
      best === undefined || size < best.size || (size === best.size && leading.length >= best.index.fields.length);
    if (closer) best = { index, ranges, size };
  }
  return best;
}

/** The conditions that the cut doesn't answer. */
function uncovered({ index }: Cut, { equals }: Lookup): Lookup["equals"] {
  const left = Object.entries(equals).filter(([name]) => index.fields.every(({ field }) => field !== name));
  return left.length === 0 ? nothing : Object.fromEntries(left);
}

function fromRanges(cut: Cut, { from, size, descending = false }: Lookup): LookupResult {
  const { entries } = cut.index;
  const [first, ...others] = cut.ranges;
  if (first === undefined) return { total: 0, documents: [] };
  if (others.length === 0) {
    const [start, end] = first;
    const page = descending
      ? entries.slice(Math.max(start, end - from - size), Math.max(start, end - from)).reverse()
      : entries.slice(Math.min(end, start + from), Math.min(end, start + from + size));
    return { total: cut.size, documents: page.map((each) => each.document) };
  }
  // Of each range only what can reach the page.
  const reach = from + size;
  const heads = cut.ranges.flatMap(([start, end]) =>
    descending ? entries.slice(Math.max(start, end - reach), end) : entries.slice(start, Math.min(end, start + reach)),
  );
  const page = heads.sort(bySortKey(descending)).slice(from, reach);
  return { total: cut.size, documents: page.map((each) => each.document) };
}

function filterOf(
  indexes: readonly SortedIndex[],
  equals: Lookup["equals"],
  contains: (source: StoredDocument["source"]) => boolean = () => true,
): (document: StoredDocument) => boolean {
  const known = new Map(indexes.flatMap(({ fields }) => fields.map((each) => [each.field, each] as const)));
  const tests = Object.entries(equals).map(([field, values]) => {
    const keyField = known.get(field) ?? { field };
    const among = new Set<Key>(values);
    return (source: StoredDocument["source"]) => among.has(keyOf(source, keyField));
  });
  return ({ source }) => tests.every((test) => test(source)) && contains(source);
}

function ordered(documents: readonly StoredDocument[], { fields }: SortedIndex, descending: boolean) {
  const entries = documents.map((document) => entryOf(document, fields));
  return entries.sort(bySortKey(descending)).map((each) => each.document);
}

function entryOf(document: StoredDocument, fields: readonly KeyField[]): Entry {
  return { keys: fields.map((field) => keyOf(document.source, field)), document };
}

function compareEntries(a: Entry, b: Entry): number {
  for (let at = 0; at < a.keys.length; at++) {
    const order = compareKeys(a.keys[at], b.keys[at]);
    if (order !== 0) return order;
  }
  return a.document.seqNo - b.document.seqNo;
}

function comparePrefix({ keys }: Entry, prefix: readonly Key[]): number {
  for (let at = 0; at < prefix.length; at++) {
    const order = compareKeys(keys[at], prefix[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function bySortKey(descending: boolean): (a: Entry, b: Entry) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => sign * (compareKeys(a.keys.at(-1), b.keys.at(-1)) || a.document.seqNo - b.document.seqNo);
}

function combinations(values: readonly (readonly Key[])[]): Key[][] {
  return values.reduce<Key[][]>(
    (all, choices) => all.flatMap((prefix) => [...new Set(choices)].map((choice) => [...prefix, choice])),
    [[]],
  );
}
