// Decides what has to happen for a resource: compares what the program wants with what the state knows.

import { applyReplaceOnChanges, type DiffResult, equal, identical, NO_CHANGES, needsReplacement } from "./diff";
import type { Goal, ReadGoal } from "./goal";
import { type Decisions, newDecisions, type Plan } from "./plan";
import { containsUnknown, mask, type PropertyMap } from "./property";
import { type CheckFailure, type Provider, withIgnored } from "./provider";
import { dependentReplacements } from "./replacement";
import { fail, Reported, type Run, stopIfCancelled } from "./run";
import type { ResourceState } from "./state";
import { type PlanStep, step } from "./step";
import { isImplied, leaveAlone, leftByDestroy, refreshed, refuseSkipped } from "./untouched";
import { isProviderType, nameOf, typeOf } from "./urn";

export interface Planner {
  readonly decisions: Decisions;
  register(goal: Goal): Promise<Plan>;
  read(goal: ReadGoal): Plan;
}

export function createPlanner(run: Run): Planner {
  const decisions = newDecisions(run);
  return {
    decisions,
    async register(goal) {
      const plan = await planRegistration(run, decisions, goal);
      refuseSkipped(run, decisions, plan.steps);
      return plan;
    },
    read: (goal) => planRead(run, decisions, goal),
  };
}

async function planRegistration(run: Run, decisions: Decisions, goal: Goal): Promise<Plan> {
  stopIfCancelled(run);
  const urn = decisions.identities.claim(goal.parent, goal.type, goal.name);
  const old = decisions.identities.findOld(urn, goal.parent, goal.aliases);
  const state = newState(urn, goal, old);
  // The program doesn't know that this resource was deleted ahead of something that it depends on.
  const recreating = decisions.deleted.has(urn) && old !== undefined;
  if (run.mode === "destroy") {
    const left = leftByDestroy(decisions, goal, state, old);
    if (left) return left;
  }
  if (run.mode === "refresh" && goal.custom && !isProviderType(goal.type)) return refreshed(run, decisions, state, old);
  if (!isImplied(goal) && !run.targets.includes(state)) return leaveAlone(run, decisions, state, old);
  const provider = await providerOf(run, goal);

  const targeted = run.replaceTargets.has(urn) || old?.taint === true;
  const fresh = old === undefined || recreating || old.external === true || targeted;
  const wanted = withIgnored(goal.inputs, old?.inputs ?? {}, old ? goal.ignoreChanges : [], (paths) =>
    run.report.info(`cannot ignore changes in added or removed elements of the path: ${paths.join(", ")}`, urn),
  );
  state.inputs = wanted;
  if (provider) {
    state.inputs = await checked(run, provider, urn, fresh ? {} : (old.inputs ?? {}), fresh ? goal.inputs : wanted);
  }

  if (old === undefined) {
    decisions.created.add(urn);
    return { steps: [step("create", { new: state })], state };
  }
  if (recreating) {
    decisions.deleted.delete(urn);
    decisions.replaced.add(urn);
    const keys = decisions.dependentKeys.get(urn) ?? [];
    return { steps: [step("replace", { old, new: state }, { keys }), replacementCreate(old, state, { keys })], state };
  }
  if (old.external === true) {
    decisions.created.add(urn);
    return { steps: laterReplacement(old, state, NO_CHANGES), state };
  }
  const diff = targeted ? replaceBecause("id") : await diffOf(run, decisions, goal, provider, old, state);
  return { steps: await stepsFor(run, decisions, goal, { old, state, provider, targeted, diff }), state };
}

interface Change {
  old: ResourceState;
  state: ResourceState;
  provider: Provider | undefined;
  targeted: boolean;
  diff: DiffResult;
}

