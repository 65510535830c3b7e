import { type Entry, filled, type Group, type Reference, type Setting } from "./model";
import { comment, Expression, quoted, source } from "./source";

/** The TypeScript program that declares all of it. */
export function programText(groups: Group[]): string {
  const entries = groups.flatMap((group) => group.entries);
  const used = new Set<Entry>();
  const settings = settingsOf(entries);
  filled(
    entries.map(({ inputs }) => inputs),
    { reference: ({ to }) => used.add(to), setting: () => undefined },
  );
  const head = [
    ...(settings.length > 0 ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    'import * as elastic from "pulumi-elastic-connectors";',
    ...(settings.length > 0 ? ["", "const config = new pulumi.Config();"] : []),
  ];
  const parts = groups.map(({ title, entries: own }) =>
    [`// ${comment(title)}`, ...own.flatMap((entry) => statement(entry, used.has(entry)))].join("\n"),
  );
  return `${[head.join("\n"), ...parts].join("\n\n")}\n`;
}

/** The settings that the program reads, in its order. */
export function settingsOf(entries: Entry[]): Setting[] {
  const found: Setting[] = [];
  filled(
    entries.map(({ inputs }) => inputs),
    { reference: () => undefined, setting: (setting) => found.push(setting) },
  );
  return found;
}

function statement({ kind, name, constant, inputs, remarks, untyped }: Entry, used: boolean): string[] {
  const head = `${used ? `const ${constant} = ` : ""}new elastic.${kind}${untyped ? "<string>" : ""}(`;
  const first = `${head}${quoted(name)}, `;
  const args = filled(inputs, { reference, setting });
  return [...remarks.map(({ text }) => `// ${comment(text)}`), `${first}${source(args, "", first.length, 2)});`];
}

function reference({ to, output }: Reference): Expression {
  return new Expression(`${to.constant}.${output}`);
}

function setting({ key, type }: Setting): Expression {
  return new Expression(`config.${READS[type]}(${quoted(key)})`);
}

const READS = { string: "requireSecret", number: "requireSecretNumber", object: "requireSecretObject" } as const;
