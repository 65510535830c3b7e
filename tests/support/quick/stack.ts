// A stack on the embedded engine whose program and provider need no processes: ten times as fast, and it can be killed
// at any request.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Operation, Stack } from "../../../embedded";
import type { Processes } from "../../../embedded/engine/engine";
import { openStateFile } from "../../../embedded/engine/state";
import { DEFAULT_PASSPHRASE, openEmbeddedStack } from "../../../embedded/stack/embedded";
import type { StackOptions } from "../../../embedded/stack/types";
import { endThread, startProgram } from "./program";
import { type Gate, type Pace, type QuickProvider, startProvider } from "./provider";

export interface QuickStack extends Stack {
  readonly statePath: string;
  /** How the providers that start from now on keep time. */
  pace: Pace;
  /** Told of each request before it is sent; without its consent the request never leaves. */
  gate: Gate;
  /** Ends the provider as SIGKILL does. */
  killProvider(): void;
  /** Ends engine, program and provider at once: state and lock stay as they are on disk at this moment. */
  killEngine(): void;
}

export async function openQuickStack(options: StackOptions): Promise<QuickStack> {
  const statePath = join(options.home, `${options.project}.${options.stack}.json`);
  const providers = new Set<QuickProvider>();
  let killed: Buffer | undefined;

  const processes: Processes = {
    startProgram,
    async spawnProvider(host) {
      const provider = startProvider(host, stack.pace, (method, path) => stack.gate(method, path));
      if (killed) provider.kill();
      providers.add(provider);
      provider.child.exited.then(() => providers.delete(provider));
      return provider;
    },
  };

  /** What is left of an operation whose engine is dead runs to its end unseen, then all is as at the kill. */
  async function operation(work: () => Promise<Operation>): Promise<Operation> {
    killed = undefined;
    const result = await work();
    if (killed === undefined) return result;
    writeFileSync(statePath, killed);
    writeFileSync(`${statePath}.lock`, String(deadProcess()));
    return { ...result, ok: false, diagnostics: [], text: "" };
  }

  mkdirSync(dirname(statePath), { recursive: true });
  if (!existsSync(statePath) && options.passphrase === undefined) writeFileSync(statePath, await emptyState());
  const inner = await openEmbeddedStack(options, processes);
  const stack: QuickStack = {
    ...inner,
    statePath,
    pace: { waits: 1 },
    gate: () => true,
    preview: (more) => operation(() => inner.preview(more)),
    up: (more) => operation(() => inner.up(more)),
    refresh: (more) => operation(() => inner.refresh(more)),
    destroy: (more) => operation(() => inner.destroy(more)),
    killProvider() {
      for (const provider of providers) provider.kill();
    },
    killEngine() {
      killed ??= readFileSync(statePath);
      stack.killProvider();
    },
  };
  return stack;
}

afterAll(endThread);

/** A state without resources. Stacks share its salt, since deriving a key takes half a second. */
function emptyState(): Promise<string> {
  empty ??= newState();
  return empty;
}

let empty: Promise<string> | undefined;

async function newState(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "pec-quick-"));
  try {
    return await (await openStateFile(join(folder, "state.json"), DEFAULT_PASSPHRASE)).text();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process that is no more. */
function deadProcess(): number {
  dead ??= spawnSync(process.execPath, ["--version"]).pid;
  return dead;
}

let dead: number | undefined;
