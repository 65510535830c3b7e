// Refresh: reads every resource and takes what it finds into the state.

import { refreshResource } from "./apply";
import type { Executor } from "./executor";
import type { Run } from "./run";
import type { ResourceState } from "./state";
import { type PlanStep, step } from "./step";

/** Refreshes all targets. False when one couldn't be read; what the others said is kept. */
export async function refreshAll(
  run: Run,
  executor: Executor,
  isDone: (resource: ResourceState) => boolean = () => false,
): Promise<boolean> {
  const chosen = new Set(run.snapshot.base.filter((resource) => run.targets.includes(resource) && !isDone(resource)));
  const results = await Promise.all(
    run.snapshot.base.map(async (old) => {
      if (!chosen.has(old)) return { ok: true, old, resource: old };
      const planned: PlanStep = step("refresh", { old, new: old });
      let found: ResourceState | undefined = old;
      const ok = await executor.single(planned, async () => {
        found = await refreshResource(run, planned);
        if (found) planned.new = found;
        else delete planned.new;
        return [];
      });
      return { ok, old, resource: ok ? found : old };
    }),
  );
  await run.snapshot.replaceBase(withoutDangling(results));
  return results.every(({ ok }) => ok);
}

/** Takes out what is gone, and what others said about it; children of a lost parent move up to its parent. */
function withoutDangling(results: { old: ResourceState; resource: ResourceState | undefined }[]): ResourceState[] {
  const present = new Set<string>();
  const parents = new Map<string, string | undefined>();
  const kept: ResourceState[] = [];
  for (const { old, resource } of results) {
    const parent = old.parent === undefined || present.has(old.parent) ? old.parent : parents.get(old.parent);
    parents.set(old.urn, parent);
    if (resource === undefined) continue;
    kept.push(repaired(resource, parent, present));
    present.add(resource.urn);
  }
  return kept;
}

function repaired(resource: ResourceState, parent: string | undefined, present: Set<string>): ResourceState {
  const there = (urn: string): boolean => present.has(urn);
  if (parent === undefined) delete resource.parent;
  else resource.parent = parent;
  if (resource.dependencies) resource.dependencies = resource.dependencies.filter(there);
  if (resource.replaceWith) resource.replaceWith = resource.replaceWith.filter(there);
  if (resource.deletedWith !== undefined && !there(resource.deletedWith)) delete resource.deletedWith;
  if (resource.propertyDependencies) {
    resource.propertyDependencies = Object.fromEntries(
      Object.entries(resource.propertyDependencies)
        .map(([key, urns]) => [key, urns.filter(there)] as const)
        // As Pulumi leaves it.
        .filter(([, urns]) => urns.length > 0),
    );
  }
  return resource;
}
