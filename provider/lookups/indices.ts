import type { Elasticsearch } from "../elasticsearch/connection";
import { isKind } from "../elasticsearch/errors";
import { countDocuments, listIndices } from "../elasticsearch/indices";
import { type Marked, markOf } from "../ownership/marks";
import { holds } from "../privileges/ask";
import { connectorsBy } from "./uses";

/** An index that a resource of this package made, or took over. */
export interface MarkedIndex extends Marked {
  aliases: string[];
  /** Ids of the connectors that write to it, by its name or an alias; unknown when the caller may not see connectors. */
  connectors: string[] | undefined;
  /** How many it holds, when they have been counted and the caller may. */
  documents?: number | undefined;
}

export interface MarkedIndices {
  indices: MarkedIndex[];
  /** There may be indices that the caller isn't shown. */
  onlySome: boolean;
}

/** All open indices that bear our mark and that the caller may see, oldest first. */
export async function findMarkedIndices(es: Elasticsearch): Promise<MarkedIndices> {
  const [found, all, uses] = await Promise.all([listIndices(es), seesAllIndices(es), connectorsBy(es, "index_name")]);
  const indices = Object.entries(found).flatMap(([id, { mappings, settings, aliases: on = {} }]): MarkedIndex[] => {
    const mark = markOf(mappings?._meta);
    if (!mark) {
      return [];
    }
    const { project, stack, resource } = mark;
    const createdAt = new Date(Number(settings?.index?.creation_date)).toISOString();
    const aliases = Object.keys(on).sort();
    const connectors = uses && [id, ...aliases].flatMap((name) => uses.get(name) ?? []);
    return [{ id, project, stack, resource, createdAt, aliases, connectors }];
  });
  return { indices: indices.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt)), onlySome: !all };
}

/** A list of indices leaves out, without a word, those that the caller may not look at. */
async function seesAllIndices(es: Elasticsearch): Promise<boolean> {
  const need = { privilege: "view_index_metadata", index: "*", or: [], neededFor: "list the indices", optional: false };
  // A server whose security is off doesn't answer, and shows everything.
  return (await holds(es, need)) !== false;
}

/** The same indices with the number of documents in each, without those that have gone meanwhile. */
export async function withDocuments(es: Elasticsearch, indices: readonly MarkedIndex[]): Promise<MarkedIndex[]> {
  const counted: MarkedIndex[] = [];
  for (const index of indices) {
    try {
      const documents = await countDocuments(es, index.id);
      counted.push(...(documents === undefined ? [] : [{ ...index, documents }]));
    } catch (error) {
      if (!isKind(error, "forbidden")) {
        throw error;
      }
      counted.push(index);
    }
  }
  return counted;
}
