import type { Elasticsearch } from "../elasticsearch/connection";
import { describe, ProviderError } from "../elasticsearch/errors";
import type { Bag, Context, Live, ResourceDefinition } from "../model/resource";
import { changedInputs, outputsOf, recordedInputs, split } from "./state";

/** The object exists, but a step after that failed: it is recorded with its id, and the next update goes on. */
export class Unfinished extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Bag,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Makes the object, then brings it to the desired state as an update would. State comes from the read after it. */
export async function create(
  definition: ResourceDefinition,
  es: Elasticsearch,
  desired: Bag,
  context: Context,
): Promise<{ id: string; outputs: Bag }> {
  let made: { id: string; carried: Bag } | undefined;
  let live: Live | undefined;
  try {
    await definition.create(es, desired, context, (id, carried = {}) => {
      made = { id, carried };
    });
    const { id, carried } = need(made);
    live = await observe(definition, es, id, { ...desired, ...carried });
    live = await bringTo(definition, es, id, desired, { ...desired, ...carried }, live, context);
    return { id, outputs: outputsOf(definition, desired, live, carried) };
  } catch (error) {
    if (!made) {
      throw error;
    }
    const outputs = live ? outputsOf(definition, desired, live, made.carried) : { ...desired, ...made.carried };
    throw new Unfinished(made.id, outputs, describe(error));
  }
}

/** Sends what differs from the live object, and only that. */
export async function update(
  definition: ResourceDefinition,
  es: Elasticsearch,
  id: string,
  recorded: Bag,
  desired: Bag,
  context: Context,
): Promise<Bag> {
  const before = await observe(definition, es, id, recorded);
  try {
    const live = await bringTo(definition, es, id, desired, recorded, before, context);
    return outputsOf(definition, desired, live, recorded);
  } catch (error) {
    const { inputs } = split(definition, recorded);
    const live = await definition.observe(es, id, recorded).catch(() => undefined);
    throw new Unfinished(id, outputsOf(definition, inputs, live ?? before, recorded), describe(error));
  }
}

/**
 * The live object as inputs and outputs, or nothing when it is gone. Where nothing was declared (an object that has just
 * been imported), everything that can be read counts as declared.
 */
export async function refresh(
  definition: ResourceDefinition,
  es: Elasticsearch,
  id: string,
  recorded: Bag,
): Promise<{ inputs: Bag; outputs: Bag } | undefined> {
  const live = await definition.observe(es, id, recorded);
  if (!live) {
    return undefined;
  }
  const { inputs } = split(definition, recorded);
  const declared = Object.keys(inputs).length === 0 && Object.keys(recorded).length === 0 ? live.inputs : inputs;
  return {
    inputs: recordedInputs(definition, declared, live),
    outputs: outputsOf(definition, declared, live, recorded),
  };
}

async function bringTo(
  definition: ResourceDefinition,
  es: Elasticsearch,
  id: string,
  desired: Bag,
  recorded: Bag,
  live: Live,
  context: Context,
): Promise<Live> {
  const changed = changedInputs(definition, desired, recorded, live);
  if (changed.size === 0 && !definition.unfinished?.(live)) {
    return live;
  }
  await definition.update(es, id, { changed, desired, recorded, live }, context);
  return observe(definition, es, id, { ...recorded, ...desired });
}

async function observe(definition: ResourceDefinition, es: Elasticsearch, id: string, recorded: Bag): Promise<Live> {
  const live = await definition.observe(es, id, recorded);
  if (!live) {
    throw new ProviderError("not-found", {
      what: "read it back",
      object: `${definition.kind} '${id}'`,
      why: "it is not on the server; somebody may have deleted it",
      next: "run 'pulumi refresh' (or 'pulumi up --refresh') so that it is made anew",
    });
  }
  return live;
}

function need<T>(made: T | undefined): T {
  if (made === undefined) {
    throw new Error("create ended without naming the object that it made");
  }
  return made;
}
