import type { Issue } from "../../model/issues";
import { containsUnknown, isRecord, isUnknown } from "../../model/unknown";
import { nearest } from "../../text/nearest";
import { loose } from "./mapping-rules";

type Path = (string | number)[];

/** What a server would refuse of mappings whatever its version and plugins. Values may be unknown, or of any shape. */
export function mappingIssues(mappings: unknown): Issue[] {
  if (!isRecord(mappings)) {
    return [];
  }
  const strays = Object.keys(mappings).filter(
    (name) => !ROOT.has(name) && !name.startsWith("_") && !containsUnknown(mappings[name]),
  );
  return [
    ...strays.map((name) => ({ path: ["mappings", name], message: strayText(name) })),
    ...modeIssues(mappings, ["mappings"]),
    ...fieldsIssues(mappings.properties, ["mappings", "properties"]),
  ];
}

const ROOT = new Set([
  "properties",
  "dynamic",
  "dynamic_templates",
  "date_detection",
  "numeric_detection",
  "dynamic_date_formats",
  "runtime",
  "subobjects",
  "enabled",
]);

function strayText(name: string): string {
  const guess = nearest(name, ROOT);
  return guess
    ? `is not a part of mappings; did you mean '${guess}'?`
    : "is not a part of mappings; fields go below 'properties'";
}

function fieldsIssues(fields: unknown, path: Path): Issue[] {
  if (fields === undefined || isUnknown(fields)) {
    return [];
  }
  if (!isRecord(fields)) {
    return [{ path, message: "must be an object of fields" }];
  }
  return Object.entries(fields).flatMap(([name, field]) => fieldIssues(name, field, [...path, name]));
}

function fieldIssues(name: string, field: unknown, path: Path): Issue[] {
  if (isUnknown(field)) {
    return [];
  }
  if (name.trim() === "") {
    return [{ path, message: "the name of a field must not be empty" }];
  }
  if (!isRecord(field)) {
    return [{ path, message: 'must be an object such as { type: "keyword" }' }];
  }
  const typed = field.type !== undefined || field.properties !== undefined || field.enabled !== undefined;
  return [
    ...(typed ? [] : [{ path, message: "needs a type" }]),
    ...modeIssues(field, path),
    ...fieldsIssues(field.properties, [...path, "properties"]),
    ...fieldsIssues(field.fields, [...path, "fields"]),
  ];
}

function modeIssues({ dynamic }: Record<string, unknown>, path: Path): Issue[] {
  return dynamic === undefined || isUnknown(dynamic) || MODES.has(loose(dynamic))
    ? []
    : [{ path: [...path, "dynamic"], message: `must be one of ${[...MODES].join(", ")}` }];
}

const MODES: ReadonlySet<unknown> = new Set(["true", "false", "strict", "runtime"]);
