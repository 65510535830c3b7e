import { describe, isKind, naming, ProviderError } from "../elasticsearch/errors";
import { checkAgainstServer, checkLocally, liveIssues, refusedReplacement } from "../lifecycle/check";
import { difference } from "../lifecycle/diff";
import { create, refresh, remove, Unfinished, update } from "../lifecycle/reconcile";
import { systemClock } from "../model/clock";
import { type Issue, pathText } from "../model/issues";
import { notice } from "../model/notice";
import type { Bag, ResourceDefinition } from "../model/resource";
import { secretPaths } from "../model/secret-paths";
import { configure, type EngineConfiguration, elasticsearch } from "./configuration";
import { printNotices } from "./notices";
import { hiding } from "./secrets";
import { type EngineBag, fromEngine, toEngine } from "./values";

/** The methods that Pulumi's dynamic host calls. */
export interface HostedProvider {
  configure(request: EngineConfiguration): Promise<void>;
  check(olds: unknown, news: unknown): Promise<{ inputs: Bag; failures: { property: string; reason: string }[] }>;
  diff(id: string, olds: unknown, news: unknown): Promise<EngineDiff>;
  create(inputs: unknown): Promise<{ id: string; outs: Bag }>;
  read(id: string, props: unknown): Promise<{ id?: string; props?: Bag; inputs?: Bag }>;
  update(id: string, olds: unknown, news: unknown): Promise<{ outs: Bag }>;
  delete(id: string, props: unknown): Promise<void>;
}

