import type { Elasticsearch } from "../../elasticsearch/connection";
import { putMapping, putSettings, type WireIndex } from "../../elasticsearch/indices";
import { type Difference, differences, mismatchText } from "../../model/differences";
import { deepEqual } from "../../model/equality";
import type { Issue } from "../../model/issues";
import { isRecord } from "../../model/unknown";
import { type Mark, withMark } from "../../ownership/marks";
import { aliasesOf, aliasesView } from "./aliases";
import { LANGUAGES, type Language, languageMappings, languageSettings } from "./analysis";
import { completed, conflicts, type Mappings } from "./mapping-changes";
import { mappingsToWrite, mappingsView } from "./mappings";
import type { IndexInputs } from "./schema";
import { flatSettings, isStatic, withoutServerSettings } from "./settings";

/** All that a new index is sent: what the language gives, and what is declared over it. */
export function creationBody({ language, settings, mappings }: IndexInputs) {
  const chosen = language ? { settings: languageSettings(language), mappings: languageMappings() } : undefined;
  return {
    settings: { ...flatSettings(chosen?.settings), ...flatSettings(settings) },
    mappings: { ...chosen?.mappings, ...mappings } as Mappings,
  };
}

/** What can't be changed on an existing index so that it becomes the declared one: each mismatch by itself. */
export function adoptionIssues(live: WireIndex, desired: IndexInputs): Issue[] {
  const { mappings } = creationBody(desired);
  const fixed = conflicts(live.mappings, completed(mappings, {}, live.mappings));
  return [
    ...staticIssues(live, desired),
    ...fixed.map((conflict) => ({ path: ["mappings", ...conflict.path], message: mismatchText(conflict) })),
  ];
}

/** All that the adoption changes, what the language gives included. Only what is declared counts. */
export function adoptionChanges(live: WireIndex, desired: IndexInputs): Difference[] {
  const { settings, mappings } = creationBody(desired);
  const present = flatSettings(live.settings);
  const aliases = desired.aliases ?? {};
  return [
    ...Object.entries(settings).flatMap(([name, value]) =>
      differences(value, present[name], ["settings", ...short(name)]),
    ),
    ...differences(mappings, mappingsView.of?.(mappings, live.mappings), ["mappings"]),
    ...differences(aliases, aliasesView.of?.(aliases, aliasesOf(live.aliases)), ["aliases"]),
  ];
}

/** Whether an index has all that its language gives in analyzers and filters. */
export function hasAnalysis(live: WireIndex, { language, settings }: Partial<IndexInputs>): boolean {
  const own = flatSettings(settings);
  const given = flatSettings(language && languageSettings(language));
  const present = flatSettings(live.settings);
  return Object.entries(given).every(
    ([name, value]) => !name.startsWith(ANALYSIS) || name in own || deepEqual(value, present[name]),
  );
}

/** Makes an index ours, as far as the declared inputs don't do it by themselves. */
export async function takeOver(
  es: Elasticsearch,
  name: string,
  live: WireIndex,
  desired: IndexInputs,
  mark: Mark,
): Promise<void> {
  const settings = languageSettingsToWrite(live, desired);
  if (Object.keys(settings).length > 0) {
    await putSettings(es, name, settings);
  }
  await putMapping(es, name, adoptingMappings(live, desired, mark));
}

/** Dynamic settings that the language gives and that don't hold. Those of the user are brought in as in any update. */
function languageSettingsToWrite(live: WireIndex, desired: IndexInputs): Record<string, unknown> {
  const present = flatSettings(live.settings);
  const own = flatSettings(desired.settings);
  const given = flatSettings(desired.language && languageSettings(desired.language));
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => !(name in own) && !isStatic(name) && !deepEqual(value, present[name]),
    ),
  );
}

/** The first change of an adopted index: our mark beside what `_meta` holds already, and the language's templates. */
function adoptingMappings(live: WireIndex, desired: IndexInputs, mark: Mark): Mappings {
  const given: Mappings = desired.language ? languageMappings() : {};
  const left = Object.entries(given).filter(([name]) => !(name in (desired.mappings ?? {})));
  const meta = isRecord(live.mappings?._meta) ? live.mappings._meta : {};
  return { ...mappingsToWrite(Object.fromEntries(left), {}, live.mappings), _meta: withMark(meta, mark) };
}

function staticIssues(live: WireIndex, desired: IndexInputs): Issue[] {
  const present = withoutServerSettings(live.settings);
  const own = flatSettings(desired.settings);
  const given = flatSettings(desired.language && languageSettings(desired.language));
  const differing = (settings: Record<string, unknown>) =>
    Object.entries(settings)
      .filter(([name, value]) => isStatic(name) && !deepEqual(value, present[name] ?? DEFAULTS[name]))
      .map(([name, declared]): Difference => ({ path: short(name), found: present[name], declared }));
  const left = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in own)));
  const ofLanguage = differing(left);
  const analysis = ofLanguage.filter(isAnalysis);
  return [
    ...differing(own).map(issue),
    ...ofLanguage.filter((difference) => !isAnalysis(difference)).map(issue),
    ...(desired.language && analysis.length > 0 ? analysisIssues(desired.language, analysis, left, present) : []),
  ];
}

/** The whole analysis of a language in one sentence if it isn't there at all, else what differs of it. */
function analysisIssues(
  language: Language,
  differing: Difference[],
  given: Record<string, unknown>,
  present: Record<string, unknown>,
): Issue[] {
  const other = LANGUAGES.find((each) => each !== language && holds(each, present));
  if (other) {
    return [{ path: ["language"], message: `declared '${language}', found '${other}'` }];
  }
  const all = Object.keys(given).filter((name) => name.startsWith(ANALYSIS));
  if (differing.length === all.length && differing.every(({ found }) => found === undefined)) {
    return [{ path: ["language"], message: `declared '${language}', found none of its analyzers and filters` }];
  }
  return differing.map(issue);
}

function holds(language: Language, present: Record<string, unknown>): boolean {
  return Object.entries(flatSettings(languageSettings(language))).every(
    ([name, value]) => !name.startsWith(ANALYSIS) || deepEqual(value, present[name]),
  );
}

function issue(difference: Difference): Issue {
  return { path: ["settings", ...difference.path], message: mismatchText(difference) };
}

function isAnalysis({ path }: Difference): boolean {
  return path[0] === "analysis";
}

function short(name: string): string[] {
  return name.replace(/^index\./, "").split(".");
}

const ANALYSIS = "index.analysis.";

/** Static settings that may be declared as what they are anyway. */
const DEFAULTS: Record<string, unknown> = {
  "index.codec": "default",
  "index.mode": "standard",
  "index.soft_deletes.enabled": "true",
  "index.load_fixed_bitset_filters_eagerly": "true",
  "index.routing_partition_size": "1",
  "index.shard.check_on_startup": "false",
};
