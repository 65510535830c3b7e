// The matrix in figures.

import type { Outcome } from "./matrix";

/** One line for each case that isn't as it should be. */
export function failed(outcomes: Outcome[]): string[] {
  return outcomes
    .filter(({ problems }) => problems.length > 0)
    .map(({ fault, request, problems }) => `${fault} at ${request}:\n  ${problems.join("\n  ")}`);
}

export function report(title: string, outcomes: Outcome[]): string {
  const faults = [...new Set(outcomes.map(({ fault }) => fault))];
  const rows = faults.map((fault) => {
    const of = outcomes.filter((each) => each.fault === fault);
    const ended = (how: Outcome["ended"]) => String(of.filter((each) => each.ended === how).length);
    return [
      fault,
      String(of.length),
      ended("well"),
      ended("with an error"),
      ended("killed"),
      String(failed(of).length),
    ];
  });
  const counts = ["orphan", "double", "wipe", "differs", "message", "preview"].map(
    (kind) => `${outcomes.filter(({ problems }) => problems.some((each) => each.startsWith(kind))).length} ${kind}`,
  );
  const left = (["keys", "indices", "secrets"] as const).map(
    (kind) => `${outcomes.reduce((sum, { left }) => sum + left[kind].length, 0)} ${kind}`,
  );
  return [
    `Faults, ${title}: ${outcomes.length} cases, ${failed(outcomes).length} failed (${counts.join(", ")})`,
    `left by a creation that nobody heard of: ${left.join(", ")}`,
    ...table([["fault", "cases", "went on", "error", "killed", "failed"], ...rows]),
    "",
  ].join("\n");
}

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
}
