import { randomBytes } from "node:crypto";

/** URL-safe base64 of that many random bytes: 15 give the 20 characters of a document id. */
export function shortId(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}
