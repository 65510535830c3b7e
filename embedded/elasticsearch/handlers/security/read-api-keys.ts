import type { Cluster } from "../../cluster";
import { globMatches, isPattern } from "../../glob";
import { type Handler, ok } from "../../http/call";
import type { JsonObject } from "../../json";
import { type ApiKey, apiKeysBy } from "../../security/api-key-store";
import { onCluster } from "../../security/authorize";
import type { Principal } from "../../security/principal";
import { accessOf } from "./cross-cluster-access";

const getAction = "cluster:admin/xpack/security/api_key/get";

/** An id that matches nothing is a 404 with an empty list; a name that matches nothing is a 200. */
export const getApiKeys: Handler = (call) => {
  const { query, principal } = call;
  const id = query.text("id");
  const name = query.text("name");
  const username = query.text("username");
  const realm = query.text("realm_name");
  const owner = query.flag("owner", false);
  const limitedBy = query.flag("with_limited_by", false);
  const activeOnly = query.flag("active_only", false);
  query.accept("with_profile_uid");
  return {
    needs: onCluster(getAction, {
      ownOnly:
        isOwn(principal, { ids: id === undefined ? [] : [id], owner, username, realm }) &&
        !(limitedBy && principal.apiKey !== undefined),
    }),
    problems: getProblems({ id, name, username, realm, owner }),
    run: () => {
      const exactName = name === undefined || isPattern(name) ? undefined : name;
      const found = apiKeysBy(call.cluster, { ids: id === undefined ? undefined : [id], name: exactName }).filter(
        (key) =>
          (name === undefined || name === "*" || globMatches(name, key.name)) &&
          (username === undefined || key.username === username) &&
          (realm === undefined || key.realm.name === realm) &&
          (!owner || ownedBy(principal, key)) &&
          (!activeOnly || isActive(call.cluster, key)),
      );
      const body = { api_keys: found.map((key) => showApiKey(key, limitedBy)) };
      const missing = id !== undefined && id !== "" && found.length === 0;
      return missing && !call.cluster.defects.has("key-lookup-always-200") ? { status: 404, body } : ok(body);
    },
  };
};

export interface Selection {
  readonly ids: readonly string[];
  readonly owner: boolean;
  readonly username?: string | undefined;
  readonly realm?: string | undefined;
}

/**
 * Whether a selection stays with the caller's own keys, which is what `manage_own_api_key` covers.
 * A key owns nothing but itself, and has to name itself.
 */
export function isOwn(principal: Principal, { ids, owner, username, realm }: Selection): boolean {
  if (principal.apiKey !== undefined) return ids.length === 1 && ids[0] === principal.apiKey.id;
  return owner || (username === principal.username && realm === principal.realm.name);
}

export function ownedBy(principal: Principal, key: ApiKey): boolean {
  return key.username === principal.username && key.realm.name === principal.realm.name;
}

export function isActive(cluster: Cluster, key: ApiKey): boolean {
  return !key.invalidated && (key.expiration === undefined || key.expiration > cluster.now());
}

export function showApiKey(key: ApiKey, limitedBy: boolean): JsonObject {
  return {
    id: key.id,
    name: key.name,
    type: key.type,
    creation: key.creation,
    ...(key.expiration === undefined ? {} : { expiration: key.expiration }),
    invalidated: key.invalidated,
    ...(key.invalidation === undefined ? {} : { invalidation: key.invalidation }),
    username: key.username,
    realm: key.realm.name,
    realm_type: key.realm.type,
    metadata: key.metadata,
    role_descriptors: { ...key.roleDescriptors },
    ...(key.certificateIdentity === undefined ? {} : { certificate_identity: key.certificateIdentity }),
    ...(key.type === "cross_cluster" ? { access: accessOf(key) } : {}),
    ...(limitedBy && key.type === "rest" ? { limited_by: [{ ...key.limitedBy }] } : {}),
  };
}

function getProblems(
  given: Record<"id" | "name" | "username" | "realm", string | undefined> & { owner: boolean },
): string[] {
  const problems: string[] = [];
  const { id, name, username, realm, owner } = given;
  if ((id !== undefined || name !== undefined) && (username !== undefined || realm !== undefined)) {
    problems.push("username or realm name must not be specified when the api key id or api key name is specified");
  }
  if (owner && (username !== undefined || realm !== undefined)) {
    problems.push("neither username nor realm-name may be specified when retrieving owned API keys");
  }
  if (id !== undefined && name !== undefined) problems.push("only one of [api key id, api key name] can be specified");
  return problems;
}
