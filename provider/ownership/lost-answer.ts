import { explain, isKind, leavesDoubt } from "../elasticsearch/errors";
import { poll } from "../model/poll";

/**
 * Sends a request once that must not be repeated blindly. When nobody knows whether it was carried out, `look` finds out what
 * has become of it: what it returns is the outcome; nothing means that the request had no effect, and it is sent once more.
 */
export async function sendOnce<T>(send: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    return (await outcomeOf(error, look)) ?? (await again(send, look));
  }
}

/** How long a request whose answer was lost may be on its way. */
const PATIENCE = 5_000;

/** As `sendOnce`, but looks for a while: a request that comes late, after what follows it, would undo that. */
export function sendUnlessLate(send: () => Promise<void>, isDone: () => Promise<boolean>): Promise<true> {
  return sendOnce(
    () => send().then(() => true as const),
    () => poll(PATIENCE, async () => ((await isDone()) ? true : undefined)),
  );
}

async function again<T>(send: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const outcome = await outcomeOf(error, look);
    if (outcome === undefined) {
      throw explain(error, { doubt: false });
    }
    return outcome;
  }
}

/** What a failed request has made after all. An error that leaves no doubt is thrown on. */
async function outcomeOf<T>(error: unknown, look: () => Promise<T | undefined>): Promise<T | undefined> {
  if (!isKind(error, "answer-lost", "unavailable") || !leavesDoubt(error)) {
    throw error;
  }
  return look().catch((unseen: unknown) => {
    throw explain(unseen, { doubt: true });
  });
}
