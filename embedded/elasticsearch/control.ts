import { type Cluster, isoTime } from "./cluster";
import type { FaultPlan } from "./faults";
import type { Hook, LoggedRequest } from "./http/request-log";
import type { HttpServer } from "./http/server";
import type { JsonObject } from "./json";
import { allApiKeys } from "./security/api-key-store";
import { type Dump, dump } from "./store/dump";
import { isSystemIndex } from "./store/system-indices";

/** What tests and demos see of the store, without going through HTTP. */
export interface StoreView {
  indices(): string[];
  documents(index: string): { id: string; source: JsonObject }[];
  apiKeys(): {
    id: string;
    name: string;
    type: "rest" | "cross_cluster";
    /** Whose key it is. */
    username: string;
    invalidated: boolean;
    expiration: number | undefined;
    role_descriptors: JsonObject;
    metadata: JsonObject;
  }[];
  secrets(): { id: string; value: string }[];
  /** All connectors, the soft-deleted ones included. */
  connectors(): { id: string; source: JsonObject }[];
  syncJobs(): { id: string; source: JsonObject }[];
}

/** The door that isn't part of Elasticsearch's surface: log, faults, clock, and a view of the store. */
export interface Control {
  readonly requests: LoggedRequest[];
  clearRequests(): void;
  /** Injects a fault into requests that match; answers a function that takes it back. */
  fault: FaultPlan["add"];
  /**
   * Refuses connections as a server that isn't there does, whatever they would ask for, and drops those that are open;
   * answers what accepts them again. The fault `refuse` can't do that: it picks a request, and by the time a request
   * can be read its connection has been accepted.
   */
  refuseConnections(): Promise<() => Promise<void>>;
  /** Resolves when no request is being handled, delayed ones included. */
  idle(): Promise<void>;
  /** Runs after each handled request, before its answer is sent; answers a function that removes the hook. */
  afterRequest(hook: Hook): () => void;
  /** Moves the server's clock forward: keys expire by it. */
  advanceClock(milliseconds: number): void;
  /** The server's time, ISO 8601. */
  time(): string;
  readonly store: StoreView;
  /** Remembers all that the store holds; the answer brings it back, as often as needed. */
  checkpoint(): () => void;
  /** All that the server holds, secrets included: `restore` starts another server with it. */
  dump(): Dump;
}

export function createControl(
  cluster: Cluster,
  faults: FaultPlan,
  requests: LoggedRequest[],
  hooks: Set<Hook>,
  server: Pick<HttpServer, "refuse" | "idle">,
): Control {
  return {
    requests,
    clearRequests() {
      requests.length = 0;
    },
    fault: (match, fault) => faults.add(match, fault),
    refuseConnections: () => server.refuse(),
    idle: () => server.idle(),
    afterRequest(hook) {
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
    advanceClock: (milliseconds) => cluster.advance(milliseconds),
    time: () => isoTime(cluster.now()),
    store: storeView(cluster),
    checkpoint: () => checkpoint(cluster),
    dump: () => dump(cluster.store),
  };
}

function checkpoint({ store }: Cluster): () => void {
  const kept = store.indices().map((index) => ({ index, documents: [...store.documents(index.name)] }));
  return () => {
    for (const { name } of store.indices()) store.dropIndex(name);
    for (const { index, documents } of kept) {
      store.saveIndex(index);
      for (const { id, source } of documents) store.put(index.name, id, source);
    }
  };
}

function storeView(cluster: Cluster): StoreView {
  const documents = (index: string) =>
    [...cluster.store.documents(index)].map(({ id, source }) => ({ id, source: structuredClone(source) }));
  return {
    indices: () =>
      cluster.store
        .indices()
        .map((index) => index.name)
        .filter((name) => !isSystemIndex(name))
        .sort(),
    documents,
    apiKeys: () =>
      allApiKeys(cluster).map((key) => ({
        id: key.id,
        name: key.name,
        type: key.type,
        username: key.username,
        invalidated: key.invalidated,
        expiration: key.expiration,
        role_descriptors: structuredClone(key.roleDescriptors) as JsonObject,
        metadata: structuredClone(key.metadata),
      })),
    secrets: () => documents(".connector-secrets-1").map(({ id, source }) => ({ id, value: String(source.value) })),
    connectors: () => documents(".elastic-connectors-v1"),
    syncJobs: () => documents(".elastic-connectors-sync-jobs-v1"),
  };
}
