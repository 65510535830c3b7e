import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** `pulumi-elastic-connectors dev` in a process of its own, as the build has it. */
export interface DevServer {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  /** Further exported variables, such as those of the certificate authority. */
  readonly variables: ReadonlyMap<string, string>;
  /** Ends the process without giving it a chance to do anything, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it as ^C does; answers the exit code. */
  interrupt(): Promise<number | null>;
}

export async function startDev(...args: string[]): Promise<DevServer> {
  const main = join(__dirname, "../../dist/cli/main.js");
  const child = spawn(process.execPath, [main, "dev", "--port", "0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const variables = await readVariables(child);
  return {
    endpoint: variables.get("ELASTICSEARCH_ENDPOINT") ?? "",
    username: variables.get("ELASTICSEARCH_USERNAME") ?? "",
    password: variables.get("ELASTICSEARCH_PASSWORD") ?? "",
    variables,
    async kill() {
      await end(child, "SIGKILL");
    },
    interrupt: () => end(child, "SIGINT"),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, "exit") as Promise<[number | null]>;
  child.kill(signal);
  return (await ended)[0];
}

/** Reads the export lines up to the one that says it is ready; a process that ends before is an error with its words. */
async function readVariables(child: ChildProcess): Promise<Map<string, string>> {
  const variables = new Map<string, string>();
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  if (child.stdout === null) throw new Error("the process has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^export (\w+)='?(.*?)'?$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) variables.set(name, value);
    if (line.includes(" is ready at ")) return variables;
  }
  throw new Error(complaint.trim());
}
