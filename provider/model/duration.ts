import { z } from "zod";

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** How long something may take, as the user writes it. */
export const duration = z.string().regex(/^[1-9]\d*[smh]$/, 'must be a duration such as "90s", "10m" or "2h"');

/** The same, and `0s` for not at all. */
export const durationOrNone = z
  .string()
  .regex(/^(0|[1-9]\d*)[smh]$/, 'must be a duration such as "90s", "10m" or "0s"');

/** A checked duration in milliseconds. */
export function milliseconds(text: string): number {
  return Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS];
}
