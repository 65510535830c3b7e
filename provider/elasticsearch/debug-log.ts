import { appendFileSync } from "node:fs";

/**
 * A log of requests in a file: time, method, path, status, duration. Bodies, headers and query strings are never
 * written, since they may hold secrets.
 */
export function requestLog(
  file: string | undefined,
): (method: string, path: string, status: number | string, ms: number) => void {
  if (!file) {
    return () => {};
  }
  return (method, path, status, ms) => {
    try {
      appendFileSync(file, `${new Date().toISOString()} ${method} ${path} ${status} ${ms} ms\n`, { mode: 0o600 });
    } catch {
      // A log that can't be written must not stop a deployment.
    }
  };
}
