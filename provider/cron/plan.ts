import { type FieldName, type Limit, limitOf } from "./fields";

/** What has been read so far; "?" is a number in the sets, as on the server. */
export interface Plan {
  values: Record<FieldName, Set<number>>;
  lastDay: boolean;
  lastDayOffset: number;
  nearestWeekday: boolean;
  lastWeekday: boolean;
  /** 1 to 5, 0 when there is no "#". */
  nth: number;
  lastYear: number;
}

export class CronError extends Error {}

// The server keeps "*" and "?" as these numbers, so that a literal 99 or 98 means the same there. Imitated.
const every = 99;
export const open = 98;

export function emptyPlan(lastYear: number): Plan {
  return {
    values: {
      seconds: new Set(),
      minutes: new Set(),
      hours: new Set(),
      "day of month": new Set(),
      month: new Set(),
      "day of week": new Set(),
      year: new Set(),
    },
    lastDay: false,
    lastDayOffset: 0,
    nearestWeekday: false,
    lastWeekday: false,
    nth: 0,
    lastYear,
  };
}

/** Whether a day field was left open with "?". */
export function isOpen(plan: Plan, name: FieldName): boolean {
  return plan.values[name].has(open);
}

export function addOne(plan: Plan, name: FieldName, value: number): void {
  checkRange(limitOf(name), value, undefined);
  if (value === every) {
    addEvery(plan, name, 1);
  } else {
    plan.values[name].add(value);
  }
}

// A step of nothing or less is read as "every".
export function addEvery(plan: Plan, name: FieldName, step: number): void {
  fill(plan, name, limitOf(name).min, undefined, step > 0 ? step : 1);
}

export function addRange(plan: Plan, name: FieldName, start: number, end: number | undefined, step: number): void {
  const limit = limitOf(name);
  checkRange(limit, start, end);
  if (start === every) {
    fill(plan, name, limit.min, end, Math.max(step, 1));
  } else if (step === 0) {
    plan.values[name].add(start);
  } else {
    fill(plan, name, start, end, step);
  }
}

function checkRange(limit: Limit, start: number, end: number | undefined): void {
  const isDay = limit.name === "day of month" || limit.name === "day of week";
  if (limit.max === undefined || start === every || (start === open && isDay)) {
    return;
  }
  if (start < limit.min || start > limit.max) {
    throw outOfRange(start, limit);
  }
  if (end !== undefined && end > limit.max) {
    throw outOfRange(end, limit);
  }
}

// A range that ends before it starts runs over the end of the minute, hour, week and so on; years don't come round.
function fill(plan: Plan, name: FieldName, start: number, end: number | undefined, step: number): void {
  const { min, max } = limitOf(name);
  const highest = max ?? plan.lastYear;
  const last = end ?? highest;
  if (last >= start) {
    // A range from one of the two markers may have any end.
    for (let value = start; value <= Math.min(last, Math.max(highest, every)); value += step) {
      plan.values[name].add(value);
    }
    return;
  }
  if (max === undefined) {
    throw new CronError("the first year of a range must not be after the last one");
  }
  const size = max - min + 1;
  for (let value = start; value <= last + size; value += step) {
    plan.values[name].add(value % size === 0 && min === 1 ? size : value % size);
  }
}

export function outOfRange(value: number, limit: Limit): CronError {
  return new CronError(`${value} is out of range ${limit.range}`);
}
