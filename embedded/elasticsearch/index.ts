import { type Authority, type Certificates, ownCertificates } from "./certificates";
import { createCluster } from "./cluster";
import { type Control, createControl } from "./control";
import { faultPlan } from "./faults";
import type { Hook, LoggedRequest } from "./http/request-log";
import { createRouter } from "./http/router";
import { listen } from "./http/server";
import type { ServerOptions } from "./options";
import { routes } from "./routes";
import type { DocumentStore } from "./store/document-store";
import { memoryStore } from "./store/memory-store";
import { persistentStore } from "./store/persistent-store";

export type { Control, StoreView } from "./control";
export type { Fault, FaultMatch } from "./faults";
export type { LoggedRequest } from "./http/request-log";
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
  /** Who signed the server's certificate, when it made one itself. */
  readonly ca?: Authority;
  readonly control: Control;
  /** Stops the server; open connections are closed. */
  close(): Promise<void>;
}

/** Starts a development server on the loopback interface that answers like Elasticsearch. */
export async function startElasticsearch(options: ServerOptions = {}): Promise<Elasticsearch> {
  const store =
    options.data === undefined ? memoryStore(undefined, options.restore) : await persistentStore(options.data);
  try {
    return await start(options, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function start(options: ServerOptions, store: DocumentStore): Promise<Elasticsearch> {
  const cluster = createCluster(options, store);
  const certificates: Certificates | undefined = options.tls === true ? await ownCertificates(store) : options.tls;
  const faults = faultPlan();
  const requests: LoggedRequest[] = [];
  const hooks = new Set<Hook>();
  const router = createRouter(routes, cluster.profile);
  await store.durable();
  const server = await listen({ port: options.port ?? 0, tls: certificates, cluster, router, faults, requests, hooks });
  const [superuser] = cluster.users.values();
  return {
    endpoint: `${certificates === undefined ? "http" : "https"}://127.0.0.1:${server.port}`,
    username: superuser?.username ?? "",
    password: superuser?.password ?? "",
    version: cluster.profile.number,
    control: createControl(cluster, faults, requests, hooks, server),
    ...(certificates?.ca === undefined ? {} : { ca: certificates.ca }),
    close: async () => {
      await server.close();
      await store.close();
    },
  };
}
