import { z } from "zod";

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1, micros: 1e-3, nanos: 1e-6 } as const;

const EXAMPLES = 'must be a duration such as "30d", "12h" or "90m"';

/** As the server understands it. */
export const expiration = z.string().regex(/^[1-9]\d*(d|h|m|s|ms|micros|nanos)$/, EXAMPLES);

/** Of what the provider does itself. */
export const rotationPeriod = z.string().regex(/^[1-9]\d*[dhms]$/, EXAMPLES);

/** Milliseconds of a duration; nothing for what isn't one, or isn't known yet. */
export function millisecondsOf(text: unknown): number | undefined {
  const [, count, unit] = (typeof text === "string" && /^(\d+)([a-z]+)$/.exec(text)) || [];
  const size = UNITS[unit as keyof typeof UNITS];
  return size === undefined ? undefined : Number(count) * size;
}

/** A time in milliseconds as people say it: in the largest unit that is no more than a hundredth off, at least in seconds. */
export function roughly(milliseconds: number): string {
  const units = [
    ["d", UNITS.d],
    ["h", UNITS.h],
    ["m", UNITS.m],
  ] as const;
  const near = units.find(
    ([, size]) => Math.abs(Math.round(milliseconds / size) * size - milliseconds) <= milliseconds / 100,
  );
  const [name, size] = near ?? ["s", UNITS.s];
  return `${Math.round(milliseconds / size)}${name}`;
}
