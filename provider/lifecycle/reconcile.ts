import type { Elasticsearch } from "../elasticsearch/connection";
import { describe, naming, ProviderError } from "../elasticsearch/errors";
import type { Bag, Context, Live, ResourceDefinition } from "../model/resource";
import { isRecord } from "../model/unknown";
import { adopt } from "./adoption";
import { difference } from "./diff";
import { ending, halfChanged, type Sight, unchanged, undeleted, unfinished, unmade } from "./standing";
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
  let certain = false;
  let live: Live | undefined;
  try {
    made = await adopt(definition, es, desired, context).catch((error: unknown) => {
      throw ending(error, unchanged(error));
    });
    if (!made) {
      await definition.create(es, desired, context, (id, carried = {}) => {
        made = { id, carried: { ...carried } };
      });
    }
    const { id, carried } = need(made);
    certain = true;
    live = await observe(definition, es, id, { ...desired, ...carried });
    live = await bringTo(definition, es, id, desired, { ...desired, ...carried }, live, context, carried);
    return { id, outputs: outputsOf(definition, desired, live, carried) };
  } catch (error) {
    if (!made) {
      throw ending(error, unmade(definition, desired, error));
    }
    const { id, carried } = made;
    const sight = await look(definition, es, id, { ...desired, ...carried });
    live = typeof sight === "string" ? live : sight;
    const outputs = live ? outputsOf(definition, desired, live, carried) : { ...desired, ...carried };
    const reason = ending(naming(error, `${definition.kind} '${id}'`), unfinished(definition, certain, sight, error));
    throw new Unfinished(id, outputs, describe(reason));
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
  const before = await beforeUpdate(definition, es, id, recorded, desired).catch((error: unknown) => {
    throw ending(error, unchanged(error));
  });
  const carried: Bag = {};
  try {
    const live = await bringTo(definition, es, id, desired, recorded, before, context, carried);
    return outputsOf(definition, desired, live, { ...recorded, ...carried });
  } catch (error) {
    const known = { ...recorded, ...carried };
    const sight = await look(definition, es, id, known);
    const live =
      typeof sight === "string"
        ? { ...before, facts: { ...before.facts, ...split(definition, carried).facts } }
        : sight;
    const { inputs } = split(definition, known);
    const reason = ending(naming(error, `${definition.kind} '${id}'`), halfChanged(definition, sight, error));
    throw new Unfinished(id, outputsOf(definition, bothDeclared(inputs, desired, live), live, known), describe(reason));
  }
}

export async function remove(
  definition: ResourceDefinition,
  es: Elasticsearch,
  id: string,
  recorded: Bag,
): Promise<void> {
  try {
    await definition.remove(es, id, recorded);
  } catch (error) {
    throw ending(error, undeleted(definition, error));
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
  imported = false,
): Promise<{ inputs: Bag; outputs: Bag; unfinished: boolean } | undefined> {
  const live = await definition.observe(es, id, recorded);
  if (!live) {
    return undefined;
  }
  const { inputs } = split(definition, recorded);
  const declared = Object.keys(inputs).length === 0 && Object.keys(recorded).length === 0 ? live.inputs : inputs;
  return {
    inputs: recordedInputs(definition, declared, live),
    outputs: outputsOf(definition, declared, live, recorded),
    unfinished: isUnfinished(definition, live, imported),
  };
}

/** The object as it is before a change that it may get. */
async function beforeUpdate(
  definition: ResourceDefinition,
  es: Elasticsearch,
  id: string,
  recorded: Bag,
  desired: Bag,
): Promise<Live> {
  await refuseChange(definition, es, id, recorded, desired);
  const found = await definition.observe(es, id, recorded);
  if (!found) {
    await definition.restore?.(es, id, desired);
  }
  return found ?? (await observe(definition, es, id, recorded));
}

/** A change that needs a replacement comes here only when the replacement is refused. */
async function refuseChange(
  definition: ResourceDefinition,
  es: Elasticsearch,
  id: string,
  recorded: Bag,
  desired: Bag,
): Promise<void> {
  const { replaces } = difference(definition, recorded, desired, id);
  if (replaces.length === 0 || Object.keys(recorded).length === 0 || !definition.refuseReplacement) {
    return;
  }
  const why = await definition.refuseReplacement(es, id, recorded);
  throw new ProviderError("conflict", {
    what: `change ${replaces.join(", ")}`,
    object: `${definition.kind} '${id}'`,
    why: why ?? "it has to be replaced for that, and can be now: run 'pulumi up' again",
  });
}

/**
 * What was declared before or is declared now: some of the new may have been written already, and has to be known when
 * the program drops it again. What can't be read back is as it was.
 */
function bothDeclared(olds: Bag, news: Bag, live: Live): Bag {
  const readable = Object.fromEntries(Object.entries(news).filter(([name]) => name in live.inputs));
  return merged(olds, readable) as Bag;
}

function merged(a: unknown, b: unknown): unknown {
  if (!isRecord(a) || !isRecord(b)) {
    return b === undefined ? a : b;
  }
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, merged(a[key], b[key])]),
  );
}

async function bringTo(
  definition: ResourceDefinition,
  es: Elasticsearch,
  id: string,
  desired: Bag,
  recorded: Bag,
  live: Live,
  context: Context,
  carried: Bag,
): Promise<Live> {
  const changed = changedInputs(definition, desired, recorded, live);
  if (changed.size === 0 && !isUnfinished(definition, live, context.imported)) {
    return live;
  }
  await definition.update(es, id, { changed, desired, recorded, live }, context, (more) => {
    Object.assign(carried, more);
  });
  return observe(definition, es, id, { ...recorded, ...desired, ...carried });
}

function isUnfinished(definition: ResourceDefinition, live: Live, imported?: boolean): boolean {
  return (definition.unfinished?.(live, imported) ?? []).length > 0;
}

/** What has become of the object when something failed. */
async function look(definition: ResourceDefinition, es: Elasticsearch, id: string, recorded: Bag): Promise<Sight> {
  try {
    return (await definition.observe(es, id, recorded)) ?? "gone";
  } catch {
    return "unseen";
  }
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
