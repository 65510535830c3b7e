// An engine that is killed with all that it has started, as when a machine goes down, and the lock that it leaves.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../../embedded";
import type { StackOptions } from "../../embedded/stack/types";
import { pulumi } from "../support/pulumi-cli";
import type { Stage } from "../support/stage";

/** An `up` in a process of its own; `kill` ends it and all its processes as SIGKILL does. */
export function startUp(options: StackOptions, pids: string): { ended: Promise<Operation>; kill(): void } {
  const env = { ...options.env, ALL_PIDS: pids };
  const script = join(__dirname, "engine-process.js");
  const child = spawn(process.execPath, [script, JSON.stringify({ ...options, env })], { stdio: "ignore" });
  const ended = new Promise<Operation>((resolve) => {
    child.once("close", () => resolve({ ok: false, steps: [], summary: {}, diagnostics: [], text: "" }));
  });
  return {
    ended,
    kill() {
      // Their parents are the engine, or processes that are nothing but theirs.
      for (const pid of new Set([...pidsIn(pids), child.pid ?? 0])) end(pid);
    },
  };
}

/** What Pulumi's message about a lock tells to do. */
export async function cancelWithCli(stage: Stage): Promise<void> {
  const { code, stderr } = await pulumi(stage, ["cancel", "--yes"]);
  if (code !== 0) throw new Error(`pulumi cancel ended with ${code}: ${stderr}`);
}

export function pidsIn(file: string): number[] {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : [];
}

/** Those of earlier moves are gone; their ids belong to nobody so soon. */
export function end(pid: number): void {
  if (pid <= 1 || pid === process.pid) throw new Error(`process ${pid} is none of an engine`);
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
