import type { MarkedKey } from "../provider/lookups/keys";
import { age } from "../provider/text/age";
import { stackName, type UnknownKey } from "./orphans";
import { printable } from "./printable";

/** A key in a few lines: whose it is, how old, and who uses it. All times are in UTC. */
export function describeKey(key: MarkedKey & Partial<UnknownKey>, now: Date): string {
  const rows = [
    ["id", key.id],
    ["made by", `${stackName(key)}, resource '${key.resource}'${key.username ? `, as user ${key.username}` : ""}`],
    ["made", `${time(key.createdAt)} (${age(now.getTime() - Date.parse(key.createdAt))} ago)`],
    ["expires", key.expiresAt === undefined ? "never" : time(key.expiresAt)],
    ["used by", users(key)],
    ...(key.left ? [["left", LEFT[key.left]]] : []),
  ];
  const lines = rows.map(([label = "", text = ""]) => `  ${label.padEnd(WIDTH)}${printable(text)}`);
  return [printable(key.name), ...lines].join("\n");
}

const WIDTH = "made by".length + 2;

const LEFT = {
  retired: "alone: it has been replaced, and expires by itself",
  "in use":
    "alone: a connector uses it, or may. 'pulumi refresh' and 'pulumi up' give a connector back the key that the state knows",
  "being made":
    "alone: the state says that an update is making it. When none runs, export the stack again after 'pulumi refresh --clear-pending-creates'",
  "newer than the state":
    "alone: it is newer than the given state. When no update runs, export the stack again after 'pulumi refresh'",
} as const;

function users({ connectors }: MarkedKey): string {
  if (connectors === undefined) {
    return "unknown: the caller may not see connectors (monitor_connector on 9.x, read on .elastic-connectors* on 8.x)";
  }
  return connectors.length === 0 ? "no connector" : `connector ${connectors.map((id) => `'${id}'`).join(", ")}`;
}

function time(text: string): string {
  return `${text.slice(0, 19).replace("T", " ")} UTC`;
}
