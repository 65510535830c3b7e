import { systemClock } from "./clock";

/** Looks again and again until there is an answer, with growing pauses; nothing when there is none in time. */
export async function poll<T>(timeout: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = systemClock.now() + timeout;
  for (let wait = 250; ; wait = Math.min(wait * 1.5, 5_000)) {
    const found = await look();
    const left = end - systemClock.now();
    if (found !== undefined || left <= 0) {
      return found;
    }
    await systemClock.pause(Math.min(wait, left));
  }
}
