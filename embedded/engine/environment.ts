// What the processes of a deployment see of the user's environment, and where their code is found.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The user's variables without those that would point a deployment at another server or engine, plus `extra`. */
export function cleanEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(ELASTICSEARCH_|PULUMI_)/.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/** Pulumi's own scripts, preferably from the copy that the program uses. */
export function resolvePulumi(module: string, program: string): string {
  try {
    return createRequire(join(program, "x")).resolve(`@pulumi/pulumi/${module}`);
  } catch {
    return require.resolve(`@pulumi/pulumi/${module}`);
  }
}

/**
 * The file to run in a program's folder. A folder with a package.json of its own says what its entry is; for any
 * other, Pulumi's runner would take the entry of the nearest package above it, which is another program.
 */
export function entryOf(program: string): string {
  if (existsSync(join(program, "package.json"))) return ".";
  const found = ["index.ts", "index.js"].find((file) => existsSync(join(program, file)));
  if (found === undefined) throw new Error(`no index.ts or index.js in ${program}`);
  return found;
}
