import type { Cluster } from "../../cluster";
import { contentParseException, ElasticsearchError, parseException } from "../../errors";
import { isObject, type JsonObject } from "../../json";
import { object, text } from "../../parse/kinds";
import { type Kind, optional, type Parsed, required } from "../../parse/object-parser";
import { unknownClusterPrivilege } from "../../security/cluster-privileges";
import { parseDuration } from "../../security/durations";
import { unknownIndexPrivilege } from "../../security/index-privileges";
import { normalizeRoleDescriptors, type RoleDescriptor } from "../../security/role-descriptor";

const descriptors: Kind<Record<string, RoleDescriptor>> = {
  tokens: ["START_OBJECT"],
  parse(value) {
    for (const [role, descriptor] of Object.entries(value as JsonObject)) {
      // Roles have one, the descriptors of keys don't.
      if (!isObject(descriptor) || descriptor.description === undefined) continue;
      throw parseException(`failed to parse role [${role}]. unexpected field [description]`);
    }
    return normalizeRoleDescriptors(value as JsonObject);
  },
};

export const keyParts = {
  expiration: optional(text),
  metadata: optional(object),
  role_descriptors: optional(descriptors),
};
export const newKeyShape = { ...keyParts, name: required(text) };
export type KeyParts = Parsed<typeof keyParts>;

/** Milliseconds until the key expires; an unreadable duration fails the whole body. */
export function expirationOf(parser: string, parts: KeyParts): number | undefined {
  if (parts.expiration === undefined) return undefined;
  try {
    return parseDuration(parts.expiration, "expiration");
  } catch (error) {
    if (!(error instanceof ElasticsearchError)) throw error;
    throw contentParseException(`Failed to build [${parser}] after last required field arrived`, { causedBy: error });
  }
}

export function nameProblems(name: string): string[] {
  if (name.trim() === "") return ["api key name is required"];
  const problems: string[] = [];
  if (name.length > 256) problems.push("api key name may not be more than 256 characters long");
  if (name !== name.trim()) problems.push("api key name may not begin or end with whitespace");
  if (name.startsWith("_")) problems.push("api key name may not begin with an underscore");
  return problems;
}

export function partProblems(cluster: Cluster, parts: KeyParts): string[] {
  const problems: string[] = [];
  if (Object.keys(parts.metadata ?? {}).some((key) => key.startsWith("_"))) {
    problems.push("API key metadata keys may not start with [_]");
  }
  const roles = Object.values(parts.role_descriptors ?? {});
  for (const role of roles) {
    for (const name of role.cluster) problems.push(...some(unknownClusterPrivilege(name, cluster.profile.since8_15)));
    for (const grant of role.indices)
      for (const name of grant.privileges) problems.push(...some(unknownIndexPrivilege(name)));
  }
  if (roles.length > 1 && roles.some((role) => role.restriction !== undefined)) {
    problems.push("API key role descriptors with restrictions must be the only descriptor");
  }
  return problems;
}

function some(problem: string | undefined): string[] {
  return problem === undefined ? [] : [problem];
}
