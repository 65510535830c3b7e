// One operation at a time per state file.

import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
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
  if (owner > 0 && isAlive(owner)) throw new Error(await refusal(path, owner));
  await rm(path, { force: true });
  await take(path);
}

async function refusal(path: string, owner: number): Promise<string> {
  const since = await stat(path).then(
    ({ mtime }) => `, since ${mtime.toISOString()}`,
    () => "",
  );
  const mine = owner === process.pid;
  const who = mine ? "another operation of this process" : `process ${owner}`;
  const end = mine ? "interrupt it (^C)" : `interrupt it ('kill -INT ${owner}')`;
  const stale = mine ? "" : ` If process ${owner} is something else by now, delete ${path}.`;
  return (
    `the stack is currently locked by ${who}${since}: one operation runs on it at a time. What to do: wait until that ` +
    `one has ended; or ${end}, then its running steps end and are recorded.${stale}`
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's can't be signalled, but lives.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
