// Structural comparison of property maps, as the engine does it when a provider leaves the answer open.

import { covers, formatPath, type Path, parsePath } from "./paths";
import { isObject, isPlainObject, type PropertyMap, reveal, revealMap, type Value } from "./property";

export type DiffKind = "add" | "update" | "delete" | "add-replace" | "update-replace" | "delete-replace";
/** Changed properties by path. */
export type DetailedDiff = Map<string, DiffKind>;

export interface DiffResult {
  changes: boolean;
  /** Names of properties that force a replacement. */
  replaceKeys: string[];
  /** Top-level properties that changed; known only when the engine compared. */
  changedKeys: string[];
  /** Undefined when the provider only said that something changed. */
  detailed: DetailedDiff | undefined;
  deleteBeforeReplace: boolean;
}

export const NO_CHANGES: DiffResult = {
  changes: false,
  replaceKeys: [],
  changedKeys: [],
  detailed: undefined,
  deleteBeforeReplace: false,
};

/** What differs between two maps. Secret marks don't count; null is the same as absent. */
export function compareMaps(old: PropertyMap, next: PropertyMap): DetailedDiff {
  const found: DetailedDiff = new Map();
  compareObjects([], revealMap(old), revealMap(next), found);
  return found;
}

export function equal(a: Value | undefined, b: Value | undefined): boolean {
  const found: DetailedDiff = new Map();
  compareValues([], a ?? null, b ?? null, found);
  return found.size === 0;
}

export function topLevelKeys(diff: DetailedDiff): string[] {
  const keys = [...diff.keys()].map((path) => parsePath(path)?.[0]);
  return [...new Set(keys.filter((key) => typeof key === "string"))];
}

export function needsReplacement(diff: DiffResult): boolean {
  return diff.replaceKeys.length > 0 || [...(diff.detailed?.values() ?? [])].some((kind) => kind.endsWith("-replace"));
}

/** The user's `replaceOnChanges`: acts on compared paths only, a provider that just says "changed" names none. */
export function applyReplaceOnChanges(diff: DiffResult, paths: string[], hasInitErrors: boolean): DiffResult {
  const wanted = paths.map(parsePath).filter((path) => path !== undefined);
  const isWanted = (path: Path): boolean => wanted.some((candidate) => covers(candidate, path));
  if (wanted.length === 0 || (!diff.changes && !hasInitErrors)) return diff;

  const detailed: DetailedDiff | undefined = diff.detailed && new Map(diff.detailed);
  for (const [path, kind] of detailed ?? []) {
    if (isWanted(parsePath(path) ?? [path])) detailed?.set(path, asReplace(kind));
  }
  const replaceKeys = new Set([...diff.replaceKeys, ...diff.changedKeys.filter((key) => isWanted([key]))]);
  const forInitErrors = hasInitErrors && isWanted(["#initerror"]);
  if (forInitErrors) replaceKeys.add("#initerror");
  return { ...diff, changes: diff.changes || forInitErrors, replaceKeys: [...replaceKeys], detailed };
}

/** The same differences seen from the other side: a refresh shows what came in, not what will be put back. */
export function invert(diff: DiffResult): DiffResult {
  const swap = (kind: DiffKind): DiffKind => {
    if (kind.startsWith("add")) return kind.replace("add", "delete") as DiffKind;
    if (kind.startsWith("delete")) return kind.replace("delete", "add") as DiffKind;
    return kind;
  };
  return { ...diff, detailed: diff.detailed && new Map([...diff.detailed].map(([path, kind]) => [path, swap(kind)])) };
}

function asReplace(kind: DiffKind): DiffKind {
  return kind.endsWith("-replace") ? kind : (`${kind}-replace` as DiffKind);
}

function compareObjects(path: Path, old: PropertyMap, next: PropertyMap, found: DetailedDiff): void {
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
    const before = old[key] ?? null;
    const after = next[key] ?? null;
    const here = [...path, key];
    if (before === null && after === null) continue;
    if (before === null) found.set(formatPath(here), "add");
    else if (after === null) found.set(formatPath(here), "delete");
    else compareValues(here, before, after, found);
  }
}

function compareValues(path: Path, before: Value, after: Value, found: DetailedDiff): void {
  const old = reveal(before);
  const next = reveal(after);
  if (Array.isArray(old) && Array.isArray(next)) {
    for (let index = 0; index < Math.max(old.length, next.length); index++) {
      const here = [...path, index];
      if (index >= old.length) found.set(formatPath(here), "add");
      else if (index >= next.length) found.set(formatPath(here), "delete");
      else compareValues(here, old[index] ?? null, next[index] ?? null, found);
    }
  } else if (isPlainObject(old) && isPlainObject(next)) {
    compareObjects(path, old, next, found);
  } else if (JSON.stringify(old) !== JSON.stringify(next)) {
    found.set(formatPath(path), "update");
  }
}

/** Equal with secret marks counting: a value that became secret is not the same state. */
export function identical(a: Value | undefined, b: Value | undefined): boolean {
  const left = a ?? null;
  const right = b ?? null;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => identical(item, right[index]));
  }
  if (isObject(left) && isObject(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => identical(left[key], right[key]));
  }
  return left === right;
}
