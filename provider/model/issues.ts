import type { z } from "zod";
import { nearest } from "../text/nearest";
import { containsUnknown, isRecord, isUnknown } from "./unknown";

/** Something wrong with what the user declared: where, and a lower-case clause that says which rule it breaks. */
export interface Issue {
  path: (string | number)[];
  message: string;
}

/** A path as the user would write it. */
export function pathText(path: (string | number)[]): string {
  const parts = path.map((key, i) => {
    if (typeof key === "number" || !/^[\w-]+$/.test(key)) {
      return `[${JSON.stringify(key)}]`;
    }
    return i === 0 ? key : `.${key}`;
  });
  return parts.join("");
}

/**
 * Validates inputs that may hold unknowns: what is known is judged, what isn't is left for the run in which it is.
 * Messages hold no value, since any may be a secret; only a schema may quote one of which it knows better (a cron field).
 */
export function validate(schema: z.ZodObject, inputs: Record<string, unknown>): Issue[] {
  const result = schema.safeParse(inputs);
  if (result.success) {
    return [];
  }
  return result.error.issues
    .filter((issue) => !hangsOnUnknown(issue, inputs))
    .flatMap((issue) => toIssues(issue, schema, inputs));
}

function hangsOnUnknown(issue: z.core.$ZodIssue, inputs: unknown): boolean {
  let value = inputs;
  for (const key of issue.path) {
    if (isUnknown(value)) {
      return true;
    }
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  }
  return issue.code === "unrecognized_keys" ? isUnknown(value) : containsUnknown(value);
}

function toIssues(issue: z.core.$ZodIssue, schema: z.ZodObject, inputs: Record<string, unknown>): Issue[] {
  const path = issue.path.map(plainKey);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ path: [...path, key], message: unknownName(key, namesAt(schema, path)) }));
    case "invalid_type":
      return [{ path, message: wrongType(issue.expected, valueAt(inputs, path)) }];
    case "invalid_union":
      return fromUnion(issue, path, valueAt(inputs, path));
    case "invalid_value":
      return [{ path, message: `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}` }];
    default:
      return [{ path, message: issue.message }];
  }
}

/** A value that fits none of several shapes: of one it has the right kind, then what is wrong inside is said. */
function fromUnion(issue: z.core.$ZodIssueInvalidUnion, path: (string | number)[], value: unknown): Issue[] {
  const expected = issue.errors.map((branch) =>
    branch.find(({ code, path: at }) => code === "invalid_type" && at.length === 0),
  );
  const fitting = issue.errors.find((_, i) => expected[i] === undefined);
  if (fitting) {
    return fitting.map((inner) => ({ path: [...path, ...inner.path.map(plainKey)], message: innerMessage(inner) }));
  }
  const kinds = expected.map((inner) => article((inner as z.core.$ZodIssueInvalidType).expected));
  return [
    { path, message: `must be ${kinds.slice(0, -1).join(", ")} or ${kinds.at(-1)}, not ${article(typeName(value))}` },
  ];
}

function innerMessage(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_type" ? `must be ${article(issue.expected)}` : issue.message;
}

function plainKey(key: PropertyKey): string | number {
  return typeof key === "symbol" ? key.toString() : key;
}

function unknownName(key: string, allowed: string[]): string {
  const guess = nearest(key, allowed);
  return guess
    ? `is not a known property; did you mean '${guess}'?`
    : `is not a known property; known are ${allowed.join(", ")}`;
}

function wrongType(expected: string, value: unknown): string {
  return value === undefined ? "is required" : `must be ${article(expected)}, not ${article(typeName(value))}`;
}

function typeName(value: unknown): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "array";
  }
  return typeof value;
}

function article(word: string): string {
  const name = word === "int" ? "integer" : word === "record" ? "object" : word;
  return name === "null" ? name : `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

function valueAt(value: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isRecord(at) || Array.isArray(at) ? Reflect.get(at, key) : undefined),
    value,
  );
}

/** The property names that a schema allows at a path. */
function namesAt(schema: z.ZodType, path: (string | number)[]): string[] {
  const at = path.reduce<z.core.$ZodType | undefined>((here, key) => child(here, key), schema);
  const def = at && unwrap(at)._zod.def;
  return def?.type === "object" ? Object.keys((def as z.core.$ZodObjectDef).shape) : [];
}

function child(schema: z.core.$ZodType | undefined, key: string | number): z.core.$ZodType | undefined {
  const def = schema && unwrap(schema)._zod.def;
  switch (def?.type) {
    case "object":
      return (def as z.core.$ZodObjectDef).shape[String(key)];
    case "record":
      return (def as z.core.$ZodRecordDef).valueType;
    case "array":
      return (def as z.core.$ZodArrayDef).element;
    default:
      return undefined;
  }
}

/** A schema without its optional, nullable or default wrappers. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as { type: string; innerType?: z.core.$ZodType };
  return def.innerType && ["optional", "nullable", "default"].includes(def.type) ? unwrap(def.innerType) : schema;
}
