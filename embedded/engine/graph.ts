// Who depends on whom in a list of resources that is in dependency order.

import type { ResourceState } from "./state";
import { splitReference } from "./urn";

/** Every URN that a resource needs, its parent apart. */
export function dependenciesOf(resource: ResourceState): string[] {
  return [
    ...(resource.provider ? [splitReference(resource.provider).urn] : []),
    ...(resource.dependencies ?? []),
    ...Object.values(resource.propertyDependencies ?? {}).flat(),
    ...(resource.deletedWith ? [resource.deletedWith] : []),
    ...(resource.replaceWith ?? []),
  ];
}

/** The same with its parent. */
export function needsOf(resource: ResourceState): string[] {
  return [...(resource.parent ? [resource.parent] : []), ...dependenciesOf(resource)];
}

/** All resources that depend on `root`, directly or not, in dependency order. */
export function dependentsOf(all: ResourceState[], root: ResourceState, except: Set<string>): ResourceState[] {
  const reached = new Set([root.urn]);
  const dependents: ResourceState[] = [];
  for (const candidate of all.slice(all.indexOf(root) + 1)) {
    if (except.has(candidate.urn) || !dependenciesOf(candidate).some((urn) => reached.has(urn))) continue;
    reached.add(candidate.urn);
    dependents.push(candidate);
  }
  return dependents;
}

/** The resources in `all` that `resource` needs directly; needing a component means needing what is inside it. */
export function neededBy(all: ResourceState[], resource: ResourceState): Set<ResourceState> {
  const needed = new Set<ResourceState>();
  const before = all.slice(0, all.indexOf(resource));
  const wanted = new Set(dependenciesOf(resource));
  for (const candidate of before) {
    if (candidate.urn === resource.parent) needed.add(candidate);
    if (!wanted.has(candidate.urn)) continue;
    needed.add(candidate);
    if (!candidate.custom) for (const child of insideOf(before, candidate.urn)) needed.add(child);
  }
  return needed;
}

/** Groups deletions so that nothing is deleted before what depends on it; each group may run in parallel. */
export function deletionOrder<T extends { old: ResourceState }>(all: ResourceState[], steps: T[]): T[][] {
  const waves: T[][] = [];
  const left = new Map(steps.map((step) => [step.old, step]));
  while (left.size > 0) {
    const wave = [...left.values()].filter(({ old }) => ![...neededBy(all, old)].some((needed) => left.has(needed)));
    // A state with a cycle can't come from this engine, but must not hang it.
    const group = wave.length > 0 ? wave : [...left.values()];
    for (const step of group) left.delete(step.old);
    waves.unshift(group);
  }
  return waves;
}

/** Everything that `resource` needs, directly or not. */
export function neededTransitively(all: ResourceState[], resource: ResourceState): Set<ResourceState> {
  const reached = new Set<ResourceState>();
  const queue = [resource];
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const needed of neededBy(all, next)) {
      if (reached.has(needed)) continue;
      reached.add(needed);
      queue.push(needed);
    }
  }
  return reached;
}

function insideOf(all: ResourceState[], component: string): ResourceState[] {
  const parents = new Set([component]);
  return all.filter((candidate) => {
    if (candidate.parent === undefined || !parents.has(candidate.parent)) return false;
    parents.add(candidate.urn);
    return true;
  });
}
