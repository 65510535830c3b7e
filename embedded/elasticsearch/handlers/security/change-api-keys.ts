import { contentParseException, ElasticsearchError, illegalArgument, itemError, resourceNotFound } from "../../errors";
import { type Call, type Handler, ok, param } from "../../http/call";
import { equal, type Json, type JsonObject } from "../../json";
import { boolean, string, strings } from "../../parse/kinds";
import { optional, required } from "../../parse/object-parser";
import { type ApiKey, allApiKeys, findApiKey, saveApiKey } from "../../security/api-key-store";
import { roleSnapshot } from "../../security/authenticate";
import { onCluster } from "../../security/authorize";
import { expirationOf, type KeyParts, keyParts, partProblems } from "./api-key-body";
import { isActive, isOwn, ownedBy } from "./read-api-keys";

const prefix = "cluster:admin/xpack/security/api_key";

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
      const chosen = allApiKeys(cluster).filter(
        (key) =>
          isActive(cluster, key) &&
          (ids === undefined || ids.includes(key.id)) &&
          (name === undefined || key.name === name) &&
          (username === undefined || key.username === username) &&
          (realm === undefined || key.realm.name === realm) &&
          (!owner || ownedBy(principal, key)),
      );
      for (const key of chosen) saveApiKey(cluster, { ...key, invalidated: true, invalidation: cluster.now() });
      const invalidated = chosen.map((key) => key.id);
      return ok({ invalidated_api_keys: invalidated, previously_invalidated_api_keys: [], error_count: 0 });
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

/** Answers whether anything changed; a given expiration always counts as a change. */
function update(call: Call, id: string, parts: KeyParts, lifetime: number | undefined): boolean {
  const { cluster, principal } = call;
  const key = findApiKey(cluster, id);
  if (key === undefined || !ownedBy(principal, key)) {
    throw resourceNotFound(`no API key owned by requesting user found for ID [${id}]`);
  }
  if (key.invalidated) throw illegalArgument(`cannot update invalidated API key [${id}]`);
  if (!isActive(cluster, key)) throw illegalArgument(`cannot update expired API key [${id}]`);
  if (lifetime !== undefined && lifetime <= 0) throw illegalArgument("API key expiration must be in the future");
  const next: ApiKey = {
    ...key,
    roleDescriptors: parts.role_descriptors ?? key.roleDescriptors,
    metadata: parts.metadata ?? key.metadata,
    limitedBy: roleSnapshot(cluster, principal),
    ...(lifetime === undefined ? {} : { expiration: cluster.now() + lifetime }),
  };
  const changed = lifetime !== undefined || !equal(comparable(key), comparable(next));
  if (changed) saveApiKey(cluster, next);
  return changed;
}

function comparable(key: ApiKey): JsonObject {
  return { roles: { ...key.roleDescriptors }, metadata: key.metadata, limitedBy: { ...key.limitedBy } };
}

function refuseKeys(call: Call): void {
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
