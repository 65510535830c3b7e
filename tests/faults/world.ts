// What an operation leaves: on the server and in the state, in a form that two runs can be compared by.

import type { Elasticsearch } from "../../embedded";
import { markOf, withoutMark } from "../../provider/ownership/marks";
import { comparable } from "../support/comparable";
import type { Stage } from "../support/stage";

export interface World {
  server: { indices: unknown[]; keys: unknown[]; secrets: unknown[]; connectors: unknown[] };
  state: unknown[];
  documents: number;
  /** What a kill inside its creation leaves: nobody was told of it, so that no state can know it. */
  leftByKill: Leftovers;
  /** Rules that hold in every world and are broken in this one. */
  broken: string[];
}

export interface Leftovers {
  /** Keys with our mark, by which they can be listed. */
  keys: number;
  /** Indices with our mark and without documents. */
  indices: number;
  /** Secrets that hold a key of ours, and that no connector uses. */
  secrets: number;
}

export async function worldOf(stage: Stage): Promise<World> {
  const { deployment } = await stage.stack.exportState();
  const resources = deployment.resources ?? [];
  const recorded = new Set(resources.map(({ id }) => id));
  const { store } = stage.server.control;
  const active = store.apiKeys().filter(({ invalidated }) => !invalidated);
  const lostKeys = active.filter(({ id, metadata }) => !recorded.has(id) && markOf(metadata) !== undefined);
  const keys = active.filter((key) => !lostKeys.includes(key));
  const ours = new Set(store.apiKeys().flatMap(({ id, metadata }) => (markOf(metadata) ? [id] : [])));
  const used = new Set(store.connectors().map(({ source }) => source.api_key_secret_id));
  const lostSecrets = store
    .secrets()
    .filter(({ id, value }) => !recorded.has(id) && !used.has(id) && ours.has(decoded(value).split(":")[0] ?? ""));
  const secrets = store.secrets().filter(({ id }) => !lostSecrets.some((lost) => lost.id === id));
  const content = store.indices().filter((name) => !name.startsWith(".elastic"));
  const lostIndices: string[] = [];
  for (const name of content.filter((each) => !recorded.has(each) && store.documents(each).length === 0)) {
    const { body } = await stage.request("GET", `/${name}/_mapping`);
    const { _meta } = (body as Record<string, { mappings: { _meta?: unknown } }>)[name]?.mappings ?? {};
    if (markOf(_meta) !== undefined) lostIndices.push(name);
  }
  const indices = content
    .filter((name) => !lostIndices.includes(name))
    .map((name) => ({ name, documents: store.documents(name).length }));
  const pending = (deployment.pending_operations ?? []).map(({ type, resource }) => `pending: ${type} ${resource.urn}`);
  return {
    server: {
      indices: sorted(indices),
      keys: sorted(keys.map(({ id: _, ...key }) => ({ ...key, metadata: withoutMark(key.metadata) }))),
      secrets: secrets.map(() => "a secret"),
      connectors: sorted(store.connectors().map(({ source }) => source)),
    },
    state: sorted(resources.map(({ created: _, modified: __, ...resource }) => resource)),
    documents: indices.reduce((sum, { documents }) => sum + documents, 0),
    leftByKill: { keys: lostKeys.length, indices: lostIndices.length, secrets: lostSecrets.length },
    broken: [...pending, ...brokenRules(stage.server, { keys, secrets, indices }, recorded)],
  };
}

interface Objects {
  keys: { id: string }[];
  secrets: { id: string; value: string }[];
  indices: { name: string }[];
}

/** Each connector has exactly one key that works, its secret holds just that key, and nothing is left over. */
function brokenRules(
  { control }: Elasticsearch,
  { keys, secrets, indices }: Objects,
  recorded: Set<unknown>,
): string[] {
  const broken: string[] = [];
  const connectors = control.store.connectors();
  for (const { source } of connectors) {
    if (!keys.some(({ id }) => id === source.api_key_id)) broken.push("key: a connector has no key that works");
    const secret = secrets.find(({ id }) => id === source.api_key_secret_id);
    if (source.is_native === true && !decoded(secret?.value).startsWith(`${source.api_key_id}:`)) {
      broken.push("key: the secret of a connector does not hold its key");
    }
  }
  const known = (kind: string, ids: string[]): void => {
    for (const id of ids) if (!recorded.has(id)) broken.push(`orphan: a ${kind} that no state knows`);
    if (kind !== "index" && ids.length > connectors.length) broken.push(`double: ${ids.length} of ${kind}`);
  };
  known(
    "connector",
    connectors.map(({ id }) => id),
  );
  known(
    "key",
    keys.map(({ id }) => id),
  );
  known(
    "secret",
    secrets.map(({ id }) => id),
  );
  known(
    "index",
    indices.map(({ name }) => name),
  );
  return broken;
}

function decoded(value = ""): string {
  return Buffer.from(value, "base64").toString("utf8");
}

function sorted(values: unknown[]): unknown[] {
  return values
    .map((value) => JSON.stringify(comparable(value)))
    .sort()
    .map((text) => JSON.parse(text));
}
