import { explain, leavesDoubt, ProviderError } from "../elasticsearch/errors";
import type { Bag, Live, ResourceDefinition } from "../model/resource";

/** What a look after a failure has found; `unseen` when it couldn't look. */
export type Sight = Live | "gone" | "unseen";

/** The last sentence of a failed operation's error: what is there, and what is recorded of it. */
export type Standing = string | undefined;

/** The error with that sentence, unless it has one already. An error that isn't ours is a defect, and stays as it is. */
export function ending(error: unknown, standing: Standing): unknown {
  return error instanceof ProviderError && standing !== undefined && error.parts.standing === undefined
    ? explain(error, { standing })
    : error;
}

/** After a creation of which nobody can say that it has made something. */
export function unmade(definition: ResourceDefinition, desired: Bag, error: unknown): Standing {
  return leavesDoubt(error)
    ? `Whether it was made is unknown: ${definition.whenLost?.(desired) ?? "the next 'pulumi up' looks for it"}.`
    : "Nothing was made.";
}

/** After a creation that has made its object, for certain or perhaps. */
export function unfinished({ kind }: ResourceDefinition, certain: boolean, sight: Sight, error: unknown): Standing {
  if (!certain && typeof sight === "string") {
    return `This ${kind} may exist and is recorded: the next 'pulumi up' looks for it.`;
  }
  const then = saysHow(error) ? "" : ": the next 'pulumi up' goes on with it";
  return sight === "gone" ? undefined : `This ${kind} exists and is recorded${then}.`;
}

/** After a change that has not come to the first request that writes. */
export function unchanged(error: unknown): Standing {
  return leavesDoubt(error) ? undefined : "Nothing was changed.";
}

/** After a change that broke off. */
export function halfChanged({ kind }: ResourceDefinition, sight: Sight, error: unknown): Standing {
  const then = saysHow(error) ? "" : ", and the next 'pulumi up' does the rest";
  switch (sight) {
    case "gone":
      return undefined;
    case "unseen":
      return `This ${kind} exists; the next 'pulumi up' looks at what was done until then${then && ", and does the rest"}.`;
    default:
      return `This ${kind} exists; what was done until then is recorded${then}.`;
  }
}

/** After a deletion that failed. */
export function undeleted({ kind }: ResourceDefinition, error: unknown): Standing {
  const stands = leavesDoubt(error)
    ? `Whether this ${kind} is still there is unknown; it stays recorded`
    : `This ${kind} is still there and recorded`;
  return saysHow(error) ? `${stands}.` : `${stands}: the same command tries again.`;
}

/** Whether the advice names the next operation already. */
function saysHow(error: unknown): boolean {
  return error instanceof ProviderError && /pulumi (up|refresh)/.test(error.parts.next ?? "");
}
