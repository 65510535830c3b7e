export type FieldName = "seconds" | "minutes" | "hours" | "day of month" | "month" | "day of week" | "year";

export interface Limit {
  name: FieldName;
  min: number;
  /** Absent for the year: the server looks a hundred years ahead. */
  max?: number;
  /** Largest step after "*" and "/"; a step after a number or a range has no limit. */
  maxStep?: number;
  /** How the range is told to a user. */
  range: string;
}

/** The seven fields in the order in which they are written. */
export const limits: readonly Limit[] = [
  { name: "seconds", min: 0, max: 59, maxStep: 59, range: "0-59" },
  { name: "minutes", min: 0, max: 59, maxStep: 59, range: "0-59" },
  { name: "hours", min: 0, max: 23, maxStep: 23, range: "0-23" },
  { name: "day of month", min: 1, max: 31, maxStep: 31, range: "1-31" },
  { name: "month", min: 1, max: 12, maxStep: 12, range: "1-12 or JAN-DEC" },
  { name: "day of week", min: 1, max: 7, maxStep: 7, range: "1-7 (1 is Sunday) or SUN-SAT" },
  { name: "year", min: 1970, range: "1970 or later" },
];

const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

export function limitOf(name: FieldName): Limit {
  const limit = limits.find((candidate) => candidate.name === name);
  if (limit === undefined) {
    throw new TypeError(`no such cron field: ${name}`);
  }
  return limit;
}

/** The number behind a three-letter name, where the field has names. */
export function numberOfName(name: FieldName, word: string): number | undefined {
  const names = name === "month" ? monthNames : name === "day of week" ? weekdayNames : [];
  const index = names.indexOf(word);
  return index < 0 ? undefined : index + 1;
}
