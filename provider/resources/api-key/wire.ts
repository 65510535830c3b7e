import { deepEqual, withoutUndefined } from "../../model/equality";
import type { View } from "../../model/resource";
import { isRecord } from "../../model/unknown";
import type { RoleDescriptor } from "./rights";

export type RoleDescriptors = Record<string, RoleDescriptor>;

/** Order, the names of the descriptors, and what the server fills in by itself make no difference: rights do. */
export const roleDescriptorsView: View<RoleDescriptors> = {
  equal: (a, b) => deepEqual(rights(a), rights(b)),
  of: (declared, live) => inSpellingOf(declared, live) as RoleDescriptors | undefined,
};

/** Live rights in the user's spelling, place by place: where one differs, no other shows. */
export function inSpellingOf(declared: unknown, live: unknown): unknown {
  if (deepEqual(meaning(declared), meaning(live))) {
    return declared;
  }
  if (Array.isArray(declared) && Array.isArray(live)) {
    return live.map((item, at) => (at in declared ? inSpellingOf(declared[at], item) : item));
  }
  if (!isRecord(declared) || !isRecord(live)) {
    return live;
  }
  const names = [...new Set([...Object.keys(live), ...Object.keys(declared)])];
  return withoutUndefined(Object.fromEntries(names.map((name) => [name, part(name, declared[name], live[name])])));
}

function part(name: string, declared: unknown, live: unknown): unknown {
  if (name === "metadata" || name === "extra") {
    return live;
  }
  // Inside a query nothing has two spellings.
  if (name === "query") {
    return deepEqual(meaning(declared), meaning(live)) ? declared : live;
  }
  return inSpellingOf(declared, live);
}

/** One form for the spellings of a single value: a name or a list of one, a query or its text, what is off or absent. */
function meaning(value: unknown): unknown {
  if (typeof value === "string") {
    const query = parsed(value);
    return isRecord(query) ? query : [value];
  }
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return unlessEmpty([...value].sort());
  }
  return value === false ? undefined : unlessEmpty(value);
}

/** Role descriptors in the server's spelling. */
export function toWire(descriptors: RoleDescriptors): Record<string, unknown> {
  return mapValues(descriptors, ({ runAs, indices, remoteIndices, remoteCluster, extra, ...rest }) =>
    withoutUndefined({
      ...rest,
      run_as: runAs,
      indices: indices?.map(grantToWire),
      remote_indices: remoteIndices?.map(grantToWire),
      remote_cluster: remoteCluster?.map(({ extra: more, ...entry }) => ({ ...entry, ...more })),
      ...extra,
    }),
  );
}

/** Role descriptors as `GET` returns them, in our spelling and without what the server fills in. */
export function fromWire(descriptors: Record<string, unknown> | undefined): RoleDescriptors | undefined {
  if (!descriptors || Object.keys(descriptors).length === 0) {
    return undefined;
  }
  return mapValues(descriptors as Record<string, Record<string, unknown>>, (descriptor) => {
    const {
      cluster,
      indices,
      applications,
      run_as,
      remote_indices,
      remote_cluster,
      metadata,
      restriction,
      transient_metadata: _,
      ...extra
    } = descriptor;
    return withoutUndefined({
      cluster: unlessEmpty(cluster),
      indices: listFromWire(indices, grantFromWire),
      applications: unlessEmpty(applications),
      runAs: unlessEmpty(run_as),
      remoteIndices: listFromWire(remote_indices, grantFromWire),
      remoteCluster: listFromWire(remote_cluster, ({ clusters, privileges, ...more }) => ({
        clusters,
        privileges,
        extra: unlessEmpty(more),
      })),
      metadata: unlessEmpty(metadata),
      restriction: unlessEmpty(restriction),
      // The server may return members that nobody set, empty.
      extra: unlessEmpty(withoutEmpty(extra)),
    }) as RoleDescriptor;
  });
}

