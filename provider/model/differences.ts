import { deepEqual } from "./equality";
import { containsUnknown, isRecord } from "./unknown";

/** Where two values differ, each leaf as `path: 'found' -> 'declared'`; of what may be a secret only the path is told. */
export function differences(found: unknown, declared: unknown, secrets: string[][], path: string[] = []): string[] {
  if (isRecord(declared) && (isRecord(found) || found === undefined) && Object.keys(declared).length > 0) {
    return Object.entries(declared).flatMap(([key, value]) =>
      differences((found as Record<string, unknown> | undefined)?.[key], value, secrets, [...path, key]),
    );
  }
  if (declared === undefined || containsUnknown(declared) || deepEqual(found, declared)) {
    return [];
  }
  const secret = secrets.some((names) => names.every((name, at) => path[at] === name));
  return [secret ? path.join(".") : `${path.join(".")}: ${shown(found)} -> ${shown(declared)}`];
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
