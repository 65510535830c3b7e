import { callerOf } from "../../elasticsearch/caller";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { ProviderError } from "../../elasticsearch/errors";

/** A caller that may manage its own keys only can't tell a key of somebody else from one that is gone. */
export async function refuseHidden(
  es: Elasticsearch,
  id: string,
  what: string,
  owner: string | undefined,
): Promise<void> {
  if (owner !== undefined && owner !== (await callerOf(es)).username) {
    throw new ProviderError("forbidden", {
      what,
      object: `ApiKey '${id}'`,
      doubt: true,
      why: `it belongs to user '${owner}', and the caller may see its own keys only`,
      next: "give the caller the cluster privilege manage_api_key (to read: read_security), or use the owner's credentials",
    });
  }
}
