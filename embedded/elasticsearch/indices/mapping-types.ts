const anyField = "boost copy_to doc_values fields index meta store time_series_dimension time_series_metric";
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

/** Parameters that an existing field may change or lose. */
const changeable: Record<string, string> = {
  text: "boost fielddata fielddata_frequency_filter eager_global_ordinals meta search_analyzer search_quote_analyzer norms copy_to",
  keyword: "boost ignore_above eager_global_ordinals meta norms split_queries_on_whitespace copy_to",
};
const changeableAnywhere = "boost meta coerce ignore_malformed copy_to ignore_above include_in_parent include_in_root";

const parameterSets = sets(parameters);
const changeableSets = sets(changeable);
const changeableEverywhere = new Set(changeableAnywhere.split(" "));

export function knownType(type: string): boolean {
  return parameterSets.has(type);
}

export function parametersOf(type: string): ReadonlySet<string> {
  return parameterSets.get(type) ?? new Set();
}

export function mayChange(type: string, parameter: string): boolean {
  return (changeableSets.get(type) ?? changeableEverywhere).has(parameter);
}

function sets(of: Record<string, string>): Map<string, ReadonlySet<string>> {
  return new Map(Object.entries(of).map(([type, list]) => [type, new Set(list.split(" "))]));
}
