import { deepEqual } from "../../provider/model/equality";
import type { Bag } from "../../provider/model/resource";
import { isRecord } from "../../provider/model/unknown";
import { LANGUAGES, type Language, languageMappings, languageSettings } from "../../provider/resources/index/analysis";
import { flatSettings } from "../../provider/resources/index/settings";

/** What a program has to declare of an index so that it is made anew as it is: nothing that it gets anyway. */
export function indexInputs(live: Bag): Bag {
  const settings = flatSettings(live.settings);
  const mappings = isRecord(live.mappings) ? live.mappings : {};
  const language = LANGUAGES.find((each) => isMadeFor(each, settings, mappings));
  const given = language ? { settings: languageSettings(language), mappings: languageMappings() } : undefined;
  return {
    name: live.name,
    language,
    settings: unlessEmpty(nested(withoutDefaults(settings, flatSettings(given?.settings)))),
    mappings: unlessEmpty(declaredMappings(mappings, given?.mappings)),
    aliases: live.aliases,
  };
}

/** All that the language gives is there: analysis exactly, the rest with whatever value. */
function isMadeFor(language: Language, settings: Bag, mappings: Bag): boolean {
  const given = flatSettings(languageSettings(language));
  const analysis = Object.keys(settings).filter((name) => name.startsWith(ANALYSIS));
  return (
    Object.entries(given).every(([name, value]) =>
      name.startsWith(ANALYSIS) ? deepEqual(settings[name], value) : name in settings,
    ) &&
    analysis.every((name) => name in given) &&
    Object.keys(languageMappings()).every((name) => name in mappings)
  );
}

const ANALYSIS = "index.analysis.";

const DEFAULTS: Bag = { "index.number_of_shards": "1", "index.number_of_replicas": "1" };

function withoutDefaults(settings: Bag, given: Bag): Bag {
  const expands = (settings["index.auto_expand_replicas"] ?? "false") !== "false";
  const entries = Object.entries(settings).filter(([name, value]) => {
    // Then the server counts the replicas.
    const counted = expands && name === "index.number_of_replicas";
    return !counted && !deepEqual(value, given[name] ?? DEFAULTS[name]);
  });
  return Object.fromEntries(entries);
}

/** As a person would write them: without the prefix, inside each other, numbers as numbers. */
function nested(settings: Bag): Bag {
  const all: Bag = {};
  for (const [name, value] of Object.entries(settings)) {
    const path = name.replace(/^index\./, "").split(".");
    if (!place(all, path, plain(value))) {
      all[name] = plain(value);
    }
  }
  return all;
}

/** Whether there was room: a name may be a value and the beginning of others at once. */
function place(into: Bag, [first = "", ...rest]: string[], value: unknown): boolean {
  if (first === "__proto__") {
    return false;
  }
  if (rest.length === 0) {
    if (Object.hasOwn(into, first)) {
      return false;
    }
    into[first] = value;
    return true;
  }
  if (!Object.hasOwn(into, first)) {
    into[first] = {};
  }
  const next = into[first];
  return isRecord(next) && place(next, rest, value);
}

function plain(value: unknown): unknown {
  if (value === "true" || value === "false") {
    return value === "true";
  }
  return typeof value === "string" && /^-?\d+$/.test(value) && String(Number(value)) === value ? Number(value) : value;
}

/** Without what the language gives, and without fields that any document with a text would make again. */
function declaredMappings(mappings: Bag, given: Bag = {}): Bag {
  const { properties, ...root } = mappings;
  const rest = Object.entries(root).filter(
    ([name, value]) => !deepEqual(value, given[name]) && !(name === "dynamic" && isOn(value)),
  );
  const own = Object.fromEntries(rest);
  const text = own.dynamic_templates === undefined ? textField(given) : undefined;
  const fields = declaredFields(properties, isOn(mappings.dynamic) ? text : undefined);
  return { ...own, ...(fields ? { properties: fields } : {}) };
}

function declaredFields(properties: unknown, text: unknown): Bag | undefined {
  const entries = Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, field]) => {
    const declared = declaredField(field, text);
    return declared === undefined ? [] : [[name, declared] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function declaredField(field: unknown, text: unknown): unknown {
  if (text !== undefined && deepEqual(field, text)) {
    return undefined;
  }
  const isObject = isRecord(field) && (field.type === undefined || field.type === "object");
  if (!isObject || !isRecord(field.properties)) {
    return field;
  }
  const { properties, ...rest } = field;
  const inner = declaredFields(properties, isOn(rest.dynamic) ? text : undefined);
  const all = { ...rest, ...(inner ? { properties: inner } : {}) };
  return text !== undefined && Object.keys(all).length === 0 ? undefined : all;
}

/** How a text is mapped that no document had before. */
function textField(given: Bag): unknown {
  const [template] = (given.dynamic_templates ?? []) as { all_text_fields: { mapping: unknown } }[];
  return (
    template?.all_text_fields.mapping ?? { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } }
  );
}

function isOn(dynamic: unknown): boolean {
  return dynamic === undefined || dynamic === true || dynamic === "true";
}

function unlessEmpty(bag: Bag): Bag | undefined {
  return Object.keys(bag).length > 0 ? bag : undefined;
}
