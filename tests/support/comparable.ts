// What two runs of the same thing have in common: ids, names made at random, times and ciphertexts become words.

/** What a random text is called: an id by the resource that owns it. */
export type Names = Map<string, string>;

/**
 * The same value with every random part replaced: by its name, or else by a number in the order of first appearance, so that
 * a reference to the wrong object stays wrong. Property names are left alone.
 */
export function comparable<T>(value: T, names: Names = new Map()): T {
  const numbered = new Map<string, string>();
  const counts = new Map<string, number>();
  return replaced(value, names, (kind, token) => {
    const known = numbered.get(token);
    if (known !== undefined) return known;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    numbered.set(token, `<${kind} ${number}>`);
    return `<${kind} ${number}>`;
  });
}

/** In an order that nothing random decides: what comes next may be compared. */
export function inOrder<T>(values: readonly T[], names: Names = new Map()): T[] {
  const keyed = values.map(
    (value) => [JSON.stringify(replaced(value, names, (kind) => `<${kind}>`)) ?? "", value] as const,
  );
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}

interface Owner {
  urn: string;
  type: string;
  id?: string;
  delete?: boolean;
  outputs?: Record<string, unknown>;
}

/** Learns the ids of these resources; one that a resource had before another is another. */
export function learn(names: Names, resources: readonly Owner[]): Names {
  // Which half of a replacement comes first in a state is nobody's.
  const living = [...resources].sort((a, b) => Number(a.delete ?? false) - Number(b.delete ?? false));
  for (const { urn, type, id = "", outputs } of living) {
    const owner = `${type.split(":").pop()} ${urn.split("::").pop()}`;
    const [kind, token] = [...id.matchAll(RANDOM)].map((match) => kindOf(match.groups)).at(-1) ?? [];
    if (token !== undefined) name(names, token, `${kind} of ${owner}`);
    if (typeof outputs?.creationMark === "string") name(names, outputs.creationMark, `mark of ${owner}`);
  }
  return names;
}

function name(names: Names, token: string, words: string): void {
  if (names.has(token)) return;
  const earlier = [...names.values()].filter((each) => each.startsWith(`<${words}>`)).length;
  names.set(token, `<${words}>${earlier > 0 ? ` (${earlier + 1})` : ""}`);
}

type Groups = Record<string, string | undefined> | undefined;

/** Which of the patterns has matched, and what. */
function kindOf(groups: Groups): [kind: string, token: string] {
  const [found] = Object.entries(groups ?? {}).flatMap(([kind, token]) =>
    token === undefined ? [] : [[kind, token] as const],
  );
  return found ? [...found] : ["", ""];
}

type Call = (kind: string, token: string) => string;

function replaced<T>(value: T, names: Names, unnamed: Call): T {
  const properties = new Set<string>();
  const call: Call = (kind, token) => names.get(token) ?? (properties.has(token) ? token : unnamed(kind, token));
  JSON.stringify(value, (key, child) => {
    properties.add(key);
    return child;
  });
  return JSON.parse(
    JSON.stringify(value, (key, child) => {
      if (HIDDEN.has(key)) return `<${key}>`;
      return typeof child === "string" ? inWords(child, call) : child;
    }),
  );
}

function inWords(text: string, call: Call): string {
  return text.replace(RANDOM, (...found: unknown[]) => word(...kindOf(found.at(-1) as Groups), call));
}

function word(kind: string, token: string, call: Call): string {
  if (kind === "time") return "<time>";
  const [, key] = kind === "encoded" ? (ENCODED_KEY.exec(Buffer.from(token, "base64").toString("utf8")) ?? []) : [];
  return key === undefined ? call(kind, token) : `<encoded ${call("id", key)}>`;
}

const ENCODED_KEY = /^([\w-]{20}):/;
const HIDDEN = new Set(["ciphertext", "salt"]);

const KINDS: [kind: string, pattern: RegExp][] = [
  ["time", /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/],
  ["uuid", /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/],
  ["port", /(?<=127\.0\.0\.1:)\d+/],
  ["encoded", /(?<![\w+/])[\w+/]{54,60}={0,2}(?![\w+/])/],
  // Not the names that end in a suffix.
  ["id", /(?<![\w-])(?=[\w-]*[A-Z0-9])(?![\w-]*-[0-9a-f]{7}(?![\w-]))[\w-]{20}(?![\w-])/],
  ["suffix", /(?<=-)[0-9a-f]{7}(?!\w)/],
];

const RANDOM = new RegExp(KINDS.map(([kind, { source }]) => `(?<${kind}>${source})`).join("|"), "g");
