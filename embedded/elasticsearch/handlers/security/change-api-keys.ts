import { contentParseException, ElasticsearchError, illegalArgument, itemError, resourceNotFound } from "../../errors";
import { type Call, type Handler, ok, param } from "../../http/call";
import { equal, type Json, type JsonObject } from "../../json";
import { boolean, string, strings } from "../../parse/kinds";
import { optional, required } from "../../parse/object-parser";
import { type ApiKey, apiKeysBy, findApiKey, saveApiKey } from "../../security/api-key-store";
import { roleSnapshot } from "../../security/authenticate";
import { onCluster } from "../../security/authorize";
import { mayOnCluster } from "../../security/principal";
import { expirationOf, type KeyParts, keyParts, partProblems } from "./api-key-body";
import { isActive, isOwn, ownedBy } from "./read-api-keys";

const prefix = "cluster:admin/xpack/security/api_key";
/** Not an action of its own: it stands for what only `manage_security` and wider privileges cover. */
const invalidateCrossClusterAction = "cluster:admin/xpack/security/cross_cluster/api_key/invalidate";

export const invalidateApiKeys: Handler = (call) => {
  const { cluster, principal } = call;
  const body = call.body.parse("invalidate_api_key", {
    ids: optional(strings),
    name: optional(string),
    owner: optional(boolean),
    realm_name: optional(string),
    username: optional(string),
  });
  const { ids, name, owner = false, realm_name: realm, username } = body;
  if (ids !== undefined) requireIds(ids);
  const problems: string[] = [];
  const selectors = [ids, name, username, realm].filter((each) => each !== undefined);
  if (selectors.length === 0 && !owner) {
    problems.push(
      "One of [api key id(s), api key name, username, realm name] must be specified if [owner] flag is false",
    );
  }
  if ((ids !== undefined || name !== undefined) && (username !== undefined || realm !== undefined)) {
    problems.push("username or realm name must not be specified when the api key id(s) or api key name are specified");
  }
  if (owner && (username !== undefined || realm !== undefined)) {
    problems.push("neither username nor realm-name may be specified when invalidating owned API keys");
  }
  if (ids !== undefined && name !== undefined)
    problems.push("only one of [api key id(s), api key name] can be specified");
  return {
    needs: onCluster(`${prefix}/invalidate`, { ownOnly: isOwn(principal, { ids: ids ?? [], owner, username, realm }) }),
    problems,
    run: () => {
      const chosen = apiKeysBy(cluster, { ids, name }).filter(
        (key) =>
          isActive(cluster, key) &&
          (username === undefined || key.username === username) &&
          (realm === undefined || key.realm.name === realm) &&
          (!owner || ownedBy(principal, key)),
      );
      const mayAll = cluster.defects.has("key-types-mixed") || mayOnCluster(principal, invalidateCrossClusterAction);
      const refused = chosen.filter((key) => key.type === "cross_cluster" && !mayAll);
      const ended = chosen.filter((key) => !refused.includes(key));
      for (const key of ended) saveApiKey(cluster, { ...key, invalidated: true, invalidation: cluster.now() });
      const details = refused.map((key) => itemError(needsManageSecurity(key.id)));
      return ok({
        invalidated_api_keys: ended.map((key) => key.id),
        previously_invalidated_api_keys: [],
        error_count: details.length,
        ...(details.length === 0 ? {} : { error_details: details }),
      });
    },
  };
};

export const updateApiKey: Handler = (call) => {
  const parts = call.body.parseIfPresent("update_api_key_request_payload", keyParts);
  const lifetime = expirationOf("update_api_key_request_payload", parts);
  return {
    needs: onCluster(`${prefix}/update`, { ownOnly: true }),
    problems: partProblems(call.cluster, parts),
    run: () => {
      refuseKeys(call);
      return ok({ updated: update(call, param(call, "id"), parts, lifetime) });
    },
  };
};

