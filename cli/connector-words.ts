import type { FoundConnector } from "../provider/lookups";
import { age } from "../provider/text/age";
import { describeSchedule } from "./cron-words";
import { printable } from "./printable";

/** A connector in a few lines: who it is, how it is, and when its syncs were and will be. All times are in UTC. */
export function describeConnector(connector: FoundConnector, now: Date): string {
  const { connectorId, name, serviceType, native, indexName, status = "unknown", error } = connector;
  const rows = [
    ["id", connectorId],
    ["type", `${serviceType ?? "none yet"}, ${native ? "native" : "self-managed"}`],
    ["index", indexName ?? "none"],
    ["status", error ? `${status}: ${error}` : status],
    ["last seen", time(connector.lastSeen, now)],
    ["last sync", lastSync(connector, now)],
    ...schedules(connector, now),
  ];
  const lines = rows.map(([label = "", text = ""]) => `  ${label.padEnd(WIDTH)}${printable(text)}`);
  return [printable(name ?? "(no name)"), ...lines].join("\n");
}

const KINDS = { full: "full syncs", incremental: "incremental syncs", accessControl: "access-control syncs" } as const;

const WIDTH = "access-control syncs".length + 2;

function lastSync(connector: FoundConnector, now: Date): string {
  const { lastSyncStatus, lastSynced, lastSyncError, indexedDocumentCount, deletedDocumentCount } = connector;
  if (!lastSyncStatus) {
    return "never";
  }
  const counts = [
    indexedDocumentCount === undefined ? [] : [`${indexedDocumentCount} documents`],
    deletedDocumentCount ? [`${deletedDocumentCount} deleted`] : [],
  ].flat();
  const when = lastSynced ? ` ${time(lastSynced, now)}` : "";
  const more = lastSyncError ? [lastSyncError] : counts;
  return `${lastSyncStatus}${when}${more.length > 0 ? `: ${more.join(", ")}` : ""}`;
}

function schedules({ scheduling }: FoundConnector, now: Date): string[][] {
  const enabled = (["full", "incremental", "accessControl"] as const).flatMap((kind) => {
    const schedule = scheduling?.[kind];
    return schedule?.enabled ? [[KINDS[kind], inWords(schedule.interval, now)]] : [];
  });
  return enabled.length > 0 ? enabled : [["schedule", "none enabled"]];
}

function inWords(interval: string, now: Date): string {
  try {
    return describeSchedule(interval, now);
  } catch (error) {
    // Older servers took schedules unchecked.
    return `never; ${error instanceof Error ? error.message : "the schedule can't be read"}`;
  }
}

function time(text: string | undefined, now: Date): string {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at)
    ? "never"
    : `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC (${age(now.getTime() - at)} ago)`;
}
