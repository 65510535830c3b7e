import { deepEqual } from "../../model/equality";
import type { View } from "../../model/resource";
import { isRecord } from "../../model/unknown";

export type Settings = Record<string, unknown>;

/** Settings as the server compares them: dotted names with the prefix `index.`, scalars as text; `null` is unset. */
export function flatSettings(settings: unknown): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  const walk = (value: unknown, name: string) => {
    if (isRecord(value) && Object.keys(value).length > 0) {
      for (const [key, item] of Object.entries(value)) {
        walk(item, name ? `${name}.${key}` : key);
      }
    } else if (name && value !== null && !isRecord(value)) {
      flat[full(name)] = scalars(value);
    }
  };
  walk(settings, "");
  return flat;
}

/** Only the declared settings are compared; `2`, `"2"`, nested and dotted spellings mean the same. */
export const settingsView: View<Settings> = {
  equal: (a, b) => deepEqual(flatSettings(a), flatSettings(b)),
  of: (declared, live) => inSpellingOf(declared, flatSettings(live), "") as Settings,
};

/**
 * Settings to write so that the declared ones hold. One that is declared no more returns to what the index was made with
 * when nobody declared it: `initial`, or by `null` the server's default.
 */
export function settingsToWrite(
  desired: unknown,
  recorded: unknown,
  live: unknown,
  initial?: unknown,
): Record<string, unknown> {
  const wanted = flatSettings(desired);
  const present = flatSettings(live);
  const original = flatSettings(initial);
  const dropped = Object.keys(flatSettings(recorded)).filter((name) => !(name in wanted) && !STATIC.test(name));
  const returning = dropped.map((name) => [name, original[name] ?? null] as const);
  const all = [...Object.entries(wanted), ...returning];
  return Object.fromEntries(all.filter(([name, value]) => !deepEqual(value, present[name] ?? null)));
}

/** Whether a change touches settings that are fixed at creation. One that is declared no more just stays. */
export function changesStaticSetting(olds: unknown, news: unknown): boolean {
  const before = flatSettings(olds);
  const after = flatSettings(news);
  return Object.keys(after).some((name) => STATIC.test(name) && !deepEqual(before[name], after[name]));
}

/** What the server adds to each index by itself. */
export function withoutServerSettings(settings: unknown): Record<string, unknown> {
  const entries = Object.entries(flatSettings(settings)).filter(([name]) => !SERVER_ADDED.test(name));
  return Object.fromEntries(entries);
}

/** Whether a setting, by its full name, is fixed at creation. */
export function isStatic(name: string): boolean {
  return STATIC.test(name);
}

const STATIC =
  /^index\.((number_of_shards|number_of_routing_shards|routing_partition_size|codec|mode|soft_deletes\.enabled|shard\.check_on_startup|load_fixed_bitset_filters_eagerly|routing_path|mapping\.(coerce|ignore_malformed|source\.mode)|percolator\.map_unmapped_fields_as_text|query_string\.lenient)$|(analysis|similarity|sort|store|time_series)\.)/;

const SERVER_ADDED =
  /^index\.(uuid|creation_date|provided_name|version\.|routing\.allocation\.include\._tier_preference|resize\.)/;

function inSpellingOf(declared: unknown, live: Record<string, unknown>, name: string): unknown {
  if (isRecord(declared)) {
    const entries = Object.entries(declared).map(([key, item]) => [
      key,
      inSpellingOf(item, live, name ? `${name}.${key}` : key),
    ]);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }
  const value = declared === null ? (live[full(name)] ?? null) : live[full(name)];
  return deepEqual(scalars(declared), value) ? declared : value;
}

function full(name: string): string {
  return name.startsWith("index.") ? name : `index.${name}`;
}

function scalars(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(scalars);
  }
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}
