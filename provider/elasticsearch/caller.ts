import type { Elasticsearch } from "./connection";

/** Who the requests of this process come from. */
export interface Caller {
  username: string;
  realm: string;
  /** Set when the caller is an API key: keys may do less with keys than users may. */
  apiKeyId?: string;
}

const known = new WeakMap<Elasticsearch, Promise<Caller>>();

/** Asked once for each connection; needs no privilege. */
export function callerOf(es: Elasticsearch): Promise<Caller> {
  const caller =
    known.get(es) ??
    ask(es).catch((error) => {
      known.delete(es);
      throw error;
    });
  known.set(es, caller);
  return caller;
}

async function ask(es: Elasticsearch): Promise<Caller> {
  const answer = await es.send<{
    username: string;
    authentication_realm?: { name?: string };
    authentication_type?: string;
    api_key?: { id: string };
  }>({ method: "GET", path: ["_security", "_authenticate"], what: "ask the server who the caller is" });
  const apiKeyId = answer.authentication_type === "api_key" ? (answer.api_key?.id ?? "") : undefined;
  return {
    username: answer.username,
    realm: answer.authentication_realm?.name ?? "",
    ...(apiKeyId === undefined ? {} : { apiKeyId }),
  };
}
