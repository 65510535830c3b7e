import { describeConnector } from "../../cli/connector-words";
import type { FoundConnector } from "../../provider/lookups";
import { age } from "../../provider/text/age";

const NOW = new Date("2026-01-01T12:00:00Z");

const BARE: FoundConnector = {
  connectorId: "c",
  name: undefined,
  description: undefined,
  serviceType: undefined,
  native: true,
  indexName: undefined,
  language: undefined,
  configuration: {},
  secretFields: [],
  scheduling: undefined,
  pipeline: undefined,
  features: undefined,
  apiKeyId: undefined,
  apiKeySecretId: undefined,
  status: undefined,
  error: undefined,
  lastSeen: undefined,
  lastSynced: undefined,
  lastSyncStatus: undefined,
  lastSyncError: undefined,
  indexedDocumentCount: undefined,
  deletedDocumentCount: undefined,
};

function row(label: string, connector: Partial<FoundConnector>): string | undefined {
  const lines = describeConnector({ ...BARE, ...connector }, NOW).split("\n");
  return lines
    .find((line) => line.startsWith(`  ${label}  `))
    ?.slice(label.length + 2)
    .trim();
}

test("a bare connector says of everything that it isn't there", () => {
  expect(
    describeConnector(BARE, NOW)
      .split("\n")
      .map((line) => line.trim().replace(/ {2,}/, ": ")),
  ).toEqual([
    "(no name)",
    "id: c",
    "type: none yet, native",
    "index: none",
    "status: unknown",
    "last seen: never",
    "last sync: never",
    "schedule: none enabled",
  ]);
});

test("times are in UTC, with their age", () => {
  expect(row("last seen", { lastSeen: "2026-01-01T13:15:00.123456789+02:00" })).toBe(
    "2026-01-01 11:15:00 UTC (45 min ago)",
  );
});

test.each<[Partial<FoundConnector>, string]>([
  [
    {
      lastSyncStatus: "completed",
      lastSynced: "2026-01-01T11:59:00Z",
      indexedDocumentCount: 5,
      deletedDocumentCount: 2,
    },
    "completed 2026-01-01 11:59:00 UTC (60 s ago): 5 documents, 2 deleted",
  ],
  [
    { lastSyncStatus: "error", lastSynced: "2025-12-29T12:00:00Z", lastSyncError: "the source\nis down" },
    "error 2025-12-29 12:00:00 UTC (3 days ago): the source is down",
  ],
  [{ lastSyncStatus: "in_progress" }, "in_progress"],
])("the last sync of %j", (connector, expected) => {
  expect(row("last sync", connector)).toBe(expected);
});

test("each enabled schedule in words, with its next times; one that the server can't have checked too", () => {
  const scheduling = {
    full: { enabled: true, interval: "0 0 2 * * ?" },
    incremental: { enabled: true, interval: "hourly" },
    accessControl: { enabled: false, interval: "0 0 4 * * ?" },
  };
  expect(row("full syncs", { scheduling })).toMatch(/^At 02:00; next runs 2026-01-02 02:00:00, .* UTC$/);
  expect(row("incremental syncs", { scheduling })).toMatch(/^never; schedule "hourly": has 1 field/);
  expect(row("access-control syncs", { scheduling })).toBeUndefined();
  expect(row("schedule", { scheduling })).toBeUndefined();
});

test.each([
  [-5_000, "0 s"],
  [119_000, "119 s"],
  [120_000, "2 min"],
  [7_199_000, "120 min"],
  [7_200_000, "2 h"],
  [172_800_000, "2 days"],
])("an age of %d ms", (milliseconds, words) => {
  expect(age(milliseconds)).toBe(words);
});
