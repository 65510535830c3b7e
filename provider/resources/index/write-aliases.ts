import type { Elasticsearch } from "../../elasticsearch/connection";
import { getAlias, getIndex } from "../../elasticsearch/indices";
import type { Context } from "../../model/resource";
import { newMark, sameOwner } from "../../ownership/marks";
import type { Aliases } from "./aliases";
import { markOfMappings } from "./mappings";

/**
 * Aliases whose writes go to the index that this one replaces, each with the action by which it gives them up. An alias has
 * one write index at most, so both have to change as one; those of other resources stay, and the server says so.
 */
export async function handovers(
  es: Elasticsearch,
  name: string,
  aliases: Aliases | undefined,
  context: Context,
): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  for (const [alias] of Object.entries(aliases ?? {}).filter(([, { isWriteIndex }]) => isWriteIndex === true)) {
    const holders = Object.entries(await getAlias(es, alias)).filter(([index]) => index !== name);
    const [index, definition] = holders.find(([, { is_write_index }]) => is_write_index === true) ?? [];
    if (index !== undefined && sameOwner(markOfMappings((await getIndex(es, index))?.mappings), newMark(context))) {
      found.set(alias, { add: { index, alias, ...definition, is_write_index: false } });
    }
  }
  return found;
}
