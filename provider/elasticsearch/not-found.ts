import { isKind } from "./errors";

/** The answer, or nothing when the server says that there is no such object. Every other error stays an error. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isKind(error, "not-found")) {
      return undefined;
    }
    throw error;
  }
}
