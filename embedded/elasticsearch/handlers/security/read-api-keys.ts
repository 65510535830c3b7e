import type { Cluster } from "../../cluster";
import { illegalArgument } from "../../errors";
import { globMatches } from "../../glob";
import { type Handler, ok } from "../../http/call";
import { isObject, type Json, type JsonObject } from "../../json";
import { type ApiKey, allApiKeys } from "../../security/api-key-store";
import { onCluster } from "../../security/authorize";
import { mayOnCluster, type Principal } from "../../security/principal";

const getAction = "cluster:admin/xpack/security/api_key/get";
const queryAction = "cluster:admin/xpack/security/api_key/query";

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
      const found = allApiKeys(call.cluster).filter(
        (key) =>
          (id === undefined || key.id === id) &&
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

/** Without a wider privilege the answer is limited to the caller's own keys. */
export const queryApiKeys: Handler = (call) => {
  const { cluster, principal } = call;
  const limitedBy = call.query.flag("with_limited_by", false);
  call.query.accept("with_profile_uid", "typed_keys");
  const body = call.body.objectIfPresent();
  for (const key of Object.keys(body)) {
    if (!["query", "from", "size", "sort"].includes(key)) {
      throw illegalArgument(`the development server doesn't support [${key}] in an API key query`);
    }
  }
  const matches = body.query === undefined ? () => true : compile(body.query);
  return {
    needs: onCluster(queryAction, { ownOnly: true }),
    run: () => {
      const all = mayOnCluster(principal, queryAction, { ownOnly: false });
      const found = allApiKeys(cluster).filter((key) => (all || ownedBy(principal, key)) && matches(key));
      const from = Number(body.from ?? 0);
      const page = found.slice(from, from + Number(body.size ?? 10));
      return ok({ total: found.length, count: page.length, api_keys: page.map((key) => showApiKey(key, limitedBy)) });
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

function showApiKey(key: ApiKey, limitedBy: boolean): JsonObject {
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
    ...(limitedBy ? { limited_by: [{ ...key.limitedBy }] } : {}),
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

type Predicate = (key: ApiKey) => boolean;

/** The part of the query language that works on keys. */
function compile(query: Json): Predicate {
  const [kind, value] = isObject(query) ? (Object.entries(query)[0] ?? []) : [];
  switch (kind) {
    case "match_all":
      return () => true;
    case "ids": {
      const ids = isObject(value) && Array.isArray(value.values) ? value.values.map(String) : [];
      return (key) => ids.includes(key.id);
    }
    case "term":
    case "match":
    case "prefix":
    case "wildcard":
    case "terms":
      return fieldPredicate(kind, value);
    case "bool":
      return boolPredicate(isObject(value) ? value : {});
    default:
      throw illegalArgument(`Query type [${kind ?? ""}] is not supported for API Key query`);
  }
}

function fieldPredicate(kind: string, value: Json | undefined): Predicate {
  const [field, wanted] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  const inner = isObject(wanted) ? (wanted.value ?? wanted.query) : wanted;
  const words = (Array.isArray(inner) ? inner : [inner]).map(String);
  return (key) => {
    const actual = fieldOf(key, field ?? "");
    if (kind === "prefix") return words.some((word) => actual.startsWith(word));
    return kind === "wildcard" ? words.some((word) => globMatches(word, actual)) : words.includes(actual);
  };
}

function fieldOf(key: ApiKey, field: string): string {
  if (field.startsWith("metadata.")) return String(key.metadata[field.slice("metadata.".length)] ?? "");
  const fields: Record<string, string> = {
    name: key.name,
    type: key.type,
    username: key.username,
    realm_name: key.realm.name,
    creation: String(key.creation),
    expiration: String(key.expiration ?? ""),
    invalidated: String(key.invalidated),
  };
  const found = fields[field];
  if (found === undefined) throw illegalArgument(`Field [${field}] is not allowed for querying API keys`);
  return found;
}

function boolPredicate(value: JsonObject): Predicate {
  const clauses = (name: string): Predicate[] => {
    const given = value[name];
    return given === undefined ? [] : (Array.isArray(given) ? given : [given]).map(compile);
  };
  const must = [...clauses("must"), ...clauses("filter")];
  const should = clauses("should");
  const mustNot = clauses("must_not");
  return (key) =>
    must.every((each) => each(key)) &&
    !mustNot.some((each) => each(key)) &&
    (should.length === 0 || must.length > 0 || should.some((each) => each(key)));
}
