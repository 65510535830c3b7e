import { deepEqual } from "./equality";
import type { Issue } from "./issues";
import { containsUnknown, isRecord } from "./unknown";

/** A place at which what is declared isn't what is there. */
export interface Difference {
  path: string[];
  found: unknown;
  declared: unknown;
}

/** Where a declared value and its view of the live one differ, as deep as both have members. Unknowns are left out. */
export function differences(declared: unknown, found: unknown, path: string[] = []): Difference[] {
  const sides = [found, declared];
  if (sides.every((side) => isRecord(side) || side === undefined)) {
    const [here = {}, there = {}] = sides as (Record<string, unknown> | undefined)[];
    const names = [...new Set([...Object.keys(here), ...Object.keys(there)])];
    if (names.length > 0) {
      return names.flatMap((name) => differences(there[name], here[name], [...path, name]));
    }
  }
  const same = containsUnknown(declared) || deepEqual(asText(declared), asText(found));
  return same ? [] : [{ path, found, declared }];
}

/** `path: found -> declared`. */
export function changeText({ path, found, declared }: Difference): string {
  return `${path.join(".")}: ${shown(found)} -> ${shown(declared)}`;
}

/** `declared 2, found 1`. */
export function mismatchText({ found, declared }: Difference): string {
  return `declared ${shown(declared)}, found ${shown(found)}`;
}

export function sentences(issues: Issue[]): string {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}

/** The server returns numbers and booleans of settings and mappings as text. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asText);
  }
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
  }
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

function shown(value: unknown): string {
  if (value === undefined) {
    return "nothing";
  }
  // Settings are text on the server; numbers and booleans read better without quotes.
  const bare = typeof value === "string" && /^(-?\d+(\.\d+)?|true|false)$/.test(value);
  const text = bare ? value : typeof value === "string" ? `'${value}'` : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
