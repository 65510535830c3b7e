import { wordsOf } from "../documents/fields";
import { globMatches } from "../glob";
import type { JsonObject } from "../json";
import type { IndexedFields } from "./indexed-fields";

type FragmentField = IndexedFields["fragments"][number];

/** Finds the documents whose fields may contain a text: by its pieces of three characters. */
export interface FragmentIndex {
  change(id: string, before: JsonObject | undefined, after: JsonObject | undefined): void;
  /** Ids of documents that may contain the text; undefined when it is too short to tell, or more than `most` may. */
  candidates(text: string, most: number): ReadonlySet<string> | undefined;
}

export function fragmentIndex(fields: readonly FragmentField[]): FragmentIndex {
  const postings = new Map(fields.map(({ field }) => [field, new Map<string, Set<string>>()]));

  return {
    change(id, before, after) {
      for (const { field, analysis } of fields) {
        const [old, now] = [textOf(before, field), textOf(after, field)];
        const grams = postings.get(field);
        if (old === now || grams === undefined) continue;
        for (const gram of piecesOf(old, analysis)) forget(grams, gram, id);
        for (const gram of piecesOf(now, analysis)) remember(grams, gram, id);
      }
    },
    candidates(text, most) {
      const found = new Set<string>();
      for (const { field, analysis } of fields) {
        const sought = literals(analysis === "words" ? text.toLowerCase() : text).flatMap(pieces);
        if (sought.length === 0) return undefined;
        const lists = sought.map((gram) => postings.get(field)?.get(gram) ?? none);
        const rarest = lists.reduce((least, list) => (list.size < least.size ? list : least));
        if (rarest.size > most) return undefined;
        for (const id of rarest) if (lists.every((list) => list.has(id))) found.add(id);
      }
      return found;
    },
  };
}

/** Tells whether one of the fields contains the text, in which `*` and `?` stand for other characters. */
export function containing(fields: readonly FragmentField[], text: string): (source: JsonObject) => boolean {
  const tests = fields.map(({ field, analysis }) => {
    const test = analysis === "words" ? inWords(text.toLowerCase()) : inWhole(text);
    return (source: JsonObject) => {
      const value = source[field];
      return typeof value === "string" && test(value);
    };
  });
  return (source) => tests.some((test) => test(source));
}

const none: ReadonlySet<string> = new Set();

function inWhole(text: string): (value: string) => boolean {
  return /[*?]/.test(text) ? (value) => globMatches(`*${text}*`, value) : (value) => value.includes(text);
}

function inWords(text: string): (value: string) => boolean {
  // A text that is part of one word itself can't reach over the end of another.
  if (wordsOf(text)[0] === text) return (value) => value.toLowerCase().includes(text);
  return (value) => wordsOf(value).some((word) => globMatches(`*${text}*`, word));
}

function textOf(source: JsonObject | undefined, field: string): string {
  const value = source?.[field];
  return typeof value === "string" ? value : "";
}

function piecesOf(text: string, analysis: FragmentField["analysis"]): Set<string> {
  return new Set(analysis === "words" ? wordsOf(text).flatMap(pieces) : pieces(text));
}

function literals(text: string): string[] {
  return text.split(/[*?]+/);
}

function pieces(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at + 3 <= text.length; at++) found.push(text.slice(at, at + 3));
  return found;
}

function remember(grams: Map<string, Set<string>>, gram: string, id: string): void {
  const ids = grams.get(gram);
  if (ids === undefined) grams.set(gram, new Set([id]));
  else ids.add(id);
}

function forget(grams: Map<string, Set<string>>, gram: string, id: string): void {
  const ids = grams.get(gram);
  ids?.delete(id);
  if (ids?.size === 0) grams.delete(gram);
}
