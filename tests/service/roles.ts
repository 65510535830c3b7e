import { serviceRole as rightsOfService } from "../../sdk/service-role";

/** Rights of a service whose connectors have keys of their own and write to these indices: what `ConnectorService` gives. */
export function serviceRole(contentIndices: string[], alsoCluster: string[] = []): Roles {
  const { cluster, indices } = rightsOfService([contentIndices]);
  return role([...cluster, ...alsoCluster], indices);
}

/** The same for native connectors: the service reads their keys out of connector secrets. */
export function nativeServiceRole(indices: string[]): Roles {
  return serviceRole(indices, ["read_connector_secrets"]);
}

/** Least rights of a connector's own key. */
export function connectorRole(index: string): Roles {
  const names = [index, `.search-acl-filter-${index}`];
  return role(["monitor"], [{ names, privileges: ["view_index_metadata", "create_index", "read", "write"] }]);
}

/** What Kibana gives to a key that service and connector share. */
export function sharedRole(index: string): Roles {
  const names = [index, `.search-acl-filter-${index}`, ".elastic-connectors*"];
  return role(["monitor", "manage_connector"], [{ names, privileges: ["all"] }]);
}

export function role(cluster: string[], indices: Grant[]): Roles {
  return { only: { cluster, indices } };
}

type Grant = { names: string[]; privileges: string[] };

type Roles = { only: { cluster: string[]; indices: Grant[] } };