export interface EngineDiff {
  /** Left undefined for a real difference of inputs: then the engine finds the paths itself. */
  changes?: boolean;
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

/** Puts a resource behind the engine's dynamic-provider contract. */
export function host(definition: ResourceDefinition): HostedProvider {
  printNotices();

  function outputs(values: Bag, hidden: Bag): Bag {
    return toEngine(values, hidden, secretPaths(definition, values));
  }

  return {
    async configure(request) {
      configure(request);
    },

    async check(oldBag, newBag) {
      const olds = fromEngine(oldBag);
      const given = fromEngine(newBag);
      const completed = { ...given, values: definition.completed?.(olds.values, given.values) ?? given.values };
      const news = stamped(definition, olds, completed);
      // An import file may hold nothing but the provider's text; the refresh after it fills the inputs.
      const issues =
        Object.keys(news.hidden).length <= 1 && isEmpty(news.values) ? [] : await judge(definition, olds, news);
      return {
        inputs: outputs(news.values, keptContext(olds, news)),
        // With a property's name the engine would print the value, secrets included.
        failures: issues.map((issue) => ({ property: "", reason: sentence(issue) })),
      };
    },

    async diff(id, oldBag, newBag) {
      const olds = fromEngine(oldBag);
      const news = fromEngine(newBag);
      const { changed, replaces, deleteFirst } = difference(definition, olds.values, news.values, id, olds.context);
      if (changed.length === 0) {
        return { changes: olds.hidden[UNFINISHED] === true || changesRetention(definition, olds, news) };
      }
      // After an import and before its refresh nothing is recorded yet: everything seems to appear.
      if (isEmpty(olds.values)) {
        return {};
      }
      if (replaces.length > 0 && (await mustStay(definition, id, olds, news))) {
        return { replaces: [] };
      }
      await warnOfFailure(definition, id, olds, news);
      if (replaces.length === 0) {
        return { replaces: await refusedChanges(definition, id, changed), deleteBeforeReplace: false };
      }
      return { replaces, deleteBeforeReplace: deleteFirst };
    },

    async create(bag) {
      const { values, hidden, context } = fromEngine(bag);
      try {
        const { id, outputs: made } = await create(definition, elasticsearch(), values, context);
        return { id, outs: outputs(made, hidden) };
      } catch (error) {
        throw forEngine(error, hiding(definition, values), (made) => outputs(made, hidden));
      }
    },

    async read(id, bag) {
      const { values, hidden } = fromEngine(bag);
      try {
        const { [UNFINISHED]: _, [IMPORTED]: imported, ...rest } = hidden;
        const live = await refresh(definition, elasticsearch(), id, values, imported === true);
        if (live) {
          const lasting = imported === true ? { ...rest, [IMPORTED]: true } : rest;
          const seen = live.unfinished ? { ...lasting, [UNFINISHED]: true } : lasting;
          return { id, props: outputs(live.outputs, seen), inputs: outputs(live.inputs, rest) };
        }
      } catch (error) {
        throw forEngine(naming(error, `${definition.kind} '${id}'`), hiding(definition, values));
      }
      // The engine takes "gone" for "found, but empty" when a program looks an object up.
      if (isEmpty(values)) {
        throw quiet(`there is no ${definition.kind} with the id '${id}'`);
      }
      return {};
    },

    async update(id, oldBag, newBag) {
      const olds = fromEngine(oldBag);
      const { values, hidden, context } = fromEngine(newBag);
      const imported = olds.hidden[IMPORTED] === true;
      const lasting = imported ? { ...hidden, [IMPORTED]: true } : hidden;
      try {
        const outs = await update(definition, elasticsearch(), id, olds.values, values, { ...context, imported });
        return { outs: outputs(outs, lasting) };
      } catch (error) {
        const hide = hiding(definition, olds.values, values);
        throw forEngine(naming(error, `${definition.kind} '${id}'`), hide, (made) => outputs(made, olds.hidden));
      }
    },

    async delete(id, bag) {
      const { values } = fromEngine(bag);
      try {
        await remove(definition, elasticsearch(), id, values);
      } catch (error) {
        throw forEngine(naming(error, `${definition.kind} '${id}'`), hiding(definition, values));
      }
    },
  };
}

/**
 * Output by which a refresh remembers that the creation isn't finished: the refresh makes the engine forget the error, and
 * no input differs.
 */
const UNFINISHED = "__unfinished";

/** Output that the import command's file gives to an object that others have made: it counts as finished as it is. */
const IMPORTED = "__imported";

/** The inputs with those that the provider sets itself, and what these depend on. */
function stamped(definition: ResourceDefinition, olds: EngineBag, news: EngineBag): EngineBag {
  if (!definition.stamp || isEmpty(news.values) || !news.hidden.__context) {
    return news;
  }
  const made =
    isEmpty(olds.values) && isEmpty(olds.hidden) ? new Date(systemClock.now()).toISOString() : olds.context.made;
  const context = { ...news.context, ...(made === undefined ? {} : { made }) };
  return {
    values: { ...news.values, ...definition.stamp(news.values, olds.values, context) },
    hidden: { ...news.hidden, __context: context },
    context,
  };
}

/** Whose the object is was settled when it was made: a renamed resource is no change, and previews stay quiet about it. */
function keptContext(olds: EngineBag, news: EngineBag): Bag {
  if (!news.hidden.__context) {
    return news.hidden;
  }
  // What only `check` looks at is never recorded.
  const { siblings: _, ...context } = news.context;
  if (!olds.hidden.__context) {
    return { ...news.hidden, __context: context };
  }
  const { project, stack, resource } = olds.context;
  return { ...news.hidden, __context: { ...context, project, stack, resource } };
}

/**
 * Whether an option that decides about a replacement has to be recorded. Without a change the engine would keep the old
 * outputs, and outputs are all that `diff` and a refresh are given.
 */
function changesRetention(definition: ResourceDefinition, olds: EngineBag, news: EngineBag): boolean {
  const before = olds.hidden.__context !== undefined || olds.hidden[IMPORTED] === true;
  const both = before && news.hidden.__context !== undefined;
  const differs = (olds.context.retained === true) !== (news.context.retained === true);
  return both && differs && definition.refuseReplacement !== undefined;
}

async function judge(definition: ResourceDefinition, olds: EngineBag, news: EngineBag): Promise<Issue[]> {
  const issues = checkLocally(definition, news.values, olds.values);
  if (issues.length > 0) {
    return issues;
  }
  try {
    const es = elasticsearch();
    if (es.preflight === "off") {
      return [];
    }
    const found = await checkAgainstServer(definition, es, {
      olds: olds.values,
      news: news.values,
      // The engine deletes an old object by the options of the last run, so only these count.
      context: { ...news.context, retained: olds.context.retained === true },
    });
    if (es.preflight === "error") {
      return found;
    }
    for (const issue of found) {
      notice(definition.kind, news.context.resource, sentence(issue));
    }
    return [];
  } catch (error) {
    if (isKind(error, "forbidden") && elasticsearch().preflight === "warn") {
      notice(definition.kind, news.context.resource, describe(error));
      return [];
    }
    return [{ path: [], message: describe(error) }];
  }
}

/** What the caller can't change in place. An engine that refreshes asks as well, and must not fail. */
async function refusedChanges(definition: ResourceDefinition, id: string, changed: string[]): Promise<string[]> {
  try {
    return [...((await definition.mustReplace?.(elasticsearch(), id, changed)) ?? [])];
  } catch {
    return [];
  }
}

/**
 * Whether the object must not be replaced. Where the inputs tell which object it is, `check` has refused already; of an
 * auto-named one only the id tells. A refresh asks as well and must not fail, so the user gets a notice, and the update
 * that is planned instead of the replacement fails.
 */
async function mustStay(
  definition: ResourceDefinition,
  id: string,
  olds: EngineBag,
  news: EngineBag,
): Promise<boolean> {
  if (!definition.refuseReplacement || definition.idOf?.(olds.values) !== undefined) {
    return false;
  }
  try {
    const request = { olds: olds.values, news: news.values, context: olds.context };
    const issues = await refusedReplacement(definition, elasticsearch, id, request);
    willFail(definition, id, issues ?? []);
    return issues !== undefined;
  } catch {
    // Deleting the old object judges again.
    return false;
  }
}

/** Of an object that only its id tells, `check` can't know what it takes: the preview warns, and the update fails. */
async function warnOfFailure(
  definition: ResourceDefinition,
  id: string,
  olds: EngineBag,
  news: EngineBag,
): Promise<void> {
  if (definition.idOf?.(olds.values) !== undefined) {
    return;
  }
  const request = { olds: olds.values, news: news.values, context: olds.context };
  // A refresh asks as well and must not fail; the update judges again.
  willFail(definition, id, await liveIssues(definition, elasticsearch, id, request).catch(() => []));
}

function willFail(definition: ResourceDefinition, id: string, issues: Issue[]): void {
  for (const issue of issues) {
    notice(definition.kind, id, `'pulumi up' will fail: ${sentence(issue)}`);
  }
}

function sentence({ path, message }: Issue): string {
  return path.length > 0 ? `${pathText(path)}: ${message}` : message;
}

/**
 * What the engine understands of an error. An object that exists but isn't finished is recorded with its id; the
 * provider's text has to be among its properties, or it could be neither refreshed nor deleted.
 */
function forEngine(
  error: unknown,
  hide: (message: string) => string,
  properties: (made: Bag) => Bag = (made) => made,
): Error {
  if (error instanceof Unfinished) {
    const { id, outputs } = error;
    const reason = hide(error.reason);
    return Object.assign(quiet(reason), { id, properties: properties(outputs), reasons: [reason] });
  }
  const text = hide(describe(error));
  if (error instanceof ProviderError || !(error instanceof Error)) {
    return quiet(text);
  }
  // A defect of ours: where it happened is worth more than a quiet row.
  return Object.assign(new Error(text), { stack: hide(error.stack ?? text) });
}

/**
 * The engine puts the message on the resource's row. Of some errors the dynamic host also prints text and stack under the
 * stack's row, where they would only repeat it.
 */
function quiet(message: string): Error {
  return Object.assign(new Error(message), {
    toString: () => "provider",
    stack: "the resource's own message says what failed",
  });
}

function isEmpty(bag: Bag): boolean {
  return Object.keys(bag).length === 0;
}
