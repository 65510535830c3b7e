import { type Bag, type Case, OURS, type Table } from "../model";

const KEY = "/_security/api_key/{id}";
const CROSS = "/_security/cross_cluster/api_key/{id}";
const GRANT = {
  names: ["films"],
  privileges: ["read"],
  query: { term: { genre: "western" } },
  fieldSecurity: { grant: ["title", "budget"], except: ["budget"] },
  allowRestrictedIndices: true,
};
const ROLE = {
  cluster: ["monitor"],
  indices: [GRANT],
  applications: [{ application: "app", privileges: ["read"], resources: ["*"] }],
  runAs: ["somebody"],
  remoteIndices: [{ clusters: ["east"], ...GRANT }],
  remoteCluster: [{ clusters: ["east"], privileges: ["monitor_enrich"] }],
  metadata: { team: "search" },
  restriction: { workflows: ["search_application_query"] },
};
const SEARCH = {
  search: [
    {
      names: ["films"],
      query: '{"term":{"genre":"western"}}',
      fieldSecurity: { grant: ["title", "budget"], except: ["budget"] },
      allowRestrictedIndices: true,
    },
  ],
};
const REPLICATION = { replication: [{ names: ["films"], allowRestrictedIndices: true }] };
const OTHER_QUERY = '{"term":{"genre":"noir"}}';

export const keys: Table = {
  kind: "ApiKey",
  cases: [
    role("cluster", ["cluster"], ["all"], { "cluster[0]": ["monitor", "all"] }),
    ...["indices", "remoteIndices"].flatMap((list) => [
      ...(list === "remoteIndices" ? [grant(list, "clusters", ["west"], "clusters[0]", ["east", "west"])] : []),
      grant(list, "names", ["theirs"], "names[0]", ["films", "theirs"]),
      grant(list, "privileges", ["write"], "privileges[0]", ["read", "write"]),
      grant(list, "query", OTHER_QUERY, "query", [GRANT.query, OTHER_QUERY]),
      grant(list, "fieldSecurity.grant", ["plot", "budget"], "fieldSecurity.grant[0]", ["title", "plot"]),
      grant(list, "fieldSecurity.except", ["title"], "fieldSecurity.except[0]", ["budget", "title"]),
      grant(list, "allowRestrictedIndices", false, "allowRestrictedIndices", [true, undefined]),
    ]),
    role("applications[].application", ["applications", 0, "application"], "theirs", {
      "applications[0].application": ["app", "theirs"],
    }),
    role("applications[].privileges", ["applications", 0, "privileges"], ["write"], {
      "applications[0].privileges[0]": ["read", "write"],
    }),
    role("applications[].resources", ["applications", 0, "resources"], ["theirs"], {
      "applications[0].resources[0]": ["*", "theirs"],
    }),
    role("runAs", ["run_as"], ["theirs"], { "runAs[0]": ["somebody", "theirs"] }),
    role("remoteCluster[].clusters", ["remote_cluster", 0, "clusters"], ["west"], {
      "remoteCluster[0].clusters[0]": ["east", "west"],
    }),
    role("remoteCluster[].privileges", ["remote_cluster", 0, "privileges"], ["monitor_stats"], {
      "remoteCluster[0].privileges[0]": ["monitor_enrich", "monitor_stats"],
    }),
    role("metadata.*", ["metadata", "team"], "theirs", { "metadata.team": ["search", "theirs"] }),
    role("restriction.workflows", ["restriction"], undefined, {
      restriction: [{ workflows: ["search_application_query"] }, undefined],
    }),
    access("search[].names", { names: ["theirs"] }, "search[0].names[0]", ["films", "theirs"]),
    access("search[].query", { query: OTHER_QUERY }, "search[0].query", [SEARCH.search[0]?.query, OTHER_QUERY]),
    access(
      "search[].fieldSecurity.grant",
      { field_security: { grant: ["plot", "budget"], except: ["budget"] } },
      "search[0].fieldSecurity.grant[0]",
      ["title", "plot"],
    ),
    access(
      "search[].fieldSecurity.except",
      { field_security: { grant: ["title", "budget"], except: ["title"] } },
      "search[0].fieldSecurity.except[0]",
      ["budget", "title"],
    ),
    access("search[].allowRestrictedIndices", { allow_restricted_indices: false }, "search[0].allowRestrictedIndices", [
      true,
      undefined,
    ]),
    access("replication[].names", { names: ["theirs"] }, "replication[0].names[0]", ["films", "theirs"]),
    access(
      "replication[].allowRestrictedIndices",
      { allow_restricted_indices: false },
      "replication[0].allowRestrictedIndices",
      [true, undefined],
    ),
    {
      field: "certificateIdentity",
      args: { access: REPLICATION, certificateIdentity: "CN=ours" },
      theirs: [["PUT", CROSS, { certificate_identity: "CN=theirs" }]],
      seen: { certificateIdentity: ["CN=ours", "CN=theirs"] },
    },
    {
      field: "inheritOwnerPrivileges",
      args: { inheritOwnerPrivileges: true },
      theirs: [["PUT", KEY, { role_descriptors: { theirs: { cluster: ["monitor"] } } }]],
      seen: { inheritOwnerPrivileges: [true, undefined] },
      replaced: ["POST /_security/api_key", "DELETE /_security/api_key"],
    },
    {
      field: "expiration",
      args: { roleDescriptors: { own: { cluster: ["monitor"] } }, expiration: "30d" },
      theirs: [["PUT", KEY, { expiration: "2d" }]],
      seen: { expiration: ["30d", "2d"] },
    },
    {
      field: "metadata.*",
      args: { roleDescriptors: { own: { cluster: ["monitor"] } }, metadata: { team: "search" } },
      theirs: [["PUT", KEY, { metadata: { team: "theirs" } }]],
      seen: { "metadata.team": ["search", "theirs"] },
    },
  ],
  undeclared: [
    {
      what: "metadata and an expiration that the program doesn't declare",
      args: { roleDescriptors: { own: { cluster: ["monitor"] } } },
      theirs: [["PUT", KEY, { expiration: "90d", metadata: { theirs: true } }]],
    },
  ],
  fixed: {
    name: "no request renames a key",
    "roleDescriptors.*.extra.*": "only members that this package doesn't know: no server of today has one",
    "roleDescriptors.*.indices[].extra.*": "only members that this package doesn't know: no server of today has one",
    "roleDescriptors.*.remoteIndices[].extra.*":
      "only members that this package doesn't know: no server of today has one",
    "roleDescriptors.*.remoteCluster[].extra.*":
      "only members that this package doesn't know: no server of today has one",
    "onBehalfOf.username": "a key never changes its owner",
    "onBehalfOf.password": "credentials for the creation: no key holds them",
    "onBehalfOf.accessToken": "credentials for the creation: no key holds them",
    "onBehalfOf.runAs": "a key never changes its owner",
    "keepers.*": OURS,
    rotateAfter: OURS,
    rotateBeforeExpiry: OURS,
    rotateAt: OURS,
    drainTimeout: OURS,
    overlap: OURS,
  },
};

