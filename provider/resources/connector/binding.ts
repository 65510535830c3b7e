import type { Elasticsearch } from "../../elasticsearch/connection";
import { listConnectors, updateConnectorDocument } from "../../elasticsearch/connectors";
import { isKind } from "../../elasticsearch/errors";

/**
 * Writes a connector's new index and its key for it as one, so that no sync starts with only one of them. The endpoints
 * take them one by one; the document takes both, from a caller who may write it. Answers whether it has been done.
 */
export async function bindAtOnce(
  es: Elasticsearch,
  id: string,
  bodies: ReadonlyMap<string, Record<string, unknown>>,
): Promise<boolean> {
  const [index, key] = [bodies.get("_index_name"), bodies.get("_api_key_id")];
  if (typeof index?.index_name !== "string" || !key) {
    return false;
  }
  // Only the endpoint looks whether another connector has the index, and says so.
  if ((await listConnectors(es, { index_name: index.index_name })).length > 0) {
    return false;
  }
  try {
    await updateConnectorDocument(es, id, { ...index, ...key });
    return true;
  } catch (error) {
    // Somebody else has just written it: the endpoints don't mind.
    if (isKind(error, "forbidden", "conflict")) {
      return false;
    }
    throw error;
  }
}
