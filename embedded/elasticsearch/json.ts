/** JSON values as they travel over HTTP and lie in the store. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A deep copy; several times faster than `structuredClone`, which has to think of more than JSON. */
export function clone<T extends Json>(value: T): T {
  return copied(value) as T;
}

function copied(value: Json): Json {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)]));
}

export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
  }
  return false;
}

/** The merge of a partial document: objects recurse, everything else (arrays and null included) replaces. */
export function deepMerge(target: JsonObject, changes: JsonObject): JsonObject {
  const merged: JsonObject = { ...target };
  for (const [key, change] of Object.entries(changes)) {
    const current = merged[key];
    merged[key] = isObject(current) && isObject(change) ? deepMerge(current, change) : clone(change);
  }
  return merged;
}

/** Drops members whose value is undefined, so that absent stays absent in stored documents. */
export function compact(members: Record<string, Json | undefined>): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(members)) if (value !== undefined) result[key] = value;
  return result;
}
