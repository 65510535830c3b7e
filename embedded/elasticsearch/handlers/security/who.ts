import { illegalArgument, parseException } from "../../errors";
import { type Call, type Handler, ok } from "../../http/call";
import { isObject, type Json, type JsonObject } from "../../json";
import { nothing } from "../../security/authorize";
import { clusterPrivilegeActions, unknownClusterPrivilege } from "../../security/cluster-privileges";
import { indexPrivilegeActions, unknownIndexPrivilege } from "../../security/index-privileges";
import { isRestricted, mayOnCluster, mayOnIndex } from "../../security/principal";

export const whoAmI: Handler = ({ principal }) => ({
  needs: nothing,
  run: () => {
    const key = principal.apiKey;
    const realm = key === undefined ? { ...principal.realm } : { name: "_es_api_key", type: "_es_api_key" };
    return ok({
      username: principal.username,
      roles: key === undefined ? [...principal.roles, ...principal.missingRoles] : [],
      full_name: null,
      email: null,
      metadata: principal.realm.type === "reserved" ? { _reserved: true } : {},
      enabled: true,
      authentication_realm: realm,
      lookup_realm: realm,
      authentication_type: key === undefined ? "realm" : "api_key",
      ...(key === undefined ? {} : { api_key: { ...key } }),
    });
  },
});

const sections = ["cluster", "index", "application"];

/** Which of the asked privileges the caller holds; asking needs none. */
export const hasPrivileges: Handler = (call) => {
  const body = call.body.object();
  for (const key of Object.keys(body)) {
    if (!sections.includes(key)) throw parseException(`failed to parse privileges check. unexpected field [${key}]`);
  }
  const blind = call.cluster.defects.has("privileges-answered-blindly");
  if (blind) return { needs: nothing, run: () => ok({ ...answer(call, [], [], []), has_all_requested: true }) };
  if (sections.every((section) => body[section] === undefined)) {
    const names = sections.join(",");
    throw parseException(
      `failed to parse privileges check [${call.principal.username}]. All privilege fields [${names}] are missing`,
    );
  }
  const cluster = strings(body.cluster, "cluster");
  const indices = objects(body.index).map(indexRequest);
  const applications = objects(body.application);
  const unknown = [
    ...cluster.flatMap((name) => unknownClusterPrivilege(name, call.cluster.profile.since8_15) ?? []),
    ...indices.flatMap(({ privileges }) => privileges.flatMap((name) => unknownIndexPrivilege(name) ?? [])),
  ];
  return { needs: nothing, problems: unknown, run: () => ok(answer(call, cluster, indices, applications)) };
};

interface IndexRequest {
  readonly names: readonly string[];
  readonly privileges: readonly string[];
  readonly restricted: boolean;
}

function answer(call: Call, cluster: string[], indices: IndexRequest[], applications: JsonObject[]): JsonObject {
  const byCluster: JsonObject = {};
  for (const name of cluster)
    byCluster[name] = clusterPrivilegeActions(name).every((action) => mayOnCluster(call.principal, action));
  const byIndex: { [index: string]: JsonObject } = {};
  for (const request of indices) {
    for (const index of request.names) {
      const held: JsonObject = byIndex[index] ?? {};
      for (const privilege of request.privileges)
        held[privilege] = holdsOnIndex(call, index, privilege, request.restricted);
      byIndex[index] = held;
    }
  }
  const byApplication: JsonObject = {};
  for (const application of applications)
    byApplication[String(application.application)] = applicationAnswer(call, application);
  return {
    username: call.principal.username,
    has_all_requested: allTrue([byCluster, byIndex, byApplication]),
    cluster: byCluster,
    index: byIndex,
    application: byApplication,
  };
}

function allTrue(value: Json): boolean {
  if (Array.isArray(value)) return value.every(allTrue);
  return isObject(value) ? Object.values(value).every(allTrue) : value === true;
}

/** Without `allow_restricted_indices` a pattern stands for its unrestricted part only. */
function holdsOnIndex(call: Call, index: string, privilege: string, restricted: boolean): boolean {
  if (isRestricted(index) && !restricted) return false;
  return indexPrivilegeActions(privilege).every((action) => mayOnIndex(call.principal, action, index));
}

function applicationAnswer(call: Call, application: JsonObject): JsonObject {
  const answers: JsonObject = {};
  for (const resource of strings(application.resources, "resources")) {
    const held: JsonObject = {};
    for (const privilege of strings(application.privileges, "privileges")) {
      held[privilege] = call.principal.groups.every((group) =>
        group.some((role) => role.applications.some((grant) => isObject(grant) && grant.application === "*")),
      );
    }
    answers[resource] = held;
  }
  return answers;
}

function indexRequest(request: JsonObject): IndexRequest {
  for (const forbidden of ["query", "field_security"]) {
    if (request[forbidden] !== undefined) {
      const what = forbidden === "query" ? "document level" : "field";
      throw illegalArgument(`Field [index] cannot contain [${forbidden}]: ${what} security is not supported here`);
    }
  }
  return {
    names: strings(request.names, "names"),
    privileges: strings(request.privileges, "privileges"),
    restricted: request.allow_restricted_indices === true,
  };
}

function strings(value: Json | undefined, name: string): string[] {
  if (value === undefined) return [];
  const items = Array.isArray(value) ? value : [value];
  if (items.every((item) => typeof item === "string")) return items as string[];
  throw parseException(`failed to parse privileges check. expected field [${name}] to be an array of strings`);
}

function objects(value: Json | undefined): JsonObject[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw parseException("failed to parse privileges check. expected an array of objects");
}
