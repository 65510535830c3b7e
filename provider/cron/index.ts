import { type FieldName, limits } from "./fields";
import { type Calendar, nextTime } from "./next";
import { CronError, emptyPlan, isOpen, type Plan } from "./plan";
import { storeValue } from "./values";

export type { FieldName } from "./fields";

/** A schedule in the form in which Elasticsearch evaluates it: sorted values per field, all in UTC. */
export interface Cron extends Calendar {
  /**
   * The first matching instant strictly after `epochMs`, to the second.
   * `undefined` when the schedule has no further time (within a hundred years, as the server counts).
   * `0W` and `L-30W`, for which the server would search without end, get the weekday that they describe.
   */
  nextAfter(epochMs: number): number | undefined;
}

export type CronResult = { ok: true; cron: Cron } | { ok: false; field?: FieldName; reason: string };

/**
 * Reads a schedule exactly as Elasticsearch does, oddities included: what is accepted here is accepted there and
 * the other way round. `reason` is a lower-case clause that can follow the name of the argument.
 */
export function parseCron(text: string): CronResult {
  const fields = text
    .toUpperCase()
    .split(/[ \t]+/)
    .filter((field) => field !== "")
    .map(trimControls);
  if (fields.length < 6) {
    return { ok: false, reason: wrongCount(fields.length) };
  }
  const plan = emptyPlan(new Date().getUTCFullYear() + 100);
  // The server stops reading after the seventh field and says nothing about the rest.
  for (const [position, { name }] of limits.entries()) {
    const refused = storeField(plan, name, fields[position] ?? "*");
    if (refused !== undefined) {
      return { ok: false, field: name, reason: refused };
    }
  }
  const unclear = bothDays(plan);
  return unclear === undefined ? { ok: true, cron: toCron(plan) } : { ok: false, reason: unclear };
}

// The server trims each field of everything up to the space character, a trailing newline for example.
function trimControls(field: string): string {
  let start = 0;
  let end = field.length;
  while (start < end && field.charCodeAt(start) <= 32) {
    start++;
  }
  while (end > start && field.charCodeAt(end - 1) <= 32) {
    end--;
  }
  return field.slice(start, end);
}

function wrongCount(count: number): string {
  const found = count === 0 ? "is empty" : `has ${count} ${count === 1 ? "field" : "fields"}`;
  return `${found}; Elasticsearch needs 6 or 7: seconds first, e.g. "0 0 2 * * ?"`;
}

function storeField(plan: Plan, name: FieldName, text: string): string | undefined {
  const isList = text.includes(",");
  if (isList && text.includes("L") && (name === "day of month" || name === "day of week")) {
    return `"L" can't be combined with other days`;
  }
  if (name === "day of week" && text.split("#").length > 2) {
    return `only one "#" is possible`;
  }
  try {
    for (const value of text.split(",")) {
      // Empty list members are skipped, even when nothing else is there.
      if (value !== "") {
        storeValue(plan, name, value);
      }
    }
  } catch (error) {
    if (error instanceof CronError) {
      return error.message;
    }
    throw error;
  }
  return undefined;
}

function bothDays(plan: Plan): string | undefined {
  const anyDayOfMonth = isOpen(plan, "day of month");
  const anyDayOfWeek = isOpen(plan, "day of week");
  if (anyDayOfMonth && anyDayOfWeek) {
    return `has "?" as day of month and as day of week; only one of the two can be open`;
  }
  if (!anyDayOfMonth && !anyDayOfWeek) {
    return `has both a day of month and a day of week; put "?" in one of them, e.g. "0 0 2 * * ?"`;
  }
  return undefined;
}

function toCron(plan: Plan): Cron {
  const inLimits = (name: FieldName): number[] => {
    const limit = limits.find((candidate) => candidate.name === name);
    const max = limit?.max ?? plan.lastYear;
    const min = limit?.min ?? 0;
    return [...plan.values[name]].filter((value) => value >= min && value <= max).sort((a, b) => a - b);
  };
  const calendar: Calendar = {
    seconds: inLimits("seconds"),
    minutes: inLimits("minutes"),
    hours: inLimits("hours"),
    months: inLimits("month"),
    years: inLimits("year"),
    days: dayRule(plan, inLimits),
  };
  return { ...calendar, nextAfter: (epochMs) => nextTime(calendar, epochMs) };
}

function dayRule(plan: Plan, inLimits: (name: FieldName) => number[]): Calendar["days"] {
  if (isOpen(plan, "day of week")) {
    if (plan.lastDay) {
      return { by: "last day", offset: plan.lastDayOffset, nearestWeekday: plan.nearestWeekday };
    }
    // Of a list, "W" and "#" look at the smallest member only, whichever member they were written on.
    const smallest = Math.min(...plan.values["day of month"]);
    return plan.nearestWeekday && Number.isFinite(smallest)
      ? { by: "nearest weekday", day: smallest }
      : { by: "day of month", days: inLimits("day of month") };
  }
  const weekday = Math.min(...plan.values["day of week"]);
  if (plan.lastWeekday) {
    return { by: "last weekday", weekday };
  }
  return plan.nth === 0
    ? { by: "day of week", weekdays: inLimits("day of week") }
    : { by: "nth weekday", weekday, nth: plan.nth };
}
