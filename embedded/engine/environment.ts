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

// Node 20's colouring of stack traces never ends, until memory does, on a path like node_modules/@scope/file.ts, and
// the source maps of Pulumi's SDK produce such paths: a program that throws would take half a minute to say so.
const PLAIN_ERRORS = `
  import util from "node:util";
  const { inspect } = util;
  const plain = (value, options, ...more) => inspect(value, options?.colors ? { ...options, colors: false } : options, ...more);
  util.inspect = Object.assign(plain, inspect);
`;

/** The environment for a program, with its error messages in plain text. */
export function programEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const plainErrors = `--import=data:text/javascript,${encodeURIComponent(PLAIN_ERRORS)}`;
  return { ...env, NODE_OPTIONS: [env.NODE_OPTIONS, plainErrors].filter(Boolean).join(" ") };
}
