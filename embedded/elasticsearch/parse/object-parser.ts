import { contentParseException, ElasticsearchError, illegalArgument } from "../errors";
import { isObject, type Json } from "../json";
import { closest } from "./suggestions";

type Token = "VALUE_NULL" | "VALUE_STRING" | "VALUE_NUMBER" | "VALUE_BOOLEAN" | "START_ARRAY" | "START_OBJECT";

/** How one kind of value is read: the JSON tokens it may start with, and its conversion. */
export interface Kind<T> {
  readonly tokens: readonly Token[];
  readonly parse: (value: Json, text: string) => T;
}

export interface Field<T, R extends boolean = boolean> {
  readonly kind: Kind<T>;
  readonly required: R;
}
export type Shape = Record<string, Field<unknown>>;
export type Parsed<S extends Shape> = {
  [K in keyof S]: S[K] extends Field<infer T, infer R> ? (R extends true ? T : T | undefined) : never;
};

export function optional<T>(kind: Kind<T>): Field<T, false> {
  return { kind, required: false };
}

export function required<T>(kind: Kind<T>): Field<T, true> {
  return { kind, required: true };
}

export interface ParserOptions {
  /** Unknown members are skipped instead of refused. */
  ignoreUnknown?: boolean;
  /** Required members may be missing; only broken variants of the server do that. */
  ignoreMissing?: boolean;
}

/**
 * Reads a body member by member the way Elasticsearch's strict object parsers do: unknown members and
 * wrong tokens are parse errors, a missing member is an illegal argument (which becomes a parse error
 * where the object is nested in another one).
 */
export function parseObject<S extends Shape>(
  parser: string,
  value: Json,
  shape: S,
  text: string,
  options: ParserOptions = {},
): Parsed<S> {
  if (!isObject(value)) {
    throw contentParseException(`[1:1] [${parser}] Expected START_OBJECT but was: ${tokenOf(value)}`);
  }
  const parsed: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field !== undefined) parsed[name] = parseField(parser, name, member, field, text);
    else if (options.ignoreUnknown !== true) throw unknownField(parser, name, Object.keys(shape), text);
  }
  const missing = Object.keys(shape).filter((name) => shape[name]?.required === true && !(name in parsed));
  if (missing.length > 0 && options.ignoreMissing !== true) throw illegalArgument(`Required [${missing.join(", ")}]`);
  return parsed as Parsed<S>;
}

export function unknownField(parser: string, name: string, known: readonly string[], text: string): ElasticsearchError {
  const near = closest(name, known);
  const hint =
    near.length === 0
      ? ""
      : near.length === 1
        ? ` did you mean [${near[0]}]?`
        : ` did you mean any of [${near.join(", ")}]?`;
  return contentParseException(`${position(text, name)} [${parser}] unknown field [${name}]${hint}`);
}

export function tokenOf(value: Json): Token {
  if (value === null) return "VALUE_NULL";
  if (Array.isArray(value)) return "START_ARRAY";
  switch (typeof value) {
    case "string":
      return "VALUE_STRING";
    case "number":
      return "VALUE_NUMBER";
    case "boolean":
      return "VALUE_BOOLEAN";
    default:
      return "START_OBJECT";
  }
}

/** `[line:column]` of the first member of that name; the reasons of parse errors start with it. */
export function position(text: string, name: string): string {
  const at = Math.max(0, text.indexOf(`"${name}"`));
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return `[${line}:${at - before.lastIndexOf("\n")}]`;
}

function parseField(parser: string, name: string, member: Json, field: Field<unknown>, text: string): unknown {
  if (!field.kind.tokens.includes(tokenOf(member))) {
    const reason = `${position(text, name)} [${parser}] ${name} doesn't support values of type: ${tokenOf(member)}`;
    throw contentParseException(reason);
  }
  try {
    return field.kind.parse(member, text);
  } catch (error) {
    if (!(error instanceof ElasticsearchError)) throw error;
    const reason = `${position(text, name)} [${parser}] failed to parse field [${name}]`;
    throw contentParseException(reason, { causedBy: error });
  }
}
