// Carries out one step: the calls to the provider, and what they mean for the resource's state.

import { randomUUID } from "node:crypto";
import { identical, invert, NO_CHANGES } from "./diff";
import { copy, isSecret, makeSecret, type PropertyMap, UNKNOWN } from "./property";
import type { Provider } from "./provider";
import { fail, type Run } from "./run";
import type { ResourceState } from "./state";
import type { PlanStep } from "./step";
import { isProviderType } from "./urn";

/** What the rest of a deployment knows about deletions while it deletes. */
export interface Applying {
  run: Run;
  isDeleted(urn: string): boolean;
}

/** Applies a step. Reasons in the answer mean that the object exists but isn't ready, which is a failure all the same. */
export async function applyStep(context: Applying, planned: PlanStep): Promise<string[]> {
  const { old, new: next } = planned;
  const reasons = await dispatch(context, planned);
  if (next && planned.op !== "replace" && planned.op !== "refresh") markSecretOutputs(next);
  if (old && planned.op === "create-replacement" && planned.mode === "delete-later") old.delete = true;
  if (old && planned.op === "read-replacement") old.delete = true;
  // Only now: a deletion that failed has to be tried again.
  if (old && planned.op === "delete-replaced" && planned.mode === "delete-first") old.pendingReplacement = true;
  return reasons;
}

async function dispatch(context: Applying, planned: PlanStep): Promise<string[]> {
  const { run } = context;
  const { op, old, new: next, leave } = planned;
  if (leave === "skipped") return [];
  if (op === "same" && old && next) return same(run, old, next, leave === "untargeted");
  if ((op === "create" || op === "create-replacement") && next) return create(run, next);
  if (op === "update" && old && next) return update(run, old, next);
  if ((op === "read" || op === "read-replacement") && next) return read(run, old, next);
  if ((op === "delete" || op === "delete-replaced") && old) return remove(context, old, op === "delete-replaced");
  if (op === "refresh" && planned.mode === "registered" && next) return refreshRegistered(run, planned, next);
  return [];
}

/** The program says what the resource is to be apart from its inputs, and the provider what it is. */
async function refreshRegistered(run: Run, planned: PlanStep, next: ResourceState): Promise<string[]> {
  const found = await refreshResource(run, planned);
  if (found === undefined) {
    delete planned.new;
    return [];
  }
  const { id, inputs, outputs, initErrors, modified } = found;
  Object.assign(next, { id, inputs, outputs }, initErrors && { initErrors }, modified && { modified });
  return [];
}

async function same(run: Run, old: ResourceState, next: ResourceState, untargeted: boolean): Promise<string[]> {
  keepIdentity(old, next);
  next.outputs = old.outputs ?? {};
  // The provider of resources that are left alone is loaded when one of them needs it.
  if (!untargeted && isProviderType(next.type) && old.id !== undefined) {
    if (!run.registry.has(`${next.urn}::${old.id}`)) await run.registry.configure(next.urn, old.id, old.inputs ?? {});
    if (old.urn !== next.urn) run.registry.alias(next.urn, old.urn, old.id);
  }
  return [];
}

async function create(run: Run, next: ResourceState): Promise<string[]> {
  next.outputs = {};
  if (!next.custom) {
    stamp(next, true);
    return [];
  }
  if (isProviderType(next.type)) {
    stamp(next, true);
    next.id = run.dryRun ? UNKNOWN : randomUUID();
    next.outputs = next.inputs ?? {};
    await run.registry.configure(next.urn, next.id, next.inputs ?? {});
    return [];
  }
  const provider = await providerFor(run, next);
  if (run.dryRun) {
    next.id = "";
    next.outputs = provider.known ? copy(next.inputs ?? {}) : {};
    return [];
  }
  const made = await provider.create(next.urn, next.inputs ?? {});
  stamp(next, true);
  next.id = made.id;
  next.outputs = made.outputs;
  return remember(next, made.initErrors);
}

