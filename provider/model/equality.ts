import { isRecord, isUnknown } from "./unknown";

/**
 * Structural equality of JSON values. A key whose value is `undefined` equals an absent key; an unknown equals nothing,
 * not even another unknown, so that it always counts as a change.
 */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (isUnknown(a) || isUnknown(b)) {
    return false;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => deepEqual(item, b[i]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => deepEqual(a[key], b[key]));
  }
  return Object.is(a, b);
}

/** Drops keys whose value is `undefined`, at every depth: the engine's wire format has no such value. */
export function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.filter((item) => item !== undefined).map(withoutUndefined) as T;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item)])) as T;
  }
  return value;
}
