import type { Elasticsearch } from "./connection";
import { unlessMissing } from "./not-found";

/** An index as `GET /{index}` describes it. */
export interface WireIndex {
  aliases?: Record<string, WireAlias>;
  mappings?: Record<string, unknown>;
  settings?: { index?: Record<string, unknown> };
}

export interface WireAlias {
  filter?: Record<string, unknown>;
  index_routing?: string;
  search_routing?: string;
  is_hidden?: boolean;
  is_write_index?: boolean;
}

export interface IndexBody {
  settings?: Record<string, unknown>;
  mappings?: Record<string, unknown>;
  aliases?: Record<string, WireAlias>;
}

/** The index of that very name; an alias of the name is no such index. */
export async function getIndex(es: Elasticsearch, name: string): Promise<WireIndex | undefined> {
  const what = "read the index";
  const answer = await unlessMissing(es.send<Record<string, WireIndex>>({ method: "GET", path: [name], what }));
  return answer?.[name];
}

/** All open indices that the caller may see, as far as it takes to tell whose they are. */
export async function listIndices(es: Elasticsearch): Promise<Record<string, WireIndex>> {
  const query = { filter_path: "*.aliases,*.mappings._meta,*.settings.index.creation_date" };
  return es.send({ method: "GET", path: ["*"], query, what: "list the indices" });
}

export async function createIndex(es: Elasticsearch, name: string, body: IndexBody): Promise<void> {
  await es.send({ method: "PUT", path: [name], body, what: "create the index", once: true });
}

export async function putMapping(es: Elasticsearch, name: string, mappings: Record<string, unknown>): Promise<void> {
  await es.send({ method: "PUT", path: [name, "_mapping"], body: mappings, what: "change the mappings" });
}

export async function putSettings(es: Elasticsearch, name: string, settings: Record<string, unknown>): Promise<void> {
  await es.send({ method: "PUT", path: [name, "_settings"], body: settings, what: "change the settings" });
}

/** The indices behind an alias, each with what the alias is on it. */
export async function getAlias(es: Elasticsearch, alias: string): Promise<Record<string, WireAlias>> {
  const what = "read the alias";
  const answer = await unlessMissing(
    es.send<Record<string, { aliases: Record<string, WireAlias> }>>({ method: "GET", path: ["_alias", alias], what }),
  );
  return Object.fromEntries(Object.entries(answer ?? {}).map(([index, { aliases }]) => [index, aliases[alias] ?? {}]));
}

/** Carries out all actions or none. */
export async function updateAliases(es: Elasticsearch, actions: Record<string, unknown>[]): Promise<void> {
  await es.send({ method: "POST", path: ["_aliases"], body: { actions }, what: "change the aliases" });
}

/** Number of documents, or nothing when there is no such index. Counts what is written but not yet searchable too. */
export async function countDocuments(es: Elasticsearch, name: string): Promise<number | undefined> {
  const refreshed = await unlessMissing(
    es.send({ method: "POST", path: [name, "_refresh"], what: "refresh the index" }).then(() => true),
  );
  if (!refreshed) {
    return undefined;
  }
  const what = "count the documents of the index";
  const answer = await unlessMissing(es.send<{ count: number }>({ method: "GET", path: [name, "_count"], what }));
  return answer?.count;
}

/** Deletes the index, and never twice: sent again, it could hit another one of that name. One that is gone already is deleted. */
export async function deleteIndex(es: Elasticsearch, name: string): Promise<void> {
  await unlessMissing(es.send({ method: "DELETE", path: [name], what: "delete the index", once: true }));
}
