import { spawn } from "node:child_process";
import { join } from "node:path";

export const ROOT = join(__dirname, "../..");

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end, perhaps with something to read, in an environment without the user's own Elasticsearch and Pulumi settings. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  input?: string,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...cleanEnvironment(), ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    child.stdin?.end(input);
    const finished: Finished = { code: null, stdout: "", stderr: "" };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      finished.stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      finished.stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...finished, code }));
  });
}

/** Runs Node and returns what it printed; a failure is an error with what it said. */
export async function node(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, stdout, stderr } = await run(process.execPath, args, cwd, env);
  if (code !== 0) {
    throw new Error(`node ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
  }
  return stdout;
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(ELASTICSEARCH_|PULUMI_|NODE_OPTIONS$|NODE_PATH$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
