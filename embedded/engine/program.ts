// Runs a Pulumi program unchanged, with Pulumi's own runner for Node.

import { readdirSync } from "node:fs";
import { type Child, startNode } from "./children";
import { entryOf, programEnvironment, resolvePulumi } from "./environment";

export interface ProgramOptions {
  program: string;
  project: string;
  stack: string;
  dryRun: boolean;
  /** Address of monitor and engine. */
  address: string;
  config: Record<string, string>;
  secretKeys: string[];
  env: NodeJS.ProcessEnv;
  onLine(line: string, stream: "stdout" | "stderr"): void;
}

/** The program failed and said so itself. */
export const FAILED_AND_TOLD = 32;

export function startProgram(options: ProgramOptions): Child {
  const { address, project, stack, program } = options;
  return startNode({
    script: resolvePulumi("cmd/run", program),
    args: [
      ...["--monitor", address, "--engine", address, "--project", project, "--stack", stack, "--pwd", program],
      // The name that Pulumi gives to the owner of every stack without an account.
      ...["--organization", "organization"],
      ...(options.dryRun ? ["--dry-run"] : []),
      ...["--parallel", "16", entryOf(program)],
    ],
    cwd: program,
    env: {
      ...programEnvironment(options.env),
      PULUMI_CONFIG: JSON.stringify(options.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(options.secretKeys),
      // Loading the compiler takes longer than running a small program.
      ...(isTypeScript(program) && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    },
    onLine: options.onLine,
  });
}

function isTypeScript(program: string): boolean {
  return readdirSync(program).some((file) => file === "tsconfig.json" || /\.[cm]?ts$/.test(file));
}
