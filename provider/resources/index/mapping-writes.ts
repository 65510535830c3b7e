import type { Elasticsearch } from "../../elasticsearch/connection";
import { ProviderError } from "../../elasticsearch/errors";
import { getIndex, putMapping } from "../../elasticsearch/indices";
import { mismatchText, sentences } from "../../model/differences";
import type { Issue } from "../../model/issues";
import { languageMappings } from "./analysis";
import { type Conflict, completed, conflicts, type Mappings } from "./mapping-changes";
import { mappingsToWrite, mappingsView } from "./mappings";
import type { IndexInputs } from "./schema";

/** Refuses what the live index can't take, with each mismatch named, before anything is sent. */
export function refuseConflicts(
  name: string,
  desired: Mappings | undefined,
  recorded: Mappings | undefined,
  live: Mappings | undefined,
): void {
  const fixed = conflicts(live, completed(desired, recorded, live));
  if (fixed.length > 0) {
    throw new ProviderError("conflict", {
      what: "change the mappings",
      object: `Index '${name}'`,
      why: sentences(fixed.map((conflict) => issue(conflict))),
      next: OTHERWISE_MAPPED,
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

/** Fields that a sync or somebody else has mapped otherwise than they are declared now, seen before anything is sent. */
export async function unforeseen(
  es: Elasticsearch,
  name: string,
  olds: Mappings | undefined,
  news: Mappings | undefined,
): Promise<Issue[]> {
  if (mappingsView.equal(olds ?? {}, news ?? {})) {
    return [];
  }
  const live = (await getIndex(es, name))?.mappings;
  return conflicts(live, completed(news, olds, live)).map((conflict) =>
    issue(conflict, ` on the server. What to do: ${OTHERWISE_MAPPED}`),
  );
}

// Without the option the engine would make the new index first, under a name that is taken.
const OTHERWISE_MAPPED =
  "declare the field as it is there, or make the index anew: under another name, or with deleteBeforeReplace: true in its options by 'pulumi up --replace <its URN>'";

function issue(conflict: Conflict, more = ""): Issue {
  return { path: ["mappings", ...conflict.path], message: mismatchText(conflict) + more };
}
