import { isObject, type JsonObject } from "../json";

/** A value to sort and to look up by; undefined for documents without one, which come last. */
export type Key = string | number | undefined;

/** A field of the source, by its dotted path, and what counts as its value where it is missing. */
export interface KeyField {
  readonly field: string;
  readonly missing?: string;
}

/** Which fields of an index's documents can be looked up without reading them all. */
export interface IndexedFields {
  /** Each list is one index: equality on the leading fields, order by the last. */
  readonly sorted: readonly (readonly KeyField[])[];
  /** Fields in which a part of the text can be looked for: as they are, or word by word in lower case. */
  readonly fragments: readonly { readonly field: string; readonly analysis: "whole" | "words" }[];
}

const nothing: IndexedFields = { sorted: [], fragments: [] };
const key = (field: string, missing?: string): KeyField => (missing === undefined ? { field } : { field, missing });
const deleted = key("deleted", "false");

/** What the server's own requests ask for; content indices have no such indexes and are scanned. */
const definitions: Readonly<Record<string, IndexedFields>> = {
  ".elastic-connectors-v1": {
    sorted: [
      [key("index_name")],
      [deleted, key("index_name")],
      [deleted, key("name"), key("index_name")],
      [deleted, key("service_type"), key("index_name")],
    ],
    fragments: [
      { field: "index_name", analysis: "whole" },
      { field: "name", analysis: "whole" },
      { field: "description", analysis: "words" },
    ],
  },
  ".elastic-connectors-sync-jobs-v1": {
    sorted: [
      [key("created_at")],
      [key("connector.id"), key("created_at")],
      [key("status"), key("created_at")],
      [key("job_type"), key("created_at")],
    ],
    fragments: [],
  },
  ".security-7": {
    sorted: [[key("creation_time")], [key("name"), key("creation_time")]],
    fragments: [],
  },
};

export function indexedFields(index: string): IndexedFields {
  return Object.hasOwn(definitions, index) ? (definitions[index] ?? nothing) : nothing;
}

export function keyOf(source: JsonObject, { field, missing }: KeyField): Key {
  const value = field.includes(".") ? deepValue(source, field) : source[field];
  if (typeof value === "string" || typeof value === "number") return value;
  return typeof value === "boolean" ? String(value) : missing;
}

export function compareKeys(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : 1;
}

function deepValue(source: JsonObject, path: string): unknown {
  return path.split(".").reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), source);
}
