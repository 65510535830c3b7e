import type { Cluster } from "../cluster";
import { ElasticsearchError, illegalArgument, mapperParsing } from "../errors";
import { deepMerge, isObject, type Json, type JsonObject } from "../json";
import { shortId } from "../short-id";
import type { IndexMetadata } from "../store/document-store";
import { checkAnalysis } from "./analysis";
import { parseMapping } from "./mappings";
import { indexNameComplaint, invalidIndexName, nameComplaint } from "./names";
import { applySettings, checkSettings, flattenSettings } from "./settings";
import { templateFor } from "./templates";

export interface IndexDefinition {
  readonly settings: JsonObject;
  readonly mappings: JsonObject;
  readonly aliases: JsonObject;
}

/** Creates an index after all checks; a built-in template for the name is the base. */
export function createIndex(cluster: Cluster, name: string, definition: IndexDefinition): IndexMetadata {
  const complaint = indexNameComplaint(name) ?? (aliasExists(cluster, name) ? "already exists as alias" : undefined);
  if (complaint !== undefined && !cluster.defects.has("index-names-unchecked")) throw invalidIndexName(name, complaint);
  const existing = cluster.store.index(name);
  if (existing !== undefined) throw alreadyExists(existing);

  for (const alias of Object.keys(definition.aliases)) {
    if (alias === name) throw illegalArgument(`alias name [${alias}] self-conflicts with index name`);
    if (cluster.store.index(alias) !== undefined) throw aliasIsIndex(alias);
  }

  checkWriteIndices(cluster, name, definition.aliases);

  const template = templateFor(name);
  const changes = flattenSettings(definition.settings);
  if (!cluster.defects.has("settings-unchecked")) checkSettings(changes);
  const base = applySettings({}, flattenSettings(template?.settings ?? {}), false);
  const settings = { ...applySettings(base, changes, false), "index.version.created": versionId(cluster) };
  if (!cluster.defects.has("settings-unchecked")) checkAnalysis(settings);
  const wanted = template === undefined ? definition.mappings : deepMerge(template.mappings, definition.mappings);
  const mappings = cluster.defects.has("mappings-unchecked") ? wanted : parseMapping(wanted, settings);

  const index: IndexMetadata = {
    name,
    uuid: shortId(16),
    creationDate: cluster.now(),
    settings,
    mappings,
    aliases: { ...parseAliases(template?.aliases ?? {}), ...parseAliases(definition.aliases) },
    closed: false,
  };
  cluster.store.saveIndex(index);
  return index;
}

/** An alias has one write index at most. */
export function checkWriteIndices(cluster: Cluster, name: string, aliases: JsonObject): void {
  for (const alias of Object.keys(aliases).filter((each) => isWriteAlias(aliases, each))) {
    const others = cluster.store.indices().filter((other) => other.name !== name && isWriteAlias(other.aliases, alias));
    if (others.length > 0) {
      const all = [...others.map((other) => other.name), name].sort().join(",");
      const reason = `alias [${alias}] has more than one write index [${all}]`;
      throw new ElasticsearchError(500, "illegal_state_exception", reason);
    }
  }
}

function isWriteAlias(aliases: JsonObject, alias: string): boolean {
  const definition = aliases[alias];
  return isObject(definition) && definition.is_write_index === true;
}

/** The index that a write goes to, created when it is missing. */
export function ensureIndex(cluster: Cluster, name: string): IndexMetadata {
  return cluster.store.index(name) ?? createIndex(cluster, name, { settings: {}, mappings: {}, aliases: {} });
}

export function readDefinition(body: JsonObject): IndexDefinition {
  for (const key of Object.keys(body)) {
    if (!["settings", "mappings", "aliases"].includes(key)) {
      throw new ElasticsearchError(400, "parse_exception", `unknown key [${key}] for create index`);
    }
  }
  return { settings: part(body, "settings"), mappings: mappingsPart(body.mappings), aliases: part(body, "aliases") };
}

export function parseAliases(aliases: JsonObject): Record<string, JsonObject> {
  const parsed: Record<string, JsonObject> = {};
  for (const [name, value] of Object.entries(aliases)) {
    const complaint = nameComplaint(name);
    if (complaint !== undefined) {
      throw new ElasticsearchError(400, "invalid_alias_name_exception", `Invalid alias name [${name}]: ${complaint}`);
    }
    parsed[name] = keptAlias(name, isObject(value) ? value : {});
  }
  return parsed;
}

/** An alias as it is shown again: one routing value stands for both kinds. */
function keptAlias(name: string, { filter, routing, index_routing, search_routing, ...flags }: JsonObject): JsonObject {
  const forIndex = index_routing ?? routing;
  const forSearch = search_routing ?? routing;
  if (String(forIndex ?? "").includes(",")) {
    throw illegalArgument(`alias [${name}] has several index routing values associated with it`);
  }
  const kept: JsonObject = {};
  if (isObject(filter) && Object.keys(filter).length > 0) kept.filter = filter;
  if (forIndex !== undefined) kept.index_routing = forIndex;
  if (forSearch !== undefined) kept.search_routing = forSearch;
  for (const flag of ["is_write_index", "is_hidden"]) {
    if (flags[flag] !== undefined) kept[flag] = flags[flag];
  }
  return kept;
}

function part(body: JsonObject, key: string): JsonObject {
  const value = body[key];
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new ElasticsearchError(400, "parse_exception", `key [${key}] must be an object`);
  return value;
}

/** A type name between `mappings` and `properties` was valid up to 6.x and is refused since. */
function mappingsPart(value: Json | undefined): JsonObject {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw mapperParsing("Failed to parse mapping: mappings must be an object");
  if (isObject(value._doc) && Object.keys(value).length === 1) {
    throw illegalArgument(
      "The mapping definition cannot be nested under a type [_doc] unless include_type_name is set to true.",
    );
  }
  return value;
}

function aliasExists(cluster: Cluster, name: string): boolean {
  return cluster.store.behindAlias(name).length > 0;
}

/** An alias can't have the name of an index. */
export function aliasIsIndex(alias: string): ElasticsearchError {
  return illegalArgument(
    `Invalid alias name [${alias}]: an index or data stream exists with the same name as the alias`,
  );
}

function alreadyExists(index: IndexMetadata): ElasticsearchError {
  const reason = `index [${index.name}/${index.uuid}] already exists`;
  return new ElasticsearchError(400, "resource_already_exists_exception", reason, {
    fields: { index_uuid: index.uuid, index: index.name },
  });
}

function versionId(cluster: Cluster): string {
  const ids = { "8.14": "8505000", "8.19": "8536000", "9.x": "9039000" };
  return ids[cluster.profile.name];
}
