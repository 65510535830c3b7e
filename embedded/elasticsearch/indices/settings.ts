import { ElasticsearchError, illegalArgument } from "../errors";
import { isObject, type Json, type JsonObject } from "../json";
import { closest } from "../parse/suggestions";
import type { IndexMetadata } from "../store/document-store";
import { isPrivateSetting, knownSettings, lookUpSetting, type Setting } from "./setting-registry";

export type FlatSettings = Record<string, string | readonly string[]>;
/** As flat settings, where null takes a setting back to its default. */
export type SettingChanges = Record<string, string | readonly string[] | null>;

/** Nested or dotted, with or without `index.`: all become flat keys with string values. */
export function flattenSettings(settings: JsonObject): SettingChanges {
  const flat: SettingChanges = {};
  const visit = (prefix: string, value: Json) => {
    if (isObject(value))
      for (const [key, member] of Object.entries(value)) visit(prefix === "" ? key : `${prefix}.${key}`, member);
    else flat[prefix.startsWith("index.") ? prefix : `index.${prefix}`] = scalar(prefix, value);
  };
  visit("", settings);
  return flat;
}

/** Refuses unknown settings and values that don't fit. */
export function checkSettings(changes: SettingChanges): void {
  for (const [key, value] of Object.entries(changes)) {
    if (isPrivateSetting(key)) {
      const reason = `Validation Failed: 1: private index setting [${key}] can not be set explicitly;`;
      throw new ElasticsearchError(400, "validation_exception", reason);
    }
    const setting = lookUpSetting(key);
    if (setting === undefined) throw unknownSetting(key);
    if (value !== null) checkValue(key, value, setting);
  }
}

/** Refuses changes that an existing index can't take; `reopen` stands for closing and opening around them. */
export function checkMutability(changes: SettingChanges, index: IndexMetadata, mayReopen: boolean): void {
  const kept = Object.keys(changes)
    .filter((key) => lookUpSetting(key)?.mutability !== "dynamic")
    .sort();
  if (kept.length === 0) return;
  if (!index.closed && !mayReopen) {
    const where = `for open indices [[${index.name}/${index.uuid}]]`;
    const way =
      " unless the `reopen` query parameter is set to true. Alternatively, close the indices, apply the settings " +
      "changes, and reopen the indices";
    throw illegalArgument(`Can't update non dynamic settings [[${kept.join(", ")}]] ${where}${way}`);
  }
  const final = kept.find((key) => lookUpSetting(key)?.mutability === "final");
  if (final !== undefined) throw illegalArgument(`final ${index.name} setting [${final}], not updateable`);
}

export function applySettings(
  settings: FlatSettings,
  changes: SettingChanges,
  preserveExisting: boolean,
): FlatSettings {
  const next = { ...settings };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete next[key];
    else if (!preserveExisting || !(key in next)) next[key] = value;
  }
  return next;
}

export interface ShownSettings {
  readonly flat: boolean;
  /** The server's version when `human` was asked for: time and version are shown as text as well then. */
  readonly human?: string | undefined;
}

/** The form of `GET _settings`: everything is a string, nested below `index`. */
export function showSettings(index: IndexMetadata, { flat, human }: ShownSettings): JsonObject {
  const all: Record<string, Json> = {};
  for (const [key, value] of Object.entries(serverSettings(index)))
    all[key] = typeof value === "string" ? value : [...value];
  if (human !== undefined) {
    all["index.creation_date_string"] = new Date(index.creationDate).toISOString();
    all["index.version.created_string"] = human;
  }
  return flat ? Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))) : nest(all);
}

/** Flat keys to nested objects; a key below which there are further keys stays dotted. */
export function nest(flat: Record<string, Json>): JsonObject {
  const root: JsonObject = {};
  for (const [key, value] of Object.entries(flat)) {
    const path = key.split(".");
    const last = path.pop() ?? key;
    let level: JsonObject = root;
    for (const step of path) {
      const next = level[step];
      if (isObject(next)) level = next;
      else {
        const fresh: JsonObject = {};
        level[step] = fresh;
        level = fresh;
      }
    }
    level[last] = value;
  }
  return root;
}

function serverSettings(index: IndexMetadata): FlatSettings {
  return {
    "index.routing.allocation.include._tier_preference": "data_content",
    "index.number_of_shards": "1",
    "index.number_of_replicas": "1",
    ...index.settings,
    "index.uuid": index.uuid,
    "index.creation_date": String(index.creationDate),
    "index.provided_name": index.name,
  };
}

function scalar(key: string, value: Json): string | readonly string[] | null {
  if (value === null) return null;
  if (Array.isArray(value)) {
    if (value.some((item) => isObject(item) || Array.isArray(item))) {
      throw illegalArgument(`Failed to parse value for setting [${key}]: only simple values are allowed in a list`);
    }
    return value.map(String);
  }
  return String(value);
}

function unknownSetting(key: string): ElasticsearchError {
  const near = closest(key, knownSettings(), 0.7).slice(0, 5);
  const hint =
    near.length === 0
      ? ""
      : near.length === 1
        ? ` did you mean [${near[0]}]?`
        : ` did you mean any of [${near.join(", ")}]?`;
  const advice =
    " please check that any required plugins are installed, or check the breaking changes documentation for removed settings";
  return illegalArgument(`unknown setting [${key}]${hint === "" ? advice : hint}`);
}

function checkValue(key: string, value: string | readonly string[], setting: Setting): void {
  if (typeof value !== "string") return;
  if (setting.value === "integer") {
    if (!/^-?\d+$/.test(value)) throw illegalArgument(`Failed to parse value [${value}] for setting [${key}]`);
    const number = Number(value);
    const refused = `Failed to parse value [${value}] for setting [${key}] must be`;
    if (setting.minimum !== undefined && number < setting.minimum)
      throw illegalArgument(`${refused} >= ${setting.minimum}`);
    if (setting.maximum !== undefined && number > setting.maximum)
      throw illegalArgument(`${refused} <= ${setting.maximum}`);
  }
  if (setting.value === "boolean" && value !== "true" && value !== "false") {
    throw illegalArgument(`Failed to parse value [${value}] as only [true] or [false] are allowed.`);
  }
  if (setting.value === "time" && !/^(-1|0|\d+(\.\d+)?\s*(nanos|micros|ms|s|m|h|d))$/.test(value)) {
    throw illegalArgument(
      `failed to parse setting [${key}] with value [${value}] as a time value: unit is missing or unrecognized`,
    );
  }
  if (key === "index.auto_expand_replicas" && !/^(false|\d+-(\d+|all))$/.test(value)) {
    throw illegalArgument(`failed to parse [${key}] from value: [${value}] at index -1`);
  }
}
