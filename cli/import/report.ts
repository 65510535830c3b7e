import { printable } from "../printable";
import type { Found } from "./cluster";
import type { ImportedKind } from "./model";
import { settingsOf } from "./program";

interface Written {
  out: string;
  adopt: boolean;
  files: string[];
  endpoint: string;
}

/** What was written, what was left out, and what to do next. */
export function report({ groups, skipped }: Found, { out, adopt, files, endpoint }: Written): string {
  const leftOut = skipped.map((reason) => `Left out: ${printable(reason)}`);
  if (groups.length === 0) {
    return `${[`There are no connectors to import at ${endpoint}; nothing was written.`, ...leftOut].join("\n")}\n`;
  }
  const entries = groups.flatMap((group) => group.entries);
  const counts = KINDS.map(([kind, one, many]) => {
    const count = entries.filter((entry) => entry.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const remarks = entries.flatMap((entry) =>
    entry.remarks
      .filter((remark) => /^(Left out|Resource)/.test(remark))
      .map((remark) => `${entry.kind} ${entry.name}: ${remark}`),
  );
  const settings = settingsOf(entries).map(
    ({ key, type }) => `  pulumi config set --secret ${key}${type === "object" ? " # JSON" : ""}`,
  );
  const steps = adopt
    ? ["  pulumi preview    # lists what is taken over, and changed in it", "  pulumi up"]
    : [
        "  pulumi import --file import.json --yes --generate-code=false --protect=false",
        "  pulumi refresh --yes",
        "  pulumi preview    # has nothing to do",
        "  pulumi up         # records that, and changes nothing",
      ];
  const parts = [
    [`Wrote ${files.join(", ")} in ${out}: ${counts.flat().join(", ")}.`],
    [...leftOut, ...remarks.map(printable)],
    settings.length > 0
      ? ["Secrets are settings of the stack. Each command asks for the value that is in use:", ...settings]
      : [],
    ["Then, in that folder (with the stack's own connection, elastic:endpoint and so on):", ...steps],
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

const KINDS: [ImportedKind, string, string][] = [
  ["Connector", "connector", "connectors"],
  ["Index", "index", "indices"],
  ["ApiKey", "API key", "API keys"],
  ["ConnectorSecret", "connector secret", "connector secrets"],
];
