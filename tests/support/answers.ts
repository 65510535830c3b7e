// A server on loopback that answers as a test tells it to: for what no well-behaved Elasticsearch would send.

import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";

export interface Answering {
  url: string;
  /** Method and path of every request, in order. */
  requests: string[];
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: IncomingMessage, body: string) => void;

/** The same answer to everything. */
export type Always = (response: ServerResponse, request?: IncomingMessage) => void;

/** Plain http, or https with `tls`. */
export async function answering(answer: Answer, tls?: ServerOptions): Promise<Answering> {
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => answer(response, request, body));
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  // A refused handshake is what the test is about.
  server.on("tlsClientError", () => {});
  return listening(server, tls ? "https" : "http", requests);
}

/** Answers as Elasticsearch does: JSON and the product header. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Always {
  return (response) => {
    response.writeHead(status, { ...ELASTICSEARCH, ...headers });
    response.end(JSON.stringify(body));
  };
}

export const ELASTICSEARCH = { "x-elastic-product": "Elasticsearch", "content-type": "application/json" };

export function info(number: string, flavor = "default"): Always {
  return json(200, { version: { number, build_flavor: flavor } });
}

/** An address at which nothing listens. */
export async function deadEnd(): Promise<string> {
  const { url, close } = await listening(createTcpServer(), "http", []);
  await close();
  return url;
}

async function listening(server: Server | TcpServer, protocol: string, requests: string[]): Promise<Answering> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) {
          server.closeAllConnections();
        }
      }),
  };
}
