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

/** What an operation is limited to. */
export interface Selection {
  /** URNs of the resources that it may touch; by default all. */
  targets?: string[];
  /** What depends on a target is one as well. */
  targetDependents?: boolean;
}

export interface UpdateOptions extends Selection {
  /** Reads what is there first. */
  refresh?: boolean;
  /** URNs to replace even though nothing about them changed. */
  replace?: string[];
}

export interface RunOptions extends Selection {
  /** Runs the program, so that providers get what it configures now and not what the state remembers. */
  runProgram?: boolean;
}

export interface RefreshOptions extends RunOptions {
  /** Forgets the creations that an earlier operation was interrupted in. */
  clearPendingCreates?: boolean;
}

/** One stack: a program and its state. Operations run one at a time. */
export interface Stack {
  readonly engine: "embedded" | "cli";
  preview(options?: UpdateOptions): Promise<Operation>;
  up(options?: UpdateOptions): Promise<Operation>;
  refresh(options?: RefreshOptions): Promise<Operation>;
  destroy(options?: RunOptions): Promise<Operation>;
  /** As ^C: the first lets steps that run finish, the second stops the operation at once. */
  interrupt(): void;
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
