import { deepEqual, withoutUndefined } from "../../model/equality";
import type { View } from "../../model/resource";
import { isRecord } from "../../model/unknown";
import type { RoleDescriptor } from "./schema";

export type RoleDescriptors = Record<string, RoleDescriptor>;

/** Order, the names of the descriptors, and what the server fills in by itself make no difference: rights do. */
export const roleDescriptorsView: View<RoleDescriptors> = {
  equal: (a, b) => deepEqual(rights(a), rights(b)),
};

/** Role descriptors in the server's spelling. */
export function toWire(descriptors: RoleDescriptors): Record<string, unknown> {
  return mapValues(descriptors, ({ runAs, indices, extra, ...rest }) =>
    withoutUndefined({
      ...rest,
      run_as: runAs,
      indices: indices?.map(({ fieldSecurity, allowRestrictedIndices, extra: more, ...entry }) => ({
        ...entry,
        field_security: fieldSecurity,
        // The server's default, spelled out: a key of ours never reaches further by accident.
        allow_restricted_indices: allowRestrictedIndices ?? false,
        ...more,
      })),
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
      metadata,
      restriction,
      transient_metadata: _,
      ...extra
    } = descriptor;
    return withoutUndefined({
      cluster: unlessEmpty(cluster),
      indices: Array.isArray(indices) ? unlessEmpty(indices.map(indexFromWire)) : undefined,
      applications: unlessEmpty(applications),
      runAs: unlessEmpty(run_as),
      metadata: unlessEmpty(metadata),
      restriction: unlessEmpty(restriction),
      // The server may return members that nobody set, empty.
      extra: unlessEmpty(withoutEmpty(extra)),
    }) as RoleDescriptor;
  });
}

function indexFromWire(entry: Record<string, unknown>): Record<string, unknown> {
  const { names, privileges, query, field_security, allow_restricted_indices, ...extra } = entry;
  return {
    names,
    privileges,
    query,
    fieldSecurity: field_security,
    allowRestrictedIndices: allow_restricted_indices === true ? true : undefined,
    extra: unlessEmpty(extra),
  };
}

/** One form for all spellings of the same rights. */
function rights(descriptors: RoleDescriptors | undefined): unknown {
  const server = fromWire(toWire(descriptors ?? {})) ?? {};
  const normal = mapValues(server, (descriptor) => ({
    ...descriptor,
    cluster: sorted(descriptor.cluster),
    runAs: sorted(descriptor.runAs),
    applications: descriptor.applications && inOrder(descriptor.applications.map(sortedLists)),
    indices:
      descriptor.indices &&
      inOrder(
        descriptor.indices.map((entry) => ({
          ...entry,
          names: sorted(typeof entry.names === "string" ? [entry.names] : entry.names),
          privileges: sorted(entry.privileges),
          query: typeof entry.query === "string" ? parsed(entry.query) : entry.query,
        })),
      ),
  }));
  return inOrder(Object.values(normal));
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
