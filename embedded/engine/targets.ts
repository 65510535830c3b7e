// What an operation is limited to: the resources that its caller named, and perhaps what depends on them.

import { needsOf } from "./graph";
import type { ResourceState } from "./state";

export interface Targets {
  /** Whether anything was named; if not, everything is a target. */
  readonly limited: boolean;
  readonly dependents: boolean;
  named(urn: string): boolean;
  /** Whether the operation may touch this resource. Asked in dependency order, since it remembers what it let pass. */
  includes(resource: ResourceState): boolean;
  /** All of these that are targets or depend on one, whether or not the caller asked for dependents. */
  withDependents(all: ResourceState[]): Set<string>;
  /** Names that none of these resources has. */
  missing(known: (urn: string) => boolean): string[];
}

export function targetsOf(urns: string[] = [], dependents = false): Targets {
  const asked = new Set(urns);
  const passed = new Set(urns);
  const limited = urns.length > 0;
  return {
    limited,
    dependents,
    named: (urn) => asked.has(urn),
    includes(resource) {
      if (!limited || passed.has(resource.urn)) return true;
      if (!dependents || !hangsOn(resource, passed)) return false;
      passed.add(resource.urn);
      return true;
    },
    withDependents(all) {
      const found = new Set(urns);
      for (const resource of all) if (hangsOn(resource, found)) found.add(resource.urn);
      return found;
    },
    missing: (known) => urns.filter((urn) => !known(urn)),
  };
}

/** As the engine says it; a `$` in a URN is easily lost in a shell. */
export function missingText(urn: string): string {
  const hint = urn.includes("$") ? "" : " Did you forget to escape $ in your shell?";
  return `Target '${urn}' could not be found in the stack.${hint}`;
}

function hangsOn(resource: ResourceState, reached: Set<string>): boolean {
  return needsOf(resource).some((urn) => reached.has(urn));
}
