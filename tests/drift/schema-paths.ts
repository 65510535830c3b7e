// Every place in a schema that a program can declare.

import { z } from "zod";
import { fieldsOf } from "../../provider/model/fields";

/** Paths to all members that hold no further ones: `*` stands for a key of the user's, `[]` for an element of a list. */
export function declarable(object: z.ZodObject, prefix = ""): string[] {
  return fieldsOf(object).flatMap(({ name, schema }) => below(schema, `${prefix}${name}`));
}

function below(schema: z.core.$ZodType, path: string): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNonOptional) {
    return below(schema.def.innerType, path);
  }
  if (schema instanceof z.ZodObject) {
    return declarable(schema, `${path}.`);
  }
  if (schema instanceof z.ZodRecord) {
    return below(schema.def.valueType, `${path}.*`);
  }
  if (schema instanceof z.ZodArray && holdsObjects(schema.def.element)) {
    return below(schema.def.element, `${path}[]`);
  }
  return [path];
}

function holdsObjects(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodObject;
}
