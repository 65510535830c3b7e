import { createHash, randomBytes } from "node:crypto";
import type { Context } from "../model/resource";

/** An id of ours, in the form of the server's own: chosen before the request, so that a lost answer can be resolved. */
export function newId(): string {
  // A leading dash would look like an option on command lines.
  return randomBytes(15).toString("base64url").replace(/^[-_]/, "c");
}

/** The same id each time for the same resource and key: an attempt whose answer was never recorded is found again. */
export function idFor({ project, stack, resource }: Context, key: string): string {
  const text = JSON.stringify([project, stack, resource, key]);
  return `c${createHash("sha256").update(text).digest("base64url").slice(0, 19)}`;
}

/** `<prefix><logical name>-<7 hex>`: a name that the user left to us, in the alphabet that index names allow. */
export function autoName(prefix: string, logicalName: string): string {
  return `${stem(prefix, logicalName)}-${randomBytes(4).toString("hex").slice(0, 7)}`;
}

/** What fits every name that `autoName` may choose. */
export function autoPattern(prefix: string, logicalName: string): string {
  return `${stem(prefix, logicalName)}-*`;
}

/** What names of indices begin with; where nothing serves native connectors, the server accepts one prefix for theirs. */
export function autoPrefix(unservedNative: boolean): string {
  return unservedNative ? "content-" : "search-";
}

function stem(prefix: string, logicalName: string): string {
  const safe = logicalName
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/^[-_+.]+/, "");
  return `${prefix}${safe.slice(0, 200)}`;
}
