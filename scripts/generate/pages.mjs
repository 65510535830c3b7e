import { namedObjects, propertiesOf, typeText } from "./shapes.mjs";

/** The reference page of one resource. */
export function resourcePage({ kind, inputs, facts }) {
  const nested = [...namedObjects(inputs)].flatMap(([name, schema]) => [
    `## ${name}`,
    "",
    ...table(propertiesOf(schema)),
    "",
  ]);
  const [stamped, declared] = [true, false].map((wanted) =>
    propertiesOf(inputs).filter(({ meta }) => (meta.stamped === true) === wanted),
  );
  const outputs = [...stamped, ...propertiesOf(facts)].map(
    ({ name, meta }) => `| \`${name}\` | ${meta.description}${meta.secret ? " Secret." : ""} |`,
  );
  return [
    `# ${kind}`,
    "",
    `Type \`pulumi-nodejs:dynamic/elastic:${kind}\`. This page is generated from the provider's schema.`,
    "",
    "## Arguments",
    "",
    ...table(declared),
    "",
    ...nested,
    "## Outputs",
    "",
    "Each argument, as it was declared, and:",
    "",
    "| output | what it is |",
    "|---|---|",
    "| `id` | Id of the object on the server. |",
    ...outputs,
    "",
  ].join("\n");
}

function table(properties) {
  return [
    "| argument | type | required | default | a change | sent by | what it is |",
    "|---|---|---|---|---|---|---|",
    ...properties.map(({ name, meta, optional, schema }) =>
      [
        `| \`${name}\``,
        `\`${typeText(schema, (type) => type).replaceAll("|", "\\|")}\``,
        optional ? "" : "yes",
        (meta.default ?? "").replaceAll("|", "\\|"),
        meta.change === "replace" ? "replaces" : (meta.change ?? ""),
        meta.endpoint ? `\`${meta.endpoint}\`` : "",
        `${meta.description.replaceAll("|", "\\|")}${meta.secret ? " Secret." : ""} |`,
      ].join(" | "),
    ),
  ];
}
