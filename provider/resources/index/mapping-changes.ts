import { deepEqual } from "../../model/equality";
import { isRecord } from "../../model/unknown";
import {
  type Field,
  listed,
  loose,
  METADATA_DEFAULTS,
  mayChange,
  ROOT_DEFAULTS,
  STRUCTURE,
  sameParameter,
  typeOf,
} from "./mapping-rules";

export type Mappings = Record<string, unknown>;

/** Something that an existing index can't take. */
export interface Conflict {
  /** Below `mappings`. */
  path: string[];
  found: unknown;
  declared: unknown;
}

/** Mappings in which dotted names of fields are objects inside each other, as the server returns them. */
export function nested(mappings: unknown): Mappings {
  return isRecord(mappings) ? nestedIn(mappings) : {};
}

/** What of a change Elasticsearch can't do on an existing index. A field that is declared no more is no such thing. */
export function conflicts(before: unknown, after: unknown): Conflict[] {
  const [from, to] = [nested(before), nested(after)];
  return [...rootConflicts(from, to), ...inFields(from, to, "properties", [], fieldConflicts)];
}

/** Names of fields and sub-fields that are declared no more. They stay in the index, as do options of objects. */
export function removedFields(before: unknown, after: unknown): string[] {
  return keptIn(nested(before), nested(after), "");
}

/**
 * The declared mappings as the index would have them: with what isn't declared and is there, but without what was declared
 * (is recorded) and is so no more.
 */
export function completed(desired: unknown, recorded: unknown, live: unknown): Mappings {
  const [wanted, before, present] = [nested(desired), nested(recorded), nested(live)];
  const own = [...FIXED_AT_ROOT].map((name) => [name, rootMember(wanted[name], before[name], present[name])]);
  return { ...wanted, ...Object.fromEntries(own), properties: completedFields(wanted, before, present, "properties") };
}

/** Fields to write so that the declared ones hold: new ones, and differing ones with all that they are to have. */
export function fieldsToWrite(desired: unknown, recorded: unknown, live: unknown): Record<string, unknown> {
  const [wanted, before, present] = [nested(desired), nested(recorded), nested(live)];
  return toWrite(wanted, before, present, "properties");
}

/** What is dropped at the top of a mapping, and to what it returns. */
export function rootResets(desired: Mappings, recorded: Mappings, live: Mappings, base: Mappings): Mappings {
  const dropped = Object.keys(ROOT_DEFAULTS).filter(
    (name) => name in recorded && !(name in desired) && !FIXED_AT_ROOT.has(name),
  );
  const targets = dropped.map((name) => [name, base[name] ?? ROOT_DEFAULTS[name]] as const);
  return Object.fromEntries(
    targets.filter(([name, target]) => !deepEqual(loose(target), loose(live[name] ?? ROOT_DEFAULTS[name]))),
  );
}

/** What stands at the top of a mapping and holds for good. */
export const FIXED_AT_ROOT: ReadonlySet<string> = new Set(["enabled", "subobjects", "_source", "_routing"]);

export function members(of: unknown, kind: "properties" | "fields"): Record<string, unknown> {
  return isRecord(of) && isRecord(of[kind]) ? of[kind] : {};
}

type Kind = "properties" | "fields";

function nestedIn(field: Field): Field {
  const { properties, fields } = field;
  return {
    ...field,
    ...(isRecord(properties) ? { properties: nestedFields(properties, loose(field.subobjects) !== "false") } : {}),
    ...(isRecord(fields) ? { fields: nestedFields(fields, false) } : {}),
  };
}

function nestedFields(fields: Record<string, unknown>, split: boolean): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const inner = isRecord(field) ? nestedIn(field) : field;
    const [head = name, ...rest] = split && !/^\.|\.$|\.\./.test(name) ? name.split(".") : [name];
    const whole = rest.reduceRight<unknown>((below, step) => ({ properties: { [step]: below } }), inner);
    all[head] = Object.hasOwn(all, head) ? joined(all[head], whole) : whole;
  }
  return all;
}

function joined(a: unknown, b: unknown): unknown {
  if (!isRecord(a) || !isRecord(b)) {
    return b;
  }
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(keys.map((key) => [key, key in b ? joined(a[key], b[key]) : a[key]]));
}

function rootMember(wanted: unknown, before: unknown, present: unknown): unknown {
  if (isRecord(present)) {
    const stays = Object.entries(present).filter(([name]) => !(name in recordOf(before)));
    return { ...Object.fromEntries(stays), ...recordOf(wanted) };
  }
  return wanted ?? (before === undefined ? present : undefined);
}

function rootConflicts(before: Mappings, after: Mappings): Conflict[] {
  const plain = ["enabled", "subobjects"].flatMap((name) => {
    const [found, declared] = [before[name] ?? true, after[name] ?? true];
    return deepEqual(loose(found), loose(declared)) ? [] : [{ path: [name], found, declared }];
  });
  const metadata = Object.entries(METADATA_DEFAULTS).flatMap(([field, defaults]) =>
    metadataConflicts(field, recordOf(before[field]), recordOf(after[field]), defaults),
  );
  return [...plain, ...metadata];
}

