// Reads zod schemas with their metadata into plain shapes that the writers understand.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { fieldsOf, nameOf } = require("../../dist/provider/model/fields");
const { unwrap } = require("../../dist/provider/model/issues");

/** Properties of an object schema, with `optional` and the property's own schema without wrappers. */
export function propertiesOf(schema) {
  return fieldsOf(schema).map(({ name, schema: property, meta }) => ({
    name,
    meta,
    optional: property.safeParse(undefined).success,
    schema: unwrap(property),
  }));
}

/** Named nested objects below a schema, each once, inner ones first. */
export function namedObjects(schema, found = new Map()) {
  const inner = unwrap(schema);
  const def = inner._zod.def;
  const children = {
    object: () => Object.values(def.shape),
    array: () => [def.element],
    record: () => [def.valueType],
    union: () => def.options,
  }[def.type]?.();
  for (const child of children ?? []) {
    namedObjects(child, found);
  }
  if (nameOf(inner)) {
    found.set(nameOf(inner), inner);
  }
  return found;
}

/** TypeScript text of a schema. `wrap` says how an input at any level is written. */
export function typeText(schema, wrap) {
  const inner = unwrap(schema);
  const def = inner._zod.def;
  switch (def.type) {
    case "string":
    case "number":
    case "boolean":
      return def.type;
    case "unknown":
      return "unknown";
    case "enum":
      return Object.values(def.entries)
        .map((value) => JSON.stringify(value))
        .join(" | ");
    case "array":
      return `${wrap(typeText(def.element, wrap))}[]`;
    case "record":
      return `Record<string, ${wrap(typeText(def.valueType, wrap))}>`;
    case "union":
      return def.options.map((option) => typeText(option, wrap)).join(" | ");
    case "object": {
      const name = nameOf(inner);
      if (!name) {
        throw new Error("a nested object needs a name");
      }
      return `${name}Args`;
    }
    default:
      throw new Error(`no TypeScript for ${def.type}`);
  }
}
