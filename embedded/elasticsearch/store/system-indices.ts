import type { Cluster } from "../cluster";
import type { JsonObject } from "../json";
import { shortId } from "../short-id";
import type { DocumentStore } from "./document-store";

const stateIndex = ".server-state-1";
export const pipelinesIndex = ".ingest-pipelines-1";
const internal = [".security-7", ".connector-secrets-1", stateIndex, pipelinesIndex];

/** Indices that hold the server's own documents; no index API shows them. */
export function isSystemIndex(name: string): boolean {
  return internal.includes(name) || name === ".security" || name === ".connector-secrets";
}

/** Makes sure that the system index exists, and answers its name. */
export function systemIndex({ store }: Pick<Cluster, "store">, name: string): string {
  if (store.index(name) === undefined) {
    store.saveIndex({
      name,
      uuid: shortId(16),
      creationDate: Date.now(),
      settings: { "index.hidden": "true" },
      mappings: {},
      aliases: {},
      closed: false,
    });
  }
  return name;
}

/** What the server has to remember about itself, such as its own id; made at the first start. */
export function remembered<T extends JsonObject>(store: DocumentStore, name: string, make: () => T): T {
  const known = store.get(stateIndex, name)?.source;
  if (known !== undefined) return known as T;
  const made = make();
  store.put(systemIndex({ store }, stateIndex), name, made);
  return made;
}

export function remember(store: DocumentStore, name: string, state: JsonObject): void {
  store.put(systemIndex({ store }, stateIndex), name, state);
}
