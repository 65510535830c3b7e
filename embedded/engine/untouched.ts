// What an operation with targets, or a destroy that runs the program, leaves as it is.

import type { Goal } from "./goal";
import { needsOf } from "./graph";
import type { Decisions, Plan } from "./plan";
import { Reported, type Run } from "./run";
import type { ResourceState } from "./state";
import { type PlanStep, step } from "./step";
import { isProviderType, STACK_TYPE } from "./urn";

/** Providers and the stack itself take part whatever the targets are. */
export function isImplied({ type }: Goal): boolean {
  return isProviderType(type) || type === STACK_TYPE;
}

/** A resource that isn't a target keeps its old state, and one that has none isn't created. */
export function leaveAlone(run: Run, decisions: Decisions, state: ResourceState, old: ResourceState | undefined): Plan {
  if (old === undefined) return skip(decisions, state);
  decisions.kept.add(state.urn);
  const steps = untargeted(run, decisions, old);
  const kept = steps.at(-1)?.new ?? old;
  return { steps, state: kept };
}

/**
 * Old states, those first that others need: of these some may be gone from the program, and would otherwise stand
 * behind what depends on them.
 */
function untargeted(run: Run, decisions: Decisions, old: ResourceState): PlanStep[] {
  if (old.delete === true) return [];
  decisions.kept.add(old.urn);
  const before = needsOf(old).flatMap((urn) => {
    const there = run.snapshot.base.find((candidate) => candidate.urn === urn && candidate.delete !== true);
    const seen = decisions.identities.currentName(urn) !== urn || decisions.identities.claimed(urn);
    return there === undefined || seen || decisions.kept.has(urn) ? [] : untargeted(run, decisions, there);
  });
  return [...before, step("same", { old, new: { ...old } }, { leave: "untargeted" })];
}

function skip(decisions: Decisions, state: ResourceState): Plan {
  decisions.kept.add(state.urn);
  decisions.skipped.add(state.urn);
  state.outputs = {};
  return { steps: [step("same", { old: state, new: state }, { leave: "skipped" })], state };
}

/** Nothing that is carried out may depend on what isn't created. */
export function refuseSkipped(run: Run, decisions: Decisions, steps: PlanStep[]): void {
  for (const { urn, new: next, leave } of steps) {
    if (next === undefined || leave === "skipped" || run.mode !== "update") continue;
    for (const needed of needsOf(next)) {
      if (!decisions.skipped.delete(needed)) continue;
      run.report.error(`Resource '${urn}' depends on '${needed}' which was was not specified in --target list.`, urn);
      if (!run.dryRun) throw new Reported("untargeted create");
    }
  }
}

/**
 * A destroy that runs the program deploys its providers and components, so that they are what the program says now, and
 * takes everything else from the state. Undefined: it is one of those.
 */
export function leftByDestroy(
  decisions: Decisions,
  goal: Goal,
  state: ResourceState,
  old: ResourceState | undefined,
): Plan | undefined {
  if (needsOf(state).some((urn) => decisions.skipped.has(urn))) return skip(decisions, state);
  if (!goal.custom || isProviderType(goal.type)) {
    decisions.toDelete.push(state);
    return undefined;
  }
  if (old === undefined) return skip(decisions, state);
  decisions.kept.add(state.urn);
  decisions.toDelete.push(state);
  state.inputs = old.inputs ?? {};
  return { steps: [step("same", { old, new: state })], state };
}

/** A refresh that runs the program reads what the program registers, with the providers that it configures. */
export function refreshed(run: Run, decisions: Decisions, state: ResourceState, old: ResourceState | undefined): Plan {
  if (old === undefined) return skip(decisions, state);
  decisions.kept.add(state.urn);
  if (!run.targets.includes(state)) return { steps: [], state: old };
  return { steps: [step("refresh", { old, new: state }, { mode: "registered" })], state };
}
