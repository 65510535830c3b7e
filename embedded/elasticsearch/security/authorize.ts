import { type ElasticsearchError, securityException } from "../errors";
import type { Profile } from "../profile";
import { clusterPrivilegesGranting } from "./cluster-privileges";
import { indexPrivilegesGranting } from "./index-privileges";
import { grantsOnCluster, type KeyScope, mayOnCluster, mayOnIndex, type Principal } from "./principal";

/** What a request needs; every handler says so before it runs. */
export type Needs =
  | { readonly kind: "nothing" }
  | { readonly kind: "cluster"; readonly action: string; readonly scope?: KeyScope }
  | { readonly kind: "index"; readonly action: string; readonly indices: readonly string[] };

export const nothing: Needs = { kind: "nothing" };

export function onCluster(action: string, scope?: KeyScope): Needs {
  return scope === undefined ? { kind: "cluster", action } : { kind: "cluster", action, scope };
}

export function onIndices(action: string, indices: readonly string[]): Needs {
  return { kind: "index", action, indices };
}

/** Throws the 403 that Elasticsearch gives when the principal lacks what is needed. */
export function authorize(principal: Principal, needs: Needs, profile: Profile): void {
  if (needs.kind === "cluster" && !mayOnCluster(principal, needs.action, needs.scope)) {
    const granting = clusterPrivilegesGranting(needs.action, profile.since8_15);
    const names = granting.filter((name) => grantsOnCluster(name, needs.action, needs.scope));
    throw forbidden(principal, needs.action, `this action is granted by the cluster privileges [${names.join(",")}]`);
  }
  if (needs.kind === "index") {
    const denied = needs.indices.filter((index) => !mayOnIndex(principal, needs.action, index));
    if (denied.length > 0) throw indexForbidden(principal, needs.action, denied);
  }
}

export function indexForbidden(principal: Principal, action: string, indices: readonly string[]): ElasticsearchError {
  const names = indexPrivilegesGranting(action).join(",");
  const where = indices.length === 0 ? "" : ` on indices [${indices.join(",")}]`;
  return forbidden(principal, action, `this action is granted by the index privileges [${names}]`, where);
}

function forbidden(principal: Principal, action: string, granted: string, where = ""): ElasticsearchError {
  return securityException(403, `action [${action}] is unauthorized for ${describe(principal)}${where}, ${granted}`);
}

function describe(principal: Principal): string {
  if (principal.apiKey !== undefined) return `API key id [${principal.apiKey.id}] of user [${principal.username}]`;
  const roles = [...principal.roles].sort().join(",");
  const missing = [...principal.missingRoles].sort().join(",");
  const suffix = missing === "" ? "" : ` (assigned roles [${missing}] were not found)`;
  return `user [${principal.username}] with effective roles [${roles}]${suffix}`;
}
