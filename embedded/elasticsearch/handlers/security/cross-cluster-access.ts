import { illegalArgument } from "../../errors";
import { isObject, type Json, type JsonObject } from "../../json";
import { object } from "../../parse/kinds";
import { type Kind, optional, parseObject } from "../../parse/object-parser";
import type { ApiKey } from "../../security/api-key-store";
import { type IndexGrant, normalizeRoleDescriptor, type RoleDescriptor } from "../../security/role-descriptor";

const roleName = "cross_cluster";
const searchPrivileges = ["read", "read_cross_cluster", "view_index_metadata"];
const replicationPrivileges = ["cross_cluster_replication", "cross_cluster_replication_internal"];

/** What a remote cluster may do, as a body tells it; becomes the one role descriptor of a cross-cluster key. */
export const access: Kind<Record<string, RoleDescriptor>> = {
  tokens: object.tokens,
  parse(value, text) {
    const given = parseObject("cross_cluster_api_key_request_access", value, shape, text);
    const search = given.search ?? [];
    const replication = given.replication ?? [];
    if (search.length + replication.length === 0) {
      throw illegalArgument("must specify non-empty access for either [search] or [replication]");
    }
    if (replication.some(isLimited)) {
      throw illegalArgument("replication does not support document or field level security");
    }
    if (replication.length > 0 && search.some(isLimited)) {
      throw illegalArgument("search does not support document or field level security if replication is assigned");
    }
    const descriptor = normalizeRoleDescriptor(roleName, {
      cluster: [
        ...(search.length > 0 ? ["cross_cluster_search", "monitor_enrich"] : []),
        ...(replication.length > 0 ? ["cross_cluster_replication"] : []),
      ],
      indices: [
        ...search.map((grant) => ({ ...grant, privileges: searchPrivileges })),
        ...replication.map((grant) => ({ ...grant, privileges: replicationPrivileges })),
      ],
    });
    return { [roleName]: descriptor };
  },
};

/** The same the other way round, for showing a key. */
export function accessOf(key: ApiKey): JsonObject {
  const grants = key.roleDescriptors[roleName]?.indices ?? [];
  const replication = grants.filter((grant) => grant.privileges.includes("cross_cluster_replication"));
  const search = grants.filter((grant) => !replication.includes(grant));
  return {
    ...(search.length === 0 ? {} : { search: search.map(withoutPrivileges) }),
    ...(replication.length === 0 ? {} : { replication: replication.map(withoutPrivileges) }),
  };
}

const grants: Kind<JsonObject[]> = {
  tokens: ["START_ARRAY", "START_OBJECT"],
  parse: (value) => (Array.isArray(value) ? value : [value]).map(grantOf),
};
const shape = { search: optional(grants), replication: optional(grants) };

function grantOf(value: Json): JsonObject {
  if (isObject(value) && value.privileges === undefined) return value;
  throw illegalArgument(`failed to parse indices privileges for role [${roleName}]. unexpected field [privileges]`);
}

function isLimited(grant: JsonObject): boolean {
  return [grant.query, grant.field_security].some((each) => each !== undefined && each !== null);
}

function withoutPrivileges({ privileges: _implied, ...shown }: IndexGrant): JsonObject {
  return shown as JsonObject;
}
