import { ElasticsearchError, illegalArgument } from "../errors";
import type { Call } from "../http/call";
import { isObject, type Json } from "../json";
import type { IndexMetadata, StoredDocument } from "../store/document-store";
import { mappedField, valuesAt } from "./fields";

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
  readonly unmapped: boolean;
}

export interface Search {
  readonly query: Json | undefined;
  readonly from: number;
  readonly size: number;
  readonly sort: readonly SortKey[];
  /** Paths to keep of the source; "" keeps all, undefined none. */
  readonly source: string | undefined;
  readonly seqNo: boolean;
  readonly version: boolean;
}

const members = new Set([
  "query",
  "from",
  "size",
  "sort",
  "_source",
  "seq_no_primary_term",
  "version",
  "track_total_hits",
  "timeout",
  "track_scores",
]);

export function readSearch(call: Call): Search {
  const body = call.body.objectIfPresent();
  for (const key of Object.keys(body)) {
    if (!members.has(key)) throw parsing(`unknown key for a search in the development server: [${key}]`);
  }
  call.query.accept("track_total_hits", "q");
  if (call.query.text("q") !== undefined)
    throw illegalArgument("the development server doesn't support [q] in a search");
  const from = call.query.integer("from", whole("from", body.from, 0));
  const size = call.query.integer("size", whole("size", body.size, 10));
  if (from < 0 || size < 0) throw illegalArgument(`[${from < 0 ? "from" : "size"}] parameter cannot be negative`);
  if (from + size > 10_000) {
    throw illegalArgument(
      `Result window is too large, from + size must be less than or equal to: [10000] but was [${from + size}]`,
    );
  }
  const sort = call.query.text("sort") ?? body.sort;
  return {
    query: body.query,
    from,
    size,
    sort: sortKeys(sort),
    source: sourcePaths(call.query.text("_source") ?? body._source),
    seqNo: call.query.flag("seq_no_primary_term", body.seq_no_primary_term === true),
    version: call.query.flag("version", body.version === true),
  };
}

function whole(name: string, value: Json | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (Number.isInteger(Number(value)) && value !== null && value !== "") return Number(value);
  throw new ElasticsearchError(400, "x_content_parse_exception", `[1:1] [search] failed to parse field [${name}]`);
}

/** Sorts by the keys, missing values last; without keys the order of the store stays. */
export function sortHits<T extends { index: IndexMetadata; document: StoredDocument }>(
  hits: T[],
  keys: readonly SortKey[],
): T[] {
  const real = keys.filter((key) => key.field !== "_doc" && key.field !== "_score");
  for (const key of real) for (const hit of hits) requireMapped(hit.index, key);
  return hits.sort((a, b) => {
    for (const key of real) {
      const order = compare(sortValue(a, key.field), sortValue(b, key.field), key.descending);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function sortKeys(sort: Json | undefined): SortKey[] {
  if (sort === undefined || sort === null) return [];
  return (Array.isArray(sort) ? sort : String(sort) === sort ? sort.split(",") : [sort]).flatMap((each) => {
    if (typeof each === "string") {
      const [field = "", order] = each.split(":");
      return [{ field, descending: order === "desc", unmapped: false }];
    }
    if (!isObject(each)) throw parsing("malformed sort format");
    return Object.entries(each).map(([field, given]) => {
      const order = isObject(given) ? given.order : given;
      return { field, descending: order === "desc", unmapped: isObject(given) && given.unmapped_type !== undefined };
    });
  });
}

function sourcePaths(given: Json | undefined): string | undefined {
  if (given === undefined || given === true || given === "true" || given === "") return "";
  if (given === false || given === "false") return undefined;
  if (typeof given === "string") return given;
  if (Array.isArray(given)) return given.map(String).join(",");
  if (!isObject(given)) throw parsing("malformed _source");
  const list = (value: Json | undefined) =>
    value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
  const kept = list(given.includes ?? given.include);
  const dropped = list(given.excludes ?? given.exclude).map((path) => `-${path}`);
  return [...kept, ...dropped].join(",");
}

function sortValue(hit: { index: IndexMetadata; document: StoredDocument }, field: string): Json | undefined {
  if (field === "_id") return hit.document.id;
  if (field === "_seq_no") return hit.document.seqNo;
  const mapped = mappedField(hit.index.mappings, field);
  return mapped === undefined ? undefined : valuesAt(hit.document.source, mapped.path)[0];
}

function compare(a: Json | undefined, b: Json | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const numbers = typeof a === "number" && typeof b === "number";
  const order = numbers ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  return descending ? -order : order;
}

function requireMapped(index: IndexMetadata, key: SortKey): void {
  if (key.unmapped || key.field.startsWith("_")) return;
  const field = mappedField(index.mappings, key.field);
  if (field === undefined) {
    throw new ElasticsearchError(
      400,
      "query_shard_exception",
      `No mapping found for [${key.field}] in order to sort on`,
      {
        fields: { index_uuid: index.uuid, index: index.name },
      },
    );
  }
  if (field.type === "text") {
    throw illegalArgument(
      `Fielddata is disabled on [${key.field}] in [${index.name}]. Text fields are not optimised for sorting.`,
    );
  }
}

function parsing(reason: string): ElasticsearchError {
  return new ElasticsearchError(400, "parsing_exception", reason);
}
