// The command as a user runs it. `npm run build` makes it.

import { join } from "node:path";
import type { Elasticsearch } from "../../embedded";
import { type Finished, ROOT, run } from "./processes";

export const CLI = join(ROOT, "dist/cli/main.js");

/** Runs the command with a server as its cluster; `env` says more, or something else. */
export function cli(server: Connection, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return run(process.execPath, [CLI, ...args], ROOT, { ...connectionOf(server), ...env });
}

/** The variables by which the command finds a server. */
export function connectionOf({ endpoint, username, password }: Connection): Record<string, string> {
  return { ELASTICSEARCH_ENDPOINT: endpoint, ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password };
}

type Connection = Pick<Elasticsearch, "endpoint" | "username" | "password">;
