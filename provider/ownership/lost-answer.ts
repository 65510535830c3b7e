import { isKind } from "../elasticsearch/errors";

/**
 * Sends a creating request once. When its answer is lost, or the server refused it for now, `look` finds out what has
 * become of it: what it returns is the outcome; nothing means that the request had no effect, and it is sent once more.
 */
export async function createOnce<T>(send: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isKind(error, "answer-lost", "unavailable")) {
      throw error;
    }
    return (await look()) ?? (await send());
  }
}
