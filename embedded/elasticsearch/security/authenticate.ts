import { createHash, timingSafeEqual } from "node:crypto";
import type { Cluster } from "../cluster";
import { type ElasticsearchError, securityException } from "../errors";
import { type ApiKey, findApiKey, secretMatches } from "./api-key-store";
import type { Principal } from "./principal";
import type { RoleDescriptor } from "./role-descriptor";

const schemes = ['Basic realm="security", charset="UTF-8"', 'Bearer realm="security"', "ApiKey"];

/** Finds out who sends a request with this Authorization header; throws the 401 otherwise. */
export function authenticate(cluster: Cluster, header: string | undefined, path: string): Principal {
  const [, scheme = "", value = ""] = /^(\S+)\s+(.*)$/.exec(header?.trim() ?? "") ?? [];
  switch (scheme.toLowerCase()) {
    case "basic":
      return byPassword(cluster, value, path);
    case "apikey":
      return byApiKey(cluster, value);
    case "bearer":
      throw rejected();
    default:
      if (cluster.defects.has("authentication-off")) return userPrincipal(cluster, firstUser(cluster));
      throw unauthorized(`missing authentication credentials for REST request [${path}]`);
  }
}

/** The principal for a user name and password, as the grant API checks them. */
export function principalOf(cluster: Cluster, username: string, password: string): Principal | undefined {
  const user = cluster.users.get(username);
  return user !== undefined && sameText(user.password, password) ? userPrincipal(cluster, username) : undefined;
}

/** The principal of a user who is acted for. */
export function principalNamed(cluster: Cluster, username: string): Principal | undefined {
  return cluster.users.has(username) ? userPrincipal(cluster, username) : undefined;
}

/** The role descriptors by name that the principal's requests are judged by: the snapshot for a new key. */
export function roleSnapshot(cluster: Cluster, principal: Principal): Record<string, RoleDescriptor> {
  const snapshot: Record<string, RoleDescriptor> = {};
  for (const name of principal.roles) {
    const role = cluster.roles.get(name);
    if (role !== undefined) snapshot[name] = role;
  }
  return snapshot;
}

function byPassword(cluster: Cluster, encoded: string, path: string): Principal {
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const username = colon < 0 ? decoded : decoded.slice(0, colon);
  const found = colon < 0 ? undefined : principalOf(cluster, username, decoded.slice(colon + 1));
  if (found !== undefined) return found;
  if (cluster.defects.has("authentication-off")) return userPrincipal(cluster, firstUser(cluster));
  throw unauthorized(`unable to authenticate user [${username}] for REST request [${path}]`);
}

function byApiKey(cluster: Cluster, encoded: string): Principal {
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const id = decoded.slice(0, Math.max(0, colon));
  const key = findApiKey(cluster, id);
  if (key === undefined) throw rejected(`unable to find apikey with id ${id}`);
  if (key.type !== "rest" && !cluster.defects.has("key-types-mixed")) {
    throw rejected(`authentication expected API key type of [rest], but API key [${id}] has type [${key.type}]`);
  }
  const lenient = cluster.defects.has("invalidated-keys-work");
  if (key.invalidated && !lenient) throw rejected(`api key [${id}] has been invalidated`);
  if (!secretMatches(key, decoded.slice(colon + 1))) throw rejected(`invalid credentials for API key [${id}]`);
  if (key.expiration !== undefined && key.expiration <= cluster.now() && !lenient) throw rejected("api key is expired");
  return keyPrincipal(key);
}

function keyPrincipal(key: ApiKey): Principal {
  const assigned = Object.values(key.roleDescriptors);
  const limitedBy = Object.values(key.limitedBy);
  return {
    username: key.username,
    realm: key.realm,
    roles: [],
    missingRoles: [],
    apiKey: { id: key.id, name: key.name },
    groups: assigned.length === 0 ? [limitedBy] : [assigned, limitedBy],
  };
}

function userPrincipal(cluster: Cluster, username: string): Principal {
  const user = cluster.users.get(username);
  if (user === undefined) throw new Error(`no user ${username}`);
  const roles = user.roles.filter((name) => cluster.roles.has(name));
  return {
    username,
    realm: user.realm,
    roles,
    missingRoles: user.roles.filter((name) => !cluster.roles.has(name)),
    groups: [roles.flatMap((name) => cluster.roles.get(name) ?? [])],
  };
}

function firstUser(cluster: Cluster): string {
  return [...cluster.users.keys()][0] ?? "elastic";
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function rejected(detail?: string): ElasticsearchError {
  const reason =
    "unable to authenticate with provided credentials and anonymous access is not allowed for this request";
  return unauthorized(reason, detail === undefined ? undefined : `API key: ${detail}`);
}

function unauthorized(reason: string, unsuccessful?: string): ElasticsearchError {
  const fields = {
    ...(unsuccessful === undefined ? {} : { additional_unsuccessful_credentials: unsuccessful }),
    header: { "WWW-Authenticate": schemes },
  };
  return securityException(401, reason, { fields, headers: { "WWW-Authenticate": schemes } });
}
