import { contentParseException, illegalArgument } from "../../errors";
import { compact, type Json, type JsonObject } from "../../json";
import { boolean, integer, listOf, nested, nullable, string, strings, word } from "../../parse/kinds";
import { type Kind, optional, parseObject, required } from "../../parse/object-parser";

const displays = ["dropdown", "numeric", "text", "textarea", "textbox", "toggle"] as const;
const types = ["str", "int", "list", "bool"] as const;
const validationTypes = ["less_than", "greater_than", "list_type", "included_in", "regex"] as const;

const scalarTokens = ["VALUE_NULL", "VALUE_STRING", "VALUE_NUMBER", "VALUE_BOOLEAN"] as const;
const scalar: Kind<Json> = { tokens: scalarTokens, parse: (value) => value };
/** Objects pass (the crawler has some), lists don't. */
const scalarOrObject: Kind<Json> = {
  tokens: [...scalarTokens, "START_OBJECT", "START_ARRAY"],
  parse(value) {
    if (Array.isArray(value)) throw contentParseException("Unsupported token [START_ARRAY]");
    return value;
  },
};
const textOrNumber: Kind<Json> = { tokens: ["VALUE_STRING", "VALUE_NUMBER"], parse: (value) => value };
const constraint: Kind<Json> = {
  tokens: ["VALUE_STRING", "VALUE_NUMBER", "START_ARRAY"],
  parse(value) {
    const items = Array.isArray(value) ? value : [value];
    if (items.every((item) => typeof item === "string" || typeof item === "number")) return value;
    throw illegalArgument("[constraint] must be a string, a number, or a list of these");
  },
};

const shape = {
  category: optional(string),
  default_value: optional(scalar),
  depends_on: optional(
    listOf(
      nested(
        "connector_configuration_dependency",
        { field: required(string), value: required(scalar) },
        { ignoreUnknown: true },
      ),
    ),
  ),
  display: optional(word("display type", displays)),
  label: required(string),
  options: optional(
    listOf(
      nested(
        "connector_configuration_select_option",
        { label: required(string), value: required(textOrNumber) },
        { ignoreUnknown: true },
      ),
    ),
  ),
  order: optional(integer),
  placeholder: optional(nullable(string)),
  required: optional(boolean),
  sensitive: optional(boolean),
  tooltip: optional(nullable(string)),
  type: optional(nullable(word("field type", types))),
  ui_restrictions: optional(strings),
  validations: optional(
    listOf(
      nested(
        "connector_configuration_validation",
        { type: required(word("validation type", validationTypes)), constraint: required(constraint) },
        { ignoreUnknown: true },
      ),
    ),
  ),
  value: optional(scalarOrObject),
};

/** One field of a configuration schema in its stored form: four properties always there, the others when given. */
export function configurationField(field: Json, text: string): JsonObject {
  const parsed = parseObject("connector_configuration", field, shape, text, { ignoreUnknown: true });
  return compact({
    category: parsed.category,
    default_value: parsed.default_value ?? null,
    depends_on: plain(parsed.depends_on),
    display: parsed.display,
    label: parsed.label,
    options: plain(parsed.options),
    order: parsed.order,
    placeholder: parsed.placeholder ?? undefined,
    required: parsed.required ?? false,
    sensitive: parsed.sensitive ?? false,
    tooltip: parsed.tooltip ?? undefined,
    type: parsed.type ?? undefined,
    ui_restrictions: parsed.ui_restrictions,
    validations: plain(parsed.validations),
    value: parsed.value ?? null,
  });
}

function plain(items: readonly object[] | undefined): JsonObject[] | undefined {
  return items?.map(
    (item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as JsonObject,
  );
}
