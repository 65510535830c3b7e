import { join } from "node:path";
import {
  type Elasticsearch,
  type LoggedRequest,
  type Operation,
  openStack,
  type ServerOptions,
  type Stack,
  startElasticsearch,
} from "../embedded";
import type { Narrator } from "./narrator";

/** One server, one stack, and the requests that a person behind the stack's back sends. */
export interface Stage {
  server: Elasticsearch;
  stack: Stack;
  /** Runs an operation, shows what a person reads, and states that it succeeded. */
  run(title: string, operation: () => Promise<Operation>): Promise<Operation>;
  /** Requests since the last run began that change something. */
  writes(): LoggedRequest[];
  /** A request as a person sends it with curl; `key` is an encoded API key, without it the administrator is meant. */
  curl(method: string, path: string, body?: unknown, key?: string): Promise<number>;
  close(): Promise<void>;
}

export async function openStage(
  tell: Narrator,
  home: string,
  name: string,
  serverOptions: ServerOptions,
  config: Record<string, string>,
): Promise<Stage> {
  const server = await startElasticsearch(serverOptions);
  const stack = await openStack({
    project: "quickstart",
    stack: name,
    program: join(__dirname, "..", "..", "examples", "quickstart"),
    home: join(home, name),
    config: { ...config, "elastic:endpoint": server.endpoint, "elastic:username": server.username },
    // Types are checked by the tests; here they would only cost time.
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    secretConfig: { "quickstart:mongodbPassword": "opensesame", "elastic:password": server.password },
  });
  const administrator = `Basic ${Buffer.from(`${server.username}:${server.password}`).toString("base64")}`;
  return {
    server,
    stack,
    async run(title, operation) {
      tell.scene(title);
      server.control.clearRequests();
      const result = await operation();
      tell.show(result.text);
      tell.expect("it succeeded", result.ok);
      return result;
    },
    writes: () => server.control.requests.filter(changesSomething),
    async curl(method, path, body, key) {
      const answer = await fetch(`${server.endpoint}${path}`, {
        method,
        headers: { authorization: key ? `ApiKey ${key}` : administrator, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async close() {
      await stack.close();
      await server.close();
    },
  };
}

/** `PUT /_connector/abc/_name -> 200`, ids shortened so that the story can be read. */
export function callsText(requests: readonly LoggedRequest[]): string {
  return requests.map(({ method, path, status }) => `${method} ${shortIds(path)} -> ${status}`).join("\n");
}

function changesSomething({ method, path }: LoggedRequest): boolean {
  return method !== "GET" && method !== "HEAD" && !/\/_(refresh|count|search|has_privileges)\b/.test(path);
}

function shortIds(path: string): string {
  return path.replace(/\/([\w-]{6})[\w-]{14}(?=[/?]|$)/g, "/$1…");
}
