/** When a setting may change: always, on a closed index only, or never after creation. */
export type Mutability = "dynamic" | "static" | "final";
type Value = "integer" | "boolean" | "time" | "bytes" | "number" | "text" | "list";

export interface Setting {
  readonly mutability: Mutability;
  readonly value: Value;
  readonly minimum?: number;
  readonly maximum?: number;
}

function setting(mutability: Mutability, value: Value, minimum?: number, maximum?: number): Setting {
  return {
    mutability,
    value,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

const named: Record<string, Setting> = {
  number_of_shards: setting("final", "integer", 1, 1024),
  number_of_routing_shards: setting("final", "integer", 1),
  routing_partition_size: setting("final", "integer", 1),
  mode: setting("final", "text"),
  "soft_deletes.enabled": setting("final", "boolean"),
  "soft_deletes.retention.operations": setting("dynamic", "integer", 0),
  "soft_deletes.retention_lease.period": setting("dynamic", "time"),
  "sort.field": setting("final", "list"),
  "sort.order": setting("final", "list"),
  "sort.mode": setting("final", "list"),
  "sort.missing": setting("final", "list"),
  codec: setting("static", "text"),
  load_fixed_bitset_filters_eagerly: setting("static", "boolean"),
  "shard.check_on_startup": setting("static", "text"),
  "store.type": setting("static", "text"),
  "store.preload": setting("static", "list"),
  "mapping.coerce": setting("static", "boolean"),
  "mapping.ignore_malformed": setting("static", "boolean"),
  "mapping.source.mode": setting("final", "text"),
  "query_string.lenient": setting("static", "boolean"),
  number_of_replicas: setting("dynamic", "integer", 0),
  auto_expand_replicas: setting("dynamic", "text"),
  hidden: setting("dynamic", "boolean"),
  refresh_interval: setting("dynamic", "time"),
  "search.idle.after": setting("dynamic", "time"),
  max_result_window: setting("dynamic", "integer", 1),
  max_inner_result_window: setting("dynamic", "integer", 1),
  max_rescore_window: setting("dynamic", "integer", 1),
  max_docvalue_fields_search: setting("dynamic", "integer", 0),
  max_script_fields: setting("dynamic", "integer", 0),
  max_ngram_diff: setting("dynamic", "integer", 0),
  max_shingle_diff: setting("dynamic", "integer", 0),
  max_refresh_listeners: setting("dynamic", "integer", 0),
  max_slices_per_scroll: setting("dynamic", "integer", 1),
  max_terms_count: setting("dynamic", "integer", 1),
  max_regex_length: setting("dynamic", "integer", 1),
  "analyze.max_token_count": setting("dynamic", "integer", 1),
  "highlight.max_analyzed_offset": setting("dynamic", "integer", -1),
  "query.default_field": setting("dynamic", "list"),
  "query.parse.allow_unmapped_fields": setting("dynamic", "boolean"),
  gc_deletes: setting("dynamic", "time"),
  default_pipeline: setting("dynamic", "text"),
  final_pipeline: setting("dynamic", "text"),
  priority: setting("dynamic", "integer", 0),
  "blocks.read_only": setting("dynamic", "boolean"),
  "blocks.read_only_allow_delete": setting("dynamic", "boolean"),
  "blocks.read": setting("dynamic", "boolean"),
  "blocks.write": setting("dynamic", "boolean"),
  "blocks.metadata": setting("dynamic", "boolean"),
  "mapping.total_fields.limit": setting("dynamic", "integer", 0),
  "mapping.total_fields.ignore_dynamic_beyond_limit": setting("dynamic", "boolean"),
  "mapping.depth.limit": setting("dynamic", "integer", 1),
  "mapping.nested_fields.limit": setting("dynamic", "integer", 0),
  "mapping.nested_objects.limit": setting("dynamic", "integer", 0),
  "mapping.field_name_length.limit": setting("dynamic", "integer", 1),
  "mapping.dimension_fields.limit": setting("dynamic", "integer", 0),
  "requests.cache.enable": setting("dynamic", "boolean"),
  "unassigned.node_left.delayed_timeout": setting("dynamic", "time"),
  "write.wait_for_active_shards": setting("dynamic", "text"),
  "warmer.enabled": setting("dynamic", "boolean"),
  flush_after_merge: setting("dynamic", "bytes"),
  "lifecycle.name": setting("dynamic", "text"),
  "lifecycle.rollover_alias": setting("dynamic", "text"),
  "lifecycle.parse_origination_date": setting("dynamic", "boolean"),
  "lifecycle.origination_date": setting("dynamic", "integer", -1),
  "lifecycle.indexing_complete": setting("dynamic", "boolean"),
  "lifecycle.prefer_ilm": setting("dynamic", "boolean"),
};

/** Groups whose members aren't listed one by one. */
const groups: readonly (readonly [prefix: string, Setting])[] = [
  ["analysis.", setting("static", "text")],
  ["similarity.", setting("static", "text")],
  ["routing.", setting("dynamic", "text")],
  ["merge.", setting("dynamic", "text")],
  ["translog.", setting("dynamic", "text")],
  ["search.slowlog.", setting("dynamic", "text")],
  ["indexing.slowlog.", setting("dynamic", "text")],
];

/** Set by the server; a request can't. */
const privateSettings = new Set([
  "uuid",
  "creation_date",
  "provided_name",
  "version.created",
  "history.uuid",
  "resize.source.name",
]);

export function lookUpSetting(key: string): Setting | undefined {
  const name = key.slice("index.".length);
  return Object.hasOwn(named, name) ? named[name] : groups.find(([prefix]) => name.startsWith(prefix))?.[1];
}

export function isPrivateSetting(key: string): boolean {
  return privateSettings.has(key.slice("index.".length));
}

export function knownSettings(): string[] {
  return Object.keys(named).map((name) => `index.${name}`);
}
