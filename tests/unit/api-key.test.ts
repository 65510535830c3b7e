import { checkLocally } from "../../provider/lifecycle/check";
import { UNKNOWN } from "../../provider/model/unknown";
import { apiKey } from "../../provider/resources/api-key/resource";
import {
  fromWire,
  inSpellingOf,
  type RoleDescriptors,
  roleDescriptorsView,
  toWire,
} from "../../provider/resources/api-key/wire";

const { equal } = roleDescriptorsView;

const FULL: RoleDescriptors = {
  role: {
    cluster: ["monitor"],
    indices: [
      {
        names: ["a", "b"],
        privileges: ["read"],
        query: '{"term":{"a":"b"}}',
        fieldSecurity: { grant: ["*"], except: ["secret"] },
        allowRestrictedIndices: true,
        extra: { new_member: 1 },
      },
    ],
    applications: [{ application: "app", privileges: ["read"], resources: ["*"] }],
    runAs: ["other"],
    metadata: { a: 1 },
    restriction: { workflows: ["search_application_query"] },
    remoteIndices: [{ clusters: ["c"], names: ["a"], privileges: ["read"], allowRestrictedIndices: true }],
    remoteCluster: [{ clusters: ["c"], privileges: ["monitor_enrich"], extra: { newer: true } }],
    extra: { global: { data: 1 } },
  },
};

describe("role descriptors on the wire", () => {
  test("the server's spelling, with our guard against restricted indices spelled out", () => {
    expect(toWire(FULL)).toEqual({
      role: {
        cluster: ["monitor"],
        indices: [
          {
            names: ["a", "b"],
            privileges: ["read"],
            query: '{"term":{"a":"b"}}',
            field_security: { grant: ["*"], except: ["secret"] },
            allow_restricted_indices: true,
            new_member: 1,
          },
        ],
        applications: [{ application: "app", privileges: ["read"], resources: ["*"] }],
        run_as: ["other"],
        metadata: { a: 1 },
        restriction: { workflows: ["search_application_query"] },
        remote_indices: [{ clusters: ["c"], names: ["a"], privileges: ["read"], allow_restricted_indices: true }],
        remote_cluster: [{ clusters: ["c"], privileges: ["monitor_enrich"], newer: true }],
        global: { data: 1 },
      },
    });
    expect(toWire({ role: { indices: [{ names: "a", privileges: ["all"] }] } })).toEqual({
      role: { indices: [{ names: "a", privileges: ["all"], allow_restricted_indices: false }] },
    });
  });

  test("there and back", () => {
    expect(fromWire(toWire(FULL))).toEqual(FULL);
    expect(fromWire({})).toBeUndefined();
    expect(fromWire(undefined)).toBeUndefined();
  });

  test("what the server fills in is no difference", () => {
    const declared: RoleDescriptors = {
      role: { cluster: ["monitor"], indices: [{ names: ["a"], privileges: ["all"] }] },
    };
    const live = fromWire({
      role: {
        cluster: ["monitor"],
        indices: [{ names: ["a"], privileges: ["all"], allow_restricted_indices: false }],
        applications: [],
        run_as: [],
        metadata: {},
        transient_metadata: { enabled: true },
      },
    });
    expect(equal(declared, live)).toBe(true);
  });

  test("a query comes back as text, a single name as a list", () => {
    const declared: RoleDescriptors = {
      role: { indices: [{ names: "a", privileges: ["read"], query: { term: { a: "b" } } }] },
    };
    const live = fromWire({
      role: {
        indices: [{ names: ["a"], privileges: ["read"], query: '{"term":{"a":"b"}}', allow_restricted_indices: false }],
      },
    });
    expect(equal(declared, live)).toBe(true);
    const other = fromWire({
      role: { indices: [{ names: ["a"], privileges: ["read"], query: '{"term":{"a":"c"}}' }] },
    });
    expect(equal(declared, other)).toBe(false);
  });

  test("order makes no difference: of privileges, names, roles, and entries", () => {
    const entry = (name: string, ...privileges: string[]) => ({ names: [name, "z"], privileges });
    const declared = { a: { cluster: ["x", "y"], indices: [entry("a", "read", "write"), entry("b", "all")] }, b: {} };
    expect(
      equal(declared, { b: {}, a: { cluster: ["y", "x"], indices: [entry("a", "write", "read"), entry("b", "all")] } }),
    ).toBe(true);
    expect(
      equal(declared, { a: { cluster: ["x", "y"], indices: [entry("b", "all"), entry("a", "read", "write")] }, b: {} }),
    ).toBe(true);
  });

  test("the names of the roles are irrelevant; their number isn't", () => {
    const role = { cluster: ["monitor"] };
    expect(equal({ a: role, b: { cluster: ["manage"] } }, { c: { cluster: ["manage"] }, d: role })).toBe(true);
    expect(equal({ a: role }, { a: role, b: role })).toBe(false);
  });

  test.each<[string, RoleDescriptors]>([
    ["another cluster privilege", { role: { ...FULL.role, cluster: ["manage"] } }],
    ["no run-as", { role: { ...FULL.role, runAs: [] } }],
    ["another member that we don't know", { role: { ...FULL.role, extra: { global: {} } } }],
    [
      "another remote cluster",
      { role: { ...FULL.role, remoteCluster: [{ clusters: ["d"], privileges: ["monitor_enrich"] }] } },
    ],
    ["nothing on remote indices", { role: { ...FULL.role, remoteIndices: [] } }],
    ["no restriction", { role: { ...FULL.role, restriction: undefined } }],
    [
      "restricted indices no more",
      { role: { ...FULL.role, indices: [{ ...FULL.role?.indices?.[0], allowRestrictedIndices: false } as never] } },
    ],
  ])("%s is a difference", (_, other) => {
    expect(equal(FULL, other)).toBe(false);
    expect(equal(other, FULL)).toBe(false);
  });
});

