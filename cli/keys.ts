import type { Command } from "commander";
import type { MarkedKey } from "../provider/lookups/keys";
import { type Orphans, registerOrphans, type Unknown } from "./orphans/command";
import { stackName } from "./orphans/unknown";
import { described, reasons, since, time, users } from "./orphans/words";

/** Adds `keys`: a deployment that was killed while a key was made leaves one that no state knows. */
export function registerKeys(program: Command): void {
  registerOrphans(program, KEYS);
}

const HELP = `
  pulumi stack export | npx pulumi-elastic-connectors keys --state -

Run it when no update is running. A key that a connector uses, or that is newer than the state, is listed and left. Keys
that were let go on purpose ('retainOnDelete', 'pulumi state delete') are among those that no state knows. Has the stack
been renamed or have resources moved to another one, give the states of both.`;

export const KEYS: Orphans<MarkedKey> = {
  name: "keys",
  kind: "ApiKey",
  words: {
    thing: "key",
    one: "active key",
    many: "active keys",
    listed: "the active API keys",
    help: HELP,
    remove: "revoke",
    removed: "invalidated",
  },
  option: "invalidate",
  async find(es) {
    const { findMarkedKeys } = await import("../provider/lookups/keys.js");
    const { keys, onlyOwn } = await findMarkedKeys(es);
    return { objects: keys, facts: { onlyOwn }, warning: onlyOwn ? ONLY_OWN : undefined };
  },
  reason: ({ retired, connectors }) =>
    retired ? "retired" : connectors === undefined || connectors.length > 0 ? "in use" : undefined,
  describe,
  async remove(es, { id, username }) {
    const { getApiKey, invalidateApiKey } = await import("../provider/elasticsearch/api-keys.js");
    await invalidateApiKey(es, id);
    // A caller that manages only its own keys is told nothing about those of others.
    if ((await getApiKey(es, id)).key?.invalidated === false) {
      throw new Error(
        `Key '${id}' is still active: it takes its owner${username ? ` (${username})` : ""}, or manage_api_key, to invalidate it.`,
      );
    }
  },
};

const ONLY_OWN = "Only keys that this caller has made are seen: those of others take manage_api_key or read_security.";

function describe(key: Unknown<MarkedKey>, now: Date): string {
  return described(key.name, [
    ["id", key.id],
    ["made by", `${stackName(key)}, resource '${key.resource}'${key.username ? `, as user ${key.username}` : ""}`],
    ["made", since(key.createdAt, now)],
    ["expires", key.expiresAt === undefined ? "never" : time(key.expiresAt)],
    ["used by", users(key.connectors)],
    ...reasons(key.left, LEFT),
  ]);
}

const LEFT: Record<string, string> = {
  retired: "it has been replaced, and expires by itself",
  "in use":
    "a connector uses it, or may. 'pulumi refresh' and 'pulumi up' give a connector back the key that the state knows",
};
