// A stack on the Pulumi CLI, kept apart from everything the user has: own home, own backend, own workspace.

import { spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { cleanEnvironment, entryOf, programEnvironment } from "../engine/environment";
import type { Deployment } from "../engine/state";
import { type EngineEvent, operationOf } from "./cli-events";
import { DEFAULT_PASSPHRASE } from "./embedded";
import type { Operation, RefreshOptions, Stack, StackOptions, UpdateOptions } from "./types";

/** The `pulumi` command, when it is on PATH. */
export function pulumiOnPath(): string | undefined {
  const names = process.platform === "win32" ? ["pulumi.exe", "pulumi.cmd"] : ["pulumi"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

export async function openCliStack(options: StackOptions): Promise<Stack> {
  const command = pulumiOnPath();
  if (command === undefined) throw new Error("the Pulumi CLI is not on PATH: https://www.pulumi.com/docs/install/");
  const home = resolve(options.home);
  const folders = { workspace: join(home, "workspace"), backend: join(home, "backend"), pulumi: join(home, "pulumi") };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const running = new Set<{ interrupt(): void; stop(): Promise<void> }>();
  let program = resolve(options.program);

  const env = {
    ...programEnvironment(cleanEnvironment(options.env ?? {})),
    PULUMI_HOME: folders.pulumi,
    PULUMI_BACKEND_URL: pathToFileURL(folders.backend).href,
    PULUMI_CONFIG_PASSPHRASE: options.passphrase ?? DEFAULT_PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The event log is an option that the CLI offers to tools only.
    PULUMI_DEBUG_COMMANDS: "true",
  };
  const statePath = join(folders.backend, ".pulumi", "stacks", options.project, `${options.stack}.json`);
  const settingsPath = join(folders.workspace, `Pulumi.${options.stack}.yaml`);

  async function pulumi(args: string[], input = ""): Promise<Result> {
    await writeProject(folders.workspace, options.project, program);
    const task = runCommand(command as string, [...args, "--non-interactive", "--color", "never"], {
      cwd: folders.workspace,
      env,
      input,
    });
    running.add(task);
    return task.result.finally(() => running.delete(task));
  }

  async function mustPulumi(args: string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await pulumi(args, input);
    if (code !== 0) throw new Error(`pulumi ${args[0]} ${args[1]} failed: ${stderr.trim() || stdout.trim()}`);
    return stdout;
  }

  async function setConfig(key: string, value: string, secret = false): Promise<void> {
    // Through stdin: arguments of a process can be read by others on the same machine.
    const kind = secret ? "--secret" : "--plaintext";
    await mustPulumi(["config", "set", key, kind, "--stack", options.stack], value);
  }

  async function operation(kind: string, args: string[]): Promise<Operation> {
    const eventLog = join(home, "events.jsonl");
    await rm(eventLog, { force: true });
    const { code, stdout, stderr } = await pulumi([kind, "--stack", options.stack, "--event-log", eventLog, ...args]);
    const lines = existsSync(eventLog) ? (await readFile(eventLog, "utf8")).split("\n") : [];
    // The events hold debug messages, and with them secrets in plain text.
    await rm(eventLog, { force: true });
    const events = lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as EngineEvent);
    return operationOf(events, { isRefresh: kind === "refresh", ok: code === 0, text: stdout, stderr });
  }

  await keepOnlySalt(settingsPath);
  if (!existsSync(statePath)) await mustPulumi(["stack", "init", options.stack, "--secrets-provider", "passphrase"]);
  for (const [key, value] of Object.entries(options.config ?? {})) await setConfig(key, value);
  for (const [key, value] of Object.entries(options.secretConfig ?? {})) await setConfig(key, value, true);

  return {
    engine: "cli",
    preview: (more) => operation("preview", ["--diff", ...flags(more)]),
    up: (more) => operation("up", ["--yes", "--skip-preview", "--diff", ...flags(more)]),
    refresh: (more) => operation("refresh", ["--yes", "--skip-preview", "--diff", ...flags(more)]),
    destroy: (more) => operation("destroy", ["--yes", "--skip-preview", "--diff", ...flags(more)]),
    interrupt() {
      for (const task of running) task.interrupt();
    },
    import: (file) =>
      operation("import", [
        ...["--file", resolve(file), "--yes", "--skip-preview"],
        ...["--generate-code=false", "--protect=false"],
      ]),
    exportState: async () => JSON.parse(await mustPulumi(["stack", "export", "--stack", options.stack])) as Deployment,
    stateText: () => readFile(statePath, "utf8"),
    async outputs(showSecrets = false) {
      const shown = showSecrets ? ["--show-secrets"] : [];
      const text = await mustPulumi(["stack", "output", "--json", ...shown, "--stack", options.stack]);
      return JSON.parse(text) as Record<string, unknown>;
    },
    setConfig,
    setProgram(directory) {
      program = resolve(directory);
    },
    async close() {
      await Promise.all([...running].map((task) => task.stop()));
    },
  };
}

function flags(options: UpdateOptions & RefreshOptions = {}): string[] {
  return [
    ...(options.refresh ? ["--refresh"] : []),
    ...(options.runProgram ? ["--run-program"] : []),
    ...(options.clearPendingCreates ? ["--clear-pending-creates"] : []),
    ...(options.targetDependents ? ["--target-dependents"] : []),
    ...(options.targets ?? []).flatMap((urn) => ["--target", urn]),
    ...(options.replace ?? []).flatMap((urn) => ["--replace", urn]),
  ];
}

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

function runCommand(
  command: string,
  args: string[],
  { cwd, env, input }: { cwd: string; env: NodeJS.ProcessEnv; input: string },
): { result: Promise<Result>; interrupt(): void; stop(): Promise<void> } {
  const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  const collected = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      collected[stream] += text;
    });
  }
  let interrupts = 0;
  const interruptAgain = (): void => {
    if (interrupts === 2 && /\^C received; cancelling/.test(collected.stdout)) {
      interrupts++;
      child.kill("SIGINT");
    }
  };
  child.stdout.on("data", interruptAgain);
  child.stdin.end(input);
  const result = new Promise<Result>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...collected }));
  });
  return {
    result,
    interrupt() {
      // Two signals at once would be one to the CLI: the second waits until it has said that it got the first.
      if (interrupts === 0) child.kill("SIGINT");
      interrupts++;
      interruptAgain();
    },
    async stop() {
      // The CLI ends its own children when it is interrupted; the second interrupt doesn't wait for running steps.
      child.kill("SIGINT");
      child.kill("SIGINT");
      await result.catch(() => undefined);
    },
  };
}

async function writeProject(workspace: string, name: string, program: string): Promise<void> {
  const entry = entryOf(program);
  const main = entry === "." ? program : join(program, entry);
  await writeFile(
    join(workspace, "Pulumi.yaml"),
    `name: ${JSON.stringify(name)}\nruntime: nodejs\nmain: ${JSON.stringify(main)}\n`,
  );
}

/** Configuration is what the caller gives now; the salt belongs to the state and stays. */
async function keepOnlySalt(settingsPath: string): Promise<void> {
  if (!existsSync(settingsPath)) return;
  const lines = (await readFile(settingsPath, "utf8")).split("\n");
  await writeFile(settingsPath, `${lines.filter((line) => line.startsWith("encryptionsalt:")).join("\n")}\n`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