/** Somebody else writes the whole descriptor with one member changed. */
function role(field: string, at: (string | number)[], theirs: unknown, seen: Case["seen"]): Case {
  const wire = JSON.parse(JSON.stringify(wireRole())) as Bag;
  set(wire, at, theirs);
  return {
    field: `roleDescriptors.*.${field}`,
    args: { roleDescriptors: { own: ROLE } },
    theirs: [["PUT", KEY, { role_descriptors: { own: wire } }]],
    seen: Object.fromEntries(Object.entries(seen).map(([path, values]) => [`roleDescriptors.own.${path}`, values])),
  };
}

function grant(list: string, member: string, theirs: unknown, path: string, values: [unknown, unknown]): Case {
  const wire = { indices: "indices", remoteIndices: "remote_indices" }[list] ?? list;
  const at = member
    .replace("fieldSecurity", "field_security")
    .replace("allowRestrictedIndices", "allow_restricted_indices");
  return role(`${list}[].${member}`, [wire, 0, ...at.split(".")], theirs, { [`${list}[0].${path}`]: values });
}

function access(field: string, theirs: Bag, path: string, values: [unknown, unknown]): Case {
  const search = field.startsWith("search");
  const { fieldSecurity, allowRestrictedIndices, ...rest } = {
    fieldSecurity: undefined,
    ...(search ? SEARCH.search[0] : REPLICATION.replication[0]),
  };
  const entry = {
    ...rest,
    ...(fieldSecurity ? { field_security: fieldSecurity } : {}),
    allow_restricted_indices: allowRestrictedIndices,
    ...theirs,
  };
  return {
    field: `access.${field}`,
    args: { access: search ? SEARCH : REPLICATION },
    theirs: [["PUT", CROSS, { access: search ? { search: [entry] } : { replication: [entry] } }]],
    seen: { [`access.${path}`]: values },
  };
}

function wireRole(): Bag {
  const { runAs, remoteIndices, remoteCluster, indices, ...rest } = ROLE;
  return {
    ...rest,
    run_as: runAs,
    indices: indices.map(wireGrant),
    remote_indices: remoteIndices.map(wireGrant),
    remote_cluster: remoteCluster,
  };
}

function wireGrant({ fieldSecurity, allowRestrictedIndices, ...rest }: typeof GRANT): Bag {
  return { ...rest, field_security: fieldSecurity, allow_restricted_indices: allowRestrictedIndices };
}

function set(target: Bag, [first = "", ...rest]: (string | number)[], value: unknown): void {
  if (rest.length === 0) {
    target[first] = value;
  } else {
    set(target[first] as Bag, rest, value);
  }
}
