import { equal, type Json, type JsonObject } from "../json";

const anyField = "copy_to doc_values fields index meta store time_series_dimension time_series_metric";
const numeric = `${anyField} coerce ignore_malformed null_value on_script_error script synthetic_source_keep`;
const objects = "properties dynamic enabled subobjects synthetic_source_keep";
const text =
  `${anyField} analyzer eager_global_ordinals fielddata fielddata_frequency_filter index_options index_phrases ` +
  "index_prefixes norms position_increment_gap search_analyzer search_quote_analyzer similarity term_vector";
const dates = `${anyField} format ignore_malformed locale null_value on_script_error script`;
const range = `${anyField} coerce`;

/** Parameters by field type; the types of plugins aren't there, as on a server without plugins. */
const parameters: Record<string, string> = {
  object: objects,
  nested: `${objects} include_in_parent include_in_root`,
  text,
  match_only_text: "fields meta copy_to analyzer",
  search_as_you_type: `${text} max_shingle_size`,
  keyword:
    `${anyField} eager_global_ordinals ignore_above index_options norms null_value normalizer on_script_error script ` +
    "similarity split_queries_on_whitespace synthetic_source_keep",
  constant_keyword: "value meta",
  wildcard: "ignore_above null_value meta copy_to fields",
  long: numeric,
  integer: numeric,
  short: numeric,
  byte: numeric,
  double: numeric,
  float: numeric,
  half_float: numeric,
  unsigned_long: numeric,
  scaled_float: `${numeric} scaling_factor`,
  boolean: `${anyField} null_value on_script_error script ignore_malformed synthetic_source_keep`,
  binary: "doc_values store meta",
  date: dates,
  date_nanos: dates,
  ip: `${anyField} ignore_malformed null_value on_script_error script`,
  integer_range: range,
  long_range: range,
  float_range: range,
  double_range: range,
  date_range: `${range} format locale`,
  ip_range: range,
  geo_point: `${anyField} ignore_malformed ignore_z_value null_value on_script_error script`,
  geo_shape: `${anyField} orientation ignore_malformed ignore_z_value coerce tree precision strategy`,
  shape: `${anyField} orientation ignore_malformed ignore_z_value coerce`,
  point: `${anyField} ignore_malformed ignore_z_value null_value`,
  completion:
    "analyzer search_analyzer preserve_separators preserve_position_increments max_input_length contexts meta fields copy_to",
  token_count: `${numeric} analyzer enable_position_increments`,
  flattened:
    "depth_limit doc_values eager_global_ordinals ignore_above index index_options null_value similarity " +
    "split_queries_on_whitespace time_series_dimensions meta",
  join: "relations eager_global_ordinals meta",
  alias: "path",
  percolator: "meta",
  rank_feature: "positive_score_impact null_value meta",
  rank_features: "positive_score_impact meta store_impact",
  dense_vector: "dims element_type index similarity index_options meta fields",
  sparse_vector: "meta store index_options fields",
  semantic_text: "inference_id search_inference_id chunking_settings index_options meta fields",
  histogram: "ignore_malformed meta",
  version: "meta fields copy_to",
  aggregate_metric_double: "metrics default_metric meta ignore_malformed time_series_metric",
};

const malformed = "ignore_malformed";
const number = "coerce ignore_malformed";
const points = "ignore_malformed ignore_z_value";
const shapes = `${points} coerce orientation`;

/** Parameters that an existing field may change or lose, besides `meta` and `copy_to`. */
const changeable: Record<string, string> = {
  object: "dynamic",
  nested: "dynamic",
  text: "fielddata fielddata_frequency_filter eager_global_ordinals search_analyzer search_quote_analyzer",
  search_as_you_type: "search_analyzer search_quote_analyzer",
  keyword: "ignore_above eager_global_ordinals split_queries_on_whitespace",
  wildcard: "ignore_above",
  flattened: "depth_limit eager_global_ordinals ignore_above split_queries_on_whitespace",
  completion: "search_analyzer max_input_length",
  join: "eager_global_ordinals",
  alias: "path",
  semantic_text: "search_inference_id",
  long: number,
  integer: number,
  short: number,
  byte: number,
  double: number,
  float: number,
  half_float: number,
  unsigned_long: number,
  scaled_float: number,
  boolean: malformed,
  date: malformed,
  date_nanos: malformed,
  ip: malformed,
  histogram: malformed,
  integer_range: "coerce",
  long_range: "coerce",
  float_range: "coerce",
  double_range: "coerce",
  date_range: "coerce",
  ip_range: "coerce",
  geo_point: points,
  point: points,
  geo_shape: shapes,
  shape: shapes,
};

/** Values of parameters that aren't shown, since they are what a field has anyway. */
const defaults: JsonObject = {
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
  depth_limit: 20,
  max_input_length: 50,
  null_value: null,
  copy_to: [],
  meta: {},
};
const defaultsOf: Record<string, JsonObject> = {
  text: { norms: true, index_options: "positions" },
  search_as_you_type: { norms: true, index_options: "positions" },
  keyword: { index_options: "docs" },
  date: { format: "strict_date_optional_time||epoch_millis" },
  date_nanos: { format: "strict_date_optional_time_nanos||epoch_millis" },
  binary: { doc_values: false },
  geo_shape: { coerce: false, orientation: "right" },
  shape: { coerce: false, orientation: "right" },
};

const parameterSets = sets(parameters);
const changeableSets = sets(changeable);
const changeableAnywhere = new Set(["meta", "copy_to"]);

export function knownType(type: string): boolean {
  return parameterSets.has(type);
}

export function parametersOf(type: string): ReadonlySet<string> {
  return parameterSets.get(type) ?? new Set();
}

/** Whether an existing field takes the change; a parameter that the new definition leaves out goes back to its default. */
export function mayChange(type: string, parameter: string, before: Json | undefined, after: Json | undefined): boolean {
  if (parameter === "norms") return after === false || (after === undefined && defaultOf(type, "norms") === false);
  if (parameter === "value" && type === "constant_keyword") return before === undefined;
  if (changeableAnywhere.has(parameter)) return true;
  return changeableSets.get(type)?.has(parameter) ?? false;
}

/** A parameter's value as the server keeps it; undefined for the default. */
export function keptValue(type: string, parameter: string, value: Json): Json | undefined {
  const given = parameter === "copy_to" && !Array.isArray(value) ? [value] : typed(defaultOf(type, parameter), value);
  return equal(given, defaultOf(type, parameter)) ? undefined : given;
}

function defaultOf(type: string, parameter: string): Json | undefined {
  const own = defaultsOf[type] ?? {};
  return parameter in own ? own[parameter] : defaults[parameter];
}

/** Text is accepted for numbers and booleans. */
function typed(like: Json | undefined, value: Json): Json {
  if (typeof value !== "string") return value;
  if (typeof like === "boolean" && (value === "true" || value === "false")) return value === "true";
  return typeof like === "number" && /^-?\d+$/.test(value) ? Number(value) : value;
}

function sets(of: Record<string, string>): Map<string, ReadonlySet<string>> {
  return new Map(Object.entries(of).map(([type, list]) => [type, new Set(list.split(" "))]));
}
