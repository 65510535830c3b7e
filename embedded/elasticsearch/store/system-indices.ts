import { type Cluster, shortId } from "../cluster";

const internal = [".security-7", ".connector-secrets-1"];

/** Indices that hold the server's own documents; no index API shows them. */
export function isSystemIndex(name: string): boolean {
  return internal.includes(name) || name === ".security" || name === ".connector-secrets";
}

/** Makes sure that the system index exists, and answers its name. */
export function systemIndex(cluster: Cluster, name: string): string {
  if (cluster.store.index(name) === undefined) {
    cluster.store.saveIndex({
      name,
      uuid: shortId(16),
      creationDate: cluster.now(),
      settings: { "index.hidden": "true" },
      mappings: {},
      aliases: {},
      closed: false,
    });
  }
  return name;
}
