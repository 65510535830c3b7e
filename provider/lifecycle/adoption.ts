import type { Elasticsearch } from "../elasticsearch/connection";
import { ProviderError } from "../elasticsearch/errors";
import { differences } from "../model/differences";
import { fieldsOf } from "../model/fields";
import { type Issue, pathText } from "../model/issues";
import type { Bag, Live, ResourceDefinition } from "../model/resource";
import { secretPaths } from "../model/secret-paths";
import { recordedInputs } from "./state";

export interface Adoption {
  id: string;
  live: Live;
  /** What can't be made equal: each is a reason to refuse. */
  mismatches: Issue[];
  /** What will be changed in it, one line each. */
  changes: string[];
}

/** The existing object that the inputs ask to take over; nothing when they don't, or there is none. */
export async function adoption(
  definition: ResourceDefinition,
  es: Elasticsearch,
  desired: Bag,
): Promise<Adoption | undefined> {
  const id = definition.adopts?.(desired);
  const live = id === undefined ? undefined : await definition.observe(es, id, {});
  if (id === undefined || live === undefined) {
    return undefined;
  }
  const mismatches = definition.cantAdopt?.(desired, live) ?? [];
  const found = recordedInputs(definition, desired, live);
  const readable = Object.fromEntries(Object.entries(desired).filter(([name]) => name in live.inputs));
  const confidential = fieldsOf(definition.inputs).flatMap(({ name, meta }) => (meta.confidential ? [[name]] : []));
  const changes = differences(found, readable, [...secretPaths(definition, desired), ...confidential]);
  return { id, live, mismatches, changes };
}

/** Every reason at once, with both values. */
export function refuseMismatches(definition: ResourceDefinition, { id, mismatches }: Adoption): void {
  if (mismatches.length > 0) {
    throw new ProviderError("conflict", {
      what: `take over the existing ${definition.kind.toLowerCase()}`,
      object: `${definition.kind} '${id}'`,
      why: mismatches.map(({ path, message }) => `${pathText(path)}: ${message}`).join("; "),
      next: "declare what was found, or choose another one",
    });
  }
}
