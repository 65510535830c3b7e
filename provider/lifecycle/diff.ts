import { deepEqual } from "../model/equality";
import { fieldsOf } from "../model/fields";
import type { Bag, Context, ResourceDefinition, View } from "../model/resource";
import { containsUnknown } from "../model/unknown";

export interface Difference {
  /** Inputs whose meaning differs; an unknown value always does. */
  changed: string[];
  replaces: string[];
  deleteFirst: boolean;
}

/** Compares what is recorded with what is desired, input by input. */
export function difference(
  definition: ResourceDefinition,
  olds: Bag,
  news: Bag,
  id?: string,
  context?: Context,
): Difference {
  const same = new Set<string>(definition.sameMeaning?.(olds, news, id) ?? []);
  const fields = fieldsOf(definition.inputs).filter(({ name }) => !same.has(name));
  const changed = fields.filter(({ name }) => !equal(definition, name, olds[name], news[name]));
  const also = new Set<string>(definition.alsoReplaces?.(olds, news, context) ?? []);
  const replaces = changed
    .filter(({ name, meta }) => meta.change === "replace" || also.has(name))
    .map(({ name }) => name);
  return {
    changed: changed.map(({ name }) => name),
    replaces,
    deleteFirst: replaces.length > 0 && (definition.deleteFirst?.(olds, news) ?? false),
  };
}

/** Whether two values of an input mean the same. */
export function equal(definition: ResourceDefinition, name: string, a: unknown, b: unknown): boolean {
  if (containsUnknown(a) || containsUnknown(b)) {
    return false;
  }
  const view = (definition.views as Record<string, View> | undefined)?.[name];
  return deepEqual(a, b) || view?.equal(a, b) === true;
}
