// What the program asks for: one resource and its options, in the engine's own terms.

import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { fromStruct } from "./grpc";
import { fromProgram, type PropertyMap, type Value } from "./property";

export interface Goal {
  type: string;
  name: string;
  parent: string;
  custom: boolean;
  inputs: PropertyMap;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** Reference of an explicit provider, or "" for the default one. */
  provider: string;
  protect: boolean;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  additionalSecretOutputs: string[];
  aliases: AliasSpec[];
  /** Undefined leaves the choice to the provider. */
  deleteBeforeReplace?: boolean;
  retainOnDelete: boolean;
  deletedWith: string;
  replaceWith: string[];
  replacementTrigger?: Value;
}

/** An earlier identity: a whole URN, or the parts that differ. */
export interface AliasSpec {
  urn?: string;
  name: string;
  type: string;
  project: string;
  stack: string;
  /** Undefined: the same parent. "": none. */
  parent: string | undefined;
}

/** A resource that the program looks at without managing it. */
export interface ReadGoal {
  id: string;
  type: string;
  name: string;
  parent: string;
  inputs: PropertyMap;
  dependencies: string[];
  provider: string;
  additionalSecretOutputs: string[];
}

export function goalOf(request: RegisterResourceRequest): Goal {
  const found = new Map<string, Set<string>>();
  request.getPropertydependenciesMap().forEach((deps, key) => {
    found.set(key, new Set(deps.getUrnsList()));
  });
  const explicit = found.size > 0;
  const inputs: PropertyMap = {};
  for (const [key, value] of Object.entries(fromStruct(request.getObject()))) {
    const dependencies = found.get(key) ?? new Set(explicit ? [] : request.getDependenciesList());
    inputs[key] = fromProgram(value, dependencies);
    found.set(key, dependencies);
  }
  const trigger = request.getReplacementTrigger()?.toJavaScript() as Value | undefined;
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    inputs,
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries([...found].map(([key, urns]) => [key, [...urns]])),
    provider: request.getProvider(),
    protect: request.getProtect() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [...request.getAliasurnsList().map(aliasOfUrn), ...request.getAliasesList().map(aliasOf)],
    ...((request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) && {
      deleteBeforeReplace: request.getDeletebeforereplace(),
    }),
    retainOnDelete: request.getRetainondelete() ?? false,
    deletedWith: request.getDeletedwith(),
    replaceWith: request.getReplaceWithList(),
    ...(trigger !== undefined && trigger !== null && { replacementTrigger: fromProgram(trigger) }),
  };
}

export function readGoalOf(request: ReadResourceRequest): ReadGoal {
  const properties = fromStruct(request.getProperties());
  return {
    id: request.getId(),
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    inputs: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fromProgram(value)])),
    dependencies: request.getDependenciesList(),
    provider: request.getProvider(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

/** The goal for the provider that resources get which name none. */
export function defaultProviderGoal(type: string, config: PropertyMap): Goal {
  return { ...bareGoal(type, "default"), custom: true, inputs: config };
}

/** A goal of which nothing is said but what it is. */
export function bareGoal(type: string, name: string): Goal {
  return {
    type,
    name,
    parent: "",
    custom: false,
    inputs: {},
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    protect: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    retainOnDelete: false,
    deletedWith: "",
    replaceWith: [],
  };
}

function aliasOfUrn(urn: string): AliasSpec {
  return { urn, name: "", type: "", project: "", stack: "", parent: undefined };
}

function aliasOf(alias: Alias): AliasSpec {
  const spec = alias.getSpec();
  if (spec === undefined) return aliasOfUrn(alias.getUrn());
  const parent = spec.getNoparent() ? "" : spec.getParenturn() || undefined;
  return { name: spec.getName(), type: spec.getType(), project: spec.getProject(), stack: spec.getStack(), parent };
}
