// One operation at a time per state file.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Takes the lock, runs the work, gives the lock back. A lock whose process is gone is taken over. */
export async function locked<T>(statePath: string, work: () => Promise<T>): Promise<T> {
  const path = `${statePath}.lock`;
  await mkdir(dirname(path), { recursive: true });
  await take(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<void> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx" });
    return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const owner = Number(await readFile(path, "utf8").catch(() => ""));
  if (owner > 0 && isAlive(owner)) throw new Error(`the stack is currently locked by process ${owner}`);
  await rm(path, { force: true });
  await writeFile(path, String(process.pid), { flag: "wx" });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