async function stepsFor(run: Run, decisions: Decisions, goal: Goal, change: Change): Promise<PlanStep[]> {
  const { old, state, provider, targeted } = change;
  const hasInitErrors = (old.initErrors ?? []).length > 0;
  const diff = applyReplaceOnChanges(change.diff, goal.replaceOnChanges, hasInitErrors);
  const replace = old.pendingReplacement === true || (diff.changes && needsReplacement(diff));
  if (!replace) {
    decisions.kept.add(state.urn);
    // What was made but never became ready is tried again.
    if (diff.changes || hasInitErrors) return [step("update", { old, new: state }, { diff })];
    return [step("same", { old, new: state })];
  }

  if (goal.protect && old.protect === true) {
    const message =
      `unable to replace resource "${state.urn}"\nas it is currently marked for protection. To unprotect the ` +
      "resource, remove the `protect` flag from the resource in your program and deploy once more";
    run.report.error(message, state.urn);
    if (!run.dryRun) throw new Reported(message);
  }
  decisions.replaced.add(state.urn);
  // Values that the provider carried over from the old object must not end up in the new one.
  if (provider && !targeted) state.inputs = await checked(run, provider, state.urn, {}, goal.inputs);

  const { keys, first } = { keys: diff.replaceKeys, first: goal.deleteBeforeReplace ?? diff.deleteBeforeReplace };
  if (!first) return laterReplacement(old, state, diff);
  const steps = await deleteDependents(run, decisions, old, state.urn);
  if (old.pendingReplacement !== true) {
    decisions.deleted.add(old.urn);
    decisions.deletedFirst.add(old);
    steps.push(step("delete-replaced", { old }, { keys, mode: "delete-first" }));
  }
  return [
    ...steps,
    step("replace", { old, new: state }, { keys, diff }),
    replacementCreate(old, state, { keys, diff }),
  ];
}

async function deleteDependents(run: Run, decisions: Decisions, old: ResourceState, urn: string): Promise<PlanStep[]> {
  const steps: PlanStep[] = [];
  for (const { resource, keys } of (await dependentReplacements(run, decisions, old)).reverse()) {
    if (decisions.deletedFirst.has(resource)) continue;
    if (resource.protect === true && resource.delete !== true) {
      fail(
        run,
        resource.urn,
        `unable to replace resource "${resource.urn}" as part of replacing "${urn}" as it is currently marked for ` +
          "protection",
      );
    }
    decisions.dependentKeys.set(resource.urn, keys);
    decisions.deleted.add(resource.urn);
    decisions.deletedFirst.add(resource);
    if (resource.delete === true) steps.push(step("delete", { old: resource }));
    else steps.push(step("delete-replaced", { old: resource }, { keys, mode: "delete-first" }));
  }
  return steps;
}

function laterReplacement(old: ResourceState, state: ResourceState, diff: DiffResult): PlanStep[] {
  const details = { keys: diff.replaceKeys, diff };
  return [
    replacementCreate(old, state, { ...details, mode: "delete-later" }),
    step("replace", { old, new: state }, details),
  ];
}

function replacementCreate(old: ResourceState, state: ResourceState, details: Partial<PlanStep>): PlanStep {
  return step("create-replacement", { old, new: state }, details);
}

async function diffOf(
  run: Run,
  decisions: Decisions,
  goal: Goal,
  provider: Provider | undefined,
  old: ResourceState,
  state: ResourceState,
): Promise<DiffResult> {
  if (triggersReplacement(goal, old)) return { ...NO_CHANGES, changes: true, replaceKeys: ["replacementTrigger"] };
  if (goal.replaceWith.some((urn) => decisions.replaced.has(urn))) return replaceBecause("replaceWith");
  if (decisions.replaced.has(goal.deletedWith)) return replaceBecause("deletedWith");
  if (((old.provider ?? "") === "") !== ((state.provider ?? "") === "")) return replaceBecause("provider");
  if (isProviderType(goal.type)) return { ...NO_CHANGES, changes: !identical(old.outputs ?? {}, state.inputs ?? {}) };
  if (provider === undefined) return { ...NO_CHANGES, changes: !identical(old.inputs ?? {}, state.inputs ?? {}) };
  if (!provider.known) {
    run.report.warning(
      "The provider for this resource has inputs that are not known during preview.\n" +
        "This preview may not correctly represent the changes that will be applied during an update.",
      state.urn,
    );
    return { ...NO_CHANGES, changes: true };
  }
  return provider.diff({ ...old, urn: state.urn }, state.inputs ?? {}, goal.ignoreChanges);
}

