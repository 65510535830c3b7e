// The operations of the embedded engine: preview, up, refresh, destroy, import.
//
// It serves tests and machines without the Pulumi CLI. It is not a product of its own: it runs dynamic providers only,
// against servers on this machine only, and keeps its state in one local file.

import type { EventEmitter } from "node:events";
import { type Child, killAllChildren } from "./children";
import { deleteLeftovers } from "./deletes";
import { createDeployment, type Deployment } from "./deployment";
import { cleanEnvironment } from "./environment";
import { messageOf } from "./grpc";
import { type ImportFile, importAll } from "./import";
import { locked } from "./lock";
import { requireLoopbackConfig, requireLoopbackEnvironment } from "./loopback";
import { startMonitor } from "./monitor";
import type { Operation } from "./operation";
import { FAILED_AND_TOLD, type ProgramOptions, startProgram } from "./program";
import { makeSecret, type PropertyMap } from "./property";
import { type HostOptions, type Spawned, spawnProcess } from "./provider-host";
import { refreshAll } from "./refresh";
import { openRegistry } from "./registry";
import { createReport, type Report } from "./report";
import { newCancellation, Reported, type Run } from "./run";
import { liveSnapshot } from "./snapshot";
import { openStateFile, type Snapshot, type StateFile } from "./state";
import { missingText, targetsOf } from "./targets";

export type OperationKind = "preview" | "up" | "refresh" | "destroy" | "import";

export interface EngineOptions {
  project: string;
  stack: string;
  /** Folder of the program; providers are resolved from it as well. */
  program: string;
  config: Record<string, ConfigValue>;
  env: Record<string, string>;
  statePath: string;
  passphrase: string;
  /** Says `interrupt` at each ^C that isn't one of this process. */
  interrupts?: EventEmitter;
  /** What programs and providers run in: by default a process of its own for each. */
  processes?: Processes;
}

/** How an operation starts what isn't the engine itself. */
export interface Processes {
  startProgram(options: ProgramOptions): Child;
  spawnProvider(options: HostOptions): Promise<Spawned>;
}

const NODE_PROCESSES: Processes = { startProgram, spawnProvider: spawnProcess };

export interface ConfigValue {
  value: string;
  secret: boolean;
}

export interface OperationOptions {
  refresh?: boolean;
  /** URNs to replace. */
  replace?: string[];
  /** URNs that the operation is limited to. */
  targets?: string[];
  targetDependents?: boolean;
  /** Runs the program in a refresh or destroy, for the sake of its providers. */
  runProgram?: boolean;
  /** The objects to import. */
  file?: ImportFile;
  /** Forgets the creations that an earlier operation was interrupted in. */
  clearPendingCreates?: boolean;
}

/** Runs an operation. What goes wrong is in the result; only the engine's own defects are thrown. */
export async function runOperation(
  options: EngineOptions,
  kind: OperationKind,
  more: OperationOptions = {},
): Promise<Operation> {
  const report = createReport(kind);
  try {
    const env = cleanEnvironment(options.env);
    requireLoopbackEnvironment(env);
    requireLoopbackConfig(configMap(options), env);
    await locked(options.statePath, async () => {
      const file = await openStateFile(options.statePath, options.passphrase);
      await operate({ options, kind, more, env, file, report });
    });
  } catch (error) {
    if (!(error instanceof Reported)) report.error(messageOf(error));
  }
  return report.operation(`${TITLES[kind]} ${options.project}/${options.stack} (embedded engine)`, kind === "preview");
}

const TITLES: Record<OperationKind, string> = {
  preview: "Previewing update of",
  up: "Updating",
  refresh: "Refreshing",
  destroy: "Destroying",
  import: "Importing into",
};

interface Request {
  options: EngineOptions;
  kind: OperationKind;
  more: OperationOptions;
  env: NodeJS.ProcessEnv;
  file: StateFile;
  report: Report;
}

async function operate(request: Request): Promise<void> {
  const { options, kind, more, env, file, report } = request;
  const dryRun = kind === "preview";
  const loaded = await file.load();
  if (!request.more.clearPendingCreates) warnAboutPending(loaded, report);
  const cancellation = newCancellation();

  let deployment: Deployment | undefined;
  const monitor = await startMonitor({
    register: (goal) => live(deployment).register(goal),
    read: (goal) => live(deployment).read(goal),
    registerOutputs: (urn, outputs) => live(deployment).registerOutputs(urn, outputs),
    log: (severity, message, urn) => live(deployment).log(severity, message, urn),
  });
  const run: Run = {
    project: options.project,
    stack: options.stack,
    dryRun,
    mode: kind === "destroy" || kind === "refresh" ? kind : "update",
    replaceTargets: new Set(more.replace),
    targets: targetsOf(more.targets, more.targetDependents),
    snapshot: liveSnapshot(
      loaded,
      dryRun ? async () => {} : (snapshot) => file.save(snapshot),
      more.clearPendingCreates,
    ),
    registry: openRegistry(
      {
        program: options.program,
        engineAddress: monitor.address,
        env: { ...env, PULUMI_NODEJS_PROJECT: options.project, PULUMI_CONFIG: providerConfig(options) },
        onLine: report.printed,
      },
      (options.processes ?? NODE_PROCESSES).spawnProvider,
    ),
    report,
    cancellation,
  };
  deployment = createDeployment(run, configMap(options));
  const stopListening = onInterrupt(run, options.interrupts);
  try {
    await deploy(run, request, deployment, monitor.address);
  } finally {
    await deployment.executor.idle();
    await run.registry.close();
    monitor.close();
    stopListening();
  }
}

