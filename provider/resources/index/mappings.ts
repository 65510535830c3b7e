import { deepEqual } from "../../model/equality";
import type { View } from "../../model/resource";
import { isRecord } from "../../model/unknown";
import { type Mark, markOf, withMark, withoutMark } from "../../ownership/marks";

export type Mappings = Record<string, unknown>;

/** Only what is declared is compared, and our mark in `_meta` is nobody's difference. */
export const mappingsView: View<Mappings> = {
  equal: (a, b) => deepEqual(loose(a ?? {}), loose(b ?? {})),
  of: (declared, live) => declaredPart(declared, live) as Mappings,
};

export function markedMappings(mappings: Mappings | undefined, mark: Mark): Mappings {
  return { ...mappings, _meta: withMark(isRecord(mappings?._meta) ? mappings._meta : undefined, mark) };
}

export function markOfMappings(mappings: unknown): Mark | undefined {
  return isRecord(mappings) ? markOf(mappings._meta) : undefined;
}

/** Mappings without our mark; nothing when there is nothing else. */
export function unmarkedMappings(mappings: Mappings | undefined): Mappings | undefined {
  const { _meta, ...rest } = mappings ?? {};
  const meta = isRecord(_meta) ? withoutMark(_meta) : {};
  const all = Object.keys(meta).length > 0 ? { ...rest, _meta: meta } : rest;
  return Object.keys(all).length > 0 ? all : undefined;
}

/** Whether a change alters what Elasticsearch can't change on an existing field. A removed field is no such change. */
export function changesFixedMapping(olds: unknown, news: unknown): boolean {
  return fieldsConflict(properties(olds), properties(news));
}

/** Names of fields that are declared no more. They stay in the index. */
export function removedFields(olds: unknown, news: unknown): string[] {
  return Object.keys(properties(olds)).filter((name) => !(name in properties(news)));
}

/** Parameters that Elasticsearch updates on an existing field. */
const UPDATABLE = new Set([
  "ignore_above",
  "ignore_malformed",
  "coerce",
  "dynamic",
  "meta",
  "search_analyzer",
  "boost",
  "eager_global_ordinals",
]);

function fieldsConflict(olds: Record<string, unknown>, news: Record<string, unknown>): boolean {
  return Object.entries(news).some(([name, field]) => name in olds && fieldConflicts(olds[name], field));
}

function fieldConflicts(before: unknown, after: unknown): boolean {
  if (!isRecord(before) || !isRecord(after)) {
    return !deepEqual(loose(before), loose(after));
  }
  const parameters = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const nested of ["properties", "fields"]) {
    parameters.delete(nested);
  }
  const fixed = [...parameters].some(
    (name) => !UPDATABLE.has(name) && !deepEqual(loose(before[name]), loose(after[name])),
  );
  return (
    fixed ||
    fieldsConflict(properties(before), properties(after)) ||
    fieldsConflict(subFields(before), subFields(after))
  );
}

function properties(mapping: unknown): Record<string, unknown> {
  return isRecord(mapping) && isRecord(mapping.properties) ? mapping.properties : {};
}

function subFields(mapping: Record<string, unknown>): Record<string, unknown> {
  return isRecord(mapping.fields) ? mapping.fields : {};
}

/**
 * The live mappings, cut down to what is declared. The server leaves defaults out, so a declared parameter that it
 * doesn't return holds; a declared field that it doesn't return is missing.
 */
function declaredPart(declared: unknown, live: unknown): unknown {
  if (live === undefined) {
    return declared;
  }
  if (isRecord(declared) && isRecord(live)) {
    const entries = Object.entries(declared).map(([key, item]) => [
      key,
      key === "properties" || key === "fields" ? fieldsPart(item, live[key]) : declaredPart(item, live[key]),
    ]);
    return Object.fromEntries(entries);
  }
  return deepEqual(loose(declared), loose(live)) ? declared : live;
}

function fieldsPart(declared: unknown, live: unknown): unknown {
  if (!isRecord(declared)) {
    return live;
  }
  const present = isRecord(live) ? live : {};
  const entries = Object.entries(declared).map(([name, field]) => [name, field, fieldAt(present, name)] as const);
  const there = entries.filter(([, , found]) => found !== undefined);
  return Object.fromEntries(there.map(([name, field, found]) => [name, declaredPart(field, found)]));
}

/** A field by its name. The server returns a dotted name as objects inside each other. */
function fieldAt(fields: Record<string, unknown>, name: string): unknown {
  if (name in fields) {
    return fields[name];
  }
  const [first = "", ...rest] = name.split(".");
  return rest.length > 0 && isRecord(fields[first]) ? fieldAt(properties(fields[first]), rest.join(".")) : undefined;
}

/** Booleans and numbers as the server prints them back, at any depth. */
function loose(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(loose);
  }
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, loose(item)]));
  }
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}
