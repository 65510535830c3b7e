import { type ShownSettings, showSettings } from "../../indices/settings";
import type { JsonObject } from "../../json";
import type { IndexMetadata } from "../../store/document-store";

/** What `GET /{index}` says of one index; `features` narrows it. */
export function indexBody(index: IndexMetadata, shown: ShownSettings, features: readonly string[]): JsonObject {
  const body: JsonObject = {};
  if (wanted(features, "aliases")) body.aliases = { ...index.aliases };
  if (wanted(features, "mappings")) body.mappings = index.mappings;
  if (wanted(features, "settings")) body.settings = showSettings(index, shown);
  return body;
}

function wanted(features: readonly string[], feature: string): boolean {
  return features.length === 0 || features.includes(feature);
}
