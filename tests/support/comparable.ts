// What two runs of the same thing have in common: ids, names made at random, times and ciphertexts become words.

/** The same value with every random part replaced; equal random parts stay equal within the value. */
export function comparable<T>(value: T): T {
  const names = new Map<string, string>();
  const text = JSON.stringify(value, (key, child) => (HIDDEN[key] === undefined ? child : HIDDEN[key]));
  const replaced = RANDOM.reduce(
    (sofar, [kind, pattern]) =>
      sofar.replace(pattern, (found: string) => {
        const known = names.get(found) ?? `<${kind}>`;
        names.set(found, known);
        return known;
      }),
    text,
  );
  return JSON.parse(replaced) as T;
}

const HIDDEN: Record<string, string> = { ciphertext: "<ciphertext>", salt: "<salt>", nonce: "<nonce>" };

const RANDOM: [string, RegExp][] = [
  ["time", /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)/g],
  ["uuid", /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g],
  ["port", /(?<=127\.0\.0\.1:)\d+/g],
  ["encoded key", /(?<![\w+/])[\w+/]{54,60}={0,2}(?![\w+/])/g],
  ["id", /(?<![\w-])(?!propertyDependencies)(?=[\w-]*[A-Z0-9])[\w-]{20}(?![\w-])/g],
  ["suffix", /(?<=-)[0-9a-f]{7}(?![\w])/g],
];