async function deploy(run: Run, request: Request, deployment: Deployment, address: string): Promise<void> {
  const { kind, report } = request;
  const { refresh = false, runProgram = false, file } = request.more;
  const known = (urn: string): boolean =>
    run.snapshot.base.some((resource) => resource.urn === urn) || deployment.planner.decisions.identities.claimed(urn);
  if (!runProgram && (refresh || kind === "refresh")) {
    if (!allThere(run, run.targets.missing(known)) || !(await refreshAll(run, deployment.executor))) return;
  }
  if (run.cancellation.requested || (kind === "refresh" && !runProgram)) return;
  if (file) return importAll(run, deployment, file);
  if (
    !allThere(
      run,
      [...run.replaceTargets].filter((urn) => !known(urn)),
    )
  )
    return;

  const finished = (kind === "destroy" && !runProgram) || (await runToEnd(run, request, deployment, address));
  if (finished && !run.cancellation.requested && !report.hasErrors) {
    // What is missing is told at the end: the program may have been about to register it.
    const missing = run.targets.missing(known);
    if (kind === "refresh") await deployment.refreshRest();
    else await deleteLeftovers(run, deployment.planner.decisions, deployment.executor);
    allThere(run, missing);
  }
  await deployment.executor.idle();
  await deployment.finishOutputs(report.hasErrors);
}

/** Runs the program to its end, or until the first failure of a step. True when it ended well. */
async function runToEnd(run: Run, request: Request, deployment: Deployment, address: string): Promise<boolean> {
  const { options, report, env } = request;
  const program = (options.processes ?? NODE_PROCESSES).startProgram({
    program: options.program,
    project: options.project,
    stack: options.stack,
    dryRun: run.dryRun,
    address,
    config: Object.fromEntries(Object.entries(options.config).map(([key, { value }]) => [key, value])),
    secretKeys: Object.entries(options.config).flatMap(([key, { secret }]) => (secret ? [key] : [])),
    env,
    onLine: (line, stream) => {
      if (!run.cancellation.requested) report.printed(line, stream);
    },
  });
  run.cancellation.whenTerminated.then(() => program.kill());
  const exit = await Promise.race([program.exited, run.cancellation.whenRequested]);
  if (exit === undefined) {
    // Steps that are under way end first and are saved; their answers would go to the program.
    await deployment.executor.idle();
    await program.end();
    return false;
  }
  await deployment.executor.idle();
  if (exit.code === 0) return true;
  if (exit.code !== FAILED_AND_TOLD || !report.hasErrors) {
    report.error(`the program ended with ${exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`}`);
  }
  run.cancellation.request();
  return false;
}

function allThere({ report }: Run, missing: string[]): boolean {
  for (const urn of missing) report.error(missingText(urn));
  return missing.length === 0;
}

function warnAboutPending({ pending }: Snapshot, report: Report): void {
  if (pending.length === 0) return;
  const list = pending.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}`).join("\n");
  report.warning(
    `${pending.length} operation(s) of an earlier deployment were interrupted:\n${list}\n` +
      "Whether they had an effect is unknown. An object that was made nevertheless is in no state: look for it. " +
      "What to do: run 'pulumi refresh --clear-pending-creates', which forgets them, then 'pulumi up'.",
  );
}

function configMap({ config }: EngineOptions): PropertyMap {
  return Object.fromEntries(
    Object.entries(config).map(([key, { value, secret }]) => [key, secret ? makeSecret(value) : value]),
  );
}

/** The variable that a provider process gets is limited to its package's own namespace. */
function providerConfig({ config }: EngineOptions): string {
  const own = Object.entries(config).filter(([key]) => key.startsWith("pulumi-nodejs:"));
  return JSON.stringify(Object.fromEntries(own.map(([key, { value }]) => [key, value])));
}

function live(deployment: Deployment | undefined): Deployment {
  if (deployment === undefined) throw new Error("the engine is not ready");
  return deployment;
}

/** The first interrupt lets running steps finish; the second ends every process at once, and then this one. */
function onInterrupt({ report, cancellation, registry }: Run, others?: EventEmitter): () => void {
  let interrupted = false;
  const interrupt = (): void => {
    if (interrupted) {
      report.error("stopped: steps that were running were cut short, and are recorded as pending operations");
      cancellation.terminate();
      registry.kill();
      return;
    }
    interrupted = true;
    report.error("canceled: steps that were running were finished and saved, no others were begun");
    cancellation.request();
  };
  const listener = (signal: NodeJS.Signals): void => {
    const again = interrupted;
    interrupt();
    if (!again) return;
    killAllChildren();
    stopListening();
    process.kill(process.pid, signal);
  };
  const stopListening = (): void => {
    process.off("SIGINT", listener);
    process.off("SIGTERM", listener);
    others?.off("interrupt", interrupt);
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  others?.on("interrupt", interrupt);
  return stopListening;
}
