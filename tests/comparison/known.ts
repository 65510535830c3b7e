// The differences between the engines that stay. The embedded engine's README gives the reason for each.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenarios } from "./scenarios";

export interface Known {
  /** What it looks like: `scenario, move, path: embedded <> Pulumi`. */
  looks: RegExp;
  /** Where it has to be met. */
  in: Scenarios[] | "all";
}

/** By the difference's name in the README. */
export const KNOWN: Record<string, Known> = {
  "Source positions": {
    looks: /, state\.(resources|pending)\.\d+(\.resource)?\.(sourcePosition|stackTrace): undefined <> /,
    in: "all",
  },
  Interrupts: {
    looks:
      /, outcome\.errors\.(0: "canceled: steps that were running .* <> "(update canceled"|error: update failed)|1: "stopped: )/,
    in: ["interrupts"],
  },
  "An interrupted destroy": {
    looks: /^\^C once, 4 destroy, outcome\.(ok: false <> true|errors\.0: "canceled: .* <> undefined)/,
    in: ["interrupts"],
  },
  "A provider that died": {
    looks: /, outcome\.errors\.0: "the provider process ended unexpectedly .* <> "error reading from server: EOF"/,
    in: ["failures"],
  },
  "A lock that was left": {
    looks:
      /^an engine that is killed, 2 refresh, (outcome\.(ok: true <> false|errors\.0: undefined <> ".*locked by 1 lock.*pulumi cancel)|steps\.summary\.\w+: \d <> undefined|requests\.(reads|asked)\.\d+: ".* <> undefined)/,
    in: ["kills"],
  },
  "Protected resources": {
    looks: /, outcome\.errors\.\d+: .*`protect` flag from the resource in your program and deploy once more/,
    in: ["options"],
  },
};

/** The names of the README's table. */
export function listed(): string[] {
  const text = readFileSync(join(__dirname, "../../embedded/engine/README.md"), "utf8");
  const [, section = ""] = text.split("## Differences from the Pulumi engine");
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(1).map((line) => line.split("|")[1]?.trim() ?? "");
}
