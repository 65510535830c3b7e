import { globMatches } from "../glob";
import { clusterPrivilegeGrants, ownApiKeyActions } from "./cluster-privileges";
import { indexPrivilegeGrants } from "./index-privileges";
import type { RoleDescriptor } from "./role-descriptor";

/** Who makes the request. */
export interface Principal {
  readonly username: string;
  readonly realm: { readonly name: string; readonly type: string };
  /** Names of the roles that exist; empty for an API key. */
  readonly roles: readonly string[];
  readonly missingRoles: readonly string[];
  readonly apiKey?: { readonly id: string; readonly name: string };
  /** Each group grants by union of its descriptors; all groups must grant (a key is limited by its owner). */
  readonly groups: readonly (readonly RoleDescriptor[])[];
}

/** Whose API keys a request touches, where a privilege depends on it. */
export interface KeyScope {
  readonly ownOnly: boolean;
}

const restricted = [".security*", ".connector-secrets*"];

export function isRestricted(index: string): boolean {
  return restricted.some((pattern) => globMatches(pattern, index));
}

export function mayOnCluster(principal: Principal, action: string, scope?: KeyScope): boolean {
  return principal.groups.every((group) =>
    group.some((role) => role.cluster.some((privilege) => grantsOnCluster(privilege, action, scope))),
  );
}

/** `manage_own_api_key` is the one privilege that looks at the request as well. */
export function grantsOnCluster(privilege: string, action: string, scope?: KeyScope): boolean {
  if (!clusterPrivilegeGrants(privilege, action)) return false;
  const conditional = privilege.toLowerCase() === "manage_own_api_key" && ownApiKeyActions.includes(action);
  return !conditional || scope === undefined || scope.ownOnly;
}

export function mayOnIndex(principal: Principal, action: string, index: string): boolean {
  return principal.groups.every((group) => group.some((role) => roleAllows(role, action, index)));
}

/** Whether the action is granted on any index at all. */
export function maySomewhere(principal: Principal, action: string): boolean {
  return principal.groups.every((group) =>
    group.some((role) =>
      role.indices.some((grant) => grant.privileges.some((privilege) => indexPrivilegeGrants(privilege, action))),
    ),
  );
}

function roleAllows(role: RoleDescriptor, action: string, index: string): boolean {
  return role.indices.some(
    (grant) =>
      (grant.allow_restricted_indices || !isRestricted(index)) &&
      grant.names.some((pattern) => namePatternMatches(pattern, index)) &&
      grant.privileges.some((privilege) => indexPrivilegeGrants(privilege, action)),
  );
}

/** Names in roles are globs, or regular expressions between slashes. */
function namePatternMatches(pattern: string, index: string): boolean {
  if (pattern.length > 2 && pattern.startsWith("/") && pattern.endsWith("/")) {
    try {
      return new RegExp(`^(?:${pattern.slice(1, -1)})$`).test(index);
    } catch {
      return false;
    }
  }
  return globMatches(pattern, index);
}
