// What an operation tells its caller.

import type { DiffKind } from "./diff";

/** What an operation did, or (preview) would do. A failed deployment is an operation that isn't `ok`, not an exception. */
export interface Operation {
  ok: boolean;
  /**
   * Logical steps other than `same`, in the order in which they were begun: a replacement is one step, reads of
   * resources that aren't managed are none.
   */
  steps: Step[];
  /** Number of successful logical steps by operation, `same` included. */
  summary: Record<string, number>;
  diagnostics: Diagnostic[];
  /** What a person reads on the terminal. */
  text: string;
}

export interface Diagnostic {
  severity: "info" | "info#err" | "warning" | "error";
  urn?: string;
  message: string;
}

/**
 * A step: `create`, `update`, `replace`, `delete`, `import` for what the deployment does; `refresh` for drift that was found, and
 * `refresh-delete` for an object that is gone.
 */
export interface Step {
  op: string;
  urn: string;
  type: string;
  name: string;
  /** Properties whose change forces the replacement. */
  replaceKeys: string[];
  changes: Change[];
}

/** One changed property. Secrets are `"[secret]"`, values not known yet `"[unknown]"`. */
export interface Change {
  path: string;
  kind: DiffKind;
  old?: unknown;
  new?: unknown;
}