function triggersReplacement(goal: Goal, old: ResourceState): boolean {
  const now = goal.replacementTrigger;
  const before = old.replacementTrigger;
  if (now === undefined || before === undefined) return false;
  return containsUnknown(now) || containsUnknown(before) || !equal(now, before);
}

function replaceBecause(key: string): DiffResult {
  return { ...NO_CHANGES, changes: true, replaceKeys: [key] };
}

async function providerOf(run: Run, goal: Goal): Promise<Provider | undefined> {
  if (!goal.custom || isProviderType(goal.type)) return undefined;
  return run.registry.get(goal.provider, run.snapshot.base);
}

async function checked(
  run: Run,
  provider: Provider,
  urn: string,
  olds: PropertyMap,
  news: PropertyMap,
): Promise<PropertyMap> {
  const { inputs, failures } = await provider.check(urn, olds, news);
  for (const failure of failures) run.report.error(failureText(urn, failure, inputs), urn);
  if (failures.length > 0) throw new Reported(`resource ${urn} is invalid`);
  return inputs;
}

function failureText(urn: string, { property, reason }: CheckFailure, inputs: PropertyMap): string {
  const subject = `${typeOf(urn)} resource '${nameOf(urn)}'`;
  if (property === "") return `${subject} has a problem: ${reason}`;
  const value = inputs[property];
  const shown = value === undefined ? "<nil>" : JSON.stringify(mask(value));
  return `${subject}: property ${property} value ${shown} has a problem: ${reason}`;
}

function newState(urn: string, goal: Goal, old: ResourceState | undefined): ResourceState {
  const list = <T>(items: T[]): T[] | undefined => (items.length > 0 ? items : undefined);
  const state: ResourceState = { urn, custom: goal.custom, type: goal.type, inputs: goal.inputs };
  const optional: { [K in keyof ResourceState]?: ResourceState[K] | undefined } = {
    parent: goal.parent || undefined,
    protect: goal.protect || undefined,
    dependencies: list(goal.dependencies),
    provider: goal.provider || undefined,
    propertyDependencies: goal.custom ? goal.propertyDependencies : undefined,
    additionalSecretOutputs: list(goal.additionalSecretOutputs),
    retainOnDelete: goal.retainOnDelete || undefined,
    deletedWith: goal.deletedWith || undefined,
    replaceWith: list(goal.replaceWith),
    created: old?.created,
    modified: old?.modified,
    ignoreChanges: list(goal.ignoreChanges),
    replaceOnChanges: list(goal.replaceOnChanges),
    replacementTrigger: goal.replacementTrigger,
  };
  return Object.assign(state, Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)));
}

function planRead(run: Run, decisions: Decisions, goal: ReadGoal): Plan {
  stopIfCancelled(run);
  const urn = decisions.identities.claim(goal.parent, goal.type, goal.name);
  if (goal.id === "") fail(run, urn, `Expected an ID for ${urn}`);
  const old = decisions.identities.findOld(urn, goal.parent, []);
  const state: ResourceState = {
    urn,
    custom: true,
    id: goal.id,
    type: goal.type,
    inputs: goal.inputs,
    outputs: {},
    external: true,
    provider: goal.provider,
    ...(goal.parent && { parent: goal.parent }),
    ...(goal.dependencies.length > 0 && { dependencies: goal.dependencies }),
    ...(goal.additionalSecretOutputs.length > 0 && { additionalSecretOutputs: goal.additionalSecretOutputs }),
  };
  if (old !== undefined && old.external !== true && old.id !== goal.id) {
    decisions.replaced.add(urn);
    return { steps: [step("read-replacement", { old, new: state }), step("replace", { old, new: state })], state };
  }
  decisions.kept.add(urn);
  return { steps: [step("read", { ...(old && { old }), new: state })], state };
}
