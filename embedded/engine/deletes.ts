// What is deleted at the end: what the program no longer has, and old objects whose successors are in use by now.

import type { Executor } from "./executor";
import { deletionOrder, neededTransitively } from "./graph";
import { messageOf } from "./grpc";
import type { Decisions } from "./plan";
import { Reported, type Run } from "./run";
import type { ResourceState } from "./state";
import { type PlanStep, step } from "./step";

type Deletion = PlanStep & { old: ResourceState };

export async function deleteLeftovers(run: Run, decisions: Decisions, executor: Executor): Promise<void> {
  // What a destroy registered from the program has taken the place of its old state.
  const isLeft = ({ urn }: ResourceState): boolean => !decisions.toDelete.some((made) => made.urn === urn);
  const all = [...decisions.toDelete, ...run.snapshot.base.filter(isLeft)];
  const { deletions, kept } = planDeletions(run, decisions);
  if (!areAllowed(run, deletions)) return;
  for (const plan of kept) await executor.chain([plan]);
  for (const { urn } of deletions) decisions.deleted.add(urn);

  // What a failed deletion still needs must stay, even when other deletions go on.
  const needed = new Set<ResourceState>();
  for (const wave of deletionOrder(all, deletions)) {
    const possible = wave.filter(({ old }) => !needed.has(old));
    const outcomes = await Promise.allSettled(possible.map((deletion) => executor.chain([deletion])));
    outcomes.forEach((outcome, index) => {
      const failed = possible[index];
      if (outcome.status === "fulfilled" || failed === undefined) return;
      if (!(outcome.reason instanceof Reported)) run.report.error(messageOf(outcome.reason), failed.urn);
      for (const resource of neededTransitively(all, failed.old)) needed.add(resource);
    });
    if (run.cancellation.requested) return;
  }
}

interface Leftovers {
  deletions: Deletion[];
  /** What the operation may not touch. */
  kept: PlanStep[];
}

function planDeletions(run: Run, decisions: Decisions): Leftovers {
  const deletions: Deletion[] = decisions.toDelete.map((made) => deletion("delete", made));
  const kept: PlanStep[] = [];
  const allowed = run.targets.limited && run.targets.withDependents([...run.snapshot.base, ...decisions.toDelete]);
  for (const old of run.snapshot.base) {
    const operatedOn = isOperatedOn(decisions, old);
    if (allowed && !allowed.has(old.urn)) {
      if (!operatedOn) kept.push(step("same", { old, new: { ...old } }, { leave: "untargeted" }));
      continue;
    }
    if (old.delete === true) {
      if (!decisions.deletedFirst.has(old)) deletions.push(deletion("delete-replaced", old));
      continue;
    }
    if (operatedOn) continue;
    deletions.push(deletion(old.pendingReplacement === true ? "remove-pending-replace" : "delete", old));
  }
  return { deletions: deletions.filter(({ urn }) => !allowed || allowed.has(urn)), kept };
}

function isOperatedOn(decisions: Decisions, old: ResourceState): boolean {
  const urn = decisions.identities.currentName(old.urn);
  return decisions.kept.has(urn) || decisions.replaced.has(urn) || decisions.created.has(urn);
}

/** Whoever names targets has to name, or ask for, what hangs on them. */
function areAllowed(run: Run, deletions: Deletion[]): boolean {
  const { limited, dependents, named } = run.targets;
  const unasked = deletions.filter(({ urn }) => limited && !dependents && !named(urn));
  for (const { urn } of unasked) {
    run.report.error(
      `Resource '${urn}' will be destroyed but was not specified in --target list.\n` +
        "Either include resource in --target list or pass --target-dependents to proceed.",
      urn,
    );
  }
  return unasked.length === 0 || run.dryRun;
}

function deletion(op: PlanStep["op"], old: ResourceState): Deletion {
  return { ...step(op, { old }), old };
}