function metadataConflicts(field: string, before: Field, after: Field, defaults: Field): Conflict[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [found, declared] = [before[name] ?? defaults[name], after[name] ?? defaults[name]];
    const asList = Array.isArray(defaults[name]) ? listed : (value: unknown) => value;
    // `_source` may be switched off, never on again.
    const off = field === "_source" && name === "enabled" && loose(declared) === "false";
    const same = deepEqual(loose(asList(found)), loose(asList(declared)));
    return same || off ? [] : [{ path: [field, name], found, declared }];
  });
}

function inFields<T>(
  before: unknown,
  after: unknown,
  kind: Kind,
  path: string[],
  judge: (before: Field, after: Field, path: string[]) => T[],
): T[] {
  const there = members(before, kind);
  return Object.entries(members(after, kind)).flatMap(([name, field]) => {
    const found = Object.hasOwn(there, name) ? there[name] : undefined;
    return isRecord(found) && isRecord(field) ? judge(found, field, [...path, kind, name]) : [];
  });
}

function fieldConflicts(before: Field, after: Field, path: string[]): Conflict[] {
  const [found, declared] = [typeOf(before), typeOf(after)];
  if (found !== declared) {
    return [{ path: [...path, "type"], found, declared }];
  }
  const own = parameters(before, after).filter(
    (name) => !sameParameter(name, before, after) && !mayChange(name, before, after),
  );
  return [
    ...own.map((name) => ({ path: [...path, name], found: before[name], declared: after[name] })),
    ...inFields(before, after, "properties", path, fieldConflicts),
    ...inFields(before, after, "fields", path, fieldConflicts),
  ];
}

function keptIn(before: Field, after: Field, prefix: string): string[] {
  return (["properties", "fields"] as const).flatMap((kind) => {
    const now = members(after, kind);
    return Object.entries(members(before, kind)).flatMap(([name, field]) => {
      const full = prefix + name;
      const still = Object.hasOwn(now, name) ? now[name] : undefined;
      if (still === undefined) {
        return [full];
      }
      if (!isRecord(field) || !isRecord(still)) {
        return [];
      }
      const option = "dynamic" in field && !("dynamic" in still) ? [`${full} (dynamic)`] : [];
      return [...option, ...keptIn(field, still, `${full}.`)];
    });
  });
}

function completedFields(wanted: Field, before: Field, present: Field, kind: Kind): Record<string, unknown> {
  const [recorded, live] = [members(before, kind), members(present, kind)];
  const entries = Object.entries(members(wanted, kind)).map(([name, field]) => [
    name,
    isRecord(field) && isRecord(live[name]) ? completedField(field, recordOf(recorded[name]), live[name]) : field,
  ]);
  return Object.fromEntries(entries);
}

function completedField(wanted: Field, before: Field, present: Field): Field {
  if (typeOf(wanted) !== typeOf(present)) {
    return wanted;
  }
  const below = (["properties", "fields"] as const)
    .filter((kind) => isRecord(wanted[kind]))
    .map((kind) => [kind, completedFields(wanted, before, present, kind)]);
  return { ...ownOf(wanted, before, present), ...Object.fromEntries(below) };
}

/** Parameters of a field. The server takes those that a definition leaves out as reset, so what is there goes along. */
function ownOf(wanted: Field, before: Field, present: Field): Field {
  const stays = (name: string) => !STRUCTURE.has(name) && (!(name in before) || name in wanted || keepsOnItsOwn(name));
  const there = Object.entries(present).filter(([name]) => stays(name));
  const declared = Object.entries(wanted).filter(([name]) => !STRUCTURE.has(name));
  return { type: typeOf(wanted), ...Object.fromEntries([...there, ...declared]) };
}

/** An object keeps what it was told until it is told otherwise. */
function keepsOnItsOwn(name: string): boolean {
  return name === "dynamic";
}

function toWrite(wanted: Field, before: Field, present: Field, kind: Kind): Record<string, unknown> {
  const [recorded, live] = [members(before, kind), members(present, kind)];
  const entries = Object.entries(members(wanted, kind)).flatMap(([name, field]) => {
    const there = Object.hasOwn(live, name) ? live[name] : undefined;
    const change = isRecord(there) && isRecord(field) ? fieldToWrite(field, recordOf(recorded[name]), there) : field;
    return change === undefined ? [] : [[name, change]];
  });
  return Object.fromEntries(entries);
}

function fieldToWrite(wanted: Field, before: Field, present: Field): Field | undefined {
  const own = ownOf(wanted, before, present);
  const below = (["properties", "fields"] as const)
    .map((kind) => [kind, toWrite(wanted, before, present, kind)] as const)
    .filter(([, change]) => Object.keys(change).length > 0);
  const same =
    typeOf(wanted) === typeOf(present) && parameters(own, present).every((name) => sameParameter(name, own, present));
  return same && below.length === 0 ? undefined : { ...own, ...Object.fromEntries(below) };
}

function parameters(a: Field, b: Field): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !STRUCTURE.has(name));
}

function recordOf(value: unknown): Field {
  return isRecord(value) ? value : {};
}
