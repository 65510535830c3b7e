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

/** The reference page of what a caller needs. */
export function privilegesPage({ FIRST, GIVEN, TABLE }) {
  const rows = TABLE.map(({ kind, privilege, on, or = [], versions, when, neededFor, optional }) => {
    const asked = [versions?.text, when].filter(Boolean).join("; ");
    const names = [privilege, ...or].map((name) => `\`${name}\``).join(" or ");
    return `| ${kind} | ${names} | ${on.startsWith(".") ? `\`${on}\`` : on} | ${asked} | ${neededFor}${optional ? " (optional)" : ""} |`;
  });
  return [
    "# Privileges",
    "",
    "What the caller of a deployment needs for the whole life of each kind of resource. This page is generated from the provider's",
    "table, and tests take each privilege away in turn.",
    "",
    "| resource | privilege | on | which | needed for |",
    "|---|---|---|---|---|",
    `| all | \`${FIRST.privilege}\` | cluster |  | ${FIRST.neededFor} |`,
    ...rows,
    `| ApiKey | all in its \`roleDescriptors\` | as declared | a key of the caller's own | ${GIVEN} |`,
    "",
    "A `ContentConnector` makes an Index, an ApiKey with `all` on its indices (and on `.elastic-connectors-v1*` when it is native), a",
    "ConnectorSecret when it is native, and a Connector. A name that is left out counts as its pattern: `search-<name>-*`.",
    "",
    "A caller that is itself an API key can't make keys that have rights: use a user or a token, or let an administrator make the key.",
    "Document-level security and access-control syncs need a platinum, enterprise or trial licence, cross-cluster keys enterprise or trial.",
    "",
    "Resources that don't change are not asked about. `elastic:preflight` says what a lack does: `error` refuses, `warn` tells, `off` asks",
    "nothing. On a server without security nothing is asked for.",
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
