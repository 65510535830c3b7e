/** Items in order, with their positions: a page of ten thousand costs what a page of a hundred costs. */
export interface SortedList<T> {
  add(item: T): void;
  /** Takes out the item that compares as equal. */
  remove(item: T): void;
  /** How many items lie at the start for which the test holds; it must hold for a leading run only. */
  rank(leads: (item: T) => boolean): number;
  /** The items from one position up to another. */
  slice(from: number, to: number): T[];
  size(): number;
}

const largest = 512;

/** Kept in chunks, so that adding moves a few hundred items at most. The first items come in order. */
export function sortedList<T>(compare: (a: T, b: T) => number, items: readonly T[] = []): SortedList<T> {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += largest) chunks.push(items.slice(at, at + largest));

  /** The chunk in which the leading run ends, and the place in it. */
  function end(leads: (item: T) => boolean): [number, number] {
    const at = firstFailing(chunks, (chunk) => leads(chunk[chunk.length - 1] as T));
    const chunk = chunks[at];
    return chunk === undefined ? [chunks.length, 0] : [at, firstFailing(chunk, leads)];
  }

  return {
    add(item) {
      const [found, place] = end((other) => compare(other, item) < 0);
      const at = found === chunks.length && found > 0 ? found - 1 : found;
      const chunk = chunks[at];
      if (chunk === undefined) return void chunks.push([item]);
      chunk.splice(at === found ? place : chunk.length, 0, item);
      if (chunk.length > largest) chunks.splice(at + 1, 0, chunk.splice(chunk.length >> 1));
    },
    remove(item) {
      const [at, place] = end((other) => compare(other, item) < 0);
      const chunk = chunks[at];
      const found = chunk?.[place];
      if (chunk === undefined || found === undefined || compare(found, item) !== 0) return;
      chunk.splice(place, 1);
      if (chunk.length === 0) chunks.splice(at, 1);
    },
    rank(leads) {
      const [at, place] = end(leads);
      let count = place;
      for (let each = 0; each < at; each++) count += chunks[each]?.length ?? 0;
      return count;
    },
    slice(from, to) {
      const found: T[] = [];
      let start = 0;
      for (const chunk of chunks) {
        if (start >= to) break;
        if (start + chunk.length > from) found.push(...chunk.slice(Math.max(0, from - start), to - start));
        start += chunk.length;
      }
      return found;
    },
    size: () => chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  };
}

function firstFailing<T>(items: readonly T[], test: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
