import { namedObjects, propertiesOf, typeText } from "./shapes.mjs";

const HEADER = "// Generated from the provider's schemas by `npm run generate`. Change the schema, not this file.\n";

/** The SDK module of one resource: arguments, nested arguments, and a base class with the outputs. */
export function resourceModule(definition) {
  const { kind, inputs, facts } = definition;
  const nested = [...namedObjects(inputs)].map(([name, schema]) =>
    argsInterface(`${name}Args`, propertiesOf(schema), "Arguments of"),
  );
  const args = kind === "Connector" ? `${kind}CommonArgs` : `${kind}Args`;
  const own = propertiesOf(inputs).filter(
    ({ name, meta }) => !meta.stamped && !(kind === "Connector" && ["serviceType", "configuration"].includes(name)),
  );
  return [
    HEADER,
    kind === "Connector"
      ? 'import * as pulumi from "@pulumi/pulumi";\nimport type { ConfigurationOf } from "./configurations";\n\n'
      : 'import * as pulumi from "@pulumi/pulumi";\n\n',
    ...nested,
    argsInterface(args, own, `Arguments of \`${kind}\``),
    kind === "Connector" ? typedArgs(inputs) : "",
    outputsClass(definition),
    `/** Names of the properties that only the server knows. */\nexport const ${constant(kind)}_FACTS = ${list(facts)};\n\n`,
    `/** Names of all properties that a look-up fills in. */\nexport const ${constant(kind)}_INPUTS = ${list(inputs)};\n\n`,
    `/** Outputs that are secrets although no input of their name is. */\nexport const ${constant(kind)}_SECRETS: string[] = ${JSON.stringify(
      propertiesOf(facts)
        .filter(({ meta }) => meta.secret)
        .map(({ name }) => name),
    )};\n`,
  ].join("");
}

function typedArgs(inputs) {
  const doc = (name) => docs(propertiesOf(inputs).find((property) => property.name === name));
  return `/** Arguments of \`Connector\`: the service type chooses the type of the configuration. */
export interface ConnectorArgs<T extends string = string> extends ConnectorCommonArgs {
${doc("serviceType")}  serviceType: T;
${doc("configuration")}  configuration?: pulumi.Input<ConfigurationOf<T>> | undefined;
}

`;
}

function argsInterface(name, properties, title) {
  const heading = title.startsWith("Arguments of `") ? title : `${title} \`${name.replace(/Args$/, "")}\``;
  const lines = properties.map((property) => {
    const type = property.meta.plain ? typeText(property.schema, input) : input(typeText(property.schema, input));
    return `${docs(property)}  ${property.name}${property.optional ? "?" : ""}: ${type}${property.optional ? " | undefined" : ""};\n`;
  });
  return `/** ${heading}. */\nexport interface ${name} {\n${lines.join("")}}\n\n`;
}

function outputsClass({ kind, inputs, facts }) {
  const parameter = kind === "Connector" ? "<T extends string = string>" : "";
  const members = [...propertiesOf(inputs), ...propertiesOf(facts)].map((property) => {
    const type = outputType(kind, property);
    return `${docs(property)}  declare readonly ${property.name}: pulumi.Output<${type}${property.optional ? " | undefined" : ""}>;\n`;
  });
  return `/** Outputs of \`${kind}\`. One that is named like an argument holds what was declared, and is absent where nothing was. */\nexport abstract class ${kind}Outputs${parameter} extends pulumi.CustomResource {\n${members.join("")}}\n\n`;
}

function outputType(kind, { name, schema }) {
  if (kind === "Connector" && name === "serviceType") {
    return "T";
  }
  if (kind === "Connector" && name === "configuration") {
    return "pulumi.Unwrap<ConfigurationOf<T>>";
  }
  const text = typeText(schema, (inner) => (inner.includes("|") ? `(${inner})` : inner));
  return text.includes("Args") ? `pulumi.Unwrap<${text}>` : text;
}

function docs({ meta }) {
  const change = meta.stamped
    ? ""
    : meta.change === "replace"
      ? "A change replaces the resource."
      : meta.change
        ? "A change is made in place."
        : "";
  const lines = [
    meta.description,
    ...(meta.default ? [`@default ${meta.default}`] : []),
    ...(change ? [`@remarks ${change}${meta.endpoint ? ` Sent by ${code(meta.endpoint)}.` : ""}`] : []),
  ];
  return lines.length === 1
    ? `  /** ${lines[0]} */\n`
    : `  /**\n${lines.map((line) => `   * ${line}\n`).join("")}   */\n`;
}

function code(endpoint) {
  const [request, rest] = endpoint.split(" (");
  return `\`${request}\`${rest ? ` (${rest}` : ""}`;
}

function input(type) {
  return `pulumi.Input<${type}>`;
}

function list(schema) {
  return `${JSON.stringify(Object.keys(schema.shape))} as const`;
}

function constant(kind) {
  return kind.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
