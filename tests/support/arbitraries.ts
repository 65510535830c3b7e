// Random bags of inputs, made from the schemas themselves, so that a new property is covered without a change here.

import fc from "fast-check";
import type { z } from "zod";
import type { Bag } from "../../provider/model/resource";
import { isRecord, isUnknown, UNKNOWN } from "../../provider/model/unknown";

// As keys of records and objects; never hidden ones, which the host keeps apart.
const names = fc.constantFrom("a", "b", "host", "password", "name", "value", "properties", "index", "_meta", "type");

/** Any bag that a schema accepts. */
export function bagOf(schema: z.ZodObject): fc.Arbitrary<Bag> {
  return fitting(schema) as fc.Arbitrary<Bag>;
}

/** A value that a schema accepts. */
export function fitting(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const def = schema._zod.def as { type: string };
  switch (def.type) {
    case "optional":
      return fitting((def as z.core.$ZodOptionalDef).innerType);
    case "string":
      return text(schema as z.ZodType);
    case "number":
      return fc.integer({ min: -3, max: 100 });
    case "boolean":
      return fc.boolean();
    case "enum":
      return fc.constantFrom(...Object.values((def as z.core.$ZodEnumDef).entries));
    case "array":
      return fc.array(fitting((def as z.core.$ZodArrayDef).element), { maxLength: 3 });
    case "record":
      return fc.dictionary(names, fitting((def as z.core.$ZodRecordDef).valueType), { maxKeys: 3 });
    case "union":
      return fc.oneof(...(def as z.core.$ZodUnionDef).options.map(fitting));
    case "object":
      return object((def as z.core.$ZodObjectDef).shape);
    case "unknown":
      return json;
    default:
      throw new Error(`no arbitrary for a schema of type ${def.type}`);
  }
}

/** Any JSON, with names that the schemas know among its keys. */
export const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>("a", "b", "", null, true, false, 0, 1, "1", "true", 2.5),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** A bag that is often nearly right: the schema's own, with some JSON in random places. */
export function nearly(schema: z.ZodObject): fc.Arbitrary<Bag> {
  const stray = fc.dictionary(names, json, { maxKeys: 2 });
  return fc
    .tuple(bagOf(schema), fc.array(fc.tuple(fc.nat(), json), { maxLength: 3 }), stray)
    .map(([bag, strays, more]) =>
      strays.reduce<Bag>((at, [place, value]) => replaced(at, place, value), { ...bag, ...more }),
    );
}

/** Puts unknowns in random places of a bag, at any depth. */
export function withUnknowns(bags: fc.Arbitrary<Bag>): fc.Arbitrary<Bag> {
  return fc
    .tuple(bags, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }))
    .map(([bag, picks]) => picks.reduce<Bag>((at, place) => replaced(at, place, UNKNOWN), bag));
}

type Path = (string | number)[];

/** The paths of all values in a bag. */
function places(value: unknown, path: Path = []): Path[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, i) => places(item, [...path, i]))
    : isRecord(value)
      ? Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))
      : [];
  return path.length > 0 ? [path, ...inner] : inner;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, key) => (isRecord(here) || Array.isArray(here) ? Reflect.get(here, key) : undefined),
    value,
  );
}

/** Whether a path leads to an unknown or passes one. */
export function meetsUnknown(bag: Bag, path: Path): boolean {
  return path.some((_, i) => isUnknown(at(bag, path.slice(0, i + 1))));
}

const TEXTS = [
  "a",
  "b",
  "search-a",
  "mongodb",
  "30d",
  "12h",
  "0 0 2 * * ?",
  "0 0 0 ? * MON",
  "x-1",
  "2026-01-02T03:04:05Z",
];

function text(schema: z.ZodType): fc.Arbitrary<string> {
  const accepted = TEXTS.filter((candidate) => schema.safeParse(candidate).success);
  if (accepted.length === 0) {
    throw new Error("no text among the candidates is accepted; add one");
  }
  return fc.constantFrom(...accepted);
}

function object(shape: z.core.$ZodShape): fc.Arbitrary<Bag> {
  const entries = Object.entries(shape);
  const required = entries.filter(([, schema]) => schema._zod.optin !== "optional").map(([name]) => name);
  return fc.record(Object.fromEntries(entries.map(([name, schema]) => [name, fitting(schema)])), {
    requiredKeys: required,
    noNullPrototype: true,
  });
}

function replaced(bag: Bag, place: number, value: unknown): Bag {
  const paths = places(bag);
  const path = paths[place % Math.max(1, paths.length)];
  return path ? (put(bag, path, value) as Bag) : bag;
}

function put(into: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) {
    return value;
  }
  if (Array.isArray(into)) {
    return into.map((item, i) => (i === key ? put(item, rest, value) : item));
  }
  return isRecord(into) ? { ...into, [key]: put(into[key as string], rest, value) } : into;
}
