// Node processes that the engine starts. None outlives the engine: not after an error, a signal or an exit.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Child {
  readonly exited: Promise<Exit>;
  /** Asks the process to end, and makes it end when it doesn't. */
  end(signal?: "SIGINT" | "SIGTERM"): Promise<void>;
  kill(): void;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  script: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  onLine(line: string, stream: "stdout" | "stderr"): void;
}

const PATIENCE = 5_000;
const running = new Set<ChildProcess>();

/** Ends every process that is still there, at once. For when the engine itself is told to stop. */
export function killAllChildren(): void {
  for (const child of running) killGroup(child);
}

export function startNode(options: ChildOptions): Child {
  const child = spawn(process.execPath, [options.script, ...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: ^C at the terminal reaches the engine only, which lets running steps finish.
    detached: true,
  });
  if (running.size === 0) process.on("exit", killAllChildren);
  running.add(child);
  for (const stream of ["stdout", "stderr"] as const) {
    createInterface({ input: child[stream] }).on("line", (line) => options.onLine(line, stream));
  }

  const exited = new Promise<Exit>((resolve) => {
    const done = (code: number | null, signal: NodeJS.Signals | null): void => {
      running.delete(child);
      if (running.size === 0) process.off("exit", killAllChildren);
      resolve({ code, signal });
    };
    // `close` comes after the last output, `exit` may come before it.
    child.once("close", done);
    child.once("error", (error) => {
      options.onLine(error.message, "stderr");
      done(null, null);
    });
  });

  return {
    exited,
    kill: () => killGroup(child),
    async end(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const timer = setTimeout(() => killGroup(child), PATIENCE);
      await exited;
      clearTimeout(timer);
    },
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Already gone, or no process groups here (Windows).
    child.kill("SIGKILL");
  }
}
