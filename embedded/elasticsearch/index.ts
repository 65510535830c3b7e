import { createCluster } from "./cluster";
import { type Control, createControl, type Hook, type LoggedRequest } from "./control";
import { faultPlan } from "./faults";
import { createRouter } from "./http/router";
import { listen } from "./http/server";
import type { ServerOptions } from "./options";
import { routes } from "./routes";

export type { Control, LoggedRequest, StoreView } from "./control";
export type { Fault, FaultMatch } from "./faults";
export type { Json, JsonObject } from "./json";
export type { Defect, RoleDescriptorOptions, ServerOptions } from "./options";

/** A running development server. */
export interface Elasticsearch {
  /** Base address, such as `http://127.0.0.1:49152`. */
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  /** The version number that the server reports, such as `9.4.0`. */
  readonly version: string;
  readonly control: Control;
  /** Stops the server; open connections are closed. */
  close(): Promise<void>;
}

/** Starts a development server on the loopback interface that answers like Elasticsearch. */
export async function startElasticsearch(options: ServerOptions = {}): Promise<Elasticsearch> {
  const cluster = createCluster(options);
  const faults = faultPlan();
  const requests: LoggedRequest[] = [];
  const hooks = new Set<Hook>();
  const router = createRouter(routes, cluster.profile);
  const { port = 0, tls } = options;
  const server = await listen({ port, tls, cluster, router, faults, requests, hooks });
  const [superuser] = cluster.users.values();
  return {
    endpoint: `${tls === undefined ? "http" : "https"}://127.0.0.1:${server.port}`,
    username: superuser?.username ?? "",
    password: superuser?.password ?? "",
    version: cluster.profile.number,
    control: createControl(cluster, faults, requests, hooks),
    close: () => server.close(),
  };
}
