/** A value that must appear nowhere, and every spelling in which it could. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Base64 of a text depends on where the secret begins in it, so the middle of all three alignments is looked for.
  const aligned = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, "x"), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(offset === 0 ? 0 : 4, -2);
  });
  const all = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    encodeURIComponent(secret),
    bytes.toString("hex"),
    ...aligned,
    ...aligned.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
  return [...new Set(all)].filter((text) => text.length >= 8);
}

/** Which of the secrets a text holds, in any spelling. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => spellings(secret).some((spelling) => text.includes(spelling)));
}
