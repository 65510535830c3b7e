// Import: takes objects that exist already into the state, from a file in the form that `pulumi import --file` reads. Like
// there, objects of dynamic resources come with their inputs and outputs; what they really are, the next refresh finds out.

import type { Deployment } from "./deployment";
import { bareGoal } from "./goal";
import { isObject, makeSecret, type PropertyMap, SECRET_SIGNATURE, SIGNATURE, type Value } from "./property";
import type { Run } from "./run";
import type { ResourceState } from "./state";
import { step } from "./step";
import { createUrn, STACK_TYPE } from "./urn";

export interface ImportFile {
  /** URNs by the names that resources of the file call them. */
  nameTable?: Record<string, string>;
  resources: ImportedResource[];
}

interface ImportedResource {
  type: string;
  name: string;
  id: string;
  parent?: string;
  provider?: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

export function readImportFile(text: string): ImportFile {
  const file = JSON.parse(text) as ImportFile;
  const incomplete = file.resources.find(({ inputs, outputs }) => inputs === undefined || outputs === undefined);
  if (incomplete) throw new Error(`${incomplete.type} ${incomplete.name} has no inputs and outputs to import`);
  return file;
}

/** Puts all objects of the file into the state, beside what is there. */
export async function importAll(
  run: Run,
  deployment: Deployment,
  { nameTable = {}, resources }: ImportFile,
): Promise<void> {
  // What every program registers first.
  const root = await deployment.register(bareGoal(STACK_TYPE, `${run.project}-${run.stack}`));
  for (const resource of resources) {
    if (run.cancellation.requested) return;
    await importOne(run, deployment, resource, root.urn, nameTable);
  }
}

async function importOne(
  run: Run,
  deployment: Deployment,
  { type, name, id, parent, provider, inputs, outputs }: ImportedResource,
  root: string,
  nameTable: Record<string, string>,
): Promise<void> {
  const above = parent === undefined ? root : (nameTable[parent] ?? parent);
  const urn = createUrn(run.stack, run.project, above, type, name);
  const known = run.snapshot.base.find((resource) => resource.urn === urn && resource.delete !== true);
  if (known) {
    if (known.id !== id) return run.report.error(`is in the state already, with the id '${known.id}'`, urn);
    const there = step("same", { old: known, new: known }, { leave: "skipped" });
    await deployment.executor.single(there, async () => []);
    return;
  }
  const named = provider === undefined ? undefined : (nameTable[provider] ?? provider);
  const explicit = run.snapshot.base.find((resource) => resource.urn === named);
  if (named !== undefined && !explicit) return run.report.error(`its provider ${named} isn't in the state`, urn);
  const reference = await deployment.providerFor(type, explicit ? `${explicit.urn}::${explicit.id}` : "");
  const state: ResourceState = {
    urn,
    custom: true,
    id,
    type,
    inputs: withSecrets(inputs) as PropertyMap,
    outputs: withSecrets(outputs) as PropertyMap,
    parent: above,
    provider: reference,
  };
  await deployment.executor.single(step("import", { new: state }), async () => {
    const checker = await run.registry.get(reference, run.snapshot.base);
    const given = state.inputs ?? {};
    const checked = await checker.check(urn, given, given);
    for (const { reason } of checked.failures) run.report.warning(`inputs failed to validate: ${reason}`, urn);
    state.inputs = checked.inputs;
    state.created = state.modified = new Date().toISOString();
    return [];
  });
}

/** The file holds a secret as JSON inside text. */
function withSecrets(value: Value): Value {
  if (Array.isArray(value)) return value.map(withSecrets);
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET_SIGNATURE) return makeSecret(JSON.parse(String(value.plaintext)) as Value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSecrets(item)]));
}
