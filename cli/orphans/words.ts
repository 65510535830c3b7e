import { age } from "../../provider/text/age";
import { printable } from "../printable";
import type { Open } from "./unknown";

type Row = readonly [label: string, text: string];

/** An object in a few lines, under its name. */
export function described(name: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return [printable(name), ...rows.map(([label, text]) => `  ${label.padEnd(width)}${printable(text)}`)].join("\n");
}

/** A moment, in UTC, and how long ago it was. */
export function since(moment: string, now: Date): string {
  return `${time(moment)} (${age(now.getTime() - Date.parse(moment))} ago)`;
}

export function time(moment: string): string {
  return `${moment.slice(0, 19).replace("T", " ")} UTC`;
}

/** Ids of connectors, which are unknown to a caller that may not see them. */
export function users(connectors: readonly string[] | undefined): string {
  if (connectors === undefined) {
    return "unknown: the caller may not see connectors (monitor_connector on 9.x, read on .elastic-connectors* on 8.x)";
  }
  return connectors.length === 0 ? "no connector" : `connector ${connectors.map((id) => `'${id}'`).join(", ")}`;
}

/** Why an object is left alone: the command's own reasons, or that an update may have made it. */
export function reasons(left: string | undefined, own: Record<string, string>): Row[] {
  return left === undefined ? [] : [["left", `alone: ${{ ...OPEN, ...own }[left] ?? left}`]];
}

const OPEN: Record<Open, string> = {
  "being made":
    "the state says that an update is making it. When none runs, export the stack again after 'pulumi refresh --clear-pending-creates'",
  "newer than the state":
    "it is newer than the given state. When no update runs, export the stack again after 'pulumi refresh'",
};
