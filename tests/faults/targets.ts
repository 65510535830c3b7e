// The requests of an operation, in words by which each of them is found again in the next run.

import type { LoggedRequest } from "../../embedded";
import type { Target } from "./faults";

/** Requests by method and path without what is random in it. */
export function targetsOf(requests: readonly LoggedRequest[]): Target[] {
  const seen = new Map<string, number>();
  const targets = requests.map(({ method, path }): Target => {
    const text = path.replace(RANDOM_ID, "*").replace(RANDOM_SUFFIX, "*").replace(SEQUENCE_NUMBER, "*");
    const nth = (seen.get(`${method} ${text}`) ?? 0) + 1;
    seen.set(`${method} ${text}`, nth);
    const pattern = text.split("*").map(escaped).join("[\\w-]+?");
    return { method, path: new RegExp(`^${pattern}$`), text: `${method} ${text}`, nth };
  });
  for (const [at, target] of targets.entries()) {
    const made = creation(target.text);
    if (!made) continue;
    target.making = { what: made.what, readsBack: false };
    const next = targets.slice(at).find(({ text }) => text === made.readBack);
    if (next) next.making = { what: made.what, readsBack: true };
  }
  return targets;
}

const RANDOM_ID = /(?<![\w-])(?=[\w-]*[A-Z0-9])[\w-]{20}(?![\w-])/g;
const SEQUENCE_NUMBER = /(?<=if_seq_no=)\d+/g;
const RANDOM_SUFFIX = /(?<=-)[0-9a-f]{7}(?!\w)/g;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Makes what nobody finds again by its name: only the answer tells it, or it was chosen at random just before. */
function creation(text: string): { what: "keys" | "indices" | "secrets"; readBack: string } | undefined {
  if (/^POST \/_security\/(api_key|api_key\/grant|cross_cluster\/api_key)$/.test(text)) {
    return { what: "keys", readBack: "GET /_security/api_key?id=*" };
  }
  if (text === "PUT /_connector/_secret/*") {
    return { what: "secrets", readBack: "GET /_connector/_secret/*" };
  }
  const [, index] = /^PUT (\/(?:search|content)-[\w-]+-\*)$/.exec(text) ?? [];
  return index === undefined ? undefined : { what: "indices", readBack: `GET ${index}` };
}
