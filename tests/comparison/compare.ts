// Two runs of the same scenarios, side by side.

import { isDeepStrictEqual } from "node:util";
import type { Seen } from "./rig";

export const ASPECTS = ["outcome", "steps", "requests", "state"] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface Difference {
  scenario: string;
  move: string;
  aspect: Aspect;
  /** Paths at which they differ, with what either side has there. */
  details: string[];
}

export function differences(ours: Seen[], theirs: Seen[]): Difference[] {
  return ours.flatMap((mine, index) => {
    const other = theirs[index];
    return ASPECTS.flatMap((aspect) => {
      const details = compare(mine[aspect], other?.[aspect], aspect);
      return details.length > 0 ? [{ scenario: mine.scenario, move: mine.move, aspect, details }] : [];
    });
  });
}

/** scenario × (outcome, steps, requests, state): how many moves agree, of how many. */
export function table(title: string, seen: Seen[], found: Difference[]): string {
  const scenarios = [...new Set(seen.map(({ scenario }) => scenario))];
  const width = Math.max(...scenarios.map((name) => name.length), title.length);
  const head = [title.padEnd(width), "moves", ...ASPECTS].join("  ");
  const rows = scenarios.map((scenario) => {
    const moves = seen.filter((each) => each.scenario === scenario).length;
    const cells = ASPECTS.map((aspect) => {
      const different = found.some((each) => each.scenario === scenario && each.aspect === aspect);
      return (different ? "DIFFERENT" : "same").padEnd(aspect.length);
    });
    return [scenario.padEnd(width), String(moves).padStart(5), ...cells].join("  ");
  });
  return `${[head, ...rows].join("\n")}\n`;
}

function compare(ours: unknown, theirs: unknown, path: string): string[] {
  if (isDeepStrictEqual(ours, theirs)) return [];
  if (isBranch(ours) && isBranch(theirs) && Array.isArray(ours) === Array.isArray(theirs)) {
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...keys].flatMap((key) => compare(ours[key], theirs[key], `${path}.${key}`));
  }
  return [`${path}: ${JSON.stringify(ours)} <> ${JSON.stringify(theirs)}`];
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
