// What is deleted at the end: what the program no longer has, and old objects whose successors are in use by now.

import type { Executor } from "./executor";
import { deletionOrder, neededTransitively } from "./graph";
import { messageOf } from "./grpc";
import type { Decisions } from "./planner";
import { Reported, type Run } from "./run";
import type { ResourceState } from "./state";
import { type PlanStep, step } from "./step";

type Deletion = PlanStep & { old: ResourceState };

export async function deleteLeftovers(run: Run, decisions: Decisions, executor: Executor): Promise<void> {
  const all = run.snapshot.base;
  const deletions = planDeletions(run, decisions);
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

function planDeletions(run: Run, decisions: Decisions): Deletion[] {
  const deletions: Deletion[] = [];
  for (const old of run.snapshot.base) {
    if (old.delete === true) {
      if (!decisions.deletedFirst.has(old)) deletions.push(deletion("delete-replaced", old));
      continue;
    }
    const urn = decisions.identities.currentName(old.urn);
    if (decisions.kept.has(urn) || decisions.replaced.has(urn) || decisions.created.has(urn)) continue;
    deletions.push(deletion(old.pendingReplacement === true ? "remove-pending-replace" : "delete", old));
  }
  return deletions;
}

function deletion(op: PlanStep["op"], old: ResourceState): Deletion {
  return { ...step(op, { old }), old };
}
