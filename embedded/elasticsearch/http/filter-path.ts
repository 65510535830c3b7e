import { globMatches } from "../glob";
import { isObject, type Json, type JsonObject } from "../json";

/** Keeps what the comma-separated paths select; paths with a leading minus remove instead. */
export function filterPath(body: Json, filter: string): Json {
  const paths = filter
    .split(",")
    .map((path) => path.trim())
    .filter((path) => path !== "");
  const removing = paths.filter((path) => path.startsWith("-")).map((path) => split(path.slice(1)));
  const keeping = paths.filter((path) => !path.startsWith("-")).map(split);
  let result: Json | undefined = body;
  if (keeping.length > 0) result = keep(result, keeping);
  if (removing.length > 0 && result !== undefined) result = remove(result, removing);
  return result ?? {};
}

type Path = readonly string[];

function split(path: string): Path {
  return path.split(/(?<!\\)\./).map((segment) => segment.replaceAll("\\.", "."));
}

function keep(value: Json, paths: readonly Path[]): Json | undefined {
  if (paths.some((path) => path.length === 0 || (path.length === 1 && path[0] === "**"))) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => keep(item, paths)).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isObject(value)) return undefined;
  const kept: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const below = paths.flatMap((path) => advance(path, key));
    const result = below.length > 0 ? keep(member, below) : undefined;
    if (result !== undefined) kept[key] = result;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function remove(value: Json, paths: readonly Path[]): Json {
  if (Array.isArray(value)) return value.map((item) => remove(item, paths));
  if (!isObject(value)) return value;
  const left: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const below = paths.flatMap((path) => advance(path, key));
    if (!below.some((path) => path.length === 0)) left[key] = remove(member, below);
  }
  return left;
}

/** What is left of a path after stepping into `key`; `**` stands for any number of steps. */
function advance(path: Path, key: string): Path[] {
  const [head, ...rest] = path;
  if (head === undefined) return [];
  if (head === "**") return [path, ...advance(rest, key)];
  return globMatches(head, key) ? [rest] : [];
}
