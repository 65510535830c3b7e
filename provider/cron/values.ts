import { type FieldName, type Limit, limitOf, numberOfName } from "./fields";
import { addEvery, addOne, addRange, CronError, open, outOfRange, type Plan } from "./plan";

/** Reads one member of a field's comma-separated list (upper case, not empty) into the plan. */
export function storeValue(plan: Plan, name: FieldName, text: string): void {
  if (/^(L|LW|L-[0-9]*W?)$/.test(text)) {
    storeLast(plan, name, text);
  } else if (/^[A-Z]/.test(text)) {
    storeNamed(plan, name, text);
  } else if (text.startsWith("?")) {
    storeOpen(plan, name, text);
  } else if (text.startsWith("*") || text.startsWith("/")) {
    storeEvery(plan, name, text);
  } else if (/^[0-9]/.test(text)) {
    storeNumber(plan, name, text);
  } else {
    throw unexpected(text, limitOf(name));
  }
}

// Outside the two day fields "L" is accepted and selects nothing.
function storeLast(plan: Plan, name: FieldName, text: string): void {
  if (name === "day of week") {
    plan.values[name].add(7);
  }
  if (name !== "day of month") {
    return;
  }
  const [, dash, digits, weekday] = /^L(-?)([0-9]*)(W?)$/.exec(text) ?? [];
  if (dash === "-" && digits === "" && weekday === "") {
    throw new CronError(`needs a number after "L-"`);
  }
  const offset = digits ? toInt(digits) : 0;
  if (offset > 30) {
    throw new CronError(`the offset after "L-" can be 30 at most`);
  }
  plan.lastDay = true;
  plan.lastDayOffset = offset;
  plan.nearestWeekday ||= weekday === "W";
}

// Only the start is read: three letters, and after a dash three more.
function storeNamed(plan: Plan, name: FieldName, text: string): void {
  const start = toNumber(name, text.slice(0, 3));
  const next = text.charAt(3);
  if (next === "-") {
    addRange(plan, name, start, toNumber(name, text.slice(4, 7)), 1);
    return;
  }
  if (name === "day of week" && next === "#") {
    plan.nth = toNth(text.slice(4));
  }
  plan.lastWeekday ||= name === "day of week" && next === "L";
  addOne(plan, name, start);
}

function toNumber(name: FieldName, word: string): number {
  const value = numberOfName(name, word);
  if (value === undefined) {
    throw unexpected(word, limitOf(name));
  }
  return value;
}

function storeOpen(plan: Plan, name: FieldName, text: string): void {
  if (text.length > 2) {
    throw new CronError(`nothing may follow "?"`);
  }
  if (name !== "day of month" && name !== "day of week") {
    throw new CronError(`"?" is only for day of month and day of week`);
  }
  if (name === "day of week" && !plan.lastDay && plan.values["day of month"].size === 0) {
    throw new CronError(`"?" needs a day of month`);
  }
  plan.values[name].add(open);
}

function storeEvery(plan: Plan, name: FieldName, text: string): void {
  const rest = text.startsWith("*") ? text.slice(1) : text;
  if (!rest.startsWith("/")) {
    addEvery(plan, name, 1);
    return;
  }
  const step = toSignedInt(rest.slice(1));
  const { maxStep } = limitOf(name);
  if (step === undefined) {
    throw new CronError(`needs a number after "/"`);
  }
  if (maxStep !== undefined && step > maxStep) {
    throw new CronError(`step ${step} is over ${maxStep}`);
  }
  addEvery(plan, name, step);
}

function storeNumber(plan: Plan, name: FieldName, text: string): void {
  const [, digits = "", rest = ""] = /^([0-9]+)(.*)$/s.exec(text) ?? [];
  const value = toInt(digits);
  switch (rest.charAt(0)) {
    case "L":
      storeLastWeekday(plan, name, value);
      return;
    case "W":
      storeNearestWeekday(plan, name, value);
      return;
    case "#":
      storeNth(plan, name, value, rest.slice(1));
      return;
    case "-":
      storeRange(plan, name, value, rest.slice(1));
      return;
    case "/":
      storeSteps(plan, name, value, rest.slice(1));
      return;
    default:
      // Whatever else follows a number is ignored by the server.
      addOne(plan, name, value);
  }
}

function storeLastWeekday(plan: Plan, name: FieldName, value: number): void {
  if (name !== "day of week") {
    throw new CronError(`"L" can't follow a number here, only in day of week`);
  }
  if (value < 1 || value > 7) {
    throw outOfRange(value, limitOf(name));
  }
  plan.lastWeekday = true;
  plan.values[name].add(value);
}

function storeNearestWeekday(plan: Plan, name: FieldName, value: number): void {
  if (name !== "day of month") {
    throw new CronError(`"W" is only for day of month`);
  }
  if (value > 31) {
    throw outOfRange(value, limitOf(name));
  }
  plan.nearestWeekday = true;
  plan.values[name].add(value);
}

// The server doesn't look at the range of the number before "#".
function storeNth(plan: Plan, name: FieldName, value: number, text: string): void {
  if (name !== "day of week") {
    throw new CronError(`"#" is only for day of week`);
  }
  plan.nth = toNth(text);
  plan.values[name].add(value);
}

function storeRange(plan: Plan, name: FieldName, start: number, text: string): void {
  const [, digits, rest = ""] = /^([0-9]+)(.*)$/s.exec(text) ?? [];
  if (digits === undefined) {
    throw new CronError(`needs a number after "-"`);
  }
  const step = rest.startsWith("/") ? /^[0-9]+/.exec(rest.slice(1))?.[0] : "1";
  if (step === undefined) {
    throw new CronError(`needs a number after "/"`);
  }
  addRange(plan, name, start, toInt(digits), toInt(step));
}

function storeSteps(plan: Plan, name: FieldName, start: number, text: string): void {
  const [, digits, rest] = /^([0-9]+)(.*)$/s.exec(text) ?? [];
  if (digits === undefined || (digits.length === 1 && rest !== "")) {
    throw new CronError(`needs a number after "/"`);
  }
  addRange(plan, name, start, undefined, toInt(digits));
}

function toNth(text: string): number {
  const nth = toSignedInt(text);
  if (nth === undefined || nth < 1 || nth > 5) {
    throw new CronError(`needs a number from 1 to 5 after "#"`);
  }
  return nth;
}

const largest = 2_147_483_647;

function toInt(digits: string): number {
  const value = Number(digits);
  if (value > largest) {
    throw new CronError("has a number that is too large");
  }
  return value;
}

function toSignedInt(text: string): number | undefined {
  const value = /^[+-]?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return value <= largest && value >= -largest - 1 ? value : undefined;
}

function unexpected(text: string, limit: Limit): CronError {
  return new CronError(`${JSON.stringify(text.slice(0, 20))} is not a value of this field; use ${limit.range}`);
}
