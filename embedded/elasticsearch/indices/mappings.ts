import { illegalArgument, mapperParsing } from "../errors";
import { equal, isObject, type Json, type JsonObject } from "../json";
import { knownAnalyzer } from "./analysis";
import { keptValue, knownType, mayChange, parametersOf } from "./mapping-types";
import type { FlatSettings } from "./settings";

const rootMembers = new Set([
  "properties",
  "dynamic",
  "dynamic_templates",
  "_meta",
  "_source",
  "_routing",
  "_size",
  "date_detection",
  "numeric_detection",
  "dynamic_date_formats",
  "runtime",
  "subobjects",
  "_data_stream_timestamp",
  "enabled",
  "_doc_count",
]);

/** Checks a mapping and brings it to the form in which it is shown again. */
export function parseMapping(mapping: JsonObject, settings: FlatSettings): JsonObject {
  const unknown = Object.entries(mapping).filter(([key]) => !rootMembers.has(key));
  if (unknown.length > 0) {
    const listed = unknown
      .map(([key, value]) => `[${key} : ${typeof value === "object" ? JSON.stringify(value) : String(value)}]`)
      .join(" ");
    throw malformed(`Root mapping definition has unsupported parameters:  ${listed}`);
  }
  const parsed: JsonObject = { ...mapping };
  if (mapping.dynamic !== undefined) parsed.dynamic = dynamicMode(mapping.dynamic);
  if (mapping.dynamic_templates !== undefined) checkTemplates(mapping.dynamic_templates, settings);
  if (mapping.properties !== undefined) {
    parsed.properties = parseProperties("", mapping.properties, settings, splits(mapping));
  }
  if (isObject(parsed.properties) && Object.keys(parsed.properties).length === 0) delete parsed.properties;
  return parsed;
}

/** Merges a parsed mapping into an existing one; what can't change is refused. */
export function mergeMapping(current: JsonObject, change: JsonObject): JsonObject {
  checkObject("_doc", current, change);
  checkMetadata(current, change);
  const merged: JsonObject = { ...current, ...change };
  if (isObject(change.properties))
    merged.properties = mergeProperties("", object(current.properties), change.properties);
  if (isObject(change.runtime)) {
    const fields = Object.entries({ ...object(current.runtime), ...change.runtime }).filter(
      ([, each]) => each !== null,
    );
    merged.runtime = Object.fromEntries(fields);
  }
  for (const key of ["runtime", "dynamic_templates"]) {
    if (Object.keys(merged[key] ?? { kept: true }).length === 0) delete merged[key];
  }
  return merged;
}

/** Without objects below it, a dot is a part of a field's name. */
function splits(definition: JsonObject): boolean {
  return String(definition.subobjects) !== "false";
}

function parseProperties(path: string, properties: Json, settings: FlatSettings, split: boolean): JsonObject {
  if (!isObject(properties))
    throw malformed(`Expected map for property [properties] on field [${path}] but got a scalar`);
  const parsed: JsonObject = {};
  for (const [name, definition] of Object.entries(properties)) {
    if (name.trim() === "") throw malformed("field name cannot be an empty string");
    const [head = name, ...rest] = split ? name.split(".") : [name];
    const nested = rest.reduceRight<Json>((inner, step) => ({ properties: { [step]: inner } }), definition);
    const field = parseField(path === "" ? head : `${path}.${head}`, head, nested, settings);
    parsed[head] = isObject(parsed[head]) ? mergeField(head, parsed[head], field) : field;
  }
  return parsed;
}

function parseField(path: string, name: string, definition: Json, settings: FlatSettings): JsonObject {
  if (!isObject(definition)) throw malformed(`Expected map for property [fields] on field [${name}] but got a scalar`);
  const type = definition.type ?? "object";
  if (definition.type === undefined && definition.properties === undefined && !looksLikeObject(definition)) {
    throw malformed(`No type specified for field [${name}]`);
  }
  if (typeof type !== "string" || !knownType(type)) {
    throw malformed(
      `The mapper type [${String(type)}] declared on field [${name}] does not exist. It might have been created within ` +
        "a future version or requires a plugin to be installed. Check the documentation.",
    );
  }
  const allowed = parametersOf(type);
  for (const key of Object.keys(definition)) {
    if (key === "type" || allowed.has(key)) continue;
    throw malformed(`unknown parameter [${key}] on mapper [${name}] of type [${type}]`);
  }
  const parsed: JsonObject = {};
  for (const [key, value] of Object.entries(definition)) {
    const kept = keptValue(type, key, value);
    if (kept !== undefined) parsed[key] = kept;
  }
  if (type === "object" && definition.properties !== undefined) delete parsed.type;
  if (definition.dynamic !== undefined) parsed.dynamic = dynamicMode(definition.dynamic);
  if (definition.properties !== undefined)
    parsed.properties = parseProperties(path, definition.properties, settings, splits(definition));
  if (definition.fields !== undefined) parsed.fields = parseProperties(path, definition.fields, settings, false);
  for (const key of ["analyzer", "search_analyzer", "search_quote_analyzer"]) {
    const analyzer = definition[key];
    if (typeof analyzer === "string" && !knownAnalyzer(settings, analyzer)) {
      throw malformed(`analyzer [${analyzer}] has not been configured in mappings`);
    }
  }
  return parsed;
}

function looksLikeObject(definition: JsonObject): boolean {
  return "enabled" in definition && Object.keys(definition).length === 1;
}

