import type { Elasticsearch } from "../elasticsearch/connection";
import { isKind } from "../elasticsearch/errors";
import { countDocuments, listIndices } from "../elasticsearch/indices";
import { markOf } from "../ownership/marks";
import { connectorsBy } from "./uses";

/** An index that a resource of this package made, or took over. */
export interface MarkedIndex {
  /** Its name. */
  id: string;
  project: string;
  stack: string;
  /** Logical name of the resource that made it. */
  resource: string;
  createdAt: string;
  aliases: string[];
  /** Ids of the connectors that write to it, by its name or an alias; unknown when the caller may not see connectors. */
  connectors: string[] | undefined;
  /** How many it holds, when they have been counted and the caller may. */
  documents?: number | undefined;
}

/** All open indices that bear our mark and that the caller may see, oldest first. */
export async function findMarkedIndices(es: Elasticsearch): Promise<MarkedIndex[]> {
  const [found, uses] = await Promise.all([listIndices(es), connectorsBy(es, "index_name")]);
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
  return indices.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
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
