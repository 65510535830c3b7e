// The differences between the engines that stay. The embedded engine's README gives the reason for each.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a difference looks like (`scenario, move, path: embedded <> Pulumi`), by the difference's name in the README. */
export const KNOWN: Record<string, RegExp> = {
  "Source positions": /, state\.(resources|pending)\.\d+(\.resource)?\.(sourcePosition|stackTrace): undefined <> /,
  Interrupts:
    /, outcome\.errors\.(0: "canceled: steps that were running .* <> "(update canceled"|error: update failed)|1: "stopped: )/,
  "An interrupted destroy": /^\^C once, 4 destroy, outcome\.(ok: false <> true|errors\.0: "canceled: .* <> undefined)/,
  "A provider that died":
    /, outcome\.errors\.0: "the provider process ended unexpectedly .* <> "error reading from server: EOF"/,
  "Protected resources":
    /, outcome\.errors\.\d+: .*`protect` flag from the resource in your program and deploy once more/,
};

/** The names of the README's table. */
export function listed(): string[] {
  const text = readFileSync(join(__dirname, "../../embedded/engine/README.md"), "utf8");
  const [, section = ""] = text.split("## Differences from the Pulumi engine");
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(1).map((line) => line.split("|")[1]?.trim() ?? "");
}