async function update(run: Run, old: ResourceState, next: ResourceState): Promise<string[]> {
  keepIdentity(old, next);
  next.outputs = old.outputs ?? {};
  if (!next.custom) return [];
  if (isProviderType(next.type)) {
    next.outputs = next.inputs ?? {};
    await run.registry.configure(next.urn, old.id ?? "", next.inputs ?? {});
    stamp(next, false);
    return [];
  }
  const provider = await providerFor(run, next);
  if (run.dryRun) {
    next.outputs = provider.known ? copy(next.inputs ?? {}) : {};
    return [];
  }
  const made = await provider.update({ ...old, urn: next.urn }, next.inputs ?? {});
  next.outputs = made.outputs;
  stamp(next, false);
  if (made.initErrors.length > 0) {
    // The object wasn't brought to the new inputs, so that they must still show as a difference next time.
    markSecretOutputs(next);
    next.inputs = copy(old.inputs ?? {});
  }
  return remember(next, made.initErrors);
}

async function read(run: Run, old: ResourceState | undefined, next: ResourceState): Promise<string[]> {
  if (next.id === UNKNOWN) return [];
  const provider = await providerFor(run, next);
  const inputs = next.inputs ?? {};
  const found = await provider.read(next.urn, next.id ?? "", inputs, inputs);
  if (found.id === "" && Object.keys(found.outputs).length === 0)
    throw new Error(`resource '${next.id}' does not exist`);
  next.outputs = found.outputs;
  if (found.id !== "") next.id = found.id;
  if (old) Object.assign(next, old.created && { created: old.created }, old.modified && { modified: old.modified });
  return remember(next, found.initErrors);
}

async function remove({ run, isDeleted }: Applying, old: ResourceState, replacing: boolean): Promise<string[]> {
  if (!replacing && old.protect === true) {
    throw new Error(
      `resource "${old.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, remove the ` +
        "`protect` flag from the resource in your program and deploy once more",
    );
  }
  const skipped = old.external === true || old.retainOnDelete === true || !old.custom;
  if (run.dryRun || skipped || (old.deletedWith !== undefined && isDeleted(old.deletedWith))) return [];
  if (isProviderType(old.type)) return [];
  await (await providerFor(run, old)).delete(old);
  return [];
}

/**
 * Reads a resource and says how the state differs from the world. Undefined: it is gone. The difference is seen from
 * the state's side: what came in is new.
 */
export async function refreshResource(run: Run, planned: PlanStep): Promise<ResourceState | undefined> {
  const { old } = planned;
  if (old === undefined || !old.custom || isProviderType(old.type) || old.pendingReplacement === true) return old;
  const provider = await providerFor(run, old);
  const live = await provider.read(old.urn, old.id ?? "", old.inputs ?? {}, old.outputs ?? {});
  if (live.id === "") return undefined;

  const next: ResourceState = { ...old, id: live.id, inputs: live.inputs ?? old.inputs ?? {}, outputs: live.outputs };
  delete next.initErrors;
  if (live.initErrors.length > 0) {
    next.initErrors = live.initErrors;
    run.report.warning(`Refreshed resource is in an unhealthy state:\n* ${live.initErrors.join("\n* ")}`, old.urn);
  }
  markSecretOutputs(next);
  if (!identical(next.inputs, old.inputs) || !identical(next.outputs, old.outputs)) stamp(next, false);
  if (old.external === true) {
    planned.diff = { ...NO_CHANGES, changes: !identical(next.outputs, old.outputs) };
  } else {
    planned.diff = invert(await provider.diff(next, old.inputs ?? {}, old.ignoreChanges ?? []));
  }
  return next;
}

function providerFor(run: Run, resource: ResourceState): Promise<Provider> {
  if (!resource.provider) fail(run, resource.urn, `resource ${resource.urn} has no provider`);
  return run.registry.get(resource.provider, run.snapshot.base);
}

function keepIdentity(old: ResourceState, next: ResourceState): void {
  if (old.id !== undefined) next.id = old.id;
  if (old.created !== undefined) next.created = old.created;
  if (old.modified !== undefined) next.modified = old.modified;
}

function remember(next: ResourceState, reasons: string[]): string[] {
  if (reasons.length > 0) next.initErrors = reasons;
  return reasons;
}

function stamp(next: ResourceState, created: boolean): void {
  next.modified = new Date().toISOString();
  if (created) next.created = next.modified;
}

/** Outputs that the user named, and those that carry the name of a secret input. */
function markSecretOutputs(state: ResourceState): void {
  const outputs: PropertyMap = { ...state.outputs };
  for (const [key, value] of Object.entries(outputs)) {
    const named = state.additionalSecretOutputs?.includes(key) === true;
    if (named || isSecret(state.inputs?.[key])) outputs[key] = makeSecret(value);
  }
  state.outputs = outputs;
}
