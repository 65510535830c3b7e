/** Which days of a month match. Weekdays count from 1, Sunday, to 7, Saturday. */
export type DayRule =
  | { by: "day of month"; days: readonly number[] }
  | { by: "nearest weekday"; day: number }
  | { by: "last day"; offset: number; nearestWeekday: boolean }
  | { by: "day of week"; weekdays: readonly number[] }
  | { by: "last weekday"; weekday: number }
  | { by: "nth weekday"; weekday: number; nth: number };

/** Sorted values per field; months count from 1. */
export interface Calendar {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DayRule;
  readonly months: readonly number[];
  readonly years: readonly number[];
}

/** The first instant of the calendar strictly after `epochMs`, to the second. */
export function nextTime(calendar: Calendar, epochMs: number): number | undefined {
  const from = (Math.floor(epochMs / 1000) + 1) * 1000;
  const start = new Date(from);
  const firstTime = timeFrom(calendar, 0, 0, 0);
  if (Number.isNaN(start.getTime()) || firstTime === undefined) {
    return undefined;
  }
  const today = startOfDay(from);
  for (const midnight of daysFrom(calendar, start)) {
    const time =
      midnight === today
        ? timeFrom(calendar, start.getUTCHours(), start.getUTCMinutes(), start.getUTCSeconds())
        : firstTime;
    if (time !== undefined) {
      return midnight + time;
    }
  }
  return undefined;
}

function startOfDay(epochMs: number): number {
  const dayLength = 86_400_000;
  return Math.floor(epochMs / dayLength) * dayLength;
}

function* daysFrom(calendar: Calendar, start: Date): Generator<number> {
  const today = startOfDay(start.getTime());
  for (const year of calendar.years) {
    for (const month of year < start.getUTCFullYear() ? [] : calendar.months) {
      for (const day of matchingDays(calendar.days, year, month)) {
        const midnight = Date.UTC(year, month - 1, day);
        if (midnight >= today) {
          yield midnight;
        }
      }
    }
  }
}

// Milliseconds since midnight of the first time of day at or after the given one.
function timeFrom(calendar: Calendar, hour: number, minute: number, second: number): number | undefined {
  for (const h of calendar.hours.filter((candidate) => candidate >= hour)) {
    for (const m of calendar.minutes.filter((candidate) => h > hour || candidate >= minute)) {
      const later = h > hour || m > minute;
      const s = calendar.seconds.find((candidate) => later || candidate >= second);
      if (s !== undefined) {
        return ((h * 60 + m) * 60 + s) * 1000;
      }
    }
  }
  return undefined;
}

function matchingDays(rule: DayRule, year: number, month: number): number[] {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const inMonth = (day: number): boolean => day >= 1 && day <= last;
  const weekdayOf = (day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
  const days = Array.from({ length: last }, (_, index) => index + 1);
  switch (rule.by) {
    case "day of month":
      return rule.days.filter(inMonth);
    case "nearest weekday":
      return [nearestWeekday(rule.day, last, weekdayOf)].filter(inMonth);
    case "last day": {
      const day = last - rule.offset;
      return [rule.nearestWeekday ? nearestWeekday(day, last, weekdayOf) : day].filter(inMonth);
    }
    case "day of week":
      return days.filter((day) => rule.weekdays.includes(weekdayOf(day)));
    case "last weekday":
      return days.filter((day) => weekdayOf(day) === rule.weekday && day + 7 > last);
    case "nth weekday":
      // The server takes 0 as one more name of Saturday.
      return days.filter(
        (day) => weekdayOf(day) % 7 === rule.weekday % 7 && rule.weekday <= 7 && ordinal(day) === rule.nth,
      );
  }
}

const ordinal = (day: number): number => Math.ceil(day / 7);

// The day itself may lie outside the month ("31W" in April); the weekday nearest to it can be inside.
function nearestWeekday(day: number, last: number, weekdayOf: (day: number) => number): number {
  const weekday = weekdayOf(day);
  if (weekday === 7) {
    return day === 1 ? day + 2 : day - 1;
  }
  if (weekday === 1) {
    return day === last ? day - 2 : day + 1;
  }
  return day;
}
