/** Two values, one above the other: objects are merged member by member, anything else above hides what is below. */
export function merged(below: unknown, above: unknown): unknown {
  if (!isPlain(below) || !isPlain(above)) {
    return above === undefined ? below : above;
  }
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(below[key], above[key])]));
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
