/** Takes secrets out of messages: whoever complains may repeat what it was sent. */
export function hiding(secrets: readonly string[]): (message: string) => string {
  const texts = secrets
    .filter((text) => text.length >= SHORTEST)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
    // The longest first, or a secret that holds another one would be taken out in part only.
    .sort((a, b) => b.length - a.length);
  return (message) => texts.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), message);
}

/** Shorter ones hide nothing, and would tear any message to pieces. */
const SHORTEST = 4;
