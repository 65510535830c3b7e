import type { Elasticsearch } from "../elasticsearch/connection";
import { naming, ProviderError } from "../elasticsearch/errors";
import { changeText, type Difference, differences, sentences } from "../model/differences";
import { fieldsOf } from "../model/fields";
import type { Issue } from "../model/issues";
import { notice } from "../model/notice";
import type { Bag, Context, Live, ResourceDefinition, ServerCheck } from "../model/resource";
import { secretPaths } from "../model/secret-paths";
import { containsUnknown } from "../model/unknown";
import { recordedInputs } from "./state";

/** Tells what taking over an existing object will change in it, and what stands against it. */
export async function judgeAdoption(
  definition: ResourceDefinition,
  es: Elasticsearch,
  { olds, news, context }: ServerCheck,
): Promise<Issue[]> {
  const [before, id] = [definition.adoption?.of(olds), definition.adoption?.of(news)];
  // An object that is there already stays what it is, unless another one is named.
  const mayTake = Object.keys(olds).length === 0 || (before !== undefined && before !== id);
  const live = id !== undefined && mayTake ? await definition.observe(es, id, {}) : undefined;
  const owner = live && definition.adoption?.owner?.(live, context);
  // The engine checks a replacement as if there were nothing yet: what is ours is no adoption.
  if (id === undefined || !live || owner === "ours") {
    return [];
  }
  // What isn't known yet is judged when the object is taken over.
  const known = Object.fromEntries(Object.entries(news).filter(([, value]) => !containsUnknown(value)));
  const mismatches = definition.adoption?.mismatches(known, live) ?? [];
  if (mismatches.length === 0) {
    const changes = changeTexts(definition, known, live);
    const what = changes.length > 0 ? `, and changed: ${changes.join("; ")}` : "; what is declared holds already";
    notice(definition.kind, id, `exists and is taken over${owner ? ` from ${owner}` : ""}${what}`);
  }
  return mismatches.map(({ path, message }) => ({ path, message: `${message}. ${LEAVE_OUT}` }));
}

const LEAVE_OUT = "Declare what was found; or, if it is this program's own and is to be replaced, leave adopt out";

/** Takes over the existing object that the inputs name; nothing when they name none, or there is none. */
export async function adopt(
  definition: ResourceDefinition,
  es: Elasticsearch,
  desired: Bag,
  context: Context,
): Promise<{ id: string; carried: Bag } | undefined> {
  const rules = definition.adoption;
  const id = rules?.of(desired);
  const live = id === undefined ? undefined : await existing(definition, es, id);
  if (!rules || id === undefined || !live) {
    return undefined;
  }
  const mismatches = rules.mismatches(desired, live);
  if (mismatches.length > 0) {
    throw new ProviderError("conflict", {
      what: `take over the ${definition.kind.toLowerCase()}`,
      object: `${definition.kind} '${id}'`,
      why: sentences(mismatches),
      next: "declare what was found, or choose another one",
    });
  }
  return { id, carried: (await rules.take?.(es, id, desired, live, context)) ?? {} };
}

async function existing(definition: ResourceDefinition, es: Elasticsearch, id: string): Promise<Live | undefined> {
  try {
    return await definition.observe(es, id, {});
  } catch (error) {
    throw naming(error, `${definition.kind} '${id}'`);
  }
}

function changeTexts(definition: ResourceDefinition, desired: Bag, live: Live): string[] {
  const readable = Object.fromEntries(Object.entries(desired).filter(([name]) => name in live.inputs));
  const found = recordedInputs(definition, readable, live);
  const changes = definition.adoption?.changes?.(desired, live) ?? differences(readable, found);
  const confidential = fieldsOf(definition.inputs).flatMap(({ name, meta }) => (meta.confidential ? [[name]] : []));
  // Of what it has now, a secret may stand where none is declared.
  const hidden = [...secretPaths(definition, desired), ...secretPaths(definition, found), ...confidential];
  const completed = (definition.unfinished?.(live) ?? []).filter((name) => desired[name] === undefined);
  return [
    ...changes.map((change) => (mayShow(change, hidden) ? changeText(change) : change.path.join("."))),
    ...completed.map((name) => `${name}: nothing -> the default of a new one`),
  ];
}

/** Not of a secret, a part of one, or something with one inside: of these only the path is told. */
function mayShow({ path }: Difference, hidden: string[][]): boolean {
  return !hidden.some((names) => names.every((name, at) => at >= path.length || path[at] === name));
}
