import type { Elasticsearch } from "../../elasticsearch/connection";
import { listConnectors } from "../../elasticsearch/connectors";
import { isKind } from "../../elasticsearch/errors";

/** Advice for an index that was refused because it belongs to another connector: to which one. */
export async function whoseIndex(
  es: Elasticsearch,
  error: unknown,
  indexName: string | undefined,
): Promise<{ next?: string }> {
  if (!isKind(error, "invalid") || !/used by another connector/.test(error.parts.why) || indexName === undefined) {
    return {};
  }
  const [owner] = await listConnectors(es, { index_name: indexName }).catch(() => []);
  return owner
    ? { next: `choose another index, or detach this one from connector '${owner.name || owner.id}' (id ${owner.id})` }
    : {};
}
