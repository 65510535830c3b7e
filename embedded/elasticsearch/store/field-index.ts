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

/** All documents that a question finds, in the order it wants. */
interface Answer {
  readonly index: SortedIndex;
  readonly fits: (document: StoredDocument) => boolean;
}

export function fieldIndex({ sorted, fragments }: IndexedFields): FieldIndex {
  const indexes = sorted.map((fields): SortedIndex => ({ fields, entries: sortedList(compareEntries) }));
  const byFragment = fragmentIndex(fragments);
  /** By question, the one unused longest first. Kept up with every write, so that only a new question is searched. */
  const answers = new Map<string, Answer>();

  function answer(cut: Cut, wanted: Lookup, byId: ReadonlyMap<string, StoredDocument>): Answer {
    const question = JSON.stringify([wanted.equals, wanted.containing, wanted.sort]);
    const found = answers.get(question) ?? search(cut, wanted, byId);
    answers.delete(question);
    answers.set(question, found);
    const [oldest] = answers.keys();
    if (answers.size > remembered && oldest !== undefined) answers.delete(oldest);
    return found;
  }

  function search(cut: Cut, wanted: Lookup, byId: ReadonlyMap<string, StoredDocument>): Answer {
    const { equals, containing: text } = wanted;
    const contains = text === undefined ? undefined : containing(fragments, text);
    const fits = filterOf(indexes, equals, contains);
    const fields = cut.index.fields.slice(-1);
    const ids = text === undefined ? undefined : byFragment.candidates(text, cut.size / 8);
    const candidates = ids === undefined ? undefined : [...ids].flatMap((id) => byId.get(id) ?? []).filter(fits);
    const found =
      candidates?.map((each) => entryOf(each, fields)) ??
      scan(cut, filterOf(indexes, uncovered(cut, wanted), contains));
    return { index: { fields, entries: sortedList(bySortKey, found.sort(bySortKey)) }, fits };
  }

  return {
    change(before, after) {
      for (const index of indexes) replace(index, before, after);
      for (const { index, fits } of answers.values()) {
        replace(index, before, after !== undefined && fits(after) ? after : undefined);
      }
      const id = (after ?? before)?.id;
      if (id !== undefined) byFragment.change(id, before?.source, after?.source);
    },
    lookup(wanted, byId) {
      const cut = smallestCut(indexes, wanted);
      if (cut === undefined) throw new Error(`no index is sorted by ${wanted.sort}`);
      if (wanted.containing === undefined && uncovered(cut, wanted) === nothing) return fromRanges(cut, wanted);
      const { index } = answer(cut, wanted, byId);
      const size = index.entries.size();
      return fromRanges({ index, ranges: [[0, size]], size }, wanted);
    },
  };
}

const remembered = 32;
const nothing: Lookup["equals"] = {};

function replace(
  { fields, entries }: SortedIndex,
  before: StoredDocument | undefined,
  after: StoredDocument | undefined,
): void {
  if (before !== undefined) entries.remove(entryOf(before, fields));
  if (after !== undefined) entries.add(entryOf(after, fields));
}

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
  heads.sort(descending ? (a, b) => bySortKey(b, a) : bySortKey);
  const page = heads.slice(from, reach);
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

function scan({ index, ranges }: Cut, fits: (document: StoredDocument) => boolean): Entry[] {
  return ranges.flatMap(([from, to]) => index.entries.slice(from, to).filter(({ document }) => fits(document)));
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

/** By the last key alone, across what the leading ones tell apart. */
function bySortKey(a: Entry, b: Entry): number {
  return compareKeys(a.keys.at(-1), b.keys.at(-1)) || a.document.seqNo - b.document.seqNo;
}

function combinations(values: readonly (readonly Key[])[]): Key[][] {
  return values.reduce<Key[][]>(
    (all, choices) => all.flatMap((prefix) => [...new Set(choices)].map((choice) => [...prefix, choice])),
    [[]],
  );
}
