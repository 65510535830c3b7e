// The terminal texts of the guide are what the embedded engine really prints, ids aside.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/processes";
import { type Declared, openStage, type Stage } from "../support/stage";
import { startService } from "../support/sync-service";

const GUIDE = readFileSync(join(ROOT, "docs/guides/reading-a-preview.md"), "utf8");

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ quick: true });
});
afterAll(() => stage.close());

test("a drift preview and the up after it", async () => {
  await stage.deploy(program("canary-password"));
  const scheduling = { full: { enabled: true, interval: "0 0 9 * * ?" } };
  const values = { database: "test", password: "canary-theirs" };
  await stage.request("PUT", "/_connector/films/_scheduling", { scheduling });
  await stage.request("PUT", "/_connector/films/_configuration", { values });
  await stage.request("PUT", "/_connector/films/_name", { name: "Theirs" });
  await stage.request("DELETE", "/search-films");
  const { text } = await stage.preview({ refresh: true });
  expect(blocks()).toContain(neutral(text));
  expect((await stage.up({ refresh: true })).ok).toBe(true);
});

test("a failed up, and the one that goes on", async () => {
  await stage.destroy();
  const args = { connectorId: { $ref: "films.id" }, timeouts: { start: "1s" } };
  stage.declare([...program("canary-password"), { kind: "SyncJob", name: "first", args }]);
  const failed = await stage.up();
  expect(failed.ok).toBe(false);
  expect(blocks()).toContain(neutral(failed.text));

  const service = startService(stage.server);
  const next = await stage.up();
  await service.stop();
  expect(next.ok).toBe(true);
  expect(blocks()).toContain(neutral(next.text));
});

function program(password: string): Declared[] {
  const configuration = { host: "mongodb://db.internal", database: "films", collection: "movies", password };
  const scheduling = { full: { enabled: true, interval: "0 0 2 * * ?" } };
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

function blocks(): string[] {
  return [...GUIDE.matchAll(/```\n(.*?)\n```/gs)].map(([, text = ""]) => text);
}

function neutral(text: string): string {
  const lines = text.trimEnd().split("\n");
  // How far a sync is depends on the moment at which it is looked at.
  const lasting = lines.filter((line) => !/SyncJob 'first': (pending|in_progress|sync job)/.test(line));
  return lasting
    .join("\n")
    .replace(/[\w-]{20}(?=')/g, "x7Jk2pQBv0sTq4nYw1Lm")
    .replace(/deleted in \d+ s/, "deleted in 3 s");
}
