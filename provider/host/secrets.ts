import type { Bag, ResourceDefinition } from "../model/resource";
import { secretPaths } from "../model/secret-paths";
import { isRecord } from "../model/unknown";
import { hiding as hidingTexts } from "../text/hide";

/** Takes the secrets of some bags out of a message. */
export function hiding(definition: ResourceDefinition, ...bags: Bag[]): (message: string) => string {
  return hidingTexts(
    bags.flatMap((bag) => secretPaths(definition, bag).flatMap((path) => texts(path.reduce(member, bag as unknown)))),
  );
}

function member(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function texts(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return Array.isArray(value) || isRecord(value) ? Object.values(value).flatMap(texts) : [];
}
