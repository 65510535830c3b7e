/** A value the engine doesn't know yet. The host turns the engine's sentinel text into this marker and back. */
export class Unknown {
  // Without a private member every object would have this class's type.
  readonly #unknown = true;

  toString(): string {
    return this.#unknown ? "(not known yet)" : "";
  }
}

export const UNKNOWN = new Unknown();

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** Whether a value is unknown or holds an unknown at any depth. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.some(containsUnknown);
  }
  return isRecord(value) && Object.values(value).some(containsUnknown);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}
