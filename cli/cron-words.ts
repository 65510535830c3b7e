import { toString as toWords } from "cronstrue";
import { type Cron, parseCron } from "../provider/cron";

/**
 * An accepted schedule in words with its next three runs after `now`:
 * `At 02:00; next runs 2026-01-01 02:00:00, 2026-01-02 02:00:00, 2026-01-03 02:00:00 UTC`. All times are in UTC.
 * Throws a `RangeError` that says why when Elasticsearch would refuse the schedule.
 */
export function describeSchedule(expression: string, now: Date = new Date()): string {
  const result = parseCron(expression);
  if (!result.ok) {
    const where = result.field === undefined ? "" : `${result.field}: `;
    throw new RangeError(`schedule ${JSON.stringify(expression)}: ${where}${result.reason}`);
  }
  const runs = nextRuns(result.cron, now.getTime(), 3);
  const next =
    runs.length === 0 ? "no further run in" : `next ${runs.length === 1 ? "run" : "runs"} ${runs.join(", ")}`;
  return `${inWords(result.cron)}; ${next} UTC`;
}

function nextRuns(cron: Cron, after: number, count: number): string[] {
  const runs: string[] = [];
  let last = cron.nextAfter(after);
  while (last !== undefined && runs.length < count) {
    runs.push(new Date(last).toISOString().slice(0, 19).replace("T", " "));
    last = cron.nextAfter(last);
  }
  return runs;
}

// The words come from the values instead of the text: the library reads some of the text differently from the server,
// for example a step that goes past the end, a list with "W", or what follows a number.
function inWords(cron: Cron): string {
  const fields = [
    spell(cron.seconds, 0, 59),
    spell(cron.minutes, 0, 59),
    spell(cron.hours, 0, 23),
    ...spellDays(cron.days, spell(cron.months, 1, 12)),
    spell(cron.years, 1970, new Date().getUTCFullYear() + 100),
  ];
  if (fields.includes("")) {
    return "Never";
  }
  const words = wordsOf(fields.join(" "));
  // The library has no words for both at once.
  return cron.days.by === "last day" && cron.days.offset > 0 && cron.days.nearestWeekday
    ? words.replace(/\d+ days? before/, "on the weekday nearest to $&")
    : words;
}

function wordsOf(fields: string): string {
  try {
    return toWords(fields, { use24HourTimeFormat: true, dayOfWeekStartIndexZero: false });
  } catch {
    // "0W" for one: the server accepts it, the library doesn't.
    return JSON.stringify(fields);
  }
}

/** Day of month, month, day of week; an empty text where no day can match. */
function spellDays(rule: Cron["days"], months: string): [string, string, string] {
  switch (rule.by) {
    case "day of month":
      return [spell(rule.days, 1, 31), months, "?"];
    case "nearest weekday":
      return [`${rule.day}W`, months, "?"];
    case "last day":
      return [lastDay(rule.offset, rule.nearestWeekday), months, "?"];
    case "day of week":
      return ["?", months, spell(rule.weekdays, 1, 7)];
    case "last weekday":
      return ["?", months, `${rule.weekday}L`];
    case "nth weekday":
      return ["?", months, rule.weekday > 7 ? "" : `${rule.weekday || 7}#${rule.nth}`];
  }
}

function lastDay(offset: number, nearestWeekday: boolean): string {
  if (offset > 0) {
    return `L-${offset}`;
  }
  return nearestWeekday ? "LW" : "L";
}

// "*" for all, a step where there is one, otherwise a list in which three or more in a row are a range.
function spell(values: readonly number[], min: number, max: number): string {
  const [first, second] = values;
  const last = values.at(-1);
  if (first === undefined || second === undefined || last === undefined) {
    return values.join();
  }
  const step = second - first;
  if (values.length < 3 || !values.every((value, index) => value === first + index * step)) {
    return ranges(values).join();
  }
  if (values.length * step === max - min + 1) {
    return [first === min ? "*" : first, ...(step === 1 ? [] : [step])].join("/");
  }
  // A few times are clearer one by one.
  return step === 1 || values.length < 5 ? ranges(values).join() : `${first}-${last}/${step}`;
}

function ranges(values: readonly number[]): string[] {
  const rows: number[][] = [];
  for (const value of values) {
    const row = rows.at(-1);
    if (row?.at(-1) === value - 1) {
      row.push(value);
    } else {
      rows.push([value]);
    }
  }
  return rows.flatMap((row) => (row.length > 2 ? [`${row[0]}-${row.at(-1)}`] : row.map(String)));
}
