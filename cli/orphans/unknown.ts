import type { Marked } from "../../provider/ownership/marks";
import type { ExportedState, Kind } from "./state";

/** Why an object that no given state knows may yet be an update's. */
export type Open = "being made" | "newer than the state";

/**
 * The stacks that the states speak of, each with the moment of its oldest state: two back ends may have a stack of that name,
 * and neither's state knows what the other has made since. `named` says whose a state without resources is, and narrows the
 * others to one stack.
 */
export function stacksOf(states: readonly ExportedState[], named: string | undefined): Map<string, number> {
  const stacks = new Map<string, number>();
  for (const { stack = named, writtenAt } of states) {
    if (stack === undefined) {
      throw new Error(
        "A state without resources doesn't say whose it is: name its stack with --stack <project>/<stack>.",
      );
    }
    stacks.set(stack, Math.min(writtenAt, stacks.get(stack) ?? writtenAt));
  }
  if (named === undefined) {
    return stacks;
  }
  const writtenAt = stacks.get(named);
  if (writtenAt === undefined) {
    // Else everything of that stack would look like an orphan.
    throw new Error(`None of the given states is of ${named}: they are of ${[...stacks.keys()].join(", ")}.`);
  }
  return new Map([[named, writtenAt]]);
}

/** The objects of these stacks that no state knows. */
export function unknownTo<T extends Marked>(
  states: readonly ExportedState[],
  stacks: ReadonlyMap<string, number>,
  kind: Kind,
  objects: readonly T[],
): T[] {
  return objects.filter(
    (object) => stacks.has(stackName(object)) && !states.some((state) => state.of(kind).ids.has(object.id)),
  );
}

/** Whether an update that runs, or that ran since the states were written, may have made it. */
export function stillOpen(
  states: readonly ExportedState[],
  stacks: ReadonlyMap<string, number>,
  kind: Kind,
  object: Marked,
): Open | undefined {
  const { createdAt, resource } = object;
  if (states.some((state) => state.stack === stackName(object) && state.of(kind).making.has(resource))) {
    return "being made";
  }
  return Date.parse(createdAt) > (stacks.get(stackName(object)) ?? 0) ? "newer than the state" : undefined;
}

export function stackName({ project, stack }: Marked): string {
  return `${project}/${stack}`;
}
