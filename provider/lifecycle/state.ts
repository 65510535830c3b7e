import { deepEqual, withoutUndefined } from "../model/equality";
import type { Bag, Live, ResourceDefinition, View } from "../model/resource";
import { equal } from "./diff";

/** Inputs and facts of a bag of recorded outputs, by the resource's schema. */
export function split(definition: ResourceDefinition, bag: Bag): { inputs: Bag; facts: Bag } {
  return {
    inputs: pick(bag, Object.keys(definition.inputs.shape)),
    facts: pick(bag, Object.keys(definition.facts.shape)),
  };
}

/**
 * Inputs as they are recorded: what the user declared, in the user's spelling while it means the same as the live value,
 * else the live value. What isn't declared is absent.
 */
export function recordedInputs(definition: ResourceDefinition, declared: Bag, live: Live): Bag {
  const entries = Object.keys(definition.inputs.shape)
    .filter((name) => declared[name] !== undefined)
    .map((name) => [name, recordedValue(definition, name, declared[name], live)]);
  return withoutUndefined(Object.fromEntries(entries));
}

/** Outputs: the recorded inputs and the facts. Facts that can't be read back are carried from the last state. */
export function outputsOf(definition: ResourceDefinition, declared: Bag, live: Live, carried: Bag): Bag {
  return {
    ...recordedInputs(definition, declared, live),
    ...withoutUndefined({ ...pick(carried, Object.keys(definition.facts.shape)), ...live.facts }),
  };
}

/** Inputs whose desired value differs from the live one, or that are declared no more. */
export function changedInputs(definition: ResourceDefinition, desired: Bag, recorded: Bag, live: Live): Set<string> {
  const changed = Object.keys(definition.inputs.shape).filter((name) => {
    if (!(name in live.inputs)) {
      return !equal(definition, name, recorded[name], desired[name]);
    }
    if (desired[name] === undefined) {
      return recorded[name] !== undefined && live.inputs[name] !== undefined;
    }
    // Below a value of which only the declared part is compared, a key may have been declared before and not any more.
    const dropped = recorded[name] !== undefined && !equal(definition, name, recorded[name], desired[name]);
    return dropped || !equal(definition, name, desired[name], viewOf(definition, name, desired[name], live));
  });
  return new Set(changed);
}

function recordedValue(definition: ResourceDefinition, name: string, declared: unknown, live: Live): unknown {
  if (!(name in live.inputs)) {
    return declared;
  }
  const view = viewOf(definition, name, declared, live);
  return equal(definition, name, declared, view) ? declared : view;
}

function viewOf(definition: ResourceDefinition, name: string, declared: unknown, live: Live): unknown {
  const view = (definition.views as Record<string, View> | undefined)?.[name];
  const value = live.inputs[name];
  return view?.of && !deepEqual(declared, value) ? view.of(declared, value) : value;
}

function pick(bag: Bag, names: string[]): Bag {
  return Object.fromEntries(names.filter((name) => bag[name] !== undefined).map((name) => [name, bag[name]]));
}
