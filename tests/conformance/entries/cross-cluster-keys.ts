import { absent, anything, type Entry, exactly, fails, I400, P400, step, V400, X403 } from "../dsl";

const path = "/_security/cross_cluster/api_key";
const search = { names: ["{p}a"] };
const shown = { names: ["{p}a"], allow_restricted_indices: false };
const make = step(
  `POST ${path}`,
  { name: "{p}k", access: { search: [search] } },
  200,
  { api_key: anything },
  {
    save: { k: "encoded", kId: "id" },
  },
);
const grant = (privileges: string[]) => ({ names: ["{p}a"], privileges, allow_restricted_indices: false });

/** Keys for the connections of other clusters. */
export const crossClusterKeyEntries: Entry[] = [
  {
    id: "K16",
    title: "access becomes a role descriptor; such a key can't make requests",
    source: "test",
    steps: [
      step(
        `POST ${path}`,
        { name: "{p}k", access: { search: [search], replication: [search] }, expiration: "7d", metadata: { tag: "t" } },
        200,
        { id: anything, name: "{p}k", expiration: anything },
        { save: { k: "encoded", kId: "id" } },
      ),
      step("GET /_security/api_key?id={kId}&with_limited_by=true", undefined, 200, {
        api_keys: [
          {
            type: "cross_cluster",
            metadata: { tag: "t" },
            limited_by: absent,
            access: exactly({ search: [shown], replication: [shown] }),
            role_descriptors: {
              cross_cluster: {
                cluster: ["cross_cluster_search", "monitor_enrich", "cross_cluster_replication"],
                indices: [
                  grant(["read", "read_cross_cluster", "view_index_metadata"]),
                  grant(["cross_cluster_replication", "cross_cluster_replication_internal"]),
                ],
              },
            },
          },
        ],
      }),
      fails("GET /_security/_authenticate", undefined, 401, X403, undefined, { as: "k" }),
    ],
  },
  {
    id: "K16-refused",
    title: "what a cross-cluster key must have, and mustn't",
    source: "test",
    steps: [
      fails(`POST ${path}`, { name: "{p}k" }, 400, I400, "Required [access]"),
      fails(`POST ${path}`, { access: { search: [search] } }, 400, I400, "Required [name]"),
      fails(
        `POST ${path}`,
        { name: "{p}k", access: null },
        400,
        P400,
        "access doesn't support values of type: VALUE_NULL",
      ),
      step(`POST ${path}`, { name: "{p}k", access: { search: [] } }, 400, {
        error: { caused_by: { reason: /must specify non-empty access for either \[search\] or \[replication\]/ } },
      }),
      step(`POST ${path}`, { name: "{p}k", access: { replication: [{ ...search, query: { match_all: {} } }] } }, 400, {
        error: { caused_by: { reason: /replication does not support document or field level security/ } },
      }),
      step("POST /_security/api_key", { name: "{p}r" }, 200, {}, { save: { rest: "encoded" } }),
      fails(
        `POST ${path}`,
        { name: "{p}k", access: { search: [search] } },
        400,
        I400,
        "authentication via API key not supported: An API key cannot be used to create a cross-cluster API key",
        { as: "rest" },
      ),
    ],
  },
  {
    id: "K17",
    title: "a cross-cluster key is updated by its own API only",
    source: "test",
    steps: [
      make,
      step(`PUT ${path}/{kId}`, { metadata: { a: 1 }, expiration: "30d" }, 200, exactly({ updated: true })),
      step(`PUT ${path}/{kId}`, { access: { search: [{ names: ["{p}b"] }] } }, 200, exactly({ updated: true })),
      step(`PUT ${path}/{kId}`, { access: { search: [{ names: ["{p}b"] }] } }, 200, exactly({ updated: false })),
      step("GET /_security/api_key?id={kId}", undefined, 200, {
        api_keys: [{ metadata: exactly({ a: 1 }), expiration: anything, access: { search: [{ names: ["{p}b"] }] } }],
      }),
      fails(`PUT ${path}/{kId}`, undefined, 400, "parse_exception", "request body is required"),
      fails(`PUT ${path}/{kId}`, {}, 400, V400, /must update .*\[access\].*\[metadata\].* for cross-cluster API keys/),
      fails(
        "PUT /_security/api_key/{kId}",
        { metadata: {} },
        400,
        I400,
        "cannot update API key of type [cross_cluster] while expected type is [rest]",
      ),
      step("POST /_security/api_key", { name: "{p}r" }, 200, {}, { save: { restId: "id" } }),
      fails(
        `PUT ${path}/{restId}`,
        { metadata: {} },
        400,
        I400,
        "cannot update API key of type [rest] while expected type is [cross_cluster]",
      ),
    ],
  },
  {
    id: "K17-identity",
    title: "the pattern for the other cluster's certificate",
    source: "test",
    versions: ["9.x"],
    steps: [
      step(
        `POST ${path}`,
        { name: "{p}k", access: { search: [search] }, certificate_identity: "CN=test-.*" },
        200,
        {},
        { save: { kId: "id" } },
      ),
      step("GET /_security/api_key?id={kId}", undefined, 200, { api_keys: [{ certificate_identity: "CN=test-.*" }] }),
      step(`PUT ${path}/{kId}`, { certificate_identity: "CN=other" }, 200, exactly({ updated: true })),
      step("GET /_security/api_key?id={kId}", undefined, 200, { api_keys: [{ certificate_identity: "CN=other" }] }),
      step(`POST ${path}`, { name: "{p}k", access: { search: [search] }, certificate_identity: "(" }, 400),
    ],
  },
  {
    id: "K17-identity-8x",
    title: "before 9.3 there is no such pattern",
    source: "test",
    versions: ["8.19"],
    steps: [
      fails(
        `POST ${path}`,
        { name: "{p}k", access: { search: [search] }, certificate_identity: "CN=test-.*" },
        400,
        P400,
        "unknown field [certificate_identity]",
      ),
    ],
  },
  {
    id: "K18",
    title: "manage_api_key neither makes nor ends cross-cluster keys",
    source: "test",
    embeddedOnly: "needs a further user",
    steps: [
      fails(
        `POST ${path}`,
        { name: "{p}k", access: { search: [search] } },
        403,
        X403,
        "action [cluster:admin/xpack/security/cross_cluster/api_key/create] is unauthorized for user [fourth] with effective roles [keys], this action is granted by the cluster privileges [manage_security,all]",
        { as: "fourth:fourth-password" },
      ),
      make,
      step(
        "DELETE /_security/api_key",
        { ids: ["{kId}"] },
        200,
        {
          invalidated_api_keys: [],
          error_count: 1,
          error_details: [{ reason: /^Cannot invalidate cross-cluster API key \[{kId}\]\./ }],
        },
        { as: "fourth:fourth-password" },
      ),
      step("DELETE /_security/api_key", { ids: ["{kId}"] }, 200, { invalidated_api_keys: ["{kId}"], error_count: 0 }),
    ],
  },
  {
    id: "K19",
    title: "keys are queried by ids, names and times, and sorted",
    source: "test",
    steps: [
      step("POST /_security/api_key", { name: "{p}b", expiration: "1h" }, 200, {}, { save: { bId: "id" } }),
      make,
      step("POST /_security/api_key", { name: "{p}a" }, 200, {}, { save: { aId: "id" } }),
      query({ ids: { values: ["{aId}", "{bId}"] } }, [{ name: "desc" }], [{ id: "{bId}" }, { id: "{aId}" }]),
      query({ term: { name: "{p}a" } }, undefined, [{ id: "{aId}" }]),
      query(
        { wildcard: { name: "{p}*" } },
        ["type", { name: { order: "asc" } }],
        [{ id: "{kId}", _sort: ["cross_cluster", "{p}k"] }, { id: "{aId}" }, { id: "{bId}" }],
      ),
      query(own({ exists: { field: "expiration" } }), undefined, [{ id: "{bId}" }]),
      query(own({ range: { expiration: { lte: 1 } } }), undefined, []),
      query(own({ terms: { type: ["cross_cluster"] } }), undefined, [{ id: "{kId}" }]),
      fails("POST /_security/_query/api_key", { sort: ["api_key_hash"] }, 400, I400),
      fails("POST /_security/_query/api_key", { query: { fuzzy: { name: "x" } } }, 400, I400, "Query type [fuzzy]"),
    ],
  },
  {
    id: "K20",
    title: "the role descriptors of keys have no description",
    source: "test",
    steps: [
      fails(
        "POST /_security/api_key",
        { name: "{p}k", role_descriptors: { r: { description: "no" } } },
        400,
        /^(x_content_)?parse_exception$/,
        /r\]|role_descriptors/,
      ),
    ],
  },
];

function query(body: unknown, sort: unknown, api_keys: unknown[]) {
  const asked = sort === undefined ? { query: body } : { query: body, sort };
  return step("POST /_security/_query/api_key", asked, 200, { total: api_keys.length, api_keys });
}

function own(clause: unknown) {
  return { bool: { must: [{ prefix: { name: "{p}" } }], filter: [clause] } };
}
