import { illegalArgument } from "../errors";
import type { Json, JsonObject } from "../json";

/** Whether a value lies within the bounds of a range query; dates understand `now-300s`. */
export function compareToBound(value: Json, bounds: JsonObject, type: string, now: number): boolean {
  const actual = comparable(value, type, now);
  if (actual === undefined) return false;
  return Object.entries(bounds).every(([operator, bound]) => {
    if (bound === null) return true;
    const limit = comparable(bound, type, now);
    if (limit === undefined) return true;
    switch (operator) {
      case "gt":
        return actual > limit;
      case "gte":
      case "from":
        return actual >= limit;
      case "lt":
        return actual < limit;
      case "lte":
      case "to":
        return actual <= limit;
      default:
        return true;
    }
  });
}

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  H: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

function comparable(value: Json, type: string, now: number): number | string | undefined {
  if (type === "date" || type === "date_nanos") return typeof value === "number" ? value : dateMath(String(value), now);
  if (typeof value === "number") return value;
  const numeric = type !== "keyword" && type !== "text" && value !== "" && !Number.isNaN(Number(value));
  return numeric ? Number(value) : String(value);
}

function dateMath(text: string, now: number): number {
  const [, anchor = "", steps = ""] = /^(now|.*?\|\|)?(.*)$/.exec(text) ?? [];
  if (anchor === "") {
    const parsed = Date.parse(text);
    if (Number.isNaN(parsed))
      throw illegalArgument(
        `failed to parse date field [${text}] with format [strict_date_optional_time||epoch_millis]`,
      );
    return parsed;
  }
  let time = anchor === "now" ? now : Date.parse(anchor.slice(0, -2));
  for (const [, sign, amount, unit] of steps.matchAll(/([+-])(\d+)([smhHdw])/g)) {
    time += (sign === "-" ? -1 : 1) * Number(amount) * (units[unit ?? "s"] ?? 1000);
  }
  return time;
}
