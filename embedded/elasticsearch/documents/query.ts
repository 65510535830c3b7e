import { ElasticsearchError, type ErrorDetails } from "../errors";
import { globMatches } from "../glob";
import { isObject, type Json, type JsonObject } from "../json";
import type { IndexMetadata, StoredDocument } from "../store/document-store";
import { mappedField, valuesAt, wordsOf } from "./fields";
import { compareToBound } from "./range";

export type Predicate = (document: StoredDocument, index: IndexMetadata) => boolean;

/** Compiles the part of the query language that this server has; anything else is refused by name. */
export function compileQuery(query: Json | undefined, now: number): Predicate {
  if (query === undefined || query === null) return () => true;
  if (!isObject(query)) throw parsing("[query] malformed, expected an object");
  const entries = Object.entries(query);
  const [entry] = entries;
  if (entry === undefined) throw parsing("query malformed, empty clause found");
  if (entries.length > 1) throw parsing(`[${entry[0]}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]`);
  return clause(entry[0], entry[1], now);
}

function clause(kind: string, body: Json, now: number): Predicate {
  switch (kind) {
    case "match_all":
      return () => true;
    case "match_none":
      return () => false;
    case "bool":
      return bool(object(kind, body), now);
    case "ids":
      return oneOf("_id", object(kind, body).values);
    case "exists": {
      const name = String(object(kind, body).field);
      return (document, index) => valuesOf(document, index, name).values.length > 0;
    }
    case "range":
      return range(object(kind, body), now);
    case "term":
    case "terms":
    case "match":
    case "match_phrase":
    case "prefix":
    case "wildcard":
      return onField(kind, object(kind, body));
    default:
      throw parsing(`unknown query [${kind}]`);
  }
}

function onField(kind: string, body: JsonObject): Predicate {
  const [name, given] = Object.entries(body).find(([key]) => key !== "boost" && key !== "_name") ?? [];
  if (name === undefined) throw parsing(`[${kind}] query malformed, no field given`);
  if (kind === "terms") {
    if (!Array.isArray(given)) throw parsing(`[terms] query requires a list of values for [${name}]`);
    return oneOf(name, given);
  }
  if (Array.isArray(given)) throw parsing(`[${kind}] query does not support array of values`);
  const wanted = isObject(given) ? (given.value ?? given.query ?? given[kind]) : given;
  if (wanted === undefined || wanted === null) throw parsing("value cannot be null");
  if (kind === "term") return oneOf(name, [wanted]);
  return (document, index) => {
    const { values, type } = valuesOf(document, index, name);
    const text = String(wanted);
    if (kind === "prefix" || kind === "wildcard") {
      const pattern = kind === "prefix" ? `${text}*` : text;
      return values.some((value) =>
        wordsFor(type, value).some((word) => globMatches(type === "text" ? pattern.toLowerCase() : pattern, word)),
      );
    }
    if (type !== "text") return values.some((value) => String(value) === text);
    const sought = wordsOf(text);
    const present = new Set(values.flatMap((value) => wordsOf(String(value))));
    return kind === "match" ? sought.some((word) => present.has(word)) : sought.every((word) => present.has(word));
  };
}

function oneOf(name: string, wanted: Json | undefined): Predicate {
  const words = new Set((Array.isArray(wanted) ? wanted : [wanted]).map((each) => String(each)));
  return (document, index) => {
    const { values, type } = valuesOf(document, index, name);
    return values.some((value) => wordsFor(type, value).some((word) => words.has(word)));
  };
}

function range(body: JsonObject, now: number): Predicate {
  const [name, bounds] = Object.entries(body)[0] ?? [];
  if (name === undefined || !isObject(bounds)) throw parsing("[range] query malformed, no field given");
  const known = [
    "gt",
    "gte",
    "lt",
    "lte",
    "from",
    "to",
    "format",
    "time_zone",
    "boost",
    "relation",
    "include_lower",
    "include_upper",
  ];
  for (const key of Object.keys(bounds))
    if (!known.includes(key)) throw parsing(`[range] query does not support [${key}]`);
  return (document, index) => {
    const { values, type } = valuesOf(document, index, name);
    return values.some((value) => compareToBound(value, bounds, type, now));
  };
}

/** Without must and filter, at least one should clause has to match. */
function bool(body: JsonObject, now: number): Predicate {
  const known = [
    "must",
    "filter",
    "should",
    "must_not",
    "minimum_should_match",
    "boost",
    "adjust_pure_negative",
    "_name",
  ];
  for (const key of Object.keys(body))
    if (!known.includes(key)) throw parsing(`[bool] query does not support [${key}]`);
  const clauses = (name: string): Predicate[] => {
    const given = body[name];
    return given === undefined ? [] : (Array.isArray(given) ? given : [given]).map((each) => compileQuery(each, now));
  };
  const must = [...clauses("must"), ...clauses("filter")];
  const should = clauses("should");
  const mustNot = clauses("must_not");
  const minimum =
    body.minimum_should_match === undefined
      ? must.length === 0 && should.length > 0
        ? 1
        : 0
      : Number(body.minimum_should_match);
  return (document, index) =>
    must.every((each) => each(document, index)) &&
    !mustNot.some((each) => each(document, index)) &&
    should.filter((each) => each(document, index)).length >= minimum;
}

/** Fields that no mapping knows have no values for queries, whatever the source holds. */
function valuesOf(document: StoredDocument, index: IndexMetadata, name: string): { values: Json[]; type: string } {
  if (name === "_id") return { values: [document.id], type: "keyword" };
  if (name === "_index") return { values: [index.name], type: "keyword" };
  const field = mappedField(index.mappings, name);
  return field === undefined
    ? { values: [], type: "keyword" }
    : { values: valuesAt(document.source, field.path), type: field.type };
}

function wordsFor(type: string, value: Json): string[] {
  return type === "text" ? wordsOf(String(value)) : [String(value)];
}

function object(kind: string, body: Json): JsonObject {
  if (isObject(body)) return body;
  throw parsing(`[${kind}] query malformed, no start_object after query name`);
}

function parsing(reason: string, details: ErrorDetails = {}): ElasticsearchError {
  return new ElasticsearchError(400, "parsing_exception", reason, details);
}