describe("rules of a key", () => {
  const issues = (inputs: Record<string, unknown>) =>
    checkLocally(apiKey, { name: "k", ...inputs }).map(({ path, message }) => `${path.join(".")}: ${message}`);
  const role = { cluster: ["monitor"] };

  test("rights have to be declared, or their absence wanted", () => {
    const required = [expect.stringMatching(/^roleDescriptors: is required: .*inheritOwnerPrivileges: true/)];
    expect(issues({})).toEqual(required);
    expect(issues({ roleDescriptors: {} })).toEqual(required);
    expect(issues({ inheritOwnerPrivileges: false })).toEqual(required);
    expect(issues({ inheritOwnerPrivileges: true })).toEqual([]);
    expect(issues({ roleDescriptors: {}, inheritOwnerPrivileges: true })).toEqual([]);
    expect(issues({ roleDescriptors: { role } })).toEqual([]);
    expect(issues({ roleDescriptors: { role }, inheritOwnerPrivileges: true })).toEqual([
      "inheritOwnerPrivileges: excludes roleDescriptors; declare one of them",
    ]);
  });

  test("what isn't known yet is left alone", () => {
    expect(issues({ roleDescriptors: UNKNOWN })).toEqual([]);
    expect(issues({ inheritOwnerPrivileges: UNKNOWN })).toEqual([]);
    expect(issues({ roleDescriptors: { role: UNKNOWN }, metadata: UNKNOWN })).toEqual([]);
    expect(issues({ roleDescriptors: { role: { cluster: UNKNOWN, indices: [UNKNOWN] } } })).toEqual([]);
  });

  test("a misspelt member is refused at any depth, with the nearest name", () => {
    expect(issues({ roleDescriptors: { role: { clustr: [] } } })).toEqual([
      "roleDescriptors.role.clustr: is not a known property; did you mean 'cluster'?",
    ]);
    expect(
      issues({ roleDescriptors: { role: { indices: [{ names: ["a"], privileges: [], field_security: {} }] } } }),
    ).toEqual([
      "roleDescriptors.role.indices.0.field_security: is not a known property; did you mean 'fieldSecurity'?",
    ]);
  });

  test("of what a key's role descriptors can't have, the reason is told", () => {
    const restriction = { workflows: ["search_application_query"] };
    expect(issues({ roleDescriptors: { a: { restriction }, b: {} } })).toEqual([
      "roleDescriptors.a.restriction: is possible only where its role descriptor is the only one",
    ]);
    expect(issues({ roleDescriptors: { a: { restriction } } })).toEqual([]);
    expect(issues({ roleDescriptors: { a: { description: "x" } } })).toContain(
      "roleDescriptors.a.description: is not a known property of a key; use its metadata",
    );
  });

  test("a cross-cluster key has its access, and nothing else", () => {
    const search = [{ names: ["a"] }];
    const access = { search };
    const excludes = "excludes access: a cross-cluster key has no other rights, and is made by the caller itself";
    expect(issues({ access })).toEqual([]);
    expect(issues({ access: { search: UNKNOWN }, certificateIdentity: "CN=a" })).toEqual([]);
    expect(issues({ access: UNKNOWN, roleDescriptors: { role } })).toEqual([]);
    expect(
      issues({
        access,
        roleDescriptors: { role },
        inheritOwnerPrivileges: true,
        onBehalfOf: { username: "u", password: "secret-p" },
      }),
    ).toEqual(["roleDescriptors", "inheritOwnerPrivileges", "onBehalfOf"].map((name) => `${name}: ${excludes}`));
    expect(issues({ access: {} })).toEqual(["access: must list indices for search, for replication, or for both"]);
    expect(issues({ access: { search: [{ names: "a", query: "{}" }], replication: search } })).toEqual([
      "access.search: must not restrict documents or fields while there is replication too; use two keys",
    ]);
    expect(issues({ access: { serach: search } })).toContain(
      "access.serach: is not a known property; did you mean 'search'?",
    );
    expect(issues({ roleDescriptors: { role }, certificateIdentity: "CN=a" })).toEqual([
      "certificateIdentity: belongs to a cross-cluster key only: declare access, or leave it out",
    ]);
  });

  test("a user for whom a key is made comes with a password or a token", () => {
    const grant = (onBehalfOf: unknown) => issues({ roleDescriptors: { role }, onBehalfOf });
    expect(grant({ username: "u", password: "p" })).toEqual([]);
    expect(grant({ accessToken: "t", runAs: "other" })).toEqual([]);
    expect(grant({ username: "u", password: UNKNOWN })).toEqual([]);
    expect(grant({ accessToken: UNKNOWN, username: "u" })).toEqual([]);
    expect(grant({ username: "u" })).toEqual(["onBehalfOf.password: is required, unless there is an accessToken"]);
    expect(grant({})).toEqual(["onBehalfOf.username: is required, unless there is an accessToken"]);
    expect(grant({ accessToken: "t", password: "p" })).toEqual([
      "onBehalfOf.accessToken: excludes username and password; declare one of them",
    ]);
    expect(grant({ username: "u", pasword: "p" })).toContain(
      "onBehalfOf.pasword: is not a known property; did you mean 'password'?",
    );
  });

  test("reserved names of metadata", () => {
    const metadata = { _a: 1, "pulumi-elastic-connectors": {}, fine: { _b: 1 } };
    expect(issues({ roleDescriptors: { role }, metadata })).toEqual([
      "metadata._a: is a reserved name; choose another",
      "metadata.pulumi-elastic-connectors: is a reserved name; choose another",
    ]);
  });

  test.each([
    ["", "must not be empty"],
    [" ", "must not be empty"],
    [" a", "must not begin or end with whitespace"],
    ["_a", "must not begin with an underscore"],
    ["a".repeat(257), "must be at most 256 characters long"],
  ])("the name %j is refused", (name, message) => {
    expect(issues({ name, roleDescriptors: { role } })).toEqual([`name: ${message}`]);
  });

  test.each(["30d", "12h", "90m", "1s", "500ms"])("%s is a duration", (expiration) => {
    expect(issues({ roleDescriptors: { role }, expiration })).toEqual([]);
  });

  test.each(["30", "1w", "-1d", "1.5d", "1 d", "", "d"])("%j is none", (expiration) => {
    expect(issues({ roleDescriptors: { role }, expiration })).toEqual([
      'expiration: must be a duration such as "30d", "12h" or "90m"',
    ]);
  });

  test("messages are lower-case clauses, for a value that fits none of several types too", () => {
    const odd = { role: { indices: [{ names: 5, privileges: ["read"], query: 5 }] } };
    const found = issues({ roleDescriptors: odd });
    expect(found).toHaveLength(2);
    for (const text of found) {
      expect(text).toMatch(/^[\w.]+: (must|is) [a-z]/);
    }
  });
});

test("inside a query a list and its only item are two things, and every part shows as it is", () => {
  const [declared, live] = [
    { terms: ["x"], boost: 1 },
    { terms: "x", boost: 2 },
  ];
  expect(inSpellingOf({ query: declared, names: ["a"] }, { query: live, names: "a" })).toEqual({
    query: live,
    names: ["a"],
  });
});
