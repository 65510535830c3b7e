// Connectors of a development server as somebody else sees and changes them, and what the provider tells meanwhile.

import type { Elasticsearch as Server } from "../../embedded";
import type { WireConnector, WireFiltering } from "../../provider/elasticsearch/connectors";
import { sendNoticesTo } from "../../provider/model/notice";
import { ask } from "./stage";

/** What is told from now on, a text each. A provider that is hosted later takes the notices away. */
export function heard(): string[] {
  const texts: string[] = [];
  sendNoticesTo(({ text }) => texts.push(text));
  return texts;
}

/** The document of a connector; deleted ones that left theirs included. */
export function documentOf({ control }: Server, id: string): (WireConnector & { deleted?: boolean }) | undefined {
  const found = control.store.connectors().find((each) => each.id === id);
  return found && { ...(found.source as unknown as WireConnector), id };
}

export function filteringOf(server: Server, id: string): WireFiltering {
  const [first] = documentOf(server, id)?.filtering ?? [];
  if (!first) {
    throw new Error(`${id} has no filtering`);
  }
  return first;
}

/** Bodies of what was sent to an endpoint of a connector since the log was last cleared. */
export function bodies({ control }: Server, id: string, endpoint: string): unknown[] {
  return control.requests
    .filter(({ method, path }) => method === "PUT" && path.split("?")[0] === `/_connector/${id}/${endpoint}`)
    .map(({ body }) => body);
}

/** A request of somebody else, which has to succeed. */
export async function act(server: Server, method: string, path: string, body?: unknown): Promise<never> {
  const { status, body: answer } = await ask(server, method, path, body);
  if (status >= 300) {
    throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
  }
  return answer;
}

/** Changes members of a connector's document that have no endpoint. */
export function change(server: Server, id: string, doc: object): Promise<never> {
  return act(server, "POST", `/.elastic-connectors-v1/_update/${id}`, { doc });
}

/** The end of the first handled request of that method and path, before its answer is sent. */
export function handled({ control }: Server, method: string, path: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = control.afterRequest((request) => {
      if (request.method === method && request.path.split("?")[0] === path) {
        stop();
        resolve();
      }
    });
  });
}
