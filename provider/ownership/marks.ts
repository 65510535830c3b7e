import type { Context } from "../model/resource";
import { isRecord } from "../model/unknown";
import { newId } from "./ids";

/** Key of our mark in metadata that the server keeps for us. */
export const MARK = "pulumi-elastic-connectors";

/** Says whose an object is, and which of our creating requests made it. */
export interface Mark {
  project: string;
  stack: string;
  /** Logical name of the resource that made it. */
  resource: string;
  /** Chosen anew for each creating request. */
  nonce: string;
  /** Nobody's any more: it ends by itself. */
  retired?: boolean;
}

/** An object of the server that bears our mark. */
export interface Marked extends Pick<Mark, "project" | "stack" | "resource"> {
  id: string;
  createdAt: string;
}

export function newMark({ project, stack, resource }: Context): Mark {
  return { project, stack, resource, nonce: newId() };
}

export function markOf(metadata: unknown): Mark | undefined {
  const mark = isRecord(metadata) ? metadata[MARK] : undefined;
  return isRecord(mark) && typeof mark.nonce === "string" ? (mark as unknown as Mark) : undefined;
}

export function withMark(metadata: Record<string, unknown> | undefined, mark: Mark): Record<string, unknown> {
  return { ...metadata, [MARK]: mark };
}

export function withoutMark(metadata: Record<string, unknown> | undefined): Record<string, unknown> {
  const { [MARK]: _, ...rest } = metadata ?? {};
  return rest;
}

/** Whether two marks name the same resource of the same stack. */
export function sameOwner(a: Mark | undefined, b: Mark): boolean {
  return a?.project === b.project && a.stack === b.stack && a.resource === b.resource;
}
