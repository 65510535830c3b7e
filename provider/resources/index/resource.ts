import type { Elasticsearch } from "../../elasticsearch/connection";
import { explain, isKind, ProviderError } from "../../elasticsearch/errors";
import {
  countDocuments,
  createIndex,
  deleteIndex,
  getIndex,
  putMapping,
  putSettings,
  updateAliases,
  type WireIndex,
} from "../../elasticsearch/indices";
import { abilities } from "../../elasticsearch/version";
import { deepEqual } from "../../model/equality";
import { notice } from "../../model/notice";
import { type Context, defineResource } from "../../model/resource";
import { containsUnknown } from "../../model/unknown";
import { autoName, autoPrefix } from "../../ownership/ids";
import { sendOnce, sendUnlessLate } from "../../ownership/lost-answer";
import { type Mark, newMark, sameOwner } from "../../ownership/marks";
import { drained } from "../running-syncs";
import { adoptionChanges, adoptionIssues, creationBody, hasAnalysis, takeOver } from "./adoption";
import { aliasActions, aliasesOf, aliasesView, aliasIssues, wireAliases } from "./aliases";
import { languageSettings } from "./analysis";
import { conflicts, removedFields } from "./mapping-changes";
import { unknownNames } from "./mapping-names";
import { mappingIssues } from "./mapping-shape";
import { refuseConflicts, unforeseen, writeMappings } from "./mapping-writes";
import { mappingsView, markedMappings, markOfMappings, unmarkedMappings } from "./mappings";
import { type IndexInputs, indexFacts, indexInputs } from "./schema";
import { changesStaticSetting, flatSettings, settingsToWrite, settingsView, withoutServerSettings } from "./settings";
import { settingIssues } from "./settings-check";
import { handovers } from "./write-aliases";

