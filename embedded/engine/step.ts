// A step of a plan, as data: what it is about, and what decides how it is carried out.

import type { DiffResult } from "./diff";
import type { ResourceState } from "./state";

export type StepOp =
  | "same"
  | "create"
  | "create-replacement"
  | "update"
  | "replace"
  | "delete"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "import"
  | "remove-pending-replace";

export interface PlanStep {
  op: StepOp;
  urn: string;
  type: string;
  old?: ResourceState;
  new?: ResourceState;
  /** Properties that force the replacement. */
  keys: string[];
  diff?: DiffResult;
  /** create-replacement: the old object is deleted at the end. delete-replaced: it is deleted before its successor. */
  /** refresh: of a resource that the program registers. */
  mode?: "delete-later" | "delete-first" | "registered";
  /** same: `untargeted` keeps what the operation may not touch, `skipped` leaves out what it may not create. */
  leave?: "untargeted" | "skipped";
}

/** Whether a step is one that a person thinks of, and not a part of a replacement. */
export function isLogical({ op, old }: PlanStep): boolean {
  if (op === "delete") return old?.external !== true;
  return op === "same" || op === "create" || op === "update" || op === "replace" || op === "import";
}

export function step(
  op: StepOp,
  states: { old?: ResourceState; new?: ResourceState },
  more?: Partial<PlanStep>,
): PlanStep {
  const subject = states.new ?? states.old;
  if (subject === undefined) throw new Error(`a ${op} step needs a resource`);
  return { op, urn: subject.urn, type: subject.type, keys: [], ...states, ...more };
}
