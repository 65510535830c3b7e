// A stack on the embedded engine.

import { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type ConfigValue,
  type EngineOptions,
  type OperationKind,
  type OperationOptions,
  type Processes,
  runOperation,
} from "../engine/engine";
import { readImportFile } from "../engine/import";
import { mask, reveal } from "../engine/property";
import { type Deployment, openStateFile, type StateFile } from "../engine/state";
import { STACK_TYPE } from "../engine/urn";
import type { Operation, Stack, StackOptions } from "./types";

export const DEFAULT_PASSPHRASE = "embedded";

export async function openEmbeddedStack(options: StackOptions, processes?: Processes): Promise<Stack> {
  const config = new Map<string, ConfigValue>();
  const set = (key: string, value: string, secret: boolean): void => {
    config.set(key.includes(":") ? key : `${options.project}:${key}`, { value, secret });
  };
  for (const [key, value] of Object.entries(options.config ?? {})) set(key, value, false);
  for (const [key, value] of Object.entries(options.secretConfig ?? {})) set(key, value, true);

  const passphrase = options.passphrase ?? DEFAULT_PASSPHRASE;
  const statePath = join(resolve(options.home), `${options.project}.${options.stack}.json`);
  let program = resolve(options.program);
  const running = new Set<Promise<unknown>>();
  const interrupts = new EventEmitter();

  function operation(kind: OperationKind, more?: OperationOptions): Promise<Operation> {
    const engine: EngineOptions = {
      project: options.project,
      stack: options.stack,
      program,
      config: Object.fromEntries(config),
      env: options.env ?? {},
      statePath,
      passphrase,
      interrupts,
      ...(processes && { processes }),
    };
    const task = runOperation(engine, kind, more);
    running.add(task);
    return task.finally(() => running.delete(task));
  }

  const file = (): Promise<StateFile> => openStateFile(statePath, passphrase);
  return {
    engine: "embedded",
    preview: (more) => operation("preview", more),
    up: (more) => operation("up", more),
    refresh: (more) => operation("refresh", more),
    destroy: (more) => operation("destroy", more),
    interrupt: () => void interrupts.emit("interrupt"),
    import: async (path) => operation("import", { file: readImportFile(await readFile(path, "utf8")) }),
    exportState: async () => JSON.parse(await (await file()).text()) as Deployment,
    stateText: async () => (await file()).text(),
    async outputs(showSecrets = false) {
      const { resources } = await (await file()).load();
      const stack = resources.find(({ type }) => type === STACK_TYPE);
      const show = showSecrets ? reveal : mask;
      return Object.fromEntries(Object.entries(stack?.outputs ?? {}).map(([key, value]) => [key, show(value)]));
    },
    async setConfig(key, value, secret = false) {
      set(key, value, secret);
    },
    setProgram(directory) {
      program = resolve(directory);
    },
    async close() {
      await Promise.allSettled(running);
    },
  };
}
