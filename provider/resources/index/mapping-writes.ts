import type { Elasticsearch } from "../../elasticsearch/connection";
import { ProviderError } from "../../elasticsearch/errors";
import { getIndex, putMapping, type WireIndex } from "../../elasticsearch/indices";
import { mismatchText, sentences } from "../../model/differences";
import type { Issue } from "../../model/issues";
import { languageMappings } from "./analysis";
import { type Conflict, completed, conflicts, type Mappings } from "./mapping-changes";
import { unknownNames } from "./mapping-names";
import { mappingsToWrite, mappingsView } from "./mappings";
import type { IndexInputs } from "./schema";

/** Refuses what the live index can't take, with each mismatch named, before anything is sent. */
export function refuseConflicts(
  { preflight }: Elasticsearch,
  name: string,
  desired: IndexInputs,
  recorded: Mappings | undefined,
  live: WireIndex | undefined,
): void {
  const fixed = conflicts(live?.mappings, completed(desired.mappings, recorded, live?.mappings));
  const names = preflight === "error" ? unknownNames(desired, live?.settings) : [];
  const issues = fixed.length > 0 ? fixed.map((conflict) => issue(conflict)) : names;
  if (issues.length > 0) {
    throw new ProviderError("conflict", {
      what: "change the mappings",
      object: `Index '${name}'`,
      why: sentences(issues),
      next: fixed.length > 0 ? OTHERWISE_MAPPED : "correct the program",
    });
  }
}

export async function writeMappings(
  es: Elasticsearch,
  name: string,
  { mappings, language }: IndexInputs,
  recorded: Mappings | undefined,
  live: Mappings | undefined,
): Promise<void> {
  const body = mappingsToWrite(mappings, recorded, live, language ? languageMappings() : {});
  if (Object.keys(body).length > 0) {
    await putMapping(es, name, body);
  }
}

/**
 * What the live index can't take, seen before anything is sent: fields that a sync or somebody else has mapped otherwise
 * than they are declared now, and names that it doesn't know.
 */
export async function unforeseen(
  es: Elasticsearch,
  name: string,
  olds: Mappings | undefined,
  news: IndexInputs,
): Promise<Issue[]> {
  if (mappingsView.equal(olds ?? {}, news.mappings ?? {})) {
    return [];
  }
  const live = await getIndex(es, name);
  const fixed = conflicts(live?.mappings, completed(news.mappings, olds, live?.mappings));
  return [
    ...fixed.map((conflict) => issue(conflict, ` on the server. What to do: ${OTHERWISE_MAPPED}`)),
    ...unknownNames(news, live?.settings),
  ];
}

// Without the option the engine would make the new index first, under a name that is taken.
const OTHERWISE_MAPPED =
  "declare the field as it is there, or make the index anew: under another name, or with deleteBeforeReplace: true in its options by 'pulumi up --replace <its URN>'";

function issue(conflict: Conflict, more = ""): Issue {
  return { path: ["mappings", ...conflict.path], message: mismatchText(conflict) + more };
}
