// Delete-before-replace: which dependents have to go first.

import { applyReplaceOnChanges, needsReplacement } from "./diff";
import { dependentsOf } from "./graph";
import type { Decisions } from "./plan";
import { type PropertyMap, UNKNOWN } from "./property";
import type { Run } from "./run";
import type { ResourceState } from "./state";
import { isProviderType, splitReference } from "./urn";

export interface Dependent {
  resource: ResourceState;
  /** Its properties that force it to be replaced. */
  keys: string[];
}

/**
 * The dependents of `root` that would be replaced by a change of what they take from it, in dependency order. Asked of
 * their providers with the properties in question unknown, since their new values can't be known before `root` is new.
 */
export async function dependentReplacements(run: Run, decisions: Decisions, root: ResourceState): Promise<Dependent[]> {
  const replaced = new Set([root.urn]);
  const found: Dependent[] = [];
  // What was registered already can't depend on a resource that is only now being looked at.
  const settled = new Set([...decisions.kept, ...decisions.created, ...decisions.deleted, ...decisions.replaced]);
  for (const resource of dependentsOf(run.snapshot.base, root, settled)) {
    const keys = await reasonsToReplace(run, resource, replaced);
    if (keys === undefined) continue;
    replaced.add(resource.urn);
    found.push({ resource, keys });
  }
  const tied = run.snapshot.base.filter(
    (resource) =>
      !found.some((dependent) => dependent.resource === resource) &&
      !settled.has(resource.urn) &&
      (resource.deletedWith === root.urn || resource.replaceWith?.includes(root.urn) === true),
  );
  return [...found, ...tied.map((resource) => ({ resource, keys: [] }))];
}

async function reasonsToReplace(
  run: Run,
  resource: ResourceState,
  replaced: Set<string>,
): Promise<string[] | undefined> {
  if (!resource.custom || resource.external === true) return undefined;
  if (resource.provider && replaced.has(splitReference(resource.provider).urn)) return [];
  if (resource.deletedWith !== undefined && replaced.has(resource.deletedWith)) return [];

  const inputs: PropertyMap = {};
  let affected = false;
  for (const [key, value] of Object.entries(resource.inputs ?? {})) {
    const depends = resource.propertyDependencies?.[key]?.some((urn) => replaced.has(urn)) === true;
    affected ||= depends;
    inputs[key] = depends ? UNKNOWN : value;
  }
  // A provider never needs to be replaced: its configuration is no part of what it manages.
  if (!affected || isProviderType(resource.type) || resource.provider === undefined) return undefined;
  const provider = await run.registry.get(resource.provider, run.snapshot.base);
  const answer = await provider.diff(resource, inputs, resource.ignoreChanges ?? []);
  const diff = applyReplaceOnChanges(answer, resource.replaceOnChanges ?? [], false);
  return needsReplacement(diff) ? diff.replaceKeys : undefined;
}
