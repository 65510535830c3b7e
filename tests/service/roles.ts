import type { JsonObject } from "../../embedded";

/** Least rights of a service whose connectors have keys of their own and write to these indices. */
export function serviceRole(indices: string[], alsoCluster: string[] = []): JsonObject {
  return role(
    ["monitor", "manage_connector", ...alsoCluster],
    [
      // By the pattern: a grant on the concrete indices doesn't cover requests by the aliases.
      { names: [".elastic-connectors*"], privileges: ["view_index_metadata", "create_index", "read", "write"] },
      // The service itself counts what a connector has written.
      { names: indices, privileges: ["read", "maintenance"] },
    ],
  );
}

/** The same for native connectors: the service reads their keys out of connector secrets. */
export function nativeServiceRole(indices: string[]): JsonObject {
  return serviceRole(indices, ["read_connector_secrets"]);
}

/** Least rights of a connector's own key. */
export function connectorRole(index: string): JsonObject {
  const names = [index, `.search-acl-filter-${index}`];
  return role(["monitor"], [{ names, privileges: ["view_index_metadata", "create_index", "read", "write"] }]);
}

/** What Kibana gives to a key that service and connector share. */
export function sharedRole(index: string): JsonObject {
  const names = [index, `.search-acl-filter-${index}`, ".elastic-connectors*"];
  return role(["monitor", "manage_connector"], [{ names, privileges: ["all"] }]);
}

export function role(cluster: string[], indices: { names: string[]; privileges: string[] }[]): JsonObject {
  return { only: { cluster, indices } };
}
