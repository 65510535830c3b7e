import type { Field, Scalar, ServiceType } from "./types";

/**
 * The map that registers a service type's whole configuration (`PUT /_connector/{id}/_configuration`, `configuration`):
 * every field's definition, with the given value or else the field's own. Values of other names are left out.
 */
export function registrationSchema(type: ServiceType, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    type.fields.map((field) => {
      const given = values[field.name];
      return [field.name, definition(field, given === undefined ? field.value : wireValue(field, given))];
    }),
  );
}

/** A value as the API takes it: it refuses arrays, and the service splits a list's text at commas. */
export function wireValue(field: Field, value: unknown): Scalar {
  if (value === undefined || value === null) {
    return null;
  }
  if (field.type === "list" && Array.isArray(value)) {
    return value.map(String).join(",");
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  throw new TypeError(
    `${field.name} can't hold ${Array.isArray(value) ? "a list" : `a value of type ${typeof value}`}`,
  );
}

function definition(field: Field, value: Scalar): Record<string, unknown> {
  return {
    label: field.label,
    type: field.type,
    display: field.display,
    required: field.required,
    sensitive: field.sensitive,
    default_value: field.defaultValue,
    value,
    depends_on: field.dependsOn,
    options: field.options,
    validations: field.validations,
    // The server drops a tooltip of null.
    ...(field.tooltip !== null && { tooltip: field.tooltip }),
    ui_restrictions: field.uiRestrictions,
    order: field.order,
    ...(field.placeholder !== undefined && { placeholder: field.placeholder }),
  };
}
