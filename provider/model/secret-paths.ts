import { fieldsOf } from "./fields";
import type { Bag, ResourceDefinition } from "./resource";

/** Paths of what is secret in a bag of inputs or outputs. */
export function secretPaths(definition: ResourceDefinition, values: Bag): string[][] {
  const fields = [...fieldsOf(definition.inputs), ...fieldsOf(definition.facts)];
  const whole = fields.filter(({ meta }) => meta.secret).map(({ name }) => [name]);
  return [...whole, ...(definition.secretPaths?.(values) ?? [])];
}
