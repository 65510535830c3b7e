import type * as pulumi from "@pulumi/pulumi";
import type { RoleDescriptorArgs } from "./generated/api-key";

/**
 * Rights of a connector's key. A native connector's key works on the connectors index itself; a self-managed one's must
 * not, since there it could read every other connector's passwords.
 */
export function connectorRole(indexName: string, native: boolean): pulumi.Unwrap<RoleDescriptorArgs> {
  const names = [indexName, `.search-acl-filter-${indexName}`, ...(native ? [".elastic-connectors-v1*"] : [])];
  return { cluster: ["monitor"], indices: [{ names, privileges: ["all"], allowRestrictedIndices: false }] };
}
