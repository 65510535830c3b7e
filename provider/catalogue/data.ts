import { atLeast, parseVersion, type ServerVersion } from "../elasticsearch/version";
import eight from "./data/service-types-8.json";
import nine from "./data/service-types-9.json";
import type { Features, Field, Scalar, ServiceType } from "./types";

interface RawField {
  label: string;
  type: Field["type"];
  display: string;
  required: boolean;
  sensitive: boolean;
  default_value: Scalar;
  value: Scalar;
  depends_on: Field["dependsOn"];
  options: Field["options"];
  validations: Field["validations"];
  tooltip: string | null;
  ui_restrictions: string[];
  order: number;
  placeholder?: string;
  since?: string;
}

interface RawServiceType {
  display_name: string;
  native_available_8x: boolean;
  since?: string;
  features: Features;
  fields: Record<string, Partial<RawField> & { order: number }>;
}

interface RawCatalogue {
  field_defaults: Omit<RawField, "since" | "placeholder">;
  service_types: Record<string, RawServiceType>;
}

// TypeScript infers a type of its own for each of the thousand objects; the import script vouches for this one.
const catalogues = [eight, nine] as unknown as readonly [RawCatalogue, RawCatalogue];

// Full credentials that the definitions don't mark as sensitive.
const unmarkedSecrets: ReadonlySet<string> = new Set(["azure_blob_storage.account_key"]);

/** The names of all service types that a server of this version knows; of the newest one by default. */
export function serviceTypes(version?: ServerVersion): string[] {
  return Object.entries(catalogueFor(version).service_types)
    .filter(([, type]) => isThere(type.since, version))
    .map(([name]) => name);
}

/** A service type as of a server version, the newest by default; `undefined` when that version doesn't have it. */
export function serviceType(name: string, version?: ServerVersion): ServiceType | undefined {
  const catalogue = catalogueFor(version);
  const raw = own(catalogue.service_types, name);
  if (raw === undefined || !isThere(raw.since, version)) {
    return undefined;
  }
  return {
    name,
    displayName: raw.display_name,
    features: structuredClone(raw.features),
    nativeAvailable: raw.native_available_8x,
    fields: toFields(name, raw, catalogue.field_defaults, version),
  };
}

/** The fields of a service type that hold a secret in any version. */
export function secretFields(name: string): ReadonlySet<string> {
  const secrets = new Set<string>();
  for (const catalogue of catalogues) {
    const raw = own(catalogue.service_types, name);
    for (const [fieldName, field] of Object.entries(raw?.fields ?? {})) {
      if (isSecret(name, fieldName, field.sensitive ?? false)) {
        secrets.add(fieldName);
      }
    }
  }
  return secrets;
}

/** The first version that has a field a given version lacks, on its own major first; `undefined` for no such field. */
export function fieldSince(name: string, fieldName: string, version: ServerVersion): string | undefined {
  const later = version.major < 9 ? catalogues : [catalogues[1]];
  for (const catalogue of later) {
    const type = own(catalogue.service_types, name);
    const field = type && own(type.fields, fieldName);
    if (type && field) {
      return field.since ?? type.since ?? "9.0";
    }
  }
  return undefined;
}

function catalogueFor(version: ServerVersion | undefined): RawCatalogue {
  return version !== undefined && version.major < 9 ? catalogues[0] : catalogues[1];
}

function isThere(since: string | undefined, version: ServerVersion | undefined): boolean {
  const first = since === undefined ? undefined : parseVersion(since);
  return first === undefined || version === undefined || atLeast(version, first.major, first.minor);
}

function toFields(
  typeName: string,
  raw: RawServiceType,
  defaults: RawCatalogue["field_defaults"],
  version: ServerVersion | undefined,
): Field[] {
  const fields = Object.entries(raw.fields);
  const isLater = (field: { since?: string }): boolean => !isThere(field.since, version);
  const missing = new Set(fields.filter(([, field]) => isLater(field)).map(([fieldName]) => fieldName));
  const missingOrders = fields.filter(([, field]) => isLater(field)).map(([, field]) => field.order);
  return fields
    .filter(([fieldName]) => !missing.has(fieldName))
    .map(([fieldName, own]) => toField(typeName, fieldName, { ...structuredClone(defaults), ...structuredClone(own) }))
    .map((field) => ({
      ...field,
      // A version without a field doesn't let others depend on it, and numbers the rest without a gap.
      dependsOn: field.dependsOn.filter((condition) => !missing.has(condition.field)),
      order: field.order - missingOrders.filter((order) => order < field.order).length,
    }));
}

function toField(typeName: string, name: string, raw: RawField): Field {
  return {
    name,
    label: raw.label,
    type: raw.type,
    display: raw.display,
    required: raw.required,
    sensitive: raw.sensitive,
    secret: isSecret(typeName, name, raw.sensitive),
    defaultValue: raw.default_value,
    value: raw.value,
    dependsOn: raw.depends_on,
    options: raw.options,
    validations: raw.validations,
    tooltip: raw.tooltip,
    uiRestrictions: raw.ui_restrictions,
    order: raw.order,
    ...(raw.placeholder !== undefined && { placeholder: raw.placeholder }),
  };
}

function isSecret(typeName: string, fieldName: string, sensitive: boolean): boolean {
  return sensitive || unmarkedSecrets.has(`${typeName}.${fieldName}`);
}

// Names come from users: "constructor" is no entry.
function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
