import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import type { Cluster } from "../cluster";
import { ElasticsearchError, errorBody } from "../errors";
import type { Fault, FaultPlan } from "../faults";
import { dispatch, type Incoming, unexpected } from "./dispatch";
import type { Hook, LoggedRequest } from "./request-log";
import { writeReply } from "./respond";
import type { Router } from "./router";

export interface HttpServer {
  readonly port: number;
  /** Stops listening and drops all connections; answers what listens on the same port again. */
  refuse(): Promise<() => Promise<void>>;
  /** Resolves when nothing is being handled, and nothing has come in that is still to be. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface HttpOptions {
  readonly port: number;
  readonly tls?: { cert: string; key: string } | undefined;
  readonly cluster: Cluster;
  readonly router: Router;
  readonly faults: FaultPlan;
  readonly requests: LoggedRequest[];
  readonly hooks: ReadonlySet<Hook>;
}

/** Listens on the loopback interface only. */
export async function listen(options: HttpOptions): Promise<HttpServer> {
  const running = new Set<Promise<void>>();
  const listener: RequestListener = (request, response) => {
    const work = serve(options, request, response).catch((error: unknown) => {
      // A hook that throws, or a body that can't be unpacked.
      if (response.headersSent) response.destroy();
      else
        writeReply(options.cluster, request, response, { status: 500, body: errorBody(unexpected(error)) }, undefined);
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  const server: Server =
    options.tls === undefined
      ? createServer(listener)
      : createSecureServer({ cert: options.tls.cert, key: options.tls.key }, listener);
  await bind(server, options.port);
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    port,
    close,
    async refuse() {
      await close();
      return () => bind(server, port);
    },
    async idle() {
      do {
        await Promise.all(running);
        // A connection is accepted in one turn of the event loop, and read in a later one.
        for (let turns = 0; turns < TURNS; turns++) await turn();
      } while (running.size > 0);
    },
  };
}

const TURNS = 5;

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** The log forgets the oldest half at twice this many, else a server that runs for days would fill the memory. */
const keptRequests = 10_000;

async function serve(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { cluster } = options;
  const method = request.method ?? "GET";
  const uri = request.url ?? "/";
  const fault = options.faults.next(method, uri);
  const body = await readBody(request);
  const logged: LoggedRequest = { method, path: uri, status: 0, who: "-", ...loggedBody(body) };
  if (fault !== undefined) logged.fault = fault.kind;
  if (options.requests.length >= 2 * keptRequests) options.requests.splice(0, keptRequests);
  options.requests.push(logged);

  if (fault?.kind === "refuse") return void request.socket.destroy();
  if (fault?.kind === "reset-before") return void request.socket.resetAndDestroy();
  if (fault?.kind === "delay") await pause(fault.milliseconds);
  if (fault?.kind === "status") {
    logged.status = fault.status;
    return writeReply(cluster, request, response, gatewayReply(fault), "no-product-header");
  }

  const { reply, who } = dispatch(cluster, options.router, incoming(request, method, uri, body));
  logged.status = reply.status;
  logged.who = who;
  // Nothing is acknowledged that a crash could undo.
  await cluster.store.durable();
  // A hook that is added while these run is for later requests.
  for (const hook of [...options.hooks]) await hook(logged);
  if (fault?.kind === "reset-after") return void request.socket.resetAndDestroy();
  writeReply(cluster, request, response, reply, fault?.kind);
}

function incoming(request: IncomingMessage, method: string, uri: string, body: Buffer): Incoming {
  const { authorization, accept } = request.headers;
  return { method, uri, headers: { authorization, accept, contentType: request.headers["content-type"] }, body };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
}

function loggedBody(bytes: Buffer): { body?: unknown } {
  if (bytes.length === 0) return {};
  const text = bytes.toString("utf8");
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { body: text };
  }
}

/** What a node under load, or a proxy in front of it, answers. */
function gatewayReply(fault: Extract<Fault, { kind: "status" }>) {
  const { status, retryAfterSeconds } = fault;
  const type = status === 429 ? "es_rejected_execution_exception" : "status_exception";
  const headers = retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
  return {
    status,
    headers,
    body: errorBody(new ElasticsearchError(status, type, `injected fault with status ${status}`)),
  };
}
