import type { Elasticsearch } from "../elasticsearch/connection";
import { listConnectors, type WireConnector } from "../elasticsearch/connectors";
import { isKind } from "../elasticsearch/errors";

/** Ids of the connectors by what each has in a field; nothing when the caller may not see connectors. */
export async function connectorsBy(
  es: Elasticsearch,
  field: "api_key_id" | "index_name",
): Promise<Map<string, string[]> | undefined> {
  try {
    const uses = new Map<string, string[]>();
    for (const connector of await listConnectors(es)) {
      const used: WireConnector[typeof field] = connector[field];
      if (used) {
        uses.set(used, [...(uses.get(used) ?? []), connector.id]);
      }
    }
    return uses;
  } catch (error) {
    if (isKind(error, "forbidden")) {
      return undefined;
    }
    throw error;
  }
}
