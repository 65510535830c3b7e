// What a connectors service meets while keys are rotated: after each request that the server has handled, the key that the
// connector's secret holds at that moment writes to the index that the connector has at that moment.

import type { Elasticsearch, LoggedRequest } from "../../embedded";
import { documentOf } from "../support/connectors";
import { ask } from "../support/stage";

export interface Refusal {
  /** 404 when there was no secret to take the key from. */
  status: number;
  /** The request after which the key was refused: `METHOD path`. */
  after: string;
}

export interface Probe {
  /** Writes that were tried. */
  readonly count: number;
  readonly refusals: readonly Refusal[];
  stop(): void;
}

/** Probes the one connector of the server. While it has no key yet, or there is none, there is nothing to probe. */
export function startProbe(server: Elasticsearch): Probe {
  const refusals: Refusal[] = [];
  let count = 0;
  const stop = server.control.afterRequest(async (request) => {
    const target = isOurs(request) ? undefined : targetOf(server);
    if (!target) {
      return;
    }
    const number = ++count;
    const path = `/${target.index}/_doc/probe-${number}`;
    const status = target.key === undefined ? 404 : (await ask(server, "PUT", path, { number }, target.key)).status;
    if (status >= 300) {
      refusals.push({ status, after: `${request.method} ${request.path}` });
    }
  });
  return {
    get count() {
      return count;
    },
    refusals,
    stop: () => stop(),
  };
}

/** Index and key of the one connector, by what the server holds; nothing while it has none of its own. */
export function targetOf(
  server: Elasticsearch,
): { connector: string; index: string; key: string | undefined } | undefined {
  const [only, ...more] = server.control.store.connectors();
  if (more.length > 0) {
    throw new Error("the probe is made for one connector");
  }
  const connector = only && documentOf(server, only.id);
  if (!connector?.index_name || !connector.api_key_secret_id) {
    return undefined;
  }
  const secret = server.control.store.secrets().find(({ id }) => id === connector.api_key_secret_id);
  return { connector: connector.id, index: connector.index_name, key: secret?.value };
}

/** Requests of the tests themselves are no steps of an `up`. */
function isOurs({ path }: LoggedRequest): boolean {
  return /\/_doc\/(probe|sync)-\d+$|\/_sync_job\/[^/]+\/_(check_in|claim)$|\/_update\/test-/.test(path);
}
