// Runs Pulumi programs in a thread, one after the other, each with the SDK's modules and state anew.

import { AsyncResource } from "node:async_hooks";
import Module from "node:module";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { compiled, ROOT } from "./sources";

export interface Job {
  number: number;
  entry: string;
  project: string;
  stack: string;
  dryRun: boolean;
  address: string;
  config: Record<string, string>;
  secretKeys: string[];
  env: NodeJS.ProcessEnv;
}

export interface Done {
  number: number;
  code: number;
}

interface Loader {
  _resolveFilename(request: string, ...rest: unknown[]): string;
  _extensions: Record<string, (module: { _compile(code: string, file: string): void }, file: string) => void>;
}

const loader = Module as unknown as Loader;
const resolveFilename = loader._resolveFilename;
loader._resolveFilename = (request, ...rest) =>
  request === "pulumi-elastic-connectors" ? join(ROOT, "sdk/index.ts") : resolveFilename(request, ...rest);
loader._extensions[".ts"] = (module, file) => module._compile(compiled(file), file);

// Pulumi's own modules without types: the ones that its inline programs run by.
const settings = require("@pulumi/pulumi/runtime/settings");
const runtimeConfig = require("@pulumi/pulumi/runtime/config");
const stacks = require("@pulumi/pulumi/runtime/stack");
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state");
const log = require("@pulumi/pulumi/log");
const { isGrpcError, ResourceError, RunError } = require("@pulumi/pulumi/errors");

let current: { told: Set<unknown>; tell(error: Error): void } | undefined;
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: Error) => {
    if (current === undefined || current.told.has(error)) return;
    current.told.add(error);
    current.tell(error);
  });
}

parentPort?.on("message", (job: Job) => {
  run(job).then((code) => parentPort?.postMessage({ number: job.number, code } satisfies Done));
});

function run(job: Job): Promise<number> {
  replaceEnvironment(job.env);
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(`${ROOT}/sdk/`) || file === job.entry) delete require.cache[file];
  }
  return withLocalStorage(async () => {
    const { project, stack, address, dryRun, config, secretKeys, entry } = job;
    settings.resetOptions(project, stack, 16, address, address, dryRun, "organization");
    runtimeConfig.setAllConfig(config, secretKeys);
    const told = new Set<unknown>();
    current = { told, tell: AsyncResource.bind((error: Error) => tell(entry, error)) };
    try {
      await stacks.runInPulumiStack(async () => require(entry));
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
