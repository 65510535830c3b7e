import type { Elasticsearch } from "../elasticsearch/connection";
import { fieldsOf } from "../model/fields";
import { type Issue, validate } from "../model/issues";
import type { Bag, Context, ResourceDefinition } from "../model/resource";
import { containsUnknown } from "../model/unknown";
import { preflight } from "../privileges";
import { judgeAdoption } from "./adoption";
import { difference } from "./diff";

export interface CheckRequest {
  olds: Bag;
  news: Bag;
  context: Context;
}

/** Rules that need no server. Nothing is sent while one of them is broken. */
export function checkLocally(definition: ResourceDefinition, news: Bag, olds: Bag = {}): Issue[] {
  return [...validate(definition.inputs, news), ...(definition.validate?.(news, olds) ?? [])];
}

/** Rules that depend on the server; reaching it at all is the first of them. */
export async function checkAgainstServer(
  definition: ResourceDefinition,
  es: Elasticsearch,
  { olds, news, context }: CheckRequest,
): Promise<Issue[]> {
  // What is settled is only read, and its rights were looked at when it was made.
  if (Object.keys(olds).length === 0 || sendsSomething(definition, { olds, news, context })) {
    const lacking = await preflight(es, definition.kind, { olds, news, context });
    if (lacking.length > 0) {
      return lacking;
    }
  }
  await es.info();
  const mismatches = await judgeAdoption(definition, es, { olds, news, context });
  const id = Object.keys(olds).length === 0 ? undefined : definition.idOf?.(olds);
  const refused =
    id === undefined ? undefined : await refusedReplacement(definition, () => es, id, { olds, news, context });
  const broken = (await definition.checkAgainstServer?.(es, { olds, news, context })) ?? [];
  const live = id === undefined ? [] : await liveIssues(definition, () => es, id, { olds, news, context });
  return refused ?? [...mismatches, ...broken, ...live];
}

/** Some inputs only matter to the provider itself. */
function sendsSomething(definition: ResourceDefinition, { olds, news, context }: CheckRequest): boolean {
  const { changed, replaces } = difference(definition, olds, news, undefined, context);
  const sent = fieldsOf(definition.inputs).filter(({ name, meta }) => meta.endpoint && changed.includes(name));
  return sent.length > 0 || replaces.length > 0;
}

/** What the live object can't take of a change in place. */
export async function liveIssues(
  definition: ResourceDefinition,
  connection: () => Elasticsearch,
  id: string,
  check: CheckRequest,
): Promise<Issue[]> {
  const { changed, replaces } = difference(definition, check.olds, check.news, id);
  const asked = changed.length > 0 && replaces.length === 0;
  return asked ? ((await definition.liveIssues?.(connection(), id, check)) ?? []) : [];
}

/** Whether the change would replace an object that must not be replaced, because of which inputs, and why. */
export async function refusedReplacement(
  definition: ResourceDefinition,
  connection: () => Elasticsearch,
  id: string,
  { olds, news, context }: CheckRequest,
): Promise<Issue[] | undefined> {
  // A replacement that only may come (a value isn't known yet) is judged when it is known.
  const replaces = difference(definition, olds, news).replaces.filter((name) => !containsUnknown(news[name]));
  if (replaces.length === 0 || context.retained || !definition.refuseReplacement) {
    return undefined;
  }
  const why = await definition.refuseReplacement(connection(), id, olds);
  return why === undefined ? undefined : replaces.map((name) => ({ path: [name], message: why }));
}
