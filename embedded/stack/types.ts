import type { Operation } from "../engine/operation";
import type { Deployment } from "../engine/state";

export type { Change, Diagnostic, Operation, Step } from "../engine/operation";
export type { Deployment } from "../engine/state";

/** How to open a stack. */
export interface StackOptions {
  /** `auto` takes the Pulumi CLI when `pulumi` is on PATH, else the embedded engine. Default `auto`. */
  engine?: "embedded" | "cli" | "auto";
  project: string;
  stack: string;
  /** Folder that holds the program's `index.js` or `index.ts`. */
  program: string;
  config?: Record<string, string>;
  secretConfig?: Record<string, string>;
  /** Variables for program and providers. The user's own `ELASTICSEARCH_*` and `PULUMI_*` never reach them. */
  env?: Record<string, string>;
  /** Folder for state, settings and everything else that the engine writes. */
  home: string;
  /** Passphrase of the secrets in the state. */
  passphrase?: string;
}

/** One stack: a program and its state. Operations run one at a time. */
export interface Stack {
  readonly engine: "embedded" | "cli";
  preview(options?: { refresh?: boolean }): Promise<Operation>;
  up(options?: { refresh?: boolean; replace?: string[] }): Promise<Operation>;
  /** `clearPendingCreates` forgets the creations that an earlier operation was interrupted in. */
  refresh(options?: { clearPendingCreates?: boolean }): Promise<Operation>;
  destroy(): Promise<Operation>;
  /** Takes the objects of an import file (as for `pulumi import --file`) into the state, unprotected. */
  import(file: string): Promise<Operation>;
  /** The state as in `pulumi stack export`: secrets are encrypted. */
  exportState(): Promise<Deployment>;
  /** The state's raw text on disk. */
  stateText(): Promise<string>;
  /** Stack outputs; secret ones are `"[secret]"` unless `showSecrets`. */
  outputs(showSecrets?: boolean): Promise<Record<string, unknown>>;
  setConfig(key: string, value: string, secret?: boolean): Promise<void>;
  setProgram(directory: string): void;
  close(): Promise<void>;
}
