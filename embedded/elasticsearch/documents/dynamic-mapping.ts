import { ElasticsearchError } from "../errors";
import { globMatches } from "../glob";
import { isObject, type Json, type JsonObject } from "../json";

/** The mapping with fields for all that the document brings; the same object when nothing is new. */
export function extendMapping(mappings: JsonObject, source: JsonObject): JsonObject {
  return extendObject(mappings, source, "", mappings, String(mappings.dynamic ?? "true"));
}

function extendObject(
  level: JsonObject,
  source: JsonObject,
  path: string,
  root: JsonObject,
  inherited: string,
): JsonObject {
  const dynamic = String(level.dynamic ?? inherited);
  let properties = isObject(level.properties) ? level.properties : {};
  let changed = false;
  for (const [name, value] of Object.entries(source)) {
    const field = properties[name];
    const full = path === "" ? name : `${path}.${name}`;
    const next = isObject(field)
      ? extendField(field, value, full, root, dynamic)
      : newField(name, value, full, root, dynamic);
    if (next !== undefined && next !== field) {
      properties = { ...properties, [name]: next };
      changed = true;
    }
  }
  return changed ? { ...level, properties } : level;
}

function extendField(field: JsonObject, value: Json, path: string, root: JsonObject, dynamic: string): JsonObject {
  const type = String(field.type ?? "object");
  if (type !== "object" && type !== "nested") {
    for (const item of Array.isArray(value) ? value.flat() : [value]) checkValue(type, item, path, field);
    return field;
  }
  if (field.enabled === false || field.enabled === "false") return field;
  let next = field;
  for (const item of Array.isArray(value) ? value.flat() : [value]) {
    if (isObject(item)) next = extendObject(next, item, path, root, dynamic);
    else if (item !== null)
      throw unparsable(
        `object mapping for [${path}] tried to parse field [${path}] as object, but found a concrete value`,
      );
  }
  return next;
}

function newField(name: string, value: Json, path: string, root: JsonObject, dynamic: string): JsonObject | undefined {
  if (dynamic === "strict") {
    const within = path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "_doc";
    const reason = `[1:1] mapping set to strict, dynamic introduction of [${name}] within [${within}] is not allowed`;
    throw new ElasticsearchError(400, "strict_dynamic_mapping_exception", reason);
  }
  if (dynamic !== "true") return undefined;
  const items = (Array.isArray(value) ? value.flat() : [value]).filter((item) => item !== null);
  const [first] = items;
  if (first === undefined) return undefined;
  const kind = kindOf(first, root);
  const template = fromTemplate(root, name, path, kind);
  if (kind !== "object") return template ?? defaults(kind);
  let field: JsonObject = template ?? { properties: {} };
  for (const item of items) if (isObject(item)) field = extendObject(field, item, path, root, dynamic);
  return field;
}

type MappingKind = "string" | "long" | "double" | "boolean" | "date" | "object";

function kindOf(value: Json, root: JsonObject): MappingKind {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "long" : "double";
  if (typeof value !== "string") return "object";
  const detects = root.date_detection !== false;
  return detects &&
    /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(value) &&
    !Number.isNaN(Date.parse(value))
    ? "date"
    : "string";
}

function defaults(kind: Exclude<MappingKind, "object">): JsonObject {
  if (kind === "string") return { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } };
  return { type: kind === "double" ? "float" : kind };
}

function fromTemplate(root: JsonObject, name: string, path: string, kind: MappingKind): JsonObject | undefined {
  for (const entry of Array.isArray(root.dynamic_templates) ? root.dynamic_templates : []) {
    const template = isObject(entry) ? Object.values(entry)[0] : undefined;
    if (!isObject(template) || !isObject(template.mapping)) continue;
    const fits =
      matches(template.match_mapping_type, kind) &&
      matches(template.match, name) &&
      matches(template.path_match, path) &&
      !(template.unmatch !== undefined && matches(template.unmatch, name));
    if (!fits) continue;
    const filled = JSON.stringify(template.mapping)
      .replaceAll("{name}", name)
      .replaceAll("{dynamic_type}", kind === "string" ? "text" : kind);
    const mapping = JSON.parse(filled) as JsonObject;
    return mapping.type === undefined && kind !== "object" ? { ...defaults(kind), ...mapping } : mapping;
  }
  return undefined;
}

function matches(pattern: Json | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  return (Array.isArray(pattern) ? pattern : [pattern]).some((each) => globMatches(String(each), text));
}

const numbers = new Set([
  "long",
  "integer",
  "short",
  "byte",
  "double",
  "float",
  "half_float",
  "unsigned_long",
  "scaled_float",
]);

function checkValue(type: string, value: Json, path: string, field: JsonObject): void {
  if (value === null || field.ignore_malformed === true) return;
  const described = typeof value === "object" ? "a list or an object" : `'${String(value)}'`;
  const bad =
    (numbers.has(type) &&
      (typeof value === "object" || typeof value === "boolean" || value === "" || Number.isNaN(Number(value)))) ||
    (type === "boolean" && ![true, false, "true", "false", ""].includes(value as string)) ||
    (type === "date" &&
      (typeof value === "object" ||
        (typeof value === "string" &&
          Number.isNaN(Date.parse(value)) &&
          !/^\d+$/.test(value) &&
          field.format === undefined))) ||
    ((type === "text" || type === "keyword") && typeof value === "object");
  if (bad)
    throw unparsable(`failed to parse field [${path}] of type [${type}]. Preview of field's value: ${described}`);
}

function unparsable(reason: string): ElasticsearchError {
  return new ElasticsearchError(400, "document_parsing_exception", `[1:1] ${reason}`);
}
