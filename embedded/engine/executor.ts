// Runs steps: reports them, keeps the state file up to date around each, and stops everything at the first failure.

import { availableParallelism } from "node:os";
import { type Applying, applyStep } from "./apply";
import { messageOf } from "./grpc";
import { Reported, type Run, stopIfCancelled } from "./run";
import type { PlanStep } from "./step";

export interface Executor {
  /** Runs the steps one after the other. Throws `Reported` when one failed or the operation was stopped before all ran. */
  chain(steps: PlanStep[]): Promise<void>;
  /** Runs a step whose work isn't one of the ordinary ones. */
  single(planned: PlanStep, work: () => Promise<string[]>): Promise<boolean>;
  /** Settles when nothing is running any more. */
  idle(): Promise<void>;
}

// As Pulumi does; providers that need a tighter limit keep it themselves.
const PARALLEL = 4 * availableParallelism();

export function createExecutor(context: Applying): Executor {
  const { run } = context;
  const running = new Set<Promise<unknown>>();
  const limit = limiter(PARALLEL);

  async function perform(planned: PlanStep, work: () => Promise<string[]>): Promise<boolean> {
    run.report.started(planned);
    await begin(run, planned);
    let failure: string | undefined;
    let reasons: string[] = [];
    try {
      reasons = await limit(work);
      if (reasons.length > 0) failure = initErrorText(reasons);
    } catch (error) {
      failure = error instanceof Reported ? "" : messageOf(error);
    }
    if (run.cancellation.terminated && failure !== undefined) {
      run.report.cutShort(planned);
      return false;
    }
    const made = failure === undefined || reasons.length > 0;
    if (failure === undefined) run.report.finished(planned);
    else run.report.failed(planned, failure, made);
    await end(run, planned, made);
    return failure === undefined;
  }

  async function single(planned: PlanStep, work: () => Promise<string[]>): Promise<boolean> {
    const task = perform(planned, work);
    running.add(task);
    try {
      return await task;
    } finally {
      running.delete(task);
    }
  }

  return {
    single,
    async chain(steps) {
      for (const planned of steps) {
        stopIfCancelled(run);
        if (await single(planned, () => applyStep(context, planned))) continue;
        // Nothing was attempted on a protected resource: the others may be looked at, so that all are told at once.
        if (planned.op !== "delete" || planned.old?.protect !== true) run.cancellation.request();
        throw new Reported(`step ${planned.op} of ${planned.urn} failed`);
      }
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

const PENDING: Partial<Record<PlanStep["op"], string>> = {
  create: "creating",
  "create-replacement": "creating",
  update: "updating",
  delete: "deleting",
  "delete-replaced": "deleting",
  read: "reading",
  "read-replacement": "reading",
};

async function begin(run: Run, { op, old, new: next }: PlanStep): Promise<void> {
  const pending = PENDING[op];
  const subject = next ?? old;
  if (pending !== undefined && subject) await run.snapshot.begin(subject, pending);
}

async function end(run: Run, { op, old, new: next, leave, mode }: PlanStep, made: boolean): Promise<void> {
  const subject = next ?? old;
  if (subject === undefined || op === "replace" || leave === "skipped") return;
  if (op === "refresh" && mode !== "registered") return;
  if (!made) return run.snapshot.end(subject, {});
  switch (op) {
    case "create":
    case "create-replacement":
      return run.snapshot.end(subject, { add: subject, remove: old?.pendingReplacement === true ? [old] : [] });
    case "read-replacement":
      return run.snapshot.end(subject, { add: subject });
    case "delete":
    case "delete-replaced":
      return run.snapshot.end(subject, { remove: old?.pendingReplacement === true ? [] : [old] });
    case "remove-pending-replace":
      return run.snapshot.end(subject, { remove: [old] });
    default:
      return run.snapshot.end(subject, { add: subject, remove: [old] });
  }
}

function initErrorText(reasons: string[]): string {
  const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
  return `${count} occurred:\n${reasons.map((reason) => `\t* ${reason}`).join("\n")}\n`;
}

function limiter(parallel: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = parallel;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
