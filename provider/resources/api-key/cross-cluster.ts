import type { Elasticsearch } from "../../elasticsearch/connection";
import { abilities } from "../../elasticsearch/version";
import { deepEqual, withoutUndefined } from "../../model/equality";
import type { Issue } from "../../model/issues";
import type { View } from "../../model/resource";
import { isRecord, isUnknown } from "../../model/unknown";
import type { CrossClusterAccess } from "./rights";
import type { ApiKeyInputs } from "./schema";
import { grantFromWire, grantsInOrder, grantToWire, inSpellingOf, listFromWire } from "./wire";

/** Order, and what the server fills in by itself, make no difference. */
export const accessView: View<CrossClusterAccess> = {
  equal: (a, b) => deepEqual(normal(a), normal(b)),
  of: (declared, live) => inSpellingOf(declared, live) as CrossClusterAccess | undefined,
};

export function accessToWire({ search, replication }: CrossClusterAccess): Record<string, unknown> {
  return withoutUndefined({ search: search?.map(grantToWire), replication: replication?.map(grantToWire) });
}

export function accessFromWire(access: Record<string, unknown> | undefined): CrossClusterAccess {
  const { search, replication } = access ?? {};
  return withoutUndefined({
    search: listFromWire(search, grantFromWire),
    replication: listFromWire(replication, grantFromWire),
  }) as CrossClusterAccess;
}

function normal(access: CrossClusterAccess | undefined): unknown {
  const { search, replication } = accessFromWire(access && accessToWire(access));
  return access && { search: grantsInOrder(search), replication: grantsInOrder(replication) };
}

/** Rules of a cross-cluster key. Values may not have the schema's shape yet. */
export function crossClusterIssues(inputs: ApiKeyInputs): Issue[] {
  const { access, certificateIdentity } = inputs;
  if (isUnknown(access)) {
    return [];
  }
  if (access === undefined) {
    const message = "belongs to a cross-cluster key only: declare access, or leave it out";
    return certificateIdentity === undefined || isUnknown(certificateIdentity)
      ? []
      : [{ path: ["certificateIdentity"], message }];
  }
  const message = "excludes access: a cross-cluster key has no other rights, and is made by the caller itself";
  const excluded = (["roleDescriptors", "inheritOwnerPrivileges", "onBehalfOf"] as const)
    .filter((name) => inputs[name] !== undefined && inputs[name] !== false && !isUnknown(inputs[name]))
    .map((name) => ({ path: [name], message }));
  return [...excluded, ...accessIssues(access)];
}

function accessIssues(access: unknown): Issue[] {
  const { search, replication } = isRecord(access) ? access : {};
  if (!isRecord(access) || isUnknown(search) || isUnknown(replication)) {
    return [];
  }
  const entries = (list: unknown) => (Array.isArray(list) ? list : []);
  if (entries(search).length + entries(replication).length === 0) {
    return [{ path: ["access"], message: "must list indices for search, for replication, or for both" }];
  }
  const limited = entries(search).some((entry) => isRecord(entry) && (entry.query ?? entry.fieldSecurity));
  const message = "must not restrict documents or fields while there is replication too; use two keys";
  return limited && entries(replication).length > 0 ? [{ path: ["access", "search"], message }] : [];
}

/** What the server is too old for. */
export async function refusedByVersion(es: Elasticsearch, { certificateIdentity }: ApiKeyInputs): Promise<Issue[]> {
  const { version, number } = await es.info();
  if (certificateIdentity === undefined || abilities.certificateIdentity(version)) {
    return [];
  }
  const message = `needs Elasticsearch 9.3 or later, and ${es.endpoint} runs ${number}: without it any certificate that the cluster trusts will do, so leave it out only if that is wanted`;
  return [{ path: ["certificateIdentity"], message }];
}
