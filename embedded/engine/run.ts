// What the parts of one operation share.

import type { Registry } from "./registry";
import type { Report } from "./report";
import type { LiveSnapshot } from "./snapshot";
import type { Targets } from "./targets";

export interface Run {
  project: string;
  stack: string;
  /** A preview: nothing outside is changed, and nothing is written. */
  dryRun: boolean;
  /** What becomes of what the program registers: with `destroy` and `refresh`, only providers and components are deployed. */
  mode: "update" | "destroy" | "refresh";
  /** URNs to replace even though nothing about them changed. */
  replaceTargets: Set<string>;
  targets: Targets;
  snapshot: LiveSnapshot;
  registry: Registry;
  report: Report;
  cancellation: Cancellation;
}

/** Set once, by the first failure or by an interrupt: no new step is begun after it. */
export interface Cancellation {
  readonly requested: boolean;
  readonly whenRequested: Promise<void>;
  request(): void;
  /** Steps that ran were cut short: nobody knows what became of them. */
  readonly terminated: boolean;
  readonly whenTerminated: Promise<void>;
  terminate(): void;
}

/** A failure that was already reported to the user. */
export class Reported extends Error {}

export function newCancellation(): Cancellation {
  const cancel = once();
  const end = once();
  return {
    get requested() {
      return cancel.done;
    },
    whenRequested: cancel.promise,
    request: () => cancel.resolve(),
    get terminated() {
      return end.done;
    },
    whenTerminated: end.promise,
    terminate: () => end.resolve(),
  };
}

function once(): { done: boolean; promise: Promise<void>; resolve(): void } {
  let settle: () => void = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const state = {
    done: false,
    promise,
    resolve() {
      state.done = true;
      settle();
    },
  };
  return state;
}

export function stopIfCancelled(run: Run): void {
  if (run.cancellation.requested) throw new Reported("canceled");
}

export function fail(run: Run, urn: string, message: string): never {
  run.report.error(message, urn);
  throw new Reported(message);
}
