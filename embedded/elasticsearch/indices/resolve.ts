import type { Cluster } from "../cluster";
import { illegalArgument, indexNotFound } from "../errors";
import { globMatches, isPattern } from "../glob";
import type { Call } from "../http/call";
import { mayOnIndex } from "../security/principal";
import type { IndexMetadata } from "../store/document-store";
import { isSystemIndex } from "../store/system-indices";
import { invalidIndexName } from "./names";

export interface Expression {
  readonly names: readonly string[];
  readonly ignoreUnavailable: boolean;
  readonly allowNoIndices: boolean;
  readonly hidden: boolean;
  readonly action: string;
}

/** Reads an index expression and the query parameters that go with it. */
export function expression(call: Call, text: string, action: string): Expression {
  const expand = call.query.list("expand_wildcards");
  return {
    names: text === "" || text === "_all" ? ["*"] : text.split(",").filter((name) => name !== ""),
    ignoreUnavailable: call.query.flag("ignore_unavailable", false),
    allowNoIndices: call.query.flag("allow_no_indices", true),
    hidden: expand.includes("hidden") || expand.includes("all"),
    action,
  };
}

/** The names that authorisation has to look at: wildcards only ever expand to what is allowed. */
export function namesToAuthorize(call: Call, { names, ignoreUnavailable, action }: Expression): string[] {
  const explicit = names.filter((name) => !isPattern(name));
  return ignoreUnavailable ? explicit.filter((name) => mayOnIndex(call.principal, action, name)) : explicit;
}

/** The concrete indices of an expression, in the order of their names. */
export function resolve(call: Call, expressed: Expression): IndexMetadata[] {
  const found = new Map<string, IndexMetadata>();
  for (const name of expressed.names) {
    const indices = isPattern(name) ? expand(call, name, expressed) : explicit(call, name, expressed);
    for (const index of indices) found.set(index.name, index);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The one index behind a name or an alias; undefined when there is none. */
export function findIndex(cluster: Cluster, name: string): IndexMetadata | undefined {
  const [first, ...others] = behind(cluster, name);
  if (others.length > 0 && first !== undefined) {
    const writers = [first, ...others].filter((index) => index.aliases[name]?.is_write_index === true);
    const [writer] = writers;
    if (writer !== undefined) return writer;
    throw illegalArgument(
      `no write index is defined for alias [${name}]. The write index may be explicitly disabled using ` +
        `is_write_index=false or the alias points to multiple indices without one being designated as a write index`,
    );
  }
  return first;
}

/** As `findIndex`, for reads of an index that must exist. */
export function requireIndex(cluster: Cluster, name: string): IndexMetadata {
  const found = findIndex(cluster, name);
  if (found === undefined) throw indexNotFound(name);
  return found;
}

function behind(cluster: Cluster, name: string): IndexMetadata[] {
  const index = cluster.store.index(name);
  if (index !== undefined) return isSystemIndex(name) ? [] : [index];
  return cluster.store.behindAlias(name);
}

function explicit(call: Call, name: string, expressed: Expression): IndexMetadata[] {
  if (name.startsWith("_")) throw invalidIndexName(name, "must not start with '_'.");
  const { ignoreUnavailable, action } = expressed;
  if (ignoreUnavailable && !call.cluster.defects.has("privileges-off") && !mayOnIndex(call.principal, action, name))
    return [];
  const found = behind(call.cluster, name);
  if (found.length === 0 && !ignoreUnavailable) throw indexNotFound(name);
  return found;
}

function expand(call: Call, pattern: string, expressed: Expression): IndexMetadata[] {
  const showHidden = expressed.hidden || pattern.startsWith(".");
  const found = call.cluster.store.indices().filter((index) => {
    if (isSystemIndex(index.name)) return false;
    const names = [index.name, ...Object.keys(index.aliases)].filter((name) => globMatches(pattern, name));
    const visible = showHidden || index.settings["index.hidden"] !== "true";
    return visible && names.some((name) => mayOnIndex(call.principal, expressed.action, name));
  });
  if (found.length === 0 && !expressed.allowNoIndices) throw indexNotFound(pattern);
  return found;
}
