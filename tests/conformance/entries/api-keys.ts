import { absent, anything, type Entry, exactly, fails, I400, P400, type Step, step, V400, X403 } from "../dsl";

const path = "/_security/api_key";

function make(name: string, body: object = {}): Step {
  return step(
    `POST ${path}`,
    { name: `{p}${name}`, ...body },
    200,
    { id: anything, api_key: anything },
    { save: { [name]: "encoded", [`${name}Id`]: "id" } },
  );
}
const reader = {
  role_descriptors: {
    r: { cluster: ["monitor"], index: [{ names: "{p}i", privileges: ["read", "view_index_metadata"] }] },
  },
};
const normal = {
  applications: [],
  cluster: ["monitor"],
  indices: [{ allow_restricted_indices: false, names: ["{p}i"], privileges: ["read", "view_index_metadata"] }],
  metadata: {},
  run_as: [],
  transient_metadata: { enabled: true },
};

export const apiKeyEntries: Entry[] = [
  {
    id: "K01",
    title: "a key has an id of 20 and a secret of 22 characters",
    source: "test",
    steps: [
      step(`POST ${path}`, { name: "{p}k" }, 200, {
        id: /^[\w-]{20}$/,
        name: "{p}k",
        api_key: /^[\w-]{22}$/,
        encoded: /^[A-Za-z0-9+/]+=*$/,
        expiration: absent,
      }),
      step(`PUT ${path}`, { name: "{p}k" }, 200, { id: anything }),
    ],
  },
  {
    id: "K02",
    title: "names, expiration, metadata and roles are checked",
    source: "correction",
    steps: [
      step(
        `POST ${path}`,
        { name: "{p}k", expiration: "1d" },
        200,
        { id: anything },
        { save: { until: "expiration" } },
      ),
      fails(`POST ${path}`, {}, 400, I400, "Required [name]"),
      fails(`POST ${path}`, { name: "" }, 400, V400, "api key name is required"),
      fails(
        `POST ${path}`,
        { name: "x".repeat(257) },
        400,
        V400,
        "api key name may not be more than 256 characters long",
      ),
      fails(`POST ${path}`, { name: " x" }, 400, V400, "api key name may not begin or end with whitespace"),
      fails(`POST ${path}`, { name: "_x" }, 400, V400, "api key name may not begin with an underscore"),
      fails(
        `POST ${path}`,
        { name: "x", metadata: { _meta: 1 } },
        400,
        V400,
        "API key metadata keys may not start with [_]",
      ),
      fails(`POST ${path}`, { name: "x", expiration: "soon" }, 400, P400),
      fails(`POST ${path}`, { name: "x", foo: 1 }, 400, P400, "unknown field [foo]"),
      fails(
        `POST ${path}`,
        { name: "x", role_descriptors: { r: { cluster: ["rule_all"] } } },
        400,
        V400,
        "unknown cluster privilege [rule_all]",
      ),
      fails(
        `POST ${path}`,
        { name: "x", role_descriptors: { r: { indices: [{ names: ["i"], privileges: ["peek"] }] } } },
        400,
        V400,
        "unknown index privilege [peek]",
      ),
      fails(
        `POST ${path}`,
        { name: "x", role_descriptors: { r: { clutser: [] } } },
        400,
        P400,
        "failed to parse field [role_descriptors]",
      ),
      fails(`POST ${path}`, { name: "x", role_descriptors: { r: { indices: [{ names: ["i"] }] } } }, 400, P400),
    ],
  },
  {
    id: "K03",
    title: "names aren't unique",
    source: "source",
    steps: [
      make("k"),
      make("k"),
      step(`GET ${path}?name={p}k`, undefined, 200, { api_keys: [{ name: "{p}k" }, { name: "{p}k" }] }),
    ],
  },
  {
    id: "K04",
    title: "a key acts within its role",
    source: "test",
    steps: [
      step("PUT /{p}i", undefined, 200),
      make("k", reader),
      step(
        "GET /_security/_authenticate",
        undefined,
        200,
        {
          authentication_type: "api_key",
          api_key: { id: "{kId}", name: "{p}k" },
          authentication_realm: { name: "_es_api_key", type: "_es_api_key" },
          roles: [],
        },
        { as: "k" },
      ),
      step("GET /{p}i/_count", undefined, 200, { count: 0 }, { as: "k" }),
      fails(
        "POST /{p}i/_doc",
        { a: 1 },
        403,
        X403,
        /^action \[indices:data\/write\/.*\] is unauthorized for API key id \[{kId}\] of user \[\w+\] on indices \[{p}i\], this action is granted by the index privileges \[/,
        { as: "k" },
      ),
      fails("PUT /{p}other", undefined, 403, X403, "action [indices:admin/create] is unauthorized", { as: "k" }),
      fails("GET /_connector/_secret/{p}s", undefined, 403, X403, undefined, { as: "k" }),
    ],
  },
  {
    id: "K05",
    title: "a key made with a key has no rights",
    source: "source",
    steps: [
      make("k", { role_descriptors: { r: { cluster: ["manage_own_api_key", "monitor"] } } }),
      fails(
        `POST ${path}`,
        { name: "{p}d", role_descriptors: { r: { cluster: ["monitor"] } } },
        400,
        I400,
        "creating derived api keys requires an explicit role descriptor that is empty (has no privileges)",
        { as: "k" },
      ),
      fails(`POST ${path}`, { name: "{p}d" }, 400, I400, "derived api keys", { as: "k" }),
      fails(`POST ${path}`, { name: "{p}d", role_descriptors: {} }, 400, I400, "derived api keys", { as: "k" }),
      step(
        `POST ${path}`,
        { name: "{p}d", role_descriptors: { none: {} } },
        200,
        { id: anything },
        { as: "k", save: { derived: "encoded" } },
      ),
      fails("GET /", undefined, 403, X403, "action [cluster:monitor/main] is unauthorized", { as: "derived" }),
    ],
  },
  {
    id: "K06",
    title: "a key is shown in normal form",
    source: "test",
    steps: [
      make("k", { ...reader, metadata: { m: 1 } }),
      step(`GET ${path}?id={kId}`, undefined, 200, {
        api_keys: [
          {
            id: "{kId}",
            name: "{p}k",
            type: "rest",
            creation: anything,
            invalidated: false,
            invalidation: absent,
            expiration: absent,
            limited_by: absent,
            metadata: exactly({ m: 1 }),
            role_descriptors: exactly({ r: normal }),
          },
        ],
      }),
      step(`GET ${path}?id={kId}&with_limited_by=true`, undefined, 200, { api_keys: [{ limited_by: [anything] }] }),
      make("bare"),
      step(`GET ${path}?id={bareId}`, undefined, 200, {
        api_keys: [{ role_descriptors: exactly({}), metadata: exactly({}) }],
      }),
      step(`GET ${path}?name={p}*`, undefined, 200, { api_keys: [anything, anything] }),
      fails(`GET ${path}?id=a&name=b`, undefined, 400, V400, "only one of [api key id, api key name] can be specified"),
      fails(
        `GET ${path}?owner=true&username=x`,
        undefined,
        400,
        V400,
        "neither username nor realm-name may be specified when retrieving owned API keys",
      ),
    ],
  },
  {
    id: "K07",
    title: "an unknown id is a 404 with an empty list, an unknown name isn't",
    source: "source",
    steps: [
      step(`GET ${path}?id={p}none`, undefined, 404, exactly({ api_keys: [] })),
      step(`GET ${path}?name={p}none`, undefined, 200, exactly({ api_keys: [] })),
    ],
  },
  {
    id: "K08",
    title: "query by ids and by name",
    source: "test",
    steps: [
      make("k", { metadata: { nonce: "{p}n" } }),
      make("l"),
      step("POST /_security/_query/api_key", { query: { ids: { values: ["{kId}"] } } }, 200, {
        total: 1,
        count: 1,
        api_keys: [{ id: "{kId}" }],
      }),
      step(
        "POST /_security/_query/api_key",
        { query: { bool: { filter: [{ prefix: { name: "{p}" } }, { term: { invalidated: false } }] } }, size: 1 },
        200,
        { total: 2, count: 1 },
      ),
      step("POST /_security/_query/api_key", { query: { term: { "metadata.nonce": "{p}n" } } }, 200, { total: 1 }),
      fails("POST /_security/_query/api_key", { query: { term: { api_key_hash: "x" } } }, 400, I400),
    ],
  },
];
