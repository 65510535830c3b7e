import type { Elasticsearch } from "../../elasticsearch/connection";
import { listConnectors, type WireConnector } from "../../elasticsearch/connectors";
import { isKind } from "../../elasticsearch/errors";

/** Advice for an index that was refused because it belongs to another connector: to which one. */
export async function whoseIndex(
  es: Elasticsearch,
  error: unknown,
  indexName: string | undefined,
): Promise<{ next?: string }> {
  return adviceAbout(await ownerOfIndex(es, error, indexName));
}

export function adviceAbout(owner: WireConnector | undefined): { next?: string } {
  return owner
    ? { next: `choose another index, or detach this one from connector '${owner.name || owner.id}' (id ${owner.id})` }
    : {};
}

/** The connector because of which an index was refused. */
export async function ownerOfIndex(
  es: Elasticsearch,
  error: unknown,
  indexName: string | undefined,
): Promise<WireConnector | undefined> {
  if (!isKind(error, "invalid") || !/used by another connector/.test(error.parts.why) || indexName === undefined) {
    return undefined;
  }
  const [owner] = await listConnectors(es, { index_name: indexName }).catch(() => []);
  return owner;
}
