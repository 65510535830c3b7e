// The guide's story, for both engines, and how its texts are compared with what is really printed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/processes";
import type { Declared, Stage } from "../support/stage";

export const GUIDE = readFileSync(join(ROOT, "docs/guides/reading-a-preview.md"), "utf8");

/** What somebody else changes. */
export const THEIRS = { database: "test", password: "canary-theirs", interval: "0 0 9 * * ?" };

export function program({ database, password, interval } = OURS): Declared[] {
  const configuration = { host: "mongodb://db.internal", database, collection: "movies", password };
  const scheduling = { full: { enabled: true, interval } };
  return [
    { kind: "Index", name: "films", args: { name: "search-films" } },
    {
      kind: "Connector",
      name: "films",
      args: {
        connectorId: "films",
        serviceType: "mongodb",
        indexName: { $ref: "films.indexName" },
        configuration,
        scheduling,
      },
    },
  ];
}

const OURS = { database: "films", password: "canary-password", interval: "0 0 2 * * ?" };

export function withSync(): Declared[] {
  const args = { connectorId: { $ref: "films.id" }, timeouts: { start: "1s" } };
  return [...program(), { kind: "SyncJob", name: "first", args }];
}

export async function drift(stage: Stage): Promise<void> {
  const { interval, ...values } = THEIRS;
  await stage.request("PUT", "/_connector/films/_scheduling", { scheduling: { full: { enabled: true, interval } } });
  await stage.request("PUT", "/_connector/films/_configuration", { values });
  await stage.request("PUT", "/_connector/films/_name", { name: "Theirs" });
  await stage.request("DELETE", "/search-films");
}

export function blocks(): string[] {
  return [...GUIDE.matchAll(/```\n(.*?)\n```/gs)].map(([, text = ""]) => text);
}

export function neutral(text: string): string {
  const lines = text.trimEnd().split("\n");
  // How far a sync is depends on the moment at which it is looked at.
  const lasting = lines.filter((line) => !/SyncJob 'first': (pending|in progress|sync job)/.test(line));
  return lasting
    .join("\n")
    .replace(/[\w-]{20}(?=['"])/g, "x7Jk2pQBv0sTq4nYw1Lm")
    .replace(/deleted in \d+ s/, "deleted in 3 s");
}
