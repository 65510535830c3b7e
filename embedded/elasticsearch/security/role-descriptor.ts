import { type ElasticsearchError, parseException } from "../errors";
import { isObject, type Json, type JsonObject } from "../json";

export interface IndexGrant extends JsonObject {
  names: string[];
  privileges: string[];
  allow_restricted_indices: boolean;
}

/** A role descriptor in the normal form in which the security API shows it. */
export interface RoleDescriptor extends JsonObject {
  cluster: string[];
  indices: IndexGrant[];
  applications: Json[];
  run_as: string[];
  metadata: JsonObject;
  transient_metadata: JsonObject;
}

const members = new Set([
  "cluster",
  "indices",
  "index",
  "applications",
  "run_as",
  "metadata",
  "transient_metadata",
  "restriction",
  "remote_indices",
  "remote_cluster",
  "global",
  "description",
  "enabled",
]);
const indexMembers = new Set(["names", "privileges", "query", "field_security", "allow_restricted_indices"]);
const applicationMembers = new Set(["application", "privileges", "resources"]);
/** Shown only when they were given. */
const passedThrough = ["global", "remote_cluster", "restriction", "description"];

export function normalizeRoleDescriptor(role: string, value: Json): RoleDescriptor {
  if (!isObject(value))
    throw parseException(`expected an object but found [${typeof value}] instead for role [${role}]`);
  for (const member of Object.keys(value)) {
    if (!members.has(member)) throw parseException(`failed to parse role [${role}]. unexpected field [${member}]`);
  }
  const descriptor: RoleDescriptor = {
    cluster: strings(role, "cluster", value.cluster),
    indices: objects(role, "indices", value.indices ?? value.index).map((grant) => indexGrant(role, grant)),
    applications: objects(role, "applications", value.applications).map((grant) => application(role, grant)),
    run_as: strings(role, "run_as", value.run_as),
    metadata: isObject(value.metadata) ? value.metadata : {},
    transient_metadata: { enabled: true },
  };
  for (const member of passedThrough) {
    const given = value[member];
    if (given !== undefined && given !== null) descriptor[member] = given;
  }
  const remote = objects(role, "remote_indices", value.remote_indices).map(({ clusters, ...grant }) => ({
    ...indexGrant(role, grant),
    clusters: strings(role, "clusters", clusters),
  }));
  if (remote.length > 0) descriptor.remote_indices = remote;
  return descriptor;
}

export function normalizeRoleDescriptors(value: JsonObject): Record<string, RoleDescriptor> {
  const all: Record<string, RoleDescriptor> = {};
  for (const [role, descriptor] of Object.entries(value)) all[role] = normalizeRoleDescriptor(role, descriptor);
  return all;
}

function indexGrant(role: string, grant: JsonObject): IndexGrant {
  const failed = `failed to parse indices privileges for role [${role}].`;
  for (const member of Object.keys(grant)) {
    if (!indexMembers.has(member)) throw parseException(`${failed} unexpected field [${member}]`);
  }
  if (grant.names === undefined) throw parseException(`${failed} missing required [names] field`);
  if (grant.privileges === undefined) throw parseException(`${failed} missing required [privileges] field`);
  const names = strings(role, "names", grant.names);
  if (names.length === 0) throw parseException(`${failed} [names] cannot be an empty array`);
  const restricted = grant.allow_restricted_indices;
  if (restricted !== undefined && typeof restricted !== "boolean") {
    throw parseException(`${failed} expected field [allow_restricted_indices] to be a boolean`);
  }
  const normal: IndexGrant = {
    names,
    privileges: strings(role, "privileges", grant.privileges),
    allow_restricted_indices: restricted ?? false,
  };
  if (isObject(grant.field_security)) normal.field_security = grant.field_security;
  if (grant.query !== undefined && grant.query !== null) {
    normal.query = typeof grant.query === "string" ? grant.query : JSON.stringify(grant.query);
  }
  return normal;
}

function application(role: string, grant: JsonObject): JsonObject {
  for (const member of Object.keys(grant)) {
    if (!applicationMembers.has(member)) {
      throw parseException(`failed to parse application privileges for role [${role}]. unexpected field [${member}]`);
    }
  }
  return {
    application: typeof grant.application === "string" ? grant.application : "",
    privileges: strings(role, "privileges", grant.privileges),
    resources: strings(role, "resources", grant.resources),
  };
}

function strings(role: string, member: string, value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [value];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value as string[];
  throw notAList(role, member, "an array of strings");
}

function objects(role: string, member: string, value: Json | undefined): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw notAList(role, member, "an array of objects");
}

function notAList(role: string, member: string, expected: string): ElasticsearchError {
  return parseException(`failed to parse role [${role}]. expected field [${member}] value to be ${expected}`);
}
