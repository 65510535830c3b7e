import type { WireAlias } from "../../elasticsearch/indices";
import { deepEqual, withoutUndefined } from "../../model/equality";
import type { Issue } from "../../model/issues";
import type { View } from "../../model/resource";
import { containsUnknown, isRecord, isUnknown } from "../../model/unknown";
import { type IndexAlias, nameProblem } from "./schema";

export type Aliases = Record<string, IndexAlias>;

/** Only the declared aliases are compared; each of them as a whole, since adding an alias again replaces it. */
export const aliasesView: View<Aliases> = {
  equal: (a, b) => deepEqual(wireAliases(a), wireAliases(b)),
  of: (declared, live) => {
    const there = Object.entries(declared).filter(([name]) => isRecord(live?.[name]));
    return Object.fromEntries(there.map(([name, alias]) => [name, inSpellingOf(alias, live?.[name] ?? {})]));
  },
};

/** Aliases as the server keeps them: `routing` stands for both of its kinds, and what is at its default is left out. */
export function wireAliases(aliases: Aliases | undefined): Record<string, WireAlias> {
  return Object.fromEntries(Object.entries(aliases ?? {}).map(([name, alias]) => [name, wire(alias)]));
}

/** Aliases of an index in our words; nothing when it has none. */
export function aliasesOf(live: Record<string, WireAlias> | undefined): Aliases | undefined {
  const entries = Object.entries(live ?? {}).map(([name, alias]) => [name, words(alias)]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Actions of one `POST /_aliases` after which the declared aliases hold, and those that are declared no more are gone. */
export function aliasActions(
  index: string,
  desired: Aliases | undefined,
  recorded: Aliases | undefined,
  live: Aliases | undefined,
): Record<string, unknown>[] {
  const wanted = wireAliases(desired);
  const present = wireAliases(live);
  const dropped = Object.keys(recorded ?? {}).filter((name) => !(name in wanted) && name in present);
  const differing = Object.entries(wanted).filter(([name, alias]) => !deepEqual(alias, present[name]));
  return [
    // Gone is what it should be, whoever removed it: a repeated request must not fail either.
    ...dropped.map((alias) => ({ remove: { index, alias, must_exist: false } })),
    ...differing.map(([alias, definition]) => ({ add: { index, alias, ...definition } })),
  ];
}

/** What the server would refuse, of values that may not be known yet. */
export function aliasIssues(aliases: unknown, index: unknown): Issue[] {
  return Object.entries(isRecord(aliases) ? aliases : {}).flatMap(([name, alias]) => {
    if (isUnknown(alias)) {
      return [];
    }
    const problem = name === index ? "must not be the name of the index itself" : nameProblem(name);
    const named = problem ? [{ path: ["aliases", name], message: problem }] : [];
    return [...named, ...routingIssues(name, alias)];
  });
}

function routingIssues(name: string, alias: unknown): Issue[] {
  if (!isRecord(alias) || containsUnknown(alias)) {
    return [];
  }
  const key = alias.indexRouting === undefined ? "routing" : "indexRouting";
  return typeof alias[key] === "string" && alias[key].includes(",")
    ? [{ path: ["aliases", name, key], message: "must be a single value: documents are written with it" }]
    : [];
}

function wire(alias: IndexAlias): WireAlias {
  const { filter, routing, indexRouting, searchRouting, isHidden, isWriteIndex } = alias;
  return withoutUndefined({
    filter: filter && Object.keys(filter).length > 0 ? filter : undefined,
    index_routing: indexRouting ?? routing,
    search_routing: searchRouting ?? routing,
    is_hidden: isHidden || undefined,
    // `false` is not the default: an index that is the only one behind an alias takes its writes unless it says no.
    is_write_index: isWriteIndex,
  }) as WireAlias;
}

function words(alias: WireAlias): IndexAlias {
  const { index_routing, search_routing } = alias;
  const routing =
    index_routing !== undefined && index_routing === search_routing
      ? { routing: index_routing }
      : { indexRouting: index_routing, searchRouting: search_routing };
  const { filter, is_hidden, is_write_index } = alias;
  return withoutUndefined({ filter, ...routing, isHidden: is_hidden, isWriteIndex: is_write_index }) as IndexAlias;
}

/** Member by member what was declared while it means the same, else what is there. */
function inSpellingOf(declared: IndexAlias, live: IndexAlias): IndexAlias {
  const [wanted, found] = [wire(declared), wire(live)];
  const { filter, isHidden, isWriteIndex } = declared;
  const sameRouting = wanted.index_routing === found.index_routing && wanted.search_routing === found.search_routing;
  const { routing, indexRouting, searchRouting } = sameRouting ? declared : words(found);
  return withoutUndefined({
    filter: deepEqual(wanted.filter, found.filter) ? filter : found.filter,
    routing,
    indexRouting,
    searchRouting,
    isHidden: wanted.is_hidden === found.is_hidden ? isHidden : (found.is_hidden ?? false),
    isWriteIndex: wanted.is_write_index === found.is_write_index ? isWriteIndex : found.is_write_index,
  }) as IndexAlias;
}
