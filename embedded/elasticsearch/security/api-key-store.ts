import { createHash, timingSafeEqual } from "node:crypto";
import type { Cluster } from "../cluster";
import { compact, isObject, type JsonObject } from "../json";
import { shortId } from "../short-id";
import { systemIndex } from "../store/system-indices";
import type { RoleDescriptor } from "./role-descriptor";

export const securityIndex = ".security-7";
const retention = 7 * 24 * 3600 * 1000;

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly type: "rest" | "cross_cluster";
  readonly hash: string;
  readonly creation: number;
  readonly expiration?: number;
  readonly invalidated: boolean;
  readonly invalidation?: number;
  readonly username: string;
  readonly realm: { readonly name: string; readonly type: string };
  readonly metadata: JsonObject;
  readonly roleDescriptors: Readonly<Record<string, RoleDescriptor>>;
  readonly limitedBy: Readonly<Record<string, RoleDescriptor>>;
  /** Pattern for the certificate of a remote cluster. */
  readonly certificateIdentity?: string;
}

/** Makes a key of 20 characters with a secret of 22, and keeps only the secret's hash. */
export function addApiKey(cluster: Cluster, key: Omit<ApiKey, "id" | "hash">): { key: ApiKey; secret: string } {
  const secret = shortId(16);
  const stored: ApiKey = { ...key, id: shortId(15), hash: hash(secret) };
  saveApiKey(cluster, stored);
  return { key: stored, secret };
}

export function saveApiKey(cluster: Cluster, key: ApiKey): void {
  cluster.store.put(systemIndex(cluster, securityIndex), key.id, toSource(key));
}

export function findApiKey(cluster: Cluster, id: string): ApiKey | undefined {
  const document = cluster.store.get(securityIndex, id);
  return document === undefined ? undefined : fromSource(document.id, document.source);
}

/** All keys, oldest first, without those that ended longer ago than the retention. */
export function allApiKeys(cluster: Cluster): ApiKey[] {
  return lookUp(cluster, {});
}

/** Those of them that have one of the ids, or exactly this name; all when neither is given. */
export function apiKeysBy(cluster: Cluster, given: { ids?: readonly string[] | undefined; name?: string | undefined }) {
  const { ids, name } = given;
  if (ids === undefined) return lookUp(cluster, name === undefined ? {} : { name: [name] });
  const found = [...new Set(ids)].flatMap((id) => findApiKey(cluster, id) ?? []);
  return found.filter((key) => (name === undefined || key.name === name) && isKept(cluster, key));
}

function lookUp(cluster: Cluster, equals: Record<string, string[]>): ApiKey[] {
  const everything = { equals, sort: "creation_time", from: 0, size: Number.MAX_SAFE_INTEGER };
  const { documents } = cluster.store.lookup(securityIndex, everything);
  return documents.map((each) => fromSource(each.id, each.source)).filter((key) => isKept(cluster, key));
}

function isKept(cluster: Cluster, key: ApiKey): boolean {
  return Math.min(key.invalidation ?? Infinity, key.expiration ?? Infinity) > cluster.now() - retention;
}

export function secretMatches(key: ApiKey, secret: string): boolean {
  return timingSafeEqual(Buffer.from(key.hash), Buffer.from(hash(secret)));
}

function hash(secret: string): string {
  return createHash("sha256").update(secret).digest("base64");
}

function toSource(key: ApiKey): JsonObject {
  return compact({
    doc_type: "api_key",
    type: key.type,
    name: key.name,
    api_key_hash: key.hash,
    creation_time: key.creation,
    expiration_time: key.expiration,
    api_key_invalidated: key.invalidated,
    invalidation_time: key.invalidation,
    creator: { principal: key.username, realm: key.realm.name, realm_type: key.realm.type },
    metadata_flattened: key.metadata,
    role_descriptors: key.roleDescriptors,
    limited_by_role_descriptors: key.limitedBy,
    certificate_identity: key.certificateIdentity,
  });
}

function fromSource(id: string, source: JsonObject): ApiKey {
  const creator = isObject(source.creator) ? source.creator : {};
  return {
    id,
    name: String(source.name),
    type: source.type === "cross_cluster" ? "cross_cluster" : "rest",
    hash: String(source.api_key_hash),
    creation: Number(source.creation_time),
    ...(typeof source.expiration_time === "number" ? { expiration: source.expiration_time } : {}),
    invalidated: source.api_key_invalidated === true,
    ...(typeof source.invalidation_time === "number" ? { invalidation: source.invalidation_time } : {}),
    username: String(creator.principal),
    realm: { name: String(creator.realm), type: String(creator.realm_type) },
    metadata: isObject(source.metadata_flattened) ? source.metadata_flattened : {},
    roleDescriptors: (source.role_descriptors ?? {}) as Record<string, RoleDescriptor>,
    limitedBy: (source.limited_by_role_descriptors ?? {}) as Record<string, RoleDescriptor>,
    ...(source.certificate_identity ? { certificateIdentity: String(source.certificate_identity) } : {}),
  };
}