function mergeProperties(path: string, current: JsonObject, change: JsonObject): JsonObject {
  const merged: JsonObject = { ...current };
  for (const [name, field] of Object.entries(change)) {
    const existing = merged[name];
    const full = path === "" ? name : `${path}.${name}`;
    merged[name] = isObject(existing) && isObject(field) ? mergeField(full, existing, field) : field;
  }
  return merged;
}

function mergeField(path: string, current: JsonObject, change: JsonObject): JsonObject {
  const before = String(current.type ?? "object");
  const after = String(change.type ?? "object");
  if (before !== after) throw typeChange(path, before, after);
  if (objects.includes(after)) return mergeObject(path, current, change);
  const problems = [...new Set([...Object.keys(current), ...Object.keys(change)])]
    .filter((key) => key !== "fields" && !equal(current[key], change[key]))
    .filter((key) => !mayChange(after, key, current[key], change[key]))
    .map(
      (key) => `Cannot update parameter [${key}] from [${shown(key, current[key])}] to [${shown(key, change[key])}]`,
    );
  if (problems.length > 0) {
    throw illegalArgument(`Mapper for [${path}] conflicts with existing mapper:\n\t${problems.join("\n\t")}`);
  }
  // What the new definition leaves out is back at its default; only sub-fields stay.
  const merged: JsonObject = { ...change };
  if (isObject(current.fields)) merged.fields = mergeProperties(path, current.fields, object(change.fields));
  return merged;
}

/** An object keeps what a change leaves out. */
function mergeObject(path: string, current: JsonObject, change: JsonObject): JsonObject {
  checkObject(path, current, change);
  for (const key of ["include_in_parent", "include_in_root"]) {
    if (!equal(current[key], change[key])) {
      throw illegalArgument(`the [${key}] parameter can't be updated on a nested object mapping`);
    }
  }
  const merged: JsonObject = { ...current, ...change };
  if (isObject(change.properties))
    merged.properties = mergeProperties(path, object(current.properties), change.properties);
  if (merged.type === "object" && merged.properties !== undefined) delete merged.type;
  return merged;
}

function checkObject(path: string, current: JsonObject, change: JsonObject): void {
  for (const key of ["enabled", "subobjects"]) {
    if (change[key] !== undefined && String(change[key]) !== String(current[key] ?? true)) {
      throw illegalArgument(`the [${key}] parameter can't be updated for the object mapping [${path}]`);
    }
  }
}

const metadataDefaults: Readonly<Record<string, JsonObject>> = {
  _source: { enabled: true, includes: [], excludes: [] },
  _routing: { required: false },
};

/** A metadata field that a change names is defined anew by it; of all that only the source may be switched off. */
function checkMetadata(current: JsonObject, change: JsonObject): void {
  for (const [field, defaults] of Object.entries(metadataDefaults)) {
    if (change[field] === undefined) continue;
    const [before, after] = [current[field], change[field]].map((value) => ({ ...defaults, ...object(value) }));
    const problems = Object.keys({ ...before, ...after })
      .filter((key) => String(before?.[key]) !== String(after?.[key]))
      .filter((key) => !(field === "_source" && key === "enabled" && String(after?.[key]) === "false"))
      .map((key) => `Cannot update parameter [${key}] from [${String(before?.[key])}] to [${String(after?.[key])}]`);
    if (problems.length > 0) {
      throw illegalArgument(`Mapper for [${field}] conflicts with existing mapper:\n\t${problems.join("\n\t")}`);
    }
  }
}

const objects = ["object", "nested"];

function typeChange(path: string, before: string, after: string) {
  if (objects.includes(before) && objects.includes(after)) {
    return illegalArgument(`can't merge a non-nested mapping [${path}] with a nested mapping`);
  }
  if (objects.includes(before) || objects.includes(after)) {
    return illegalArgument(`can't merge a non object mapping [${path}] with an object mapping`);
  }
  return illegalArgument(`mapper [${path}] cannot be changed from type [${before}] to [${after}]`);
}

function shown(key: string, value: Json | undefined): string {
  if (value !== undefined) return typeof value === "string" ? value : JSON.stringify(value);
  return key === "analyzer" || key === "search_analyzer"
    ? "default"
    : key === "index" || key === "doc_values"
      ? "true"
      : "null";
}

function dynamicMode(value: Json): string {
  const mode = String(value);
  if (["true", "false", "strict", "runtime"].includes(mode)) return mode;
  throw malformed(`Failed to parse value [${mode}] as only [true] or [false] are allowed.`);
}

function checkTemplates(templates: Json, settings: FlatSettings): void {
  if (!Array.isArray(templates))
    throw malformed("Dynamic template syntax error. An array of named objects is expected.");
  for (const template of templates) {
    const entries = isObject(template) ? Object.entries(template) : [];
    const [entry] = entries;
    if (entry === undefined || entries.length !== 1) {
      throw malformed("A dynamic template must be defined with a name");
    }
    const [name, definition] = entry;
    const mapping = isObject(definition) ? (definition.mapping ?? definition.runtime) : undefined;
    if (!isObject(mapping)) throw malformed(`template [${name}] must have either mapping or runtime set`);
    if (typeof mapping.type === "string" && !mapping.type.includes("{")) parseField(name, name, mapping, settings);
  }
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function malformed(reason: string) {
  return mapperParsing(`Failed to parse mapping: ${reason}`, { causedBy: mapperParsing(reason) });
}
