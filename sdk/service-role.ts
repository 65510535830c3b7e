/**
 * Rights of a connectors service's own key. Each of them is needed: `tests/service` takes them from Elastic's own service one
 * by one. Takes lists of names of content indices, since a privilege on no names would be refused.
 */
export function serviceRole<Names>(contentIndices: Names[]) {
  return {
    cluster: ["monitor", "manage_connector"],
    indices: [
      // By the pattern: the service asks for aliases and for concrete indices, and makes those of its own that are missing.
      { names: [".elastic-connectors*"], privileges: ["view_index_metadata", "create_index", "read", "write"] },
      // After each sync the service itself, and not the connector, refreshes and counts the content; without these rights
      // it would count nothing. It leaves the access-control index to the connector.
      ...contentIndices.map((names) => ({ names, privileges: ["read", "maintenance"] })),
    ],
  };
}