/** Always a 200: what failed is told per key. */
export const bulkUpdateApiKeys: Handler = (call) => {
  const parts = call.body.parse("bulk_update_api_key_request", { ...keyParts, ids: required(strings) });
  const lifetime = expirationOf("bulk_update_api_key_request", parts);
  const problems = parts.ids.length === 0 ? ["Field [ids] cannot be empty"] : [];
  return {
    needs: onCluster(`${prefix}/bulk_update`, { ownOnly: true }),
    problems: [...problems, ...partProblems(call.cluster, parts)],
    run: () => {
      refuseKeys(call);
      const updated: string[] = [];
      const noops: string[] = [];
      const details: Record<string, Json> = {};
      for (const id of parts.ids) {
        try {
          (update(call, id, parts, lifetime) ? updated : noops).push(id);
        } catch (error) {
          if (!(error instanceof ElasticsearchError)) throw error;
          details[id] = itemError(error);
        }
      }
      const count = Object.keys(details).length;
      return ok({ updated, noops, ...(count === 0 ? {} : { errors: { count, details } }) });
    },
  };
};

function update(call: Call, id: string, parts: KeyParts, lifetime: number | undefined): boolean {
  const limitedBy = roleSnapshot(call.cluster, call.principal);
  return changeKey(call, id, "rest", lifetime, {
    limitedBy,
    ...(parts.role_descriptors === undefined ? {} : { roleDescriptors: parts.role_descriptors }),
    ...(parts.metadata === undefined ? {} : { metadata: parts.metadata }),
  });
}

type ChangeableParts = Partial<Pick<ApiKey, "roleDescriptors" | "metadata" | "limitedBy" | "certificateIdentity">>;

/** Answers whether anything changed; a given expiration always counts as a change. */
export function changeKey(
  call: Call,
  id: string,
  type: ApiKey["type"],
  lifetime: number | undefined,
  parts: ChangeableParts,
): boolean {
  const { cluster, principal } = call;
  const key = findApiKey(cluster, id);
  const anybody = cluster.defects.has("key-owners-ignored");
  if (key === undefined || !(anybody || ownedBy(principal, key))) {
    throw resourceNotFound(`no API key owned by requesting user found for ID [${id}]`);
  }
  if (key.invalidated) throw illegalArgument(`cannot update invalidated API key [${id}]`);
  if (!isActive(cluster, key)) throw illegalArgument(`cannot update expired API key [${id}]`);
  if (key.type !== type && !cluster.defects.has("key-types-mixed")) {
    throw illegalArgument(`cannot update API key of type [${key.type}] while expected type is [${type}]`);
  }
  if (lifetime !== undefined && lifetime <= 0) throw illegalArgument("API key expiration must be in the future");
  const next: ApiKey = {
    ...key,
    ...parts,
    ...(lifetime === undefined ? {} : { expiration: cluster.now() + lifetime }),
  };
  const changed = lifetime !== undefined || !equal(comparable(key), comparable(next));
  if (changed) saveApiKey(cluster, next);
  return changed;
}

function needsManageSecurity(id: string): ElasticsearchError {
  const reason = `Cannot invalidate cross-cluster API key [${id}]. This requires [manage_security] cluster privilege or higher`;
  return new ElasticsearchError(500, "security_exception", reason);
}

function comparable(key: ApiKey): JsonObject {
  const { metadata, certificateIdentity = null } = key;
  return { roles: { ...key.roleDescriptors }, metadata, limitedBy: { ...key.limitedBy }, certificateIdentity };
}

export function refuseKeys(call: Call): void {
  if (call.principal.apiKey === undefined) return;
  throw illegalArgument("authentication via API key not supported: only the owner user can update an API key");
}

function requireIds(ids: readonly string[]): void {
  const complaint =
    ids.length === 0
      ? "Field [ids] cannot be an empty array"
      : ids.some((id) => id.trim() === "")
        ? "Field [ids] must not contain blank id"
        : undefined;
  if (complaint === undefined) return;
  throw contentParseException("Failed to build [invalidate_api_key] after last required field arrived", {
    causedBy: illegalArgument(complaint),
  });
}
