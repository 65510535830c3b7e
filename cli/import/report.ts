import { printable } from "../printable";
import type { Found } from "./cluster";
import type { ImportedKind, Remark } from "./model";
import { recipe, type Way } from "./recipe";

interface Written extends Way {
  files: string[];
  endpoint: string;
}

/** What was written, what was left out, what to know of it, and what to do next. */
export function report({ groups, skipped }: Found, { files, endpoint, ...way }: Written): string {
  const leftOut = told(skipped.map((remark) => ({ remark, of: "" }))).map((line) => `Left out: ${line}`);
  if (groups.length === 0) {
    const none =
      skipped.length > 0 ? "No connector is left to import" : `There are no connectors to import at ${endpoint}`;
    return `${[...leftOut, `${none}; nothing was written.`].join("\n")}\n`;
  }
  const entries = groups.flatMap((group) => group.entries);
  const counts = KINDS.map(([kind, one, many]) => {
    const count = entries.filter((entry) => entry.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const remarks = told(
    entries.flatMap(({ kind, name, remarks }) => remarks.map((remark) => ({ remark, of: `${kind} ${name}` }))),
  );
  const parts = [
    [`Wrote ${files.join(", ")} in ${way.out}: ${counts.flat().join(", ")}.`],
    leftOut,
    remarks.length > 0 ? ["To know (index.ts says it at each resource):", ...remarks.map((line) => `- ${line}`)] : [],
    recipe(entries, way),
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

interface Told {
  remark: Remark;
  /** The resource that it is of. */
  of: string;
}

/** As many names as a reader looks at. */
const NAMES = 10;

/** What is the same of several is said once, before their names. */
function told(remarks: Told[]): string[] {
  const groups = new Map<string, Told[]>();
  for (const one of remarks) {
    const key = one.remark.together ?? one.remark.text;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].map(([together, group]) => {
    const names = [...new Set(group.map(({ remark, of }) => remark.about ?? of))];
    const [only] = group;
    if (only && names.length === 1) {
      return printable(only.of ? `${only.of}: ${only.remark.text}` : only.remark.text);
    }
    const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : "";
    return `${printable(together)}\n    ${names.slice(0, NAMES).map(printable).join(", ")}${more}`;
  });
}
