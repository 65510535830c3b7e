// The text for the terminal: like `pulumi preview --diff`, but one line per property.

import type { Change, Diagnostic, Step } from "./operation";
import type { PropertyMap } from "./property";
import { nameOf, typeOf } from "./urn";

export interface Section {
  title: string;
  dryRun: boolean;
  ok: boolean;
  lines: Line[];
  outputs: { name: string; old?: unknown; new?: unknown }[];
  diagnostics: Diagnostic[];
  counts: Record<string, number>;
}

interface Line {
  step: Step;
  end: End;
  /** An update that only finishes what an earlier operation has begun. */
  resumed: boolean;
  inputs: PropertyMap;
}

/** How a step ended; a replacement fails at one of its halves. */
export type End = "done" | "failed" | "unfinished" | "new one failed" | "old one failed" | "cut short";

export function terminalText(section: Section): string {
  const blocks = [
    [`${section.title}:`, ...section.lines.flatMap(stepLines)],
    section.diagnostics.length > 0 ? ["Diagnostics:", ...diagnosticLines(section.diagnostics)] : [],
    section.outputs.length > 0 ? ["Outputs:", ...section.outputs.map(outputLine)] : [],
    ["Resources:", ...summaryLines(section)],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const MARKS: Record<string, string> = {
  create: "+ ",
  update: "~ ",
  replace: "+-",
  delete: "- ",
  "delete-replaced": "- ",
  import: "= ",
  refresh: "~ ",
  "refresh-delete": "- ",
};

const WORDS: Record<string, string> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  "delete-replaced": "delete the one that was replaced",
  refresh: "changed outside of this program",
  "refresh-delete": "gone, no longer in the state",
};

const ENDS: Record<End, string> = {
  done: "",
  failed: " FAILED",
  unfinished: " FAILED",
  "new one failed": " FAILED (at making the new one)",
  "old one failed": " FAILED (at deleting the old one)",
  "cut short": " CUT SHORT",
};

function stepLines({ step, end, resumed, inputs }: Line): string[] {
  const keys = step.replaceKeys.length > 0 ? ` because of ${step.replaceKeys.join(", ")}` : "";
  const made = end === "unfinished" && step.op === "create" ? " (made, but not finished)" : "";
  const what = `${WORDS[step.op] ?? step.op}${keys}${resumed ? " (to finish what failed before)" : ""}${ENDS[end]}${made}`;
  const head = `  ${MARKS[step.op] ?? "  "} ${step.type} ${step.name}: ${what}`;
  const given = Object.entries(inputs)
    .filter(([key]) => !key.startsWith("__"))
    .map(([key, value]) => `       + ${key}: ${short(value)}`);
  return [head, ...given, ...step.changes.map(changeLine)];
}

function changeLine({ path, kind, old, new: next }: Change): string {
  if (kind.startsWith("add")) return `       + ${path}: ${short(next)}`;
  if (kind.startsWith("delete")) return `       - ${path}: ${short(old)}`;
  return `       ~ ${path}: ${short(old)} => ${short(next)}`;
}

function outputLine({ name, old, new: next }: Section["outputs"][number]): string {
  if (old === undefined) return `  + ${name}: ${short(next)}`;
  if (next === undefined) return `  - ${name}: ${short(old)}`;
  return `  ~ ${name}: ${short(old)} => ${short(next)}`;
}

function diagnosticLines(diagnostics: Diagnostic[]): string[] {
  const about = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const subject = diagnostic.urn ? `${typeOf(diagnostic.urn)} (${nameOf(diagnostic.urn)})` : "";
    about.set(subject, [...(about.get(subject) ?? []), diagnostic]);
  }
  return [...about].flatMap(([subject, entries]) => [
    ...(subject === "" ? [] : [`  ${subject}:`]),
    ...entries.flatMap(({ severity, message }) => {
      const text = severity.startsWith("info") ? message : `${severity}: ${message}`;
      return text.split("\n").map((line) => `    ${line}`);
    }),
  ]);
}

function summaryLines({ counts, dryRun, ok, lines }: Section): string[] {
  const ing: Record<string, string> = {
    create: "created",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
    import: "imported",
  };
  const changes = ["create", "update", "replace", "delete", "import"].flatMap((op) => {
    const count = counts[op] ?? 0;
    return count === 0 ? [] : [`  ${MARKS[op]} ${count} ${dryRun ? `to ${op}` : ing[op]}`];
  });
  const drift = (counts.refresh ?? 0) + (counts["refresh-delete"] ?? 0);
  if (drift > 0) changes.unshift(`  ~  ${drift} changed outside of this program`);
  const same = counts.same ?? 0;
  if (same > 0) changes.push(`     ${same} unchanged`);
  const cut = lines.filter(({ end }) => end === "cut short").length;
  const failed = lines.filter(({ end }) => end !== "done").length - cut;
  if (failed > 0) changes.push(`     ${failed} failed`);
  if (cut > 0) changes.push(`     ${cut} cut short`);
  if (!ok && failed + cut === 0) changes.push("  failed");
  return changes.length > 0 ? changes : ["     none"];
}

const WIDTH = 100;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "(none)";
  const plain = text === '"[secret]"' || text === '"[unknown]"' ? text.slice(1, -1) : text;
  return plain.length > WIDTH ? `${plain.slice(0, WIDTH)}...` : plain;
}
