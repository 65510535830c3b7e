import { illegalArgument } from "../errors";

const units: Readonly<Record<string, number>> = {
  nanos: 1e-6,
  micros: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of a duration such as `90d`; anything else is refused with the server's sentence. */
export function parseDuration(text: string, setting: string): number {
  const match = /^(\d+)\s*(nanos|micros|ms|s|m|h|d)$/.exec(text.trim().toLowerCase());
  if (match === null) {
    throw illegalArgument(
      `failed to parse setting [${setting}] with value [${text}] as a time value: unit is missing or unrecognized`,
    );
  }
  return Math.floor(Number(match[1]) * (units[match[2] ?? "ms"] ?? 1));
}
