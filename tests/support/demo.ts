import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs `npm run demo`'s own script. */
export async function demo(...args: string[]): Promise<{ code: number; output: string }> {
  const script = join(__dirname, "..", "..", "dist", "demo", "main.js");
  try {
    const { stdout, stderr } = await run(process.execPath, [script, ...args], { maxBuffer: 1e7 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}
