import { deepEqual } from "../../model/equality";
import type { View } from "../../model/resource";
import { isRecord } from "../../model/unknown";
import { type Mark, markOf, withMark, withoutMark } from "../../ownership/marks";
import { FIXED_AT_ROOT, fieldsToWrite, type Mappings, members, nested, rootResets } from "./mapping-changes";
import {
  alike,
  type Field,
  hasDefault,
  listed,
  loose,
  METADATA_DEFAULTS,
  ROOT_DEFAULTS,
  sameParameter,
  typeOf,
} from "./mapping-rules";

/** Only what is declared is compared, and our mark in `_meta` is nobody's difference. */
export const mappingsView: View<Mappings> = {
  equal: (a, b) => deepEqual(loose(nested(a)), loose(nested(b))),
  of: (declared, live) => declaredPart(declared, live ?? {}),
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

/**
 * The smallest `PUT /{index}/_mapping` after which the declared mappings hold, with what was declared and is so no more
 * back at its default, or at what the language gives. Empty when they hold.
 */
export function mappingsToWrite(
  desired: Mappings | undefined,
  recorded: Mappings | undefined,
  /** As the server has them, our mark included. */
  live: Mappings | undefined,
  base: Mappings = {},
): Mappings {
  const [wanted, before, present] = [desired ?? {}, recorded ?? {}, live ?? {}];
  const view = declaredPart(wanted, present);
  // Of a metadata field of a plugin we don't know what its absence means.
  const added = (name: string, value: unknown) => !(name in ROOT_DEFAULTS) && !same(value, before[name]);
  const differing = Object.entries(wanted).filter(
    ([name, value]) => !APART.has(name) && !FIXED_AT_ROOT.has(name) && (added(name, value) || !same(value, view[name])),
  );
  const switchedOff = ["_source"].filter((name) => name in wanted && !same(wanted[name], view[name]));
  const parts = {
    properties: fieldsToWrite(wanted, before, present),
    runtime: runtimeToWrite(recordOf(wanted.runtime), recordOf(before.runtime), recordOf(present.runtime)),
  };
  return {
    ...Object.fromEntries(differing),
    ...Object.fromEntries(switchedOff.map((name) => [name, { ...recordOf(present[name]), ...recordOf(wanted[name]) }])),
    ...rootResets(wanted, before, present, base),
    ...Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0)),
    ...metaToWrite(recordOf(wanted._meta), recordOf(before._meta), recordOf(present._meta)),
  };
}

const APART = new Set(["properties", "runtime", "_meta"]);

/** Runtime fields can be changed and removed: they take no part in the index. */
function runtimeToWrite(wanted: Field, before: Field, present: Field): Field {
  const differing = Object.entries(wanted).filter(([name, field]) => !sameRuntimeField(field, present[name]));
  const dropped = Object.keys(before).filter((name) => !(name in wanted) && name in present);
  return Object.fromEntries([...differing, ...dropped.map((name) => [name, null])]);
}

function sameRuntimeField(declared: unknown, found: unknown): boolean {
  return deepEqual(loose(runtimePart(declared, found)), loose(declared));
}

/** `_meta` is replaced as a whole by the server, so our mark and what others keep there go along. */
function metaToWrite(wanted: Field, before: Field, present: Field): { _meta?: Field } {
  const others = Object.entries(present).filter(([name]) => !(name in before) || name in wanted);
  const all = { ...Object.fromEntries(others), ...wanted };
  return deepEqual(all, present) ? {} : { _meta: all };
}

/**
 * The live mappings, cut down to what is declared. The server leaves defaults out, so a declared default that it doesn't
 * return holds; anything else that it doesn't return is missing.
 */
function declaredPart(declared: Mappings, live: Mappings): Mappings {
  const entries = Object.entries(declared).map(([name, value]): [string, unknown] => {
    switch (name) {
      case "properties":
        return [name, fieldsPart(value, live[name])];
      case "runtime":
        return [name, isRecord(value) ? present(value, recordOf(live[name]), runtimePart) : live[name]];
      case "_meta":
        return [name, metaPart(value, live[name])];
      default:
        return [name, rootPart(name, value, live[name])];
    }
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function rootPart(name: string, declared: unknown, live: unknown): unknown {
  const defaults = METADATA_DEFAULTS[name];
  if (defaults && isRecord(declared)) {
    const found = { ...defaults, ...recordOf(live) };
    const entries = Object.entries(declared).map(([key, value]) => [
      key,
      !(key in found) || same(listed(value), listed(found[key])) ? value : found[key],
    ]);
    return Object.fromEntries(entries);
  }
  const value = live ?? ROOT_DEFAULTS[name];
  if (value === undefined || same(declared, value)) {
    return declared;
  }
  return name === "dynamic_templates" && same(templates(declared), templates(value)) ? declared : live;
}

/** The server prints a list of one pattern as the pattern. */
function templates(value: unknown): unknown {
  return Array.isArray(value) ? value.map(template) : value;
}

function template(value: unknown): unknown {
  const entries = Object.entries(recordOf(value)).map(([name, definition]) => [
    name,
    Object.fromEntries(
      Object.entries(recordOf(definition)).map(([key, item]) => [key, /match/.test(key) ? listed(item) : item]),
    ),
  ]);
  return Object.fromEntries(entries);
}

function fieldsPart(declared: unknown, live: unknown): unknown {
  return isRecord(declared) ? present(declared, recordOf(live), fieldPart) : live;
}

/** Of the declared members those that are there. */
function present(
  declared: Record<string, unknown>,
  live: Record<string, unknown>,
  part: (declared: unknown, live: unknown) => unknown,
): Record<string, unknown> {
  const entries = Object.entries(declared).map(([name, field]) => [name, field, fieldAt(live, name)] as const);
  const there = entries.filter(([, , found]) => found !== undefined);
  return Object.fromEntries(there.map(([name, field, found]) => [name, part(field, found)]));
}

function fieldPart(declared: unknown, live: unknown): unknown {
  if (!isRecord(declared) || !isRecord(live)) {
    return same(declared, live) ? declared : live;
  }
  if (typeOf(declared) !== typeOf(live)) {
    return live;
  }
  const entries = Object.entries(declared).map(([name, value]): [string, unknown] => {
    if (name === "properties" || name === "fields") {
      return [name, fieldsPart(value, live[name])];
    }
    if (name === "type" || sameParameter(name, declared, live)) {
      return [name, value];
    }
    if (live[name] !== undefined) {
      return [name, live[name]];
    }
    return [name, hasDefault(name, declared) ? undefined : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A runtime field; the server fills in a script's language. */
function runtimePart(declared: unknown, live: unknown): unknown {
  return alike(declared, live) ? declared : live;
}

function metaPart(declared: unknown, live: unknown): unknown {
  if (isRecord(declared)) {
    const found = recordOf(live);
    const there = Object.entries(declared).filter(([name]) => found[name] !== undefined);
    return Object.fromEntries(there.map(([name, value]) => [name, same(value, found[name]) ? value : found[name]]));
  }
  return live;
}

/** A field by its name. The server returns a dotted name as objects inside each other. */
function fieldAt(fields: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(fields, name)) {
    return fields[name];
  }
  const [first = "", ...rest] = name.split(".");
  return rest.length > 0 && isRecord(fields[first])
    ? fieldAt(members(fields[first], "properties"), rest.join("."))
    : undefined;
}

function same(a: unknown, b: unknown): boolean {
  return deepEqual(loose(a), loose(b));
}

function recordOf(value: unknown): Field {
  return isRecord(value) ? value : {};
}
