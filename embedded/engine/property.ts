// Property values are kept as they travel on the wire: plain JSON in which a few objects carry a signature
// (secrets, assets, references) and one fixed text stands for "not known yet".

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type PropertyMap = Record<string, Value>;

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";

export function isObject(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object without a signature: one whose keys are properties. */
export function isPlainObject(value: Value | undefined): value is { [key: string]: Value } {
  return isObject(value) && value[SIGNATURE] === undefined;
}

export function isSecret(value: Value | undefined): value is { [key: string]: Value; value: Value } {
  return isObject(value) && value[SIGNATURE] === SECRET_SIGNATURE;
}

export function makeSecret(value: Value): Value {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET_SIGNATURE, value };
}

/** The value without any secret marks, at every level. */
export function reveal(value: Value): Value {
  if (isSecret(value)) return reveal(value.value);
  return mapChildren(value, reveal);
}

export function revealMap(map: PropertyMap): PropertyMap {
  return mapEntries(map, reveal);
}

/** The value with every secret replaced by a fixed text, fit for display. */
export function mask(value: Value): Value {
  if (isSecret(value)) return "[secret]";
  if (value === UNKNOWN) return "[unknown]";
  return mapChildren(value, mask);
}

export function maskMap(map: PropertyMap): PropertyMap {
  return mapEntries(map, mask);
}

export function containsSecret(value: Value): boolean {
  return isSecret(value) || children(value).some(containsSecret);
}

export function containsUnknown(value: Value): boolean {
  return value === UNKNOWN || children(value).some(containsUnknown);
}

export function mapEntries(map: PropertyMap, change: (value: Value) => Value): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

export function copy<T extends Value>(value: T): T {
  return structuredClone(value);
}

/**
 * What the program sent, with output values (which carry their dependencies along) turned into the plain, secret or
 * unknown values that the rest of the engine knows. Their dependencies are added to `dependencies`.
 */
export function fromProgram(value: Value, dependencies?: Set<string>): Value {
  if (isObject(value) && value[SIGNATURE] === OUTPUT_SIGNATURE) {
    for (const urn of Array.isArray(value.dependencies) ? value.dependencies : []) dependencies?.add(String(urn));
    const inner = value.value === undefined ? UNKNOWN : fromProgram(value.value, dependencies);
    return value.secret === true ? makeSecret(inner) : inner;
  }
  return mapChildren(value, (child) => fromProgram(child, dependencies));
}

/** What a dynamic provider gets: it accepts neither secrets nor references to resources. */
export function toProvider(map: PropertyMap): PropertyMap {
  return mapEntries(map, (value) => withoutReferences(reveal(value)));
}

/**
 * Marks what came back from a provider that was given plain values: same name as a secret, then secret too. Inside an
 * array a position says nothing about identity, so the whole array becomes secret.
 */
export function annotateSecrets(results: PropertyMap, given: PropertyMap): void {
  for (const [key, before] of Object.entries(given)) {
    const after = results[key];
    if (after === undefined) continue;
    if (isPlainObject(after) && isPlainObject(before)) annotateSecrets(after, before);
    else if (!isSecret(after) && containsSecret(before)) results[key] = makeSecret(after);
  }
}

function withoutReferences(value: Value): Value {
  if (isObject(value) && value[SIGNATURE] === RESOURCE_SIGNATURE) {
    const id = value.id;
    if (id === undefined || id === null) return value.urn ?? null;
    return id === "" ? UNKNOWN : id;
  }
  return mapChildren(value, withoutReferences);
}

function mapChildren(value: Value, change: (child: Value) => Value): Value {
  if (Array.isArray(value)) return value.map(change);
  if (isObject(value)) return mapEntries(value, change);
  return value;
}

function children(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}
