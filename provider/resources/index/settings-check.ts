import type { Issue } from "../../model/issues";
import { containsUnknown, isRecord } from "../../model/unknown";
import { nearest } from "../../text/nearest";
import { flatSettings } from "./settings";

/** What a server would refuse of settings whatever its version. What isn't known here is left to it. */
export function settingIssues(settings: unknown): Issue[] {
  if (!isRecord(settings)) {
    return [];
  }
  return leaves(settings, []).flatMap(({ path, value }) => {
    const [name = ""] = Object.keys(flatSettings(nestedAt(path)));
    const message = containsUnknown(value) ? undefined : (nameIssue(name) ?? valueIssue(name, value));
    return message ? [{ path: ["settings", ...path], message }] : [];
  });
}

type Value = "boolean" | "count" | "positive" | "integer" | "time" | "replicas" | "any";

/** Settings by name, without `index.`: those that people write. */
const KNOWN: Record<string, Value> = {
  ...named(
    "positive",
    "number_of_shards number_of_routing_shards routing_partition_size max_result_window max_inner_result_window " +
      "max_rescore_window max_slices_per_scroll max_terms_count max_regex_length analyze.max_token_count " +
      "mapping.depth.limit mapping.field_name_length.limit",
  ),
  ...named(
    "count",
    "number_of_replicas max_docvalue_fields_search max_script_fields max_ngram_diff max_shingle_diff " +
      "max_refresh_listeners priority mapping.total_fields.limit mapping.nested_fields.limit " +
      "mapping.nested_objects.limit mapping.dimension_fields.limit soft_deletes.retention.operations " +
      "allocation.max_retries",
  ),
  ...named("integer", "highlight.max_analyzed_offset"),
  ...named(
    "boolean",
    "hidden query.parse.allow_unmapped_fields blocks.read_only blocks.read_only_allow_delete blocks.read blocks.write " +
      "blocks.metadata mapping.total_fields.ignore_dynamic_beyond_limit mapping.coerce mapping.ignore_malformed " +
      "requests.cache.enable soft_deletes.enabled load_fixed_bitset_filters_eagerly query_string.lenient " +
      "lifecycle.parse_origination_date lifecycle.indexing_complete lifecycle.prefer_ilm",
  ),
  ...named(
    "time",
    "refresh_interval search.idle.after gc_deletes unassigned.node_left.delayed_timeout soft_deletes.retention_lease.period " +
      "translog.sync_interval",
  ),
  ...named("replicas", "auto_expand_replicas"),
  ...named(
    "any",
    "codec mode query.default_field default_pipeline final_pipeline shard.check_on_startup store.type store.preload " +
      "sort.field sort.order sort.mode sort.missing write.wait_for_active_shards warmer.enabled flush_after_merge " +
      "lifecycle.name lifecycle.rollover_alias lifecycle.origination_date translog.durability " +
      "translog.flush_threshold_size mapping.source.mode routing_path format data_path",
  ),
};

const PRIVATE = /^index\.(uuid|creation_date|provided_name|history\.uuid|version\.created|resize\..+)$/;

function nameIssue(name: string): string | undefined {
  if (PRIVATE.test(name)) {
    return "is set by the server and can't be declared";
  }
  const short = name.replace(/^index\./, "");
  if (short in KNOWN) {
    return undefined;
  }
  const guess = nearest(short, Object.keys(KNOWN));
  // A setting of a plugin or of a later version may resemble a known one; a slip of a letter or two doesn't look like that.
  return guess && differsLittle(plain(short), plain(guess))
    ? `is not a known setting; did you mean '${guess}'?`
    : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** The same letters but for one or two at one place. */
function differsLittle(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) {
    end++;
  }
  return Math.max(a.length, b.length) - start - end <= 2;
}

function valueIssue(name: string, value: unknown): string | undefined {
  const kind = KNOWN[name.replace(/^index\./, "")];
  const text = isScalar(value) ? String(value) : "";
  switch (value === null ? "any" : kind) {
    case "boolean":
      return /^(true|false)$/.test(text) ? undefined : "must be true or false";
    case "positive":
      return wholeNumber(text, 1);
    case "count":
      return wholeNumber(text, 0);
    case "integer":
      return wholeNumber(text, -1);
    case "time":
      return /^(-1|0|\d+(\.\d+)?\s*(nanos|micros|ms|s|m|h|d))$/i.test(text)
        ? undefined
        : 'must be a time such as "30s", "5m", or -1';
    case "replicas":
      return /^(false|\d+-(\d+|all))$/.test(text) ? undefined : 'must be a range such as "0-3" or "0-all", or false';
    default:
      return undefined;
  }
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function wholeNumber(text: string, minimum: number): string | undefined {
  return /^-?\d+$/.test(text) && Number(text) >= minimum
    ? undefined
    : `must be a whole number${minimum < 0 ? "" : `, at least ${minimum}`}`;
}

function leaves(value: unknown, path: string[]): { path: string[]; value: unknown }[] {
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
  }
  return [{ path, value }];
}

function nestedAt(path: string[]): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), "");
}

function named(value: Value, names: string): Record<string, Value> {
  return Object.fromEntries(names.split(" ").map((name) => [name, value]));
}
