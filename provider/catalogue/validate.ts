import type { ServerVersion } from "../elasticsearch/version";
import type { Issue } from "../model/issues";
import { nearest } from "../text/nearest";
import { fieldSince, serviceType } from "./data";
import type { Field, ServiceType } from "./types";

interface Options {
  /** The newest version's fields are taken when it isn't known. */
  version?: ServerVersion;
  isUnknown: (value: unknown) => boolean;
}

/**
 * Judges a connector's configuration by its service type's fields, as the connector service will. Nothing is said of a
 * service type that the catalogue doesn't have, nor of what hangs on an unknown value. Messages never hold a value.
 */
export function validateConfiguration(
  serviceTypeName: string,
  values: Record<string, unknown>,
  options: Options,
): Issue[] {
  const type = serviceType(serviceTypeName, options.version);
  if (type === undefined) {
    return [];
  }
  const context: Context = { type, values, isUnknown: options.isUnknown };
  return [
    ...unknownFields(context, options.version),
    ...type.fields.flatMap((field) => {
      const message = problem(field, context);
      return message === undefined ? [] : [{ path: [field.name], message }];
    }),
  ];
}

interface Context {
  type: ServiceType;
  values: Record<string, unknown>;
  isUnknown: Options["isUnknown"];
}

function unknownFields({ type, values }: Context, version: ServerVersion | undefined): Issue[] {
  const names = type.fields.map((field) => field.name);
  return Object.keys(values)
    .filter((key) => values[key] !== undefined && !names.includes(key))
    .map((key) => ({ path: [key], message: unknownField(type.name, key, names, version) }));
}

function unknownField(typeName: string, key: string, names: string[], version: ServerVersion | undefined): string {
  const since = version && fieldSince(typeName, key, version);
  if (version && since) {
    const here = `${version.major}.${version.minor}`;
    return `'${key}' is a field of ${typeName} only from Elasticsearch ${since} on; the server is ${here}`;
  }
  const guess = nearest(key, names);
  return guess
    ? `'${key}' is not a field of ${typeName}; did you mean '${guess}'?`
    : `'${key}' is not a field of ${typeName}; its fields are ${names.join(", ")}`;
}

function problem(field: Field, context: Context): string | undefined {
  const value = given(context, field);
  if (context.isUnknown(value)) {
    return undefined;
  }
  const wrong = value === undefined || value === null ? undefined : wrongType(field, value, context);
  if (wrong !== undefined || !isActive(field, context)) {
    return wrong;
  }
  if (isEmpty(field, effective(field, context), context)) {
    return field.required ? missing(field) : undefined;
  }
  // An emptied optional field falls back to its default, which needs no judging.
  return isEmpty(field, value, context) ? undefined : (notAnOption(field, value) ?? brokenRule(field, value));
}

function given({ values }: Context, field: Field): unknown {
  return values[field.name];
}

/** What the service will see: an empty optional field has its default, an empty required one stays empty. */
function effective(field: Field, context: Context): unknown {
  const value = given(context, field);
  if (value === undefined) {
    return isEmpty(field, field.value, context) ? field.defaultValue : field.value;
  }
  return isEmpty(field, value, context) && !field.required ? field.defaultValue : value;
}

// As the service reads it: of a list, blank members don't count.
function isEmpty(field: Field, value: unknown, { isUnknown }: Context): boolean {
  const members = field.type === "list" && typeof value === "string" ? value.split(",") : value;
  if (Array.isArray(members)) {
    return members.every((member) => !isUnknown(member) && String(member).trim() === "");
  }
  return members === undefined || members === null || members === "";
}

// A field whose conditions hang on an unknown value is left for the run in which that is known.
function isActive(field: Field, context: Context): boolean {
  return field.dependsOn.every((condition) => {
    const other = context.type.fields.find((candidate) => candidate.name === condition.field);
    return other === undefined || effective(other, context) === condition.value;
  });
}

function missing(field: Field): string {
  const conditions = field.dependsOn.map(({ field: name, value }) => `${name} is ${JSON.stringify(value)}`);
  return conditions.length === 0 ? "is required" : `is required when ${conditions.join(" and ")}`;
}

function wrongType(field: Field, value: unknown, { isUnknown }: Context): string | undefined {
  switch (field.type) {
    case "str":
      return typeof value === "string" ? undefined : "must be a string";
    case "bool":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "int":
      // Forms store "" in a number field that was emptied.
      return Number.isSafeInteger(value) || value === "" ? undefined : "must be a whole number";
    case "list":
      return wrongList(value, isUnknown);
  }
}

function wrongList(value: unknown, isUnknown: Options["isUnknown"]): string | undefined {
  if (!Array.isArray(value)) {
    return typeof value === "string" ? undefined : "must be a list, or a string with commas between its members";
  }
  const known = value.filter((item) => !isUnknown(item));
  if (known.some((item) => typeof item !== "string" && typeof item !== "number")) {
    return "must be a list of strings";
  }
  return known.some((item) => String(item).includes(","))
    ? "must not have a comma inside a member: the service splits lists at commas"
    : undefined;
}

function notAnOption(field: Field, value: unknown): string | undefined {
  const allowed = field.options.map((option) => option.value);
  if (allowed.length === 0 || allowed.some((option) => option === value)) {
    return undefined;
  }
  const guess = nearest(String(value), allowed.map(String));
  const list = allowed.map((option) => JSON.stringify(option)).join(", ");
  return `must be one of ${list}${guess ? `; did you mean ${JSON.stringify(guess)}?` : ""}`;
}

function brokenRule(field: Field, value: unknown): string | undefined {
  for (const { type, constraint } of field.validations) {
    if (type === "less_than" && typeof constraint === "number" && !(Number(value) < constraint)) {
      return `must be less than ${constraint}`;
    }
    if (type === "greater_than" && typeof constraint === "number" && !(Number(value) > constraint)) {
      return `must be greater than ${constraint}`;
    }
    if (type === "regex" && typeof constraint === "string" && !matches(constraint, String(value))) {
      return `must match ${constraint}`;
    }
  }
  return undefined;
}

// The service matches the whole text. The catalogue's patterns mean the same here as in its Python.
function matches(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(text);
}