/** One grant on indices, of a descriptor or of a cross-cluster key, in the server's spelling. */
export function grantToWire<T extends Grant>({
  fieldSecurity,
  allowRestrictedIndices,
  extra,
  ...entry
}: T): Record<string, unknown> {
  return {
    ...entry,
    field_security: fieldSecurity,
    // The server's default, spelled out: a key of ours never reaches further by accident.
    allow_restricted_indices: allowRestrictedIndices ?? false,
    ...extra,
  };
}

interface Grant {
  fieldSecurity?: unknown;
  allowRestrictedIndices?: boolean | undefined;
  extra?: Record<string, unknown> | undefined;
}

export function grantFromWire(entry: Record<string, unknown>): Record<string, unknown> {
  const { clusters, names, privileges, query, field_security, allow_restricted_indices, ...extra } = entry;
  return {
    clusters,
    names,
    privileges,
    query,
    fieldSecurity: field_security,
    allowRestrictedIndices: allow_restricted_indices === true ? true : undefined,
    extra: unlessEmpty(extra),
  };
}

export function listFromWire(
  list: unknown,
  each: (entry: Record<string, unknown>) => Record<string, unknown>,
): Record<string, unknown>[] | undefined {
  return Array.isArray(list) ? unlessEmpty(list.map(each)) : undefined;
}

/** One form for all spellings of the same rights. */
function rights(descriptors: RoleDescriptors | undefined): unknown {
  const server = fromWire(toWire(descriptors ?? {})) ?? {};
  const normal = mapValues(server, (descriptor) => ({
    ...descriptor,
    cluster: sorted(descriptor.cluster),
    runAs: sorted(descriptor.runAs),
    applications: descriptor.applications && inOrder(descriptor.applications.map(sortedLists)),
    indices: grantsInOrder(descriptor.indices),
    remoteIndices: grantsInOrder(descriptor.remoteIndices),
    remoteCluster: grantsInOrder(descriptor.remoteCluster),
    restriction: descriptor.restriction && { workflows: sorted(descriptor.restriction.workflows) },
  }));
  return inOrder(Object.values(normal));
}

/** One form for all spellings of the same grants. */
export function grantsInOrder(grants: object[] | undefined): unknown {
  return (
    grants &&
    inOrder(
      (grants as Record<string, unknown>[]).map((entry) =>
        withoutUndefined({
          ...entry,
          clusters: sortedNames(entry.clusters),
          names: sortedNames(entry.names),
          privileges: sortedNames(entry.privileges),
          query: typeof entry.query === "string" ? parsed(entry.query) : entry.query,
          fieldSecurity: fieldsInOrder(entry.fieldSecurity),
        }),
      ),
    )
  );
}

function sortedNames(names: unknown): string[] | undefined {
  return typeof names === "string" ? [names] : sorted(names as string[] | undefined);
}

/** Lists of fields; an exception from nothing is none. */
function fieldsInOrder(security: unknown): unknown {
  const { grant, except, ...rest } = (security ?? {}) as Record<string, string[] | undefined>;
  return security && { ...rest, grant: sorted(grant), except: unlessEmpty(sorted(except)) };
}

/** One order for entries whose order means nothing. */
function inOrder<T>(entries: T[]): T[] {
  const keyed = entries.map((entry) => [canonicalText(entry), entry] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, entry]) => entry);
}

/** JSON whose keys are in one order at every depth. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    isRecord(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

function sortedLists<T extends { privileges: string[]; resources: string[] }>(entry: T): T {
  return { ...entry, privileges: sorted(entry.privileges), resources: sorted(entry.resources) };
}

function withoutEmpty(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => unlessEmpty(value) !== undefined));
}

/** The server returns a query object as JSON text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sorted(values: string[] | undefined): string[] | undefined {
  return values && [...values].sort();
}

function unlessEmpty<T>(value: T): T | undefined {
  const empty = Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
  return empty ? undefined : value;
}

function mapValues<T, R>(object: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
