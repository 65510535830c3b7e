import { withoutUndefined } from "../model/equality";
import type { Bag, Context } from "../model/resource";
import { isRecord, isUnknown, UNKNOWN } from "../model/unknown";

/** The text by which the engine says that a value isn't known yet. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Keys of an object by which the engine recognises a secret. */
const SECRET_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** A bag of the engine, split into what is ours to judge and what only travels along. */
export interface EngineBag {
  values: Bag;
  /** The provider's text and the context: keys that the user never wrote and diffs don't show. */
  hidden: Bag;
  context: Context;
}

const NOWHERE: Context = { project: "", stack: "", resource: "resource" };

export function fromEngine(bag: unknown): EngineBag {
  const all = isRecord(bag) ? bag : {};
  const isHidden = ([key]: [string, unknown]) => key.startsWith("__");
  const hidden = Object.fromEntries(Object.entries(all).filter(isHidden));
  const values = Object.fromEntries(Object.entries(all).filter((entry) => !isHidden(entry)));
  return {
    values: withoutUndefined(known(values)) as Bag,
    hidden,
    context: isRecord(hidden.__context) ? { ...NOWHERE, ...(hidden.__context as unknown as Context) } : NOWHERE,
  };
}

/** A bag for the engine: unknowns as its text, secrets wrapped, nothing undefined. */
export function toEngine(values: Bag, hidden: Bag, secretPaths: readonly (readonly string[])[]): Bag {
  const wrapped = secretPaths.reduce<Bag>((bag, path) => wrapAt(bag, path) as Bag, values);
  return { ...(plain(wrapped) as Bag), ...hidden };
}

function known(value: unknown): unknown {
  if (value === UNKNOWN_TEXT) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map(known);
  }
  return isRecord(value) ? mapValues(value, known) : value;
}

function plain(value: unknown): unknown {
  if (isUnknown(value)) {
    return UNKNOWN_TEXT;
  }
  if (Array.isArray(value)) {
    return value.filter((item) => item !== undefined).map(plain);
  }
  return isRecord(value) ? mapValues(withoutUndefined(value), plain) : value;
}

/** Wraps the value at a path. What is missing, or not known yet, stays as it is. */
function wrapAt(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value === undefined || isUnknown(value) || isSecret(value)
      ? value
      : { [SECRET_KEY]: SECRET_SIGNATURE, value };
  }
  return isRecord(value) && key in value ? { ...value, [key]: wrapAt(value[key], rest) } : value;
}

function isSecret(value: unknown): boolean {
  return isRecord(value) && value[SECRET_KEY] === SECRET_SIGNATURE;
}

function mapValues(object: Record<string, unknown>, map: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
