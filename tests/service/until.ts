import { setTimeout as pause } from "node:timers/promises";

/** Waits for a condition, and gives its value; fails when it isn't met in time, telling what it was and how things stood. */
export async function until<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  milliseconds = 30_000,
  situation: () => unknown = () => "still not",
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${milliseconds / 1000} s for ${what}: ${JSON.stringify(await situation())}`);
    }
    await pause(100);
  }
}
