// Property paths as Pulumi writes them: `a.b[0]["odd key"]`, with `*` for every key or index.

import { isPlainObject, isSecret, makeSecret, type PropertyMap, type Value } from "./property";

export type Path = (string | number)[];

export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[A-Za-z0-9_]*$/.test(part)) return `["${part.replaceAll('"', '\\"')}"]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

/** The parts of a path, or undefined when it can't be read. */
export function parsePath(text: string): Path | undefined {
  const path: Path = [];
  const token = /\.?\[(\d+)\]|\.?\["((?:[^"\\]|\\.)*)"\]|\.?\[(\*)\]|(?:^|\.)([^.[\]]+)/y;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return undefined;
    const [, index, quoted, star, name] = found;
    if (index !== undefined) path.push(Number(index));
    else path.push(quoted?.replaceAll('\\"', '"') ?? star ?? name ?? "");
  }
  return path;
}

/** Whether `path` covers `other`: is it, or an ancestor of it. */
export function covers(path: Path, other: Path): boolean {
  return path.length <= other.length && path.every((part, index) => part === "*" || part === other[index]);
}

export function getAt(map: PropertyMap, path: Path): Value | undefined {
  let current: Value | undefined = map;
  let secret = false;
  for (const part of path) {
    if (isSecret(current)) {
      secret = true;
      current = current.value;
    }
    if (typeof part === "number") current = Array.isArray(current) ? current[part] : undefined;
    else current = isPlainObject(current) ? current[part] : undefined;
  }
  return secret && current !== undefined ? makeSecret(current) : current;
}

/**
 * Puts the old value back at `path` in `next`, for `ignoreChanges`. False when the path can't be followed in both, as
 * with an element that only one of two arrays has.
 */
export function resetPath(path: Path, old: PropertyMap, next: PropertyMap): boolean {
  return reset(path, old, next, false, false);
}

function reset(path: Path, oldValue: Value, nextValue: Value, oldSecret: boolean, nextSecret: boolean): boolean {
  const [old, wasSecret] = unwrap(oldValue, oldSecret);
  const [next, isNowSecret] = unwrap(nextValue, nextSecret);
  const [part, ...rest] = path;
  if (part === undefined) return false;
  const kept = (value: Value): Value => (wasSecret && !isNowSecret ? makeSecret(value) : value);
  const deeper = (a: Value, b: Value): boolean => reset(rest, a, b, wasSecret, isNowSecret);

  if (part === "*") return resetAll(old, next, rest.length === 0, kept, deeper);
  if (typeof part === "number") {
    if (!Array.isArray(old) || !Array.isArray(next)) return !Array.isArray(old) && !Array.isArray(next);
    const before = old[part];
    const after = next[part];
    if (before === undefined && after === undefined) return rest.length === 0;
    if (before === undefined || after === undefined) return false;
    if (rest.length > 0) return deeper(before, after);
    next[part] = kept(before);
    return true;
  }
  if (rest.length === 0) {
    const before = isPlainObject(old) ? old[part] : undefined;
    if (!isPlainObject(next)) return before === undefined;
    if (before === undefined) delete next[part];
    else next[part] = kept(before);
    return true;
  }
  if (!isPlainObject(old) || !isPlainObject(next)) return !isPlainObject(old) && !isPlainObject(next);
  const before = old[part];
  const after = next[part];
  if (after === undefined) return before === undefined;
  return deeper(before ?? null, after);
}

function resetAll(
  old: Value,
  next: Value,
  last: boolean,
  kept: (value: Value) => Value,
  deeper: (old: Value, next: Value) => boolean,
): boolean {
  if (isPlainObject(old) && isPlainObject(next)) {
    if (!last) return Object.entries(old).every(([key, value]) => next[key] !== undefined && deeper(value, next[key]));
    for (const key of Object.keys(next)) if (!(key in old)) delete next[key];
    for (const [key, value] of Object.entries(old)) next[key] = kept(value);
    return true;
  }
  if (Array.isArray(old) && Array.isArray(next)) {
    const shared = old.slice(0, next.length);
    const followed = shared.every((value, index) => {
      if (!last) return deeper(value, next[index] ?? null);
      next[index] = kept(value);
      return true;
    });
    return followed && old.length === next.length;
  }
  return last && (Array.isArray(next) || isPlainObject(next));
}

function unwrap(value: Value, secret: boolean): [Value, boolean] {
  return isSecret(value) ? [value.value, true] : [value, secret];
}