export const index = defineResource({
  kind: "Index",
  inputs: indexInputs,
  facts: indexFacts,
  views: { settings: settingsView, mappings: mappingsView, aliases: aliasesView },

  validate: (inputs) => [
    ...settingIssues(inputs.settings),
    ...mappingIssues(inputs.mappings),
    ...aliasIssues(inputs.aliases, inputs.name),
    ...(inputs.adopt === true && inputs.name === undefined
      ? [{ path: ["adopt"], message: "needs the name of the index to take over" }]
      : []),
  ],

  async checkAgainstServer(es, { news, olds, context }) {
    if (containsUnknown(news)) {
      return [];
    }
    const renamed = news.name !== undefined && news.name !== olds.name;
    const replaced = olds.language !== news.language || fixedInputs(olds, news).length > 0;
    if (Object.keys(olds).length === 0 || renamed || replaced) {
      const adopted = news.adopt && news.name !== undefined ? await getIndex(es, news.name) : undefined;
      return unknownNames(news, adopted?.settings);
    }
    const kept = removedFields(olds.mappings, news.mappings);
    if (kept.length > 0) {
      notice("Index", news.name ?? context.resource, keptText(kept));
    }
    return [];
  },

  liveIssues: async (es, name, { olds, news }) =>
    containsUnknown(news.mappings) || containsUnknown(news.settings) ? [] : unforeseen(es, name, olds.mappings, news),

  adoption: {
    of: ({ adopt, name }) => (adopt === true && typeof name === "string" ? name : undefined),
    mismatches: (desired, { raw }) => adoptionIssues(raw as WireIndex, desired),
    changes: (desired, { raw }) => adoptionChanges(raw as WireIndex, desired),
    owner({ raw }, context) {
      const mark = markOfMappings((raw as WireIndex).mappings);
      return mark && (sameOwner(mark, { ...context, nonce: mark.nonce }) ? "ours" : ownerText(mark));
    },
    async take(es, name, desired, { raw }, context) {
      const mark = newMark(context);
      await takeOver(es, name, raw as WireIndex, desired, mark);
      return { indexName: name, creationMark: mark.nonce };
    },
  },

  alsoReplaces: fixedInputs,

  // An auto-named index gets a new name, so that both can exist at once. Deleted first, it would take with it the key whose
  // rights follow its name.
  deleteFirst: (olds, news) => news.name !== undefined && olds.name === news.name,

  async refuseReplacement(es, name, olds) {
    const why = olds.forceDestroy ? undefined : refusal(await countDocuments(es, name));
    return why && `its change replaces the index '${name}', but ${why}. What to do: ${WAYS_ON}.`;
  },

  idOf: (olds) => olds.name,

  // Naming an index by the name that it has, or naming it no more, leaves it as it is.
  sameMeaning: (olds, news, id) =>
    news.name === undefined || (id !== undefined && olds.name === undefined && news.name === id) ? ["name"] : [],

  async create(es, desired, context, made) {
    const mark = newMark(context);
    const name = desired.name ?? autoName(await prefixFor(es, context), context.resource);
    const body = creationBody(desired);
    // What the replaced index gives up is taken in the update that follows.
    const moved = await handovers(es, name, desired.aliases, context);
    const own = Object.entries(wireAliases(desired.aliases)).filter(([alias]) => !moved.has(alias));
    const marked = {
      ...body,
      ...(own.length > 0 ? { aliases: Object.fromEntries(own) } : {}),
      mappings: markedMappings(body.mappings, mark),
    };
    try {
      await sendOnce(
        () => createIndex(es, name, marked).then(() => true),
        async () => (markOfMappings((await getIndex(es, name))?.mappings)?.nonce === mark.nonce ? true : undefined),
      );
    } catch (error) {
      const object = `Index '${name}'`;
      const taken = isKind(error, "conflict") && (await takesLostCreation(es, name, desired, mark));
      if (!taken) {
        throw explain(error, { object, ...(isKind(error, "conflict") ? { next: EXISTS } : {}) });
      }
    }
    made(name, { indexName: name, creationMark: mark.nonce });
  },

  whenLost: ({ name }) =>
    name === undefined ? "the command 'npx pulumi-elastic-connectors indices' finds it" : undefined,

  async observe(es, name, recorded) {
    const live = await getIndex(es, name);
    if (!live) {
      return undefined;
    }
    const mark = markOfMappings(live.mappings);
    // A write to an index that is gone makes it anew, without anything that was declared.
    const bare = recorded.creationMark !== undefined && !mark && !hasAnalysis(live, recorded);
    if (bare) {
      notice("Index", name, bareText(recorded.language));
    }
    return {
      inputs: {
        name,
        ...(bare ? { language: undefined } : {}),
        settings: withoutServerSettings(live.settings) as IndexInputs["settings"],
        mappings: unmarkedMappings(live.mappings) as IndexInputs["mappings"],
        aliases: aliasesOf(live.aliases),
      },
      // Once known it is carried on: an index that bears another mark by now is another resource's.
      facts: { indexName: name, creationMark: recorded.creationMark ?? mark?.nonce },
      raw: live,
    };
  },

  async update(es, name, { changed, desired, recorded, live }, context) {
    const found = live.raw as WireIndex | undefined;
    const present = found?.mappings;
    refuseForeign(name, recorded.creationMark, present);
    if (changed.has("mappings")) {
      refuseConflicts(es, name, desired, recorded.mappings, found);
    }
    if (changed.has("settings")) {
      const initial = desired.language && languageSettings(desired.language);
      const settings = settingsToWrite(desired.settings, recorded.settings, live.inputs.settings, initial);
      if (Object.keys(settings).length > 0) {
        await putSettings(es, name, settings);
      }
    }
    if (changed.has("mappings")) {
      const kept = removedFields(recorded.mappings, desired.mappings);
      if (kept.length > 0) {
        notice("Index", desired.name ?? context.resource, keptText(kept));
      }
      await writeMappings(es, name, desired, recorded.mappings, present);
    }
    if (changed.has("aliases")) {
      const moved = await handovers(es, name, desired.aliases, context);
      const own = aliasActions(name, desired.aliases, recorded.aliases, live.inputs.aliases);
      const actions = [...moved.values(), ...own];
      if (actions.length > 0) {
        await updateAliases(es, actions);
      }
    }
  },

  async remove(es, name, recorded) {
    const live = await getIndex(es, name);
    if (!live) {
      return;
    }
    const mark = markOfMappings(live.mappings);
    if (mark && recorded.creationMark && mark.nonce !== recorded.creationMark) {
      notice("Index", name, `left alone: it belongs to ${ownerText(mark)} by now`);
      return;
    }
    // Without our mark somebody may have made it anew: what was allowed for the one of ours isn't for that one.
    const allowed = recorded.forceDestroy === true && !(recorded.creationMark && !mark);
    const why = allowed ? undefined : refusal(await countDocuments(es, name));
    if (why && recorded.forceDestroy) {
      throw new ProviderError("conflict", {
        what: "delete the index",
        object: `Index '${name}'`,
        why: `it doesn't bear the mark that it was made with, so somebody may have made it anew, and ${why}`,
        next: "delete it by hand if nobody needs it, or take the resource out of the state ('pulumi state delete <URN>')",
      });
    }
    if (why) {
      throw new ProviderError("conflict", {
        what: "delete the index",
        object: `Index '${name}'`,
        why,
        next: DELETE_WAYS_ON,
      });
    }
    const timeout = recorded.drainTimeout ?? "10m";
    if (!(await drained(es, { kind: "Index", id: name, indices: [name], timeout }))) {
      notice(
        "Index",
        name,
        `deleted although a sync still ran on it after ${timeout}: its next write may make it anew`,
      );
    }
    await sendUnlessLate(
      () => deleteIndex(es, name),
      () => isGone(es, name, mark),
    );
  },
});

