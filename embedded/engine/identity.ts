// Which resource of the old state a registered one continues: the same URN, or one of its earlier names.

import type { AliasSpec } from "./goal";
import { fail, type Run } from "./run";
import type { ResourceState } from "./state";
import { createUrn, nameOf, qualifiedType, STACK_TYPE, typeOf } from "./urn";

export interface Identities {
  /** Takes a URN for a new registration; the same one can't be taken twice. */
  claim(parent: string, type: string, name: string): string;
  findOld(urn: string, parent: string, aliases: AliasSpec[]): ResourceState | undefined;
  currentName(urn: string): string;
  claimed(urn: string): boolean;
}

export function identities(run: Run): Identities {
  const claimed = new Set<string>();
  const successors = new Map<string, string>();
  const predecessors = new Map<string, string>();

  function candidates(urn: string, parent: string, aliases: AliasSpec[]): string[] {
    const own = aliases.map((alias) => aliasUrn(run, urn, parent, alias, predecessors));
    const parentBefore = predecessors.get(parent);
    if (parentBefore === undefined) return own;
    // A renamed parent renames its children, and those named after it as well.
    return [...own, ...[urn, ...own].map((child) => inherited(run, child, nameOf(parent), parentBefore))];
  }

  return {
    claim(parent, type, name) {
      const urn = createUrn(run.stack, run.project, parent, type, name);
      if (parent !== "" && !claimed.has(parent)) fail(run, urn, `could not find parent resource ${parent}`);
      if (claimed.has(urn)) fail(run, urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
      const heir = successors.get(urn);
      if (heir !== undefined) fail(run, urn, `Duplicate resource URN '${urn}': it is an alias of '${heir}'`);
      claimed.add(urn);
      return urn;
    },
    findOld(urn, parent, aliases) {
      const live = run.snapshot.base.filter((resource) => resource.delete !== true);
      const same = live.find((resource) => resource.urn === urn);
      if (same) return same;
      for (const earlier of candidates(urn, parent, aliases)) {
        const old = live.find((resource) => resource.urn === earlier);
        if (old === undefined) continue;
        if (claimed.has(earlier) || successors.has(earlier)) {
          fail(run, urn, `Duplicate resource alias '${earlier}' applied to resource with URN '${urn}'`);
        }
        successors.set(earlier, urn);
        predecessors.set(urn, earlier);
        run.snapshot.renamed(earlier, urn);
        return old;
      }
      return undefined;
    },
    currentName: (urn) => successors.get(urn) ?? urn,
    claimed: (urn) => claimed.has(urn),
  };
}

function aliasUrn(run: Run, urn: string, parent: string, alias: AliasSpec, predecessors: Map<string, string>): string {
  if (alias.urn !== undefined) return alias.urn;
  const named = alias.parent === undefined ? parent : (predecessors.get(alias.parent) ?? alias.parent);
  const above = named !== "" && qualifiedType(named) === STACK_TYPE ? "" : named;
  return createUrn(
    alias.stack || run.stack,
    alias.project || run.project,
    above,
    alias.type || typeOf(urn),
    alias.name || nameOf(urn),
  );
}

function inherited(run: Run, child: string, parentName: string, parentBefore: string): string {
  const name = nameOf(child);
  const before = name.startsWith(parentName) ? nameOf(parentBefore) + name.slice(parentName.length) : name;
  return createUrn(run.stack, run.project, parentBefore, typeOf(child), before);
}
