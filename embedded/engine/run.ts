// What the parts of one operation share.

import type { Registry } from "./registry";
import type { Report } from "./report";
import type { LiveSnapshot } from "./snapshot";

export interface Run {
  project: string;
  stack: string;
  /** A preview: nothing outside is changed, and nothing is written. */
  dryRun: boolean;
  /** URNs to replace even though nothing about them changed. */
  replaceTargets: Set<string>;
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
}

/** A failure that was already reported to the user. */
export class Reported extends Error {}

export function newCancellation(): Cancellation {
  let requested = false;
  let resolve: () => void = () => {};
  const whenRequested = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    get requested() {
      return requested;
    },
    whenRequested,
    request() {
      requested = true;
      resolve();
    },
  };
}

export function stopIfCancelled(run: Run): void {
  if (run.cancellation.requested) throw new Reported("canceled");
}

export function fail(run: Run, urn: string, message: string): never {
  run.report.error(message, urn);
  throw new Reported(message);
}
