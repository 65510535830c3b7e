// Runs Pulumi programs in a thread, one after the other, each with the SDK's modules and state anew.

import { AsyncResource } from "node:async_hooks";
import { dirname } from "node:path";
import { parentPort } from "node:worker_threads";
import type { ProgramOptions } from "../../../embedded/engine/program";
import { createRealm, type Realm, ROOT } from "./sources";

/** A program to run: what the engine says of one, as far as it goes from thread to thread. */
export interface Job extends Omit<ProgramOptions, "program" | "onLine"> {
  number: number;
  entry: string;
}

/** Nobody waits for that program any more: its connections are closed, and what it does from then on goes nowhere. */
export interface GiveUp {
  giveUp: number;
}

export interface Done {
  number: number;
  code: number;
}

// Pulumi's own modules without types: the ones that its inline programs run by.
const settings = require("@pulumi/pulumi/runtime/settings");
const runtimeConfig = require("@pulumi/pulumi/runtime/config");
const stacks = require("@pulumi/pulumi/runtime/stack");
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state");
const log = require("@pulumi/pulumi/log");
const { isGrpcError, ResourceError, RunError } = require("@pulumi/pulumi/errors");

// A fifth of a small program's time goes into texts that nobody sees: stacks of promises, and messages for debugging.
Error.stackTraceLimit = 0;
log.debug = () => Promise.resolve();

interface Current {
  number: number;
  told: Set<unknown>;
  tell(error: Error): void;
  disconnect(): void;
}

let current: Current | undefined;
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: Error) => {
    if (current === undefined || current.told.has(error)) return;
    current.told.add(error);
    current.tell(error);
  });
}

parentPort?.on("message", (job: Job | GiveUp) => {
  if ("giveUp" in job) {
    if (current?.number === job.giveUp) current.disconnect();
    return;
  }
  run(job).then((code) => parentPort?.postMessage({ number: job.number, code } satisfies Done));
});

function run(job: Job): Promise<number> {
  replaceEnvironment(job.env);
  return withLocalStorage(async () => {
    const { project, stack, address, dryRun, config, secretKeys, entry } = job;
    settings.resetOptions(project, stack, 16, address, address, dryRun, "organization");
    runtimeConfig.setAllConfig(config, secretKeys);
    const told = new Set<unknown>();
    current = {
      number: job.number,
      told,
      tell: AsyncResource.bind((error: Error) => tell(entry, error)),
      disconnect: AsyncResource.bind(() => settings.disconnectSync()),
    };
    try {
      await stacks.runInPulumiStack(async () => realmOf(entry).load(entry));
      await settings.disconnect(true);
    } catch (error) {
      await settings.disconnect(false);
      if (!told.has(error)) {
        told.add(error);
        tell(entry, error as Error);
      }
    }
    return told.size > 0 || log.hasErrors() ? 32 : 0;
  });
}

function realmOf(entry: string): Realm {
  const realm: Realm = createRealm({
    globals: {},
    modules: {
      get "pulumi-elastic-connectors"() {
        return realm.load(`${ROOT}/sdk/index.ts`);
      },
    },
    owns: (path) => path.startsWith(`${ROOT}/sdk/`) || path.startsWith(`${dirname(entry)}/`),
  });
  return realm;
}

/** As Pulumi's runner for Node says it. */
function tell(entry: string, error: Error): void {
  if (RunError.isInstance(error)) log.error(error.message);
  else if (ResourceError.isInstance(error)) {
    const { hideStack, resource } = error as Error & { hideStack: boolean; resource: unknown };
    log.error(hideStack ? error.message : (error.stack ?? error.message), resource);
  } else if (!isGrpcError(error)) {
    log.error(`Running program '${entry}' failed with an unhandled exception:\n${error.stack ?? error.message}`);
  }
}

function replaceEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in env)) delete process.env[name];
  }
  Object.assign(process.env, env);
}
