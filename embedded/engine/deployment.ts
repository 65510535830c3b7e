// One run of the program: its registrations become plans, plans become steps, leftovers are deleted at the end.

import type { Applying } from "./apply";
import { createExecutor, type Executor } from "./executor";
import { defaultProviderGoal, type Goal, type ReadGoal } from "./goal";
import { messageOf } from "./grpc";
import type { Deployer } from "./monitor";
import { createPlanner, type Planner } from "./planner";
import type { PropertyMap } from "./property";
import { refreshAll } from "./refresh";
import { Reported, type Run } from "./run";
import type { ResourceState } from "./state";
import { isProviderType, PROVIDER_TYPE, STACK_TYPE, typeOf } from "./urn";

export interface Deployment extends Deployer {
  readonly planner: Planner;
  readonly executor: Executor;
  /** Reference of the provider that a resource gets: the one that it names, or the default one of its type. */
  providerFor(type: string, reference: string): Promise<string>;
  /** Refreshes what the program didn't register. */
  refreshRest(): Promise<boolean>;
  /** Puts the outputs of the stack into the state, once it is known how the deployment went. */
  finishOutputs(failed: boolean): Promise<void>;
}

export function createDeployment(run: Run, config: PropertyMap): Deployment {
  const planner = createPlanner(run);
  const applying: Applying = { run, isDeleted: (urn) => planner.decisions.deleted.has(urn) };
  const executor = createExecutor(applying);
  const states = new Map<string, ResourceState>();
  const inTurn = queue();
  let defaultProvider: Promise<string> | undefined;
  let stackOutputs: { urn: string; outputs: PropertyMap } | undefined;

  /** Decisions are made one at a time, since each depends on those before; steps run side by side. */
  async function carryOut(goal: Goal): Promise<ResourceState> {
    const inherited = withParentOptions(goal, states.get(goal.parent));
    const plan = await inTurn(() => reporting(run, goal, () => planner.register(inherited)));
    states.set(plan.state.urn, plan.state);
    await executor.chain(plan.steps);
    return plan.state;
  }

  async function providerFor(type: string, reference: string): Promise<string> {
    if (reference !== "") return reference;
    const name = type.split(":")[0];
    if (name !== "pulumi-nodejs") {
      run.report.error(`the embedded engine runs dynamic providers only, not '${name}' (resource type ${type})`);
      run.cancellation.request();
      throw new Reported(type);
    }
    defaultProvider ??= carryOut(defaultProviderGoal(PROVIDER_TYPE, config)).then(({ urn, id }) => `${urn}::${id}`);
    return defaultProvider;
  }

  return {
    planner,
    executor,
    providerFor,
    refreshRest: () => refreshAll(run, executor, ({ urn }) => planner.decisions.kept.has(urn)),
    async register(goal) {
      const managed = goal.custom && !isProviderType(goal.type);
      return carryOut(managed ? { ...goal, provider: await providerFor(goal.type, goal.provider) } : goal);
    },
    async read(goal: ReadGoal) {
      const provider = await providerFor(goal.type, goal.provider);
      const plan = await inTurn(() => reporting(run, goal, async () => planner.read({ ...goal, provider })));
      states.set(plan.state.urn, plan.state);
      await executor.chain(plan.steps);
      return plan.state;
    },
    async registerOutputs(urn, outputs) {
      if (typeOf(urn) === STACK_TYPE) {
        stackOutputs = { urn, outputs };
        return;
      }
      const state = states.get(urn);
      if (state === undefined) throw new Error(`outputs were registered for an unknown resource: ${urn}`);
      state.outputs = outputs;
      await run.snapshot.save();
    },
    log(severity, message, urn) {
      // What a program says while it is being stopped is about the stopping.
      if (!run.cancellation.requested) run.report[severity](message, urn);
    },
    async finishOutputs(failed) {
      if (stackOutputs === undefined) return;
      const { urn, outputs } = stackOutputs;
      const state = states.get(urn);
      if (state === undefined) return;
      const before = run.snapshot.base.find((resource) => resource.urn === urn)?.outputs ?? {};
      // After a failure an output that is missing may merely not have been reached.
      state.outputs = failed ? { ...before, ...outputs } : outputs;
      run.report.outputs(before, state.outputs);
      await run.snapshot.save();
    },
  };
}

/** A failure of a decision stops everything, and is told about the resource that it concerns. */
async function reporting<T>(run: Run, goal: { type: string; name: string }, decide: () => Promise<T>): Promise<T> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof Reported)) run.report.error(messageOf(error), urnFor(run, goal));
    run.cancellation.request();
    throw new Reported(messageOf(error));
  }
}

function urnFor(run: Run, { type, name }: { type: string; name: string }): string {
  return `urn:pulumi:${run.stack}::${run.project}::${type}::${name}`;
}

function withParentOptions(goal: Goal, parent: ResourceState | undefined): Goal {
  if (parent === undefined) return goal;
  return {
    ...goal,
    deletedWith: goal.deletedWith || (parent.deletedWith ?? ""),
  };
}

function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.catch(() => {}).then(work);
    last = result;
    return result;
  };
}
