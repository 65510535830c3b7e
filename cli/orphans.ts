import type { MarkedKey } from "../provider/lookups/keys";
import type { ExportedState } from "./exported-state";

/** A key that no given state knows, and why it is left alone; an orphan isn't. */
export interface UnknownKey extends MarkedKey {
  left: "retired" | "in use" | "being made" | "newer than the state" | undefined;
}

/**
 * The stacks that the states speak of, each with the moment of its newest state. `named` says whose a state without
 * resources is, and narrows the others to one stack.
 */
export function stacksOf(states: readonly ExportedState[], named: string | undefined): Map<string, number> {
  const stacks = new Map<string, number>();
  for (const { stack = named, writtenAt } of states) {
    if (stack === undefined) {
      throw new Error(
        "A state without resources doesn't say whose it is: name its stack with --stack <project>/<stack>.",
      );
    }
    stacks.set(stack, Math.max(writtenAt, stacks.get(stack) ?? 0));
  }
  if (named === undefined) {
    return stacks;
  }
  const writtenAt = stacks.get(named);
  if (writtenAt === undefined) {
    // Else every key of that stack would look like an orphan.
    throw new Error(`None of the given states is of ${named}: they are of ${[...stacks.keys()].join(", ")}.`);
  }
  return new Map([[named, writtenAt]]);
}

/** The keys of these stacks that no state knows. */
export function unknownKeys(
  keys: readonly MarkedKey[],
  states: readonly ExportedState[],
  stacks: ReadonlyMap<string, number>,
): UnknownKey[] {
  return keys.flatMap((key) => {
    const writtenAt = stacks.get(stackName(key));
    const known = writtenAt === undefined || states.some(({ keyIds }) => keyIds.has(key.id));
    return known ? [] : [{ ...key, left: reasonToLeave(key, states, writtenAt) }];
  });
}

export function stackName({ project, stack }: MarkedKey): string {
  return `${project}/${stack}`;
}

function reasonToLeave(key: MarkedKey, states: readonly ExportedState[], writtenAt: number): UnknownKey["left"] {
  const { connectors, createdAt, resource, retired } = key;
  if (retired) {
    return "retired";
  }
  if (connectors === undefined || connectors.length > 0) {
    return "in use";
  }
  if (states.some(({ stack, making }) => stack === stackName(key) && making.has(resource))) {
    return "being made";
  }
  // An update that runs, or that ran since, may have made it.
  return Date.parse(createdAt) > writtenAt ? "newer than the state" : undefined;
}