async function isGone(es: Elasticsearch, name: string, mark: Mark | undefined): Promise<boolean> {
  const live = await getIndex(es, name);
  return !live || markOfMappings(live.mappings)?.nonce !== mark?.nonce;
}

const WAYS_ON =
  "set forceDestroy: true, or retainOnDelete: true to keep the index, and run 'pulumi up' before anything else, then repeat this; or delete its documents";

const DELETE_WAYS_ON = `${WAYS_ON}. An index that has been replaced already can't take options any more: delete its documents or the index itself, and run 'pulumi up' again`;

const EXISTS =
  "choose another name, leave the name out to get a fresh one, set adopt: true to take the index over, or delete it if nobody needs it";

/** Two resources would undo each other's changes for ever. */
function refuseForeign(name: string, ours: string | undefined, mappings: WireIndex["mappings"]): void {
  const mark = markOfMappings(mappings);
  if (mark && ours && mark.nonce !== ours) {
    throw new ProviderError("conflict", {
      what: "change the index",
      object: `Index '${name}'`,
      why: `it belongs to ${ownerText(mark)} by now, which has taken it over or made it anew`,
      next: "take it out of this program (nothing is deleted then), or remove it from the state ('pulumi state delete <URN>') and take it back with adopt: true",
    });
  }
}

function ownerText({ project, stack, resource }: Mark): string {
  return `resource '${resource}' in stack '${project}/${stack}'`;
}

function refusal(documents: number | undefined): string | undefined {
  return documents
    ? `the index holds ${documents} document${documents === 1 ? "" : "s"}, which would be lost`
    : undefined;
}

async function prefixFor(es: Elasticsearch, context: Context): Promise<string> {
  const { version } = await es.info();
  return autoPrefix(context.native === true && !abilities.servesNativeConnectors(version));
}

/** Makes what an earlier run of this creation left the object of this one. Answers whether it is that. */
async function takesLostCreation(es: Elasticsearch, name: string, desired: IndexInputs, mark: Mark): Promise<boolean> {
  try {
    const ours = await isLostCreation(es, name, desired, mark);
    if (ours) {
      await putMapping(es, name, { _meta: markedMappings(creationBody(desired).mappings, mark)._meta });
    }
    return ours;
  } catch (error) {
    throw explain(error, { object: `Index '${name}'`, doubt: true });
  }
}

/**
 * Whether an existing index is what an earlier run of this very creation left, its answer lost: our mark for the same
 * resource, no documents, and exactly what would be sent now.
 */
async function isLostCreation(es: Elasticsearch, name: string, desired: IndexInputs, mark: Mark): Promise<boolean> {
  const live = await getIndex(es, name);
  if (!live || !sameOwner(markOfMappings(live.mappings), mark) || (await countDocuments(es, name)) !== 0) {
    return false;
  }
  const body = creationBody(desired);
  const present = withoutServerSettings(live.settings);
  const sameSettings = Object.entries(flatSettings(body.settings)).every(([setting, value]) =>
    deepEqual(present[setting], value),
  );
  return sameSettings && mappingsView.equal(unmarkedMappings(live.mappings) ?? {}, body.mappings);
}

function bareText(language: string | undefined): string {
  return `was deleted, and made anew by somebody's write (a sync's, for example): the analyzers of language '${language}' are gone, and only a replacement brings them back`;
}

function keptText(kept: string[]): string {
  return `mapped fields can't be removed; kept: ${kept.join(", ")}`;
}

/** Inputs of which an existing index can't take the change. */
function fixedInputs(olds: Partial<IndexInputs>, news: IndexInputs): ("settings" | "mappings")[] {
  const settings = known(news.settings) && changesStaticSetting(olds.settings, news.settings);
  const mappings = known(news.mappings) && conflicts(olds.mappings, news.mappings).length > 0;
  return [...(settings ? (["settings"] as const) : []), ...(mappings ? (["mappings"] as const) : [])];
}

function known(value: unknown): boolean {
  return !containsUnknown(value);
}
