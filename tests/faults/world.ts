// What an operation leaves: on the server and in the state, in a form that two runs can be compared by.

import type { Elasticsearch } from "../../embedded";
import { markOf, withoutMark } from "../../provider/ownership/marks";
import { comparable, inOrder, learn } from "../support/comparable";
import type { Stage } from "../support/stage";

export interface World {
  server: { indices: unknown[]; keys: unknown[]; secrets: unknown[]; connectors: unknown[] };
  state: unknown[];
  documents: number;
  left: Leftovers;
  /** Rules that hold in every world and are broken in this one. */
  broken: string[];
}

/** Ids of what is ours and in no state. */
export interface Leftovers {
  /** Keys with our mark, by which they can be listed. */
  keys: string[];
  /** Indices with our mark and without documents. */
  indices: string[];
  /** Secrets that hold a key of ours, and that no connector uses. */
  secrets: string[];
}

export async function worldOf(stage: Stage): Promise<World> {
  const { deployment } = await stage.stack.exportState();
  const resources = deployment.resources ?? [];
  const recorded = new Set(resources.map(({ id }) => id));
  const { store } = stage.server.control;
  const left = { keys: lostKeys(stage, recorded), indices: [] as string[], secrets: lostSecrets(stage, recorded) };
  const keys = store.apiKeys().filter(({ id, invalidated }) => !invalidated && !left.keys.includes(id));
  const secrets = store.secrets().filter(({ id }) => !left.secrets.includes(id));
  const all = await indicesOf(stage);
  left.indices = all.flatMap(({ name, documents, mappings }) =>
    !recorded.has(name) && documents === 0 && markOf(mappings?._meta) !== undefined ? [name] : [],
  );
  const indices = all.filter(({ name }) => !left.indices.includes(name));
  const pending = (deployment.pending_operations ?? []).map(({ type, resource }) => `pending: ${type} ${resource.urn}`);
  const names = learn(new Map(), resources);
  const seen = {
    server: {
      indices: inOrder(indices, names),
      keys: inOrder(
        keys.map((key) => keyOf(key, Date.parse(stage.server.control.time()))),
        names,
      ),
      secrets: inOrder(secrets.map(secretOf), names),
      connectors: inOrder(store.connectors(), names),
    },
    state: inOrder(
      resources.map(({ created: _, modified: __, ...resource }) => resource),
      names,
    ),
  };
  return {
    ...comparable(seen, names),
    documents: indices.reduce((sum, { documents }) => sum + documents, 0),
    left,
    broken: [...pending, ...brokenRules(stage.server, { keys, secrets, indices }, recorded)],
  };
}

type Key = ReturnType<Elasticsearch["control"]["store"]["apiKeys"]>[number];
type Secret = ReturnType<Elasticsearch["control"]["store"]["secrets"]>[number];

function lostKeys({ server }: Stage, recorded: Set<unknown>): string[] {
  return server.control.store
    .apiKeys()
    .filter(({ id, invalidated, metadata }) => !invalidated && !recorded.has(id) && markOf(metadata) !== undefined)
    .map(({ id }) => id);
}

function lostSecrets({ server }: Stage, recorded: Set<unknown>): string[] {
  const { store } = server.control;
  const ours = new Set(store.apiKeys().flatMap(({ id, metadata }) => (markOf(metadata) ? [id] : [])));
  const used = new Set(store.connectors().map(({ source }) => source.api_key_secret_id));
  return store
    .secrets()
    .filter(({ id, value }) => !recorded.has(id) && !used.has(id) && ours.has(keyIn(value) ?? ""))
    .map(({ id }) => id);
}

const HOUR = 3_600_000;

/** What a key is, without its nonce and the moment of its creation. */
function keyOf({ metadata, expiration, ...key }: Key, now: number): unknown {
  const hours = expiration === undefined ? undefined : Math.round((expiration - now) / HOUR);
  return { ...key, metadata: withoutMark(metadata), expiresIn: hours };
}

function secretOf({ id, value }: Secret): unknown {
  return { id, keyId: keyIn(value) };
}

interface LiveIndex {
  name: string;
  documents: number;
  aliases: unknown;
  mappings?: { _meta?: unknown };
  settings: unknown;
}

/** As the server shows them, without what it chose itself. */
async function indicesOf({ server, request }: Stage): Promise<LiveIndex[]> {
  const { body } = await request("GET", "/*?expand_wildcards=all");
  const found = body as Record<string, { aliases: unknown; mappings: object; settings: { index: object } }>;
  return Object.entries(found)
    .filter(([name]) => !name.startsWith(".elastic") && !name.startsWith(".connector"))
    .map(([name, { aliases, mappings, settings }]) => {
      const { uuid: _, creation_date: __, provided_name: ___, version: ____, ...index } = settings.index as Chosen;
      return { name, documents: server.control.store.documents(name).length, aliases, mappings, settings: index };
    });
}

type Chosen = Record<"uuid" | "creation_date" | "provided_name" | "version", unknown>;

interface Objects {
  keys: { id: string }[];
  secrets: Secret[];
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
    if (source.is_native === true && keyIn(secret?.value) !== source.api_key_id) {
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

/** Id of the key in a secret. */
function keyIn(value = ""): string | undefined {
  return Buffer.from(value, "base64").toString("utf8").split(":")[0];
}
