import { z } from "zod";

/** What one declared property is, beyond its shape. Check, diff, secrets, docs and the SDK's arguments derive from it. */
export interface FieldMeta {
  /** One or two sentences for the user. */
  description: string;
  /** What a change of the property does. Facts (computed outputs) leave it out. */
  change?: "in place" | "replace";
  /** The request that carries the property, as in Elastic's API reference. */
  endpoint?: string;
  /** Default in words or as a literal. */
  default?: string;
  /** The value is a secret in state, previews and logs. */
  secret?: boolean;
  /** Free text that a user may have marked as a secret, which the provider isn't told: notices never hold its values. */
  confidential?: boolean;
  /** A plain value, not an `Input`: the shape of the program depends on it. */
  plain?: boolean;
  /** Programs don't declare it: `check` sets it, so that a preview can show its change. */
  stamped?: boolean;
}

const registry = z.registry<FieldMeta>();

/** A property's schema with its metadata: a copy, since the same schema may serve several properties. */
export function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  const own = schema.clone() as S;
  registry.add(own, meta);
  return own;
}

export function metaOf(schema: z.ZodType): FieldMeta | undefined {
  return registry.get(schema);
}

// By definition, which the copies of a schema share.
const names = new WeakMap<object, string>();

/** Names a nested object; the SDK's interface for it has that name, with `Args` behind it. */
export function named<S extends z.ZodType>(name: string, schema: S): S {
  names.set(schema._zod.def, name);
  return schema;
}

/** @public Read by the generator. */
export function nameOf(schema: z.core.$ZodType): string | undefined {
  return names.get(schema._zod.def);
}

/** The properties of a schema with their metadata, in order. Every property of a resource has metadata. */
export function fieldsOf(object: z.ZodObject): { name: string; schema: z.ZodType; meta: FieldMeta }[] {
  return Object.entries(object.shape).map(([name, schema]) => {
    const meta = metaOf(schema as z.ZodType);
    if (!meta) {
      throw new Error(`property '${name}' has no metadata`);
    }
    return { name, schema: schema as z.ZodType, meta };
  });
}
