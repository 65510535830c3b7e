const HEADER = "// Generated from the connector catalogue by `npm run generate`.\n";

/** Types of the configuration of every catalogued service type. */
export function configurationsModule(catalogue) {
  const types = allTypes(catalogue);
  const interfaces = types.map(
    (type) =>
      `/** Configuration of ${type.displayName} (\`${type.name}\`). */\nexport interface ${interfaceName(type)} {\n${type.fields
        .map((field) => `${docs(field)}  ${property(field)}\n`)
        .join("")}}\n\n`,
  );
  const map = types.map((type) => `  ${type.name}: ${interfaceName(type)};\n`).join("");
  return `${HEADER}import type * as pulumi from "@pulumi/pulumi";

${interfaces.join("")}/** Configuration by service type. */
export interface Configurations {
${map}}

/** A value of a configuration whose service type isn't in the catalogue. */
export type ConfigurationValue = pulumi.Input<string> | pulumi.Input<number> | pulumi.Input<boolean> | pulumi.Input<pulumi.Input<string>[]>;

/** The configuration of a service type: typed for those of the catalogue, free for your own. */
export type ConfigurationOf<T extends string> = T extends keyof Configurations
  ? Configurations[T]
  : Record<string, ConfigurationValue>;
`;
}

/** The reference page of all service types. */
export function serviceTypesPage(catalogue) {
  const sections = allTypes(catalogue).flatMap((type) => [
    `## ${type.displayName} (\`${type.name}\`)`,
    "",
    "| field | type | required | default | what it is |",
    "|---|---|---|---|---|",
    ...type.fields.map(
      (field) =>
        `| \`${field.name}\` | ${cell(typeOf(field).replaceAll("pulumi.Input<string>", "string"))} | ${requiredText(field)} | ${cell(defaultText(field) ?? "")} | ${cell(description(field))} |`,
    ),
    "",
  ]);
  return [
    "# Service types",
    "",
    "Fields of every service type in the catalogue, as of the newest version. This page is generated.",
    "",
    ...sections,
  ].join("\n");
}

function allTypes(catalogue) {
  return catalogue.serviceTypes().map((name) => catalogue.serviceType(name));
}

function interfaceName({ name }) {
  const pascal = name.replace(/(^|_)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
  return `${pascal}Configuration`;
}

function property(field) {
  const optional = !unconditionallyRequired(field);
  return `${field.name}${optional ? "?" : ""}: pulumi.Input<${typeOf(field)}>${optional ? " | undefined" : ""};`;
}

function typeOf(field) {
  if (field.type === "bool") {
    return "boolean";
  }
  if (field.type === "int") {
    return "number";
  }
  if (field.type === "list") {
    return "string | pulumi.Input<string>[]";
  }
  const options = field.options.map(({ value }) => JSON.stringify(value));
  return options.length > 0 ? options.join(" | ") : "string";
}

function unconditionallyRequired(field) {
  return field.required && field.dependsOn.length === 0 && isEmpty(field.value) && isEmpty(field.defaultValue);
}

function requiredText(field) {
  if (!field.required || !isEmpty(field.value) || !isEmpty(field.defaultValue)) {
    return "";
  }
  return field.dependsOn.length === 0 ? "yes" : `when ${conditions(field)}`;
}

function docs(field) {
  const value = defaultText(field);
  // The end of a comment inside a comment would end it.
  const lines = [description(field), ...(value === undefined ? [] : [`@default ${value}`])].map((line) =>
    line.replaceAll("*/", "*\\/"),
  );
  return lines.length === 1
    ? `  /** ${lines[0]} */\n`
    : `  /**\n${lines.map((line) => `   * ${line}\n`).join("")}   */\n`;
}

function description(field) {
  const parts = [
    `${field.label || field.name}.`,
    field.tooltip ? sentence(field.tooltip) : "",
    field.type === "list" ? "Several values, as an array or separated by commas." : "",
    field.dependsOn.length > 0 ? `Only used when ${conditions(field)}.` : "",
    field.secret ? "Secret." : "",
  ];
  return parts.filter(Boolean).join(" ").replace(/\s+/g, " ");
}

function conditions({ dependsOn }) {
  return dependsOn.map(({ field, value }) => `\`${field}\` is \`${JSON.stringify(value)}\``).join(" and ");
}

function defaultText(field) {
  const value = isEmpty(field.value) ? field.defaultValue : field.value;
  return isEmpty(value) ? undefined : `\`${JSON.stringify(value)}\``;
}

function sentence(text) {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}

function isEmpty(value) {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
