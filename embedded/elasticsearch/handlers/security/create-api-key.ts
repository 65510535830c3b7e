import { illegalArgument, securityException } from "../../errors";
import { globMatches } from "../../glob";
import { type Call, type Handler, ok, type Reply } from "../../http/call";
import { object, string } from "../../parse/kinds";
import { optional, parseObject, required } from "../../parse/object-parser";
import { type ApiKey, addApiKey, apiKeysBy } from "../../security/api-key-store";
import { principalNamed, principalOf, roleSnapshot } from "../../security/authenticate";
import { onCluster } from "../../security/authorize";
import type { Principal } from "../../security/principal";
import { expirationOf, type KeyParts, keyParts, nameProblems, newKeyShape, partProblems } from "./api-key-body";

const action = "cluster:admin/xpack/security/api_key/create";
const grantAction = "cluster:admin/xpack/security/api_key/grant";

export const createApiKey: Handler = (call) => {
  call.query.accept("refresh");
  const body = call.body.parse("api_key_request", newKeyShape);
  const lifetime = expirationOf("api_key_request", body);
  return {
    needs: onCluster(action, { ownOnly: true }),
    problems: [...nameProblems(body.name), ...partProblems(call.cluster, body)],
    run: () => {
      if (!call.cluster.defects.has("derived-keys-allowed")) requireNoRights(call.principal, body);
      return issue(call, call.principal, body.name, body, lifetime);
    },
  };
};

/** Makes a key for the user whose password comes in the body. */
export const grantApiKey: Handler = (call) => {
  call.query.accept("refresh");
  const body = call.body.parse("grant_api_key_request", {
    access_token: optional(string),
    api_key: required(object),
    grant_type: required(string),
    password: optional(string),
    run_as: optional(string),
    username: optional(string),
  });
  const key = parseObject("api_key_request", body.api_key, { ...keyParts, name: required(string) }, call.body.text());
  const lifetime = expirationOf("api_key_request", key);
  return {
    needs: onCluster(grantAction),
    problems: [...nameProblems(key.name), ...partProblems(call.cluster, key), ...grantProblems(body)],
    run: () => issue(call, ownerOf(call, body), key.name, key, lifetime),
  };
};

interface Grant {
  grant_type: string;
  username?: string | undefined;
  password?: string | undefined;
  access_token?: string | undefined;
  run_as?: string | undefined;
}

function grantProblems(grant: Grant): string[] {
  const { grant_type: type } = grant;
  const password = ["username", "password"] as const;
  const token = ["access_token"] as const;
  if (type !== "password" && type !== "access_token") return [`grant_type [${type}] is not supported`];
  const [required, unsupported] = type === "password" ? [password, token] : [token, password];
  return [
    ...required.filter((name) => !grant[name]).map((name) => `[${name}] is required for grant_type [${type}]`),
    ...unsupported
      .filter((name) => grant[name] !== undefined)
      .map((name) => `[${name}] is not supported for grant_type [${type}]`),
  ];
}

/** Whose key it becomes. There are no tokens here, so none is ever right. */
function ownerOf({ cluster }: Call, { username = "", password = "", access_token, run_as: other }: Grant): Principal {
  const user = access_token === undefined ? principalOf(cluster, username, password) : undefined;
  if (user === undefined) {
    throw securityException(401, `unable to authenticate ${who(username)} for action [${grantAction}]`);
  }
  if (other === undefined) return user;
  const allowed = user.groups.every((group) =>
    group.some((role) => role.run_as.some((pattern) => globMatches(pattern, other))),
  );
  const run = allowed ? principalNamed(cluster, other) : undefined;
  if (run === undefined) {
    throw securityException(403, `action [${grantAction}] is unauthorized for user [${username}] run as [${other}]`);
  }
  return run;
}

function who(username: string): string {
  return username === "" ? "with the given access token" : `user [${username}]`;
}

/** A key made with a key must be without any rights, and say so. */
function requireNoRights(principal: Principal, parts: KeyParts): void {
  if (principal.apiKey === undefined) return;
  const roles = Object.values(parts.role_descriptors ?? {});
  const empty = roles.every(
    (role) =>
      role.cluster.length === 0 &&
      role.indices.length === 0 &&
      role.applications.length === 0 &&
      role.run_as.length === 0,
  );
  if (roles.length > 0 && empty) return;
  throw illegalArgument(
    "creating derived api keys requires an explicit role descriptor that is empty (has no privileges)",
  );
}

function issue(call: Call, owner: Principal, name: string, parts: KeyParts, lifetime: number | undefined): Reply {
  return issueKey(call, owner, lifetime, {
    name,
    type: "rest",
    metadata: parts.metadata ?? {},
    roleDescriptors: parts.role_descriptors ?? {},
    limitedBy: roleSnapshot(call.cluster, owner),
  });
}

type OwnParts = Pick<ApiKey, "name" | "type" | "metadata" | "roleDescriptors" | "limitedBy" | "certificateIdentity">;

/** Stores a new key of its owner; the answer is the only one that ever shows the secret. */
export function issueKey(call: Call, owner: Principal, lifetime: number | undefined, parts: OwnParts): Reply {
  const creation = call.cluster.now();
  const { name } = parts;
  if (call.cluster.defects.has("key-names-unique") && apiKeysBy(call.cluster, { name }).length > 0) {
    throw illegalArgument(`there is an API key named [${name}]`);
  }
  const { key, secret } = addApiKey(call.cluster, {
    ...parts,
    creation,
    ...(lifetime === undefined ? {} : { expiration: creation + lifetime }),
    invalidated: false,
    username: owner.username,
    realm: owner.realm,
  });
  const expiration = key.expiration === undefined ? {} : { expiration: key.expiration };
  const wrong = call.cluster.defects.has("encoded-key-wrong");
  const encoded = Buffer.from(wrong ? secret : `${key.id}:${secret}`).toString("base64");
  return ok({ id: key.id, name, ...expiration, api_key: secret, encoded });
}
