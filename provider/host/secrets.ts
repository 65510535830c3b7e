import type { Bag, ResourceDefinition } from "../model/resource";
import { secretPaths } from "../model/secret-paths";
import { isRecord } from "../model/unknown";

/** Takes the secrets of some bags out of a message: a server may repeat in its complaint what it was sent. */
export function hiding(definition: ResourceDefinition, ...bags: Bag[]): (message: string) => string {
  const secrets = bags
    .flatMap((bag) => secretPaths(definition, bag).flatMap((path) => texts(path.reduce(member, bag as unknown))))
    .filter((text) => text.length >= SHORTEST)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
    // The longest first, or a secret that holds another one would be taken out in part only.
    .sort((a, b) => b.length - a.length);
  return (message) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), message);
}

/** Shorter ones hide nothing, and would tear any message to pieces. */
const SHORTEST = 4;

function member(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function texts(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return Array.isArray(value) || isRecord(value) ? Object.values(value).flatMap(texts) : [];
}
