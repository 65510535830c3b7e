import { type Identities, identities } from "./identity";
import type { Run } from "./run";
import type { ResourceState } from "./state";
import type { PlanStep } from "./step";

/** What has been decided so far, which later decisions depend on. */
export interface Decisions {
  identities: Identities;
  /** URNs that were registered or read and need no deletion. */
  kept: Set<string>;
  /** URNs that were newly created; with `kept`, all that can't depend on anything still to come. */
  created: Set<string>;
  replaced: Set<string>;
  /** URNs whose deletion was decided, perhaps to be created again. */
  deleted: Set<string>;
  /** Old objects that are deleted ahead of their successor. */
  deletedFirst: Set<ResourceState>;
  /** URNs that the operation may not create; nothing that it does touch may depend on them. */
  skipped: Set<string>;
  /** What a destroy registered from the program, and deletes at its end. */
  toDelete: ResourceState[];
  /** Why a dependent of a replaced resource had to go first. */
  dependentKeys: Map<string, string[]>;
}

export interface Plan {
  steps: PlanStep[];
  /** What the resource will be. */
  state: ResourceState;
}

export function newDecisions(run: Run): Decisions {
  return {
    identities: identities(run),
    kept: new Set(),
    created: new Set(),
    replaced: new Set(),
    deleted: new Set(),
    deletedFirst: new Set(),
    skipped: new Set(),
    toDelete: [],
    dependentKeys: new Map(),
  };
}
