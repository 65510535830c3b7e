import { isObject, type Json, type JsonObject } from "../json";

export interface MappedField {
  readonly type: string;
  /** Where its values lie in the source; a sub-field reads its parent's. */
  readonly path: readonly string[];
}

/** The mapped field of a dotted name; undefined for names that no query can match. */
export function mappedField(mappings: JsonObject, name: string): MappedField | undefined {
  const steps = name.split(".");
  let level: JsonObject = mappings;
  for (const [index, step] of steps.entries()) {
    const field = isObject(level.properties) ? level.properties[step] : undefined;
    if (isObject(field)) {
      level = field;
      continue;
    }
    const sub = isObject(level.fields) ? level.fields[steps.slice(index).join(".")] : undefined;
    return isObject(sub) ? { type: String(sub.type), path: steps.slice(0, index) } : undefined;
  }
  return { type: typeof level.type === "string" ? level.type : "object", path: steps };
}

/** All values at a path; lists are flattened, dotted keys in the source count as paths. */
export function valuesAt(source: JsonObject, path: readonly string[]): Json[] {
  const found: Json[] = [];
  collect(source, path, found);
  return found;
}

function collect(value: Json | undefined, path: readonly string[], found: Json[]): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, path, found);
  } else if (path.length === 0) {
    found.push(value);
  } else if (isObject(value)) {
    for (let length = 1; length <= path.length; length++) {
      collect(value[path.slice(0, length).join(".")], path.slice(length), found);
    }
  }
}

/** Words of a text as the standard analyzer makes them, near enough for a development server. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_']+/u)
    .filter((word) => word !== "");
}
