import { registrationSchema, type ServiceType, secretFields, serviceType, wireValue } from "../../catalogue";
import type { WireConnector, WireField } from "../../elasticsearch/connectors";
import { deepEqual } from "../../model/equality";
import type { View } from "../../model/resource";
import { isUnknown } from "../../model/unknown";
import { hiding } from "../../text/hide";

export type Configuration = Record<string, string | number | boolean | string[]>;

/** Only the declared fields are compared; a list means the same as its values separated by commas. */
export const configurationView: View<Configuration> = {
  equal: (a, b) => deepEqual(normal(a), normal(b)),
  of: (declared, live) => {
    const entries = Object.entries(declared).map(([name, value]) => {
      const present = live?.[name];
      return [name, same(value, present) ? value : present] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Configuration;
  },
};

/**
 * Body for `_configuration`. The schema is registered together with the values while the document has none (or, after a
 * change of the service type, one of another type); afterwards only values that differ are sent. A field that is declared
 * no more returns to its default.
 */
export function configurationToWrite(
  type: ServiceType | undefined,
  desired: Configuration,
  recorded: Configuration,
  registered: Record<string, WireField>,
  retyped: boolean,
): { configuration: Record<string, unknown> } | { values: Record<string, unknown> } | undefined {
  if (Object.keys(registered).length === 0 || (retyped && !hasFieldsOf(type, registered))) {
    return { configuration: schemaFor(type, desired) };
  }
  const removed = Object.keys(recorded).filter((name) => !(name in desired) && name in registered);
  const wanted = {
    ...Object.fromEntries(removed.map((name) => [name, defaultOf(type, name, registered[name])])),
    ...desired,
  };
  if (retyped) {
    // Its own fields are there already, but the change of the type has reset the status, which any configuration sets.
    return { configuration: withValues(registered, wanted) };
  }
  const differing = Object.entries(wanted).filter(([name, value]) => !same(value, registered[name]?.value));
  if (differing.some(([name]) => !(name in registered))) {
    // Values of fields that aren't registered are refused, so the whole schema goes along.
    const schema = schemaFor(type, wanted);
    return { configuration: { ...schema, ...withValues(registered, wanted) } };
  }
  return differing.length > 0
    ? { values: Object.fromEntries(differing.map(([name, value]) => [name, wire(value)])) }
    : undefined;
}

/** Whether the registered fields are all of a type's and no others: never so for a type that isn't in the catalogue. */
export function hasFieldsOf(type: ServiceType | undefined, registered: Record<string, WireField>): boolean {
  const fields = type?.fields ?? [];
  return (
    fields.length > 0 &&
    fields.length === Object.keys(registered).length &&
    fields.every(({ name }) => Object.hasOwn(registered, name))
  );
}

/** Names of fields whose values are secrets: the catalogue's, and of those that it doesn't know the ones that sound like it. */
export function secretNames(type: string | undefined, names: string[]): string[] {
  const secret = type === undefined ? undefined : secretFields(type);
  const catalogued = new Set(type === undefined ? [] : serviceType(type)?.fields.map(({ name }) => name));
  return names.filter((name) => secret?.has(name) || (!catalogued.has(name) && SOUNDS_SECRET.test(name)));
}

/** Names of a live connector's fields whose values are secrets. */
export function sensitiveNames(
  type: string | null | undefined,
  fields: Record<string, WireField>,
): ReadonlySet<string> {
  const marked = Object.keys(fields).filter((name) => fields[name]?.sensitive === true);
  return new Set([...marked, ...secretNames(type ?? undefined, Object.keys(fields))]);
}

/** Takes the secret values of a live connector out of what a service says about it. */
export function withoutSensitive(
  message: string,
  { service_type, configuration }: Pick<WireConnector, "service_type" | "configuration">,
): string {
  const fields = configuration ?? {};
  const secrets = [...sensitiveNames(service_type, fields)].map((name) => fields[name]?.value);
  return hiding(secrets.filter((value) => typeof value === "string"))(message);
}

const SOUNDS_SECRET = /pass|secret|token|credential|private|api_?key|access_?key/i;

function schemaFor(type: ServiceType | undefined, values: Configuration): Record<string, unknown> {
  return type ? registrationSchema(type, values) : customSchema(values);
}

/** A type that isn't in the catalogue gets a schema made from its values. */
function customSchema(values: Configuration): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value], order) => {
    const kind =
      typeof value === "boolean" ? "bool" : typeof value === "number" ? "int" : Array.isArray(value) ? "list" : "str";
    const display = kind === "bool" ? "toggle" : kind === "int" ? "numeric" : "textbox";
    const sensitive = SOUNDS_SECRET.test(name);
    return [
      name,
      { label: name, type: kind, display, order: order + 1, required: false, sensitive, value: wire(value) },
    ];
  });
  return Object.fromEntries(entries);
}

function withValues(registered: Record<string, WireField>, values: Configuration): Record<string, unknown> {
  const entries = Object.entries(registered).map(([name, field]) => {
    const value = name in values ? wire(values[name]) : wire(field.value);
    return [name, { ...field, value }];
  });
  return Object.fromEntries(entries);
}

function defaultOf(
  type: ServiceType | undefined,
  name: string,
  registered: WireField | undefined,
): string | number | boolean {
  const field = type?.fields.find((candidate) => candidate.name === name);
  const value = (field ? wireValue(field, field.value) : null) ?? registered?.default_value ?? "";
  return wire(value) as string | number | boolean;
}

function normal(values: Configuration | undefined): unknown {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, wire(value)]));
}

function same(a: unknown, b: unknown): boolean {
  return !isUnknown(a) && !isUnknown(b) && deepEqual(wire(a), wire(b));
}

/** The server refuses arrays; a list travels as text. */
function wire(value: unknown): unknown {
  return Array.isArray(value) ? value.join(",") : value;
}
