// Configurations of catalogued service types, made from their fields.

import type { Field, ServiceType } from "../../provider/catalogue";

export type Values = Record<string, string | number | boolean | string[]>;

/** Only what has to be said: the active fields that are required and start out empty. */
export function minimal(type: ServiceType): Values {
  return filled(type, (field) => field.required && (field.value === "" || field.value === null));
}

/** A value for every field, the inactive ones included, and none that is the field's own where another is allowed. */
export function full(type: ServiceType): Values {
  return Object.fromEntries(type.fields.map((field) => [field.name, example(field)]));
}

/** Values of the fields that are wanted and active, given those of the fields that they depend on. */
function filled(type: ServiceType, wanted: (field: Field) => boolean): Values {
  const values: Values = {};
  const inEffect = (name: string) => {
    const field = type.fields.find((each) => each.name === name);
    return values[name] ?? field?.value;
  };
  // A field may depend on one that comes later.
  for (const _ of type.fields) {
    for (const field of type.fields) {
      if (wanted(field) && field.dependsOn.every((condition) => inEffect(condition.field) === condition.value)) {
        values[field.name] ??= example(field);
      }
    }
  }
  return values;
}

function example(field: Field): Values[string] {
  const option = field.options.find(({ value }) => value !== field.value);
  if (option) {
    return option.value;
  }
  switch (field.type) {
    case "bool":
      return field.value !== true;
    case "int":
      return number(field);
    case "list":
      return ["one", "two"];
    case "str":
      return text(field);
  }
}

/** Another number than the default that keeps to the bounds. */
function number({ defaultValue, value, validations }: Field): number {
  const bound = (type: string) => validations.find((each) => each.type === type)?.constraint as number | undefined;
  const [above, below] = [bound("greater_than") ?? 0, bound("less_than") ?? Number.POSITIVE_INFINITY];
  const fitting = [above + 1, above + 2, above + 3].filter((each) => each < below);
  return fitting.find((each) => each !== defaultValue && each !== value) ?? above + 1;
}

const TEXTS = ["some text", "someone@example.com", "https://one.example", "https://one.example/", "abc", "/", "12"];

function text({ name, validations }: Field): string {
  const patterns = validations.filter(({ type }) => type === "regex").map(({ constraint }) => `^(?:${constraint})$`);
  const found = TEXTS.find((each) => patterns.every((pattern) => new RegExp(pattern).test(each)));
  if (found === undefined) {
    throw new Error(`no example for ${name}: ${patterns.join(", ")}`);
  }
  return found;
}
