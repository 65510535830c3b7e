import { deepEqual } from "../../model/equality";
import { isRecord } from "../../model/unknown";

// What Elasticsearch's mappers do with a parameter of an existing field, as far as their sources leave no doubt. Of what
// isn't listed the careful answer is given: it can't be changed.

const ANYWHERE = words("meta copy_to");
const MALFORMED = "ignore_malformed";
const NUMBER = "coerce ignore_malformed";
const GEO = "coerce ignore_malformed ignore_z_value orientation";

const UPDATABLE: ReadonlyMap<string, ReadonlySet<string>> = sets({
  object: "dynamic",
  nested: "dynamic",
  text: "fielddata fielddata_frequency_filter eager_global_ordinals search_analyzer search_quote_analyzer",
  search_as_you_type: "search_analyzer search_quote_analyzer",
  keyword: "ignore_above eager_global_ordinals split_queries_on_whitespace",
  wildcard: "ignore_above",
  flattened: "ignore_above eager_global_ordinals split_queries_on_whitespace depth_limit",
  completion: "search_analyzer max_input_length",
  join: "eager_global_ordinals",
  alias: "path",
  semantic_text: "search_inference_id",
  date: MALFORMED,
  date_nanos: MALFORMED,
  ip: MALFORMED,
  boolean: MALFORMED,
  histogram: MALFORMED,
  geo_point: "ignore_malformed ignore_z_value",
  point: "ignore_malformed ignore_z_value",
  geo_shape: GEO,
  shape: GEO,
  ...each("long integer short byte double float half_float unsigned_long scaled_float", NUMBER),
  ...each("integer_range long_range float_range double_range date_range ip_range", "coerce"),
});

const NONE = "null_value normalizer similarity script index_prefixes fielddata_frequency_filter value path";

/** What a parameter is when it isn't given, where all types agree or nearly do. */
const DEFAULTS: Record<string, unknown> = {
  index: true,
  doc_values: true,
  store: false,
  norms: false,
  analyzer: "default",
  term_vector: "no",
  position_increment_gap: 100,
  index_phrases: false,
  fielddata: false,
  eager_global_ordinals: false,
  ignore_above: 2147483647,
  split_queries_on_whitespace: false,
  ignore_malformed: false,
  ignore_z_value: true,
  coerce: true,
  time_series_dimension: false,
  include_in_parent: false,
  include_in_root: false,
  enabled: true,
  subobjects: true,
  depth_limit: 20,
  max_input_length: 50,
  preserve_separators: true,
  preserve_position_increments: true,
  positive_score_impact: true,
  enable_position_increments: true,
  copy_to: [],
  meta: {},
  ...Object.fromEntries(NONE.split(" ").map((name) => [name, undefined])),
};

const DEFAULTS_OF_TYPE: Record<string, Record<string, unknown>> = {
  text: { norms: true, index_options: "positions" },
  search_as_you_type: { norms: true, index_options: "positions" },
  keyword: { index_options: "docs" },
  date: { format: "strict_date_optional_time||epoch_millis" },
  date_nanos: { format: "strict_date_optional_time_nanos||epoch_millis" },
  binary: { doc_values: false },
  ...Object.fromEntries(["geo_shape", "shape"].map((type) => [type, { coerce: false, orientation: "right" }])),
};

/** Defaults of what stands at the top of a mapping. */
export const ROOT_DEFAULTS: Record<string, unknown> = {
  dynamic: "true",
  dynamic_templates: [],
  date_detection: true,
  numeric_detection: false,
  dynamic_date_formats: ["strict_date_optional_time", "yyyy/MM/dd HH:mm:ss Z||yyyy/MM/dd Z"],
  enabled: true,
  subobjects: true,
};

/** The same of the metadata fields whose members can be told. */
export const METADATA_DEFAULTS: Record<string, Record<string, unknown>> = {
  _source: { enabled: true, includes: [], excludes: [] },
  _routing: { required: false },
};

export type Field = Record<string, unknown>;

/** Members of a field's definition that are no parameters. */
export const STRUCTURE: ReadonlySet<string> = new Set(["type", "properties", "fields"]);

export function typeOf(field: Field): unknown {
  return field.type ?? "object";
}

/** Whether a parameter means the same in two definitions of a field of the same type. */
export function sameParameter(name: string, a: Field, b: Field): boolean {
  const [one, other] = [effective(name, a), effective(name, b)];
  return FILLED.has(name) ? alike(one, other) : deepEqual(one, other);
}

/** Parameters with members, of which the server fills in those that aren't given. */
const FILLED = words("script index_prefixes fielddata_frequency_filter index_options relations contexts metrics");

/** Whether two values agree in all that both of them say. */
export function alike(a: unknown, b: unknown): boolean {
  if (isRecord(a) && isRecord(b)) {
    return Object.keys(a).every((key) => !(key in b) || alike(a[key], b[key]));
  }
  if (isRecord(a) || isRecord(b)) {
    const [record, text] = isRecord(a) ? [a, b] : [b as Field, a];
    return typeof text === "string" && record.source === text;
  }
  return deepEqual(loose(listed(a)), loose(listed(b)));
}

/** Whether a parameter that isn't given has a value that we know. */
export function hasDefault(name: string, field: Field): boolean {
  return name in defaultsOfType(field) || name in DEFAULTS || name.startsWith("search_");
}

/** Whether Elasticsearch changes the parameter of an existing field from one value to the other. */
export function mayChange(name: string, before: Field, after: Field): boolean {
  const type = typeName(after);
  if (name === "norms") {
    return effective(name, before) === "true" && effective(name, after) === "false";
  }
  if (name === "value" && type === "constant_keyword") {
    return before.value === undefined;
  }
  const everywhere = type !== "object" && type !== "nested" && ANYWHERE.has(name);
  return everywhere || UPDATABLE.get(type)?.has(name) === true;
}

/** Booleans and numbers as the server prints them back, at any depth. */
export function loose(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(loose);
  }
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, loose(item)]));
  }
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

/** A list of one may be written without brackets. */
export function listed(value: unknown): unknown {
  return Array.isArray(value) || value === undefined ? value : [value];
}

function defaultsOfType(field: Field): Record<string, unknown> {
  const type = typeName(field);
  return Object.hasOwn(DEFAULTS_OF_TYPE, type) ? (DEFAULTS_OF_TYPE[type] ?? {}) : {};
}

/** The type where it has the form of one. */
function typeName(field: Field): string {
  const type = typeOf(field);
  return typeof type === "string" ? type : "";
}

function effective(name: string, field: Field): unknown {
  const value = field[name] ?? defaultOf(name, field);
  return loose(name === "copy_to" ? listed(value) : value);
}

function defaultOf(name: string, field: Field): unknown {
  switch (name) {
    case "search_analyzer":
      return field.analyzer ?? DEFAULTS.analyzer;
    case "search_quote_analyzer":
      return field.search_analyzer ?? field.analyzer ?? DEFAULTS.analyzer;
    default: {
      const own = defaultsOfType(field);
      return name in own ? own[name] : DEFAULTS[name];
    }
  }
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

function sets(of: Record<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(of).map(([type, list]) => [type, words(list)]));
}

function each(types: string, parameters: string): Record<string, string> {
  return Object.fromEntries(types.split(" ").map((type) => [type, parameters]));
}
