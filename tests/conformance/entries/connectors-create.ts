import { absent, anything, type Entry, exactly, fails, I400, NF404, P400, S400, step, V400, X403 } from "../dsl";

const schedule = { enabled: false, interval: "0 0 0 * * ?" };
const rules = {
  advanced_snippet: { created_at: anything, updated_at: anything, value: exactly({}) },
  rules: [
    {
      created_at: anything,
      field: "_",
      id: "DEFAULT",
      order: 0,
      policy: "include",
      rule: "regex",
      updated_at: anything,
      value: ".*",
    },
  ],
  validation: exactly({ errors: [], state: "valid" }),
};
const defaults = {
  configuration: exactly({}),
  custom_scheduling: exactly({}),
  filtering: [{ active: rules, domain: "DEFAULT", draft: rules }],
  is_native: false,
  name: "",
  scheduling: exactly({ access_control: schedule, full: schedule, incremental: schedule }),
  status: "created",
  sync_now: false,
};
const unset = {
  api_key_id: absent,
  api_key_secret_id: absent,
  description: absent,
  error: absent,
  features: absent,
  index_name: absent,
  language: absent,
  last_seen: absent,
  last_sync_status: absent,
  pipeline: absent,
  service_type: absent,
  sync_cursor: absent,
};
const used = /Index name \[{p}i\] is used by another connector\./;
const noRights = { name: "{p}none", role_descriptors: { none: { cluster: ["monitor"] } } };

export const createEntries: Entry[] = [
  {
    id: "C01",
    title: "a full body creates with defaults for the rest",
    source: "test",
    steps: [
      step(
        "PUT /_connector/{p}a",
        { description: "d", index_name: "{p}i", is_native: false, language: "en", name: "n", service_type: "mongodb" },
        201,
        { id: "{p}a", result: "created" },
      ),
      step("GET /_connector/{p}a", undefined, 200, {
        ...defaults,
        id: "{p}a",
        description: "d",
        index_name: "{p}i",
        language: "en",
        name: "n",
        service_type: "mongodb",
      }),
    ],
  },
  {
    id: "C02",
    title: "a native connector needs configuration",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", { is_native: true, index_name: "content-{p}i" }, 201, { result: "created" }),
      step("GET /_connector/{p}a", undefined, 200, {
        is_native: true,
        status: "needs_configuration",
        index_name: "content-{p}i",
      }),
    ],
  },
  {
    id: "C02-8x",
    title: "up to 8.19 a native connector takes any index",
    source: "test",
    versions: ["8.19"],
    steps: [
      step("PUT /_connector/{p}a", { is_native: true, index_name: "{p}i" }, 201, { result: "created" }),
      step("GET /_connector/{p}a", undefined, 200, { deleted: absent, index_name: "{p}i" }),
    ],
  },
  {
    id: "C03",
    title: "what isn't given is absent, the name is empty",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201, { result: "created" }),
      step("GET /_connector/{p}a", undefined, 200, { ...unset, index_name: "{p}i", name: "" }),
    ],
  },
  {
    id: "C04",
    title: "no body gives a detached connector",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", undefined, 201, { result: "created" }),
      step("GET /_connector/{p}a", undefined, 200, { ...defaults, ...unset }),
    ],
  },
  {
    id: "C05",
    title: "PUT without an id makes one",
    source: "test",
    steps: [
      step(
        "PUT /_connector",
        { name: "{p}n" },
        201,
        { id: /^[\w-]{20}$/, result: "created" },
        { save: { made: "id" } },
      ),
      step("GET /_connector/{made}", undefined, 200, { name: "{p}n" }),
      step("DELETE /_connector/{made}", undefined, 200, { acknowledged: true }),
    ],
  },
  {
    id: "C06",
    title: "PUT on an existing id resets the whole document",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i", service_type: "mongodb", name: "n" }, 201),
      step("PUT /_connector/{p}a/_configuration", { configuration: { host: { label: "Host", value: "h" } } }, 200, {
        result: "updated",
      }),
      step("PUT /_connector/{p}a/_api_key_id", { api_key_id: "k" }, 200, { result: "updated" }),
      step("PUT /_connector/{p}a", { name: "again" }, 200, { id: "{p}a", result: "updated" }),
      step("GET /_connector/{p}a", undefined, 200, { ...defaults, ...unset, name: "again" }),
    ],
  },
  {
    id: "C07",
    title: "a bad index name is refused, capitals aren't looked at",
    source: "test",
    steps: [
      fails(
        "PUT /_connector/{p}a",
        { index_name: "_bad" },
        400,
        V400,
        "Invalid index name [_bad], must not start with '_', '-', or '+';",
      ),
      fails("PUT /_connector/{p}a", { index_name: "a,b" }, 400, V400, "must not contain the following characters"),
      step("PUT /_connector/{p}a", { index_name: "{p}Upper" }, 201, { result: "created" }),
    ],
  },
  {
    id: "C08",
    title: "an index belongs to one connector",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201),
      fails("PUT /_connector/{p}b", { index_name: "{p}i" }, 400, S400, used),
    ],
  },
  {
    id: "C09",
    title: "a connector may keep its own index",
    source: "derived",
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201),
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 200, { result: "updated" }),
    ],
  },
  {
    id: "C10",
    title: "null detaches; detached connectors don't collide",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", { index_name: null }, 201, { result: "created" }),
      step("PUT /_connector/{p}b", { index_name: null }, 201, { result: "created" }),
    ],
  },
  {
    id: "C11",
    title: "a native connector's index starts with content-",
    source: "test",
    versions: ["9.x"],
    steps: [
      fails(
        "PUT /_connector/{p}a",
        { is_native: true, index_name: "{p}i" },
        400,
        V400,
        "Index [{p}i] is invalid. Index attached to an Elastic-managed connector must start with the prefix: [content-]",
      ),
      fails(
        "POST /_connector",
        { is_native: true, index_name: "{p}i" },
        400,
        V400,
        "must start with the prefix: [content-]",
      ),
      step("PUT /_connector/{p}a", { is_native: true }, 201, { result: "created" }),
    ],
  },
  {
    id: "C12",
    title: "unknown members and wrong types are refused",
    source: "derived",
    steps: [
      fails("PUT /_connector/{p}a", { nam: "x" }, 400, P400, "unknown field [nam] did you mean [name]?"),
      fails("PUT /_connector/{p}a", { name: 7 }, 400, P400, "name doesn't support values of type: VALUE_NUMBER"),
      fails("PUT /_connector/{p}a", { is_native: "maybe" }, 400, P400, "failed to parse field [is_native]"),
      fails("PUT /_connector/{p}a", { name: null }, 400, P400, "VALUE_NULL"),
      step("PUT /_connector/{p}a", { is_native: "true" }, 201, { result: "created" }),
    ],
  },
  {
    id: "C13",
    title: "creating needs a privilege of its own",
    source: "test",
    versions: ["9.x"],
    steps: [
      step("POST /_security/api_key", noRights, 200, {}, { save: { key: "encoded", keyId: "id" } }),
      fails(
        "PUT /_connector/{p}a",
        {},
        403,
        X403,
        "action [cluster:admin/xpack/connector/put] is unauthorized for API key id [{keyId}] of user [",
        { as: "key" },
      ),
      fails(
        "POST /_connector",
        {},
        403,
        X403,
        "this action is granted by the cluster privileges [manage_connector,manage,all]",
        { as: "key" },
      ),
    ],
  },
  {
    id: "C13-8x",
    title: "up to 8.19 creating needs index privileges",
    source: "test",
    versions: ["8.14", "8.19"],
    steps: [
      step("POST /_security/api_key", noRights, 200, {}, { save: { key: "encoded" } }),
      fails(
        "PUT /_connector/{p}a",
        { index_name: "{p}i" },
        403,
        X403,
        "action [indices:data/write/xpack/connector/put] is unauthorized",
        { as: "key" },
      ),
      step(
        "POST /_security/api_key",
        {
          name: "{p}w",
          role_descriptors: { w: { indices: [{ names: [".elastic-connectors-v1*"], privileges: ["write"] }] } },
        },
        200,
        {},
        { save: { writer: "encoded" } },
      ),
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201, { result: "created" }, { as: "writer" }),
    ],
  },
  {
    id: "C15",
    title: "POST makes an id",
    source: "test",
    steps: [
      step(
        "POST /_connector",
        { index_name: "{p}i", service_type: "s3", description: "about" },
        201,
        { id: /^[\w-]{20}$/, result: "created" },
        { save: { made: "id" } },
      ),
      step("GET /_connector/{made}", undefined, 200, {
        index_name: "{p}i",
        service_type: "s3",
        description: "about",
        status: "created",
      }),
      fails("POST /_connector", { index_name: "{p}i" }, 400, S400, used),
      step("POST /_connector", undefined, 201, { id: anything }, { save: { bare: "id" } }),
      step("DELETE /_connector/{made}", undefined, 200),
      step("DELETE /_connector/{bare}", undefined, 200),
    ],
  },
  {
    id: "C14",
    title: "the answer to PUT has id and result",
    source: "test",
    versions: ["8.14", "8.19", "9.x"],
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201, exactly({ id: "{p}a", result: "created" })),
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 200, exactly({ id: "{p}a", result: "updated" })),
    ],
  },
  {
    id: "C16",
    title: "POST with an index that is used already",
    source: "test",
    versions: ["8.14", "8.19", "9.x"],
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201),
      fails("POST /_connector", { index_name: "{p}i" }, 400, S400, used),
      step("DELETE /_connector/{p}a", undefined, 200),
      step("POST /_connector", { index_name: "{p}i" }, 201, { id: anything }),
    ],
  },
  {
    id: "C17",
    title: "the description is kept",
    source: "test",
    versions: ["8.14", "8.19", "9.x"],
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i", description: "about a" }, 201),
      step("GET /_connector/{p}a", undefined, 200, { description: "about a" }),
      step("POST /_connector", { index_name: "{p}j", description: "about b" }, 201, {}, { save: { made: "id" } }),
      step("GET /_connector/{made}", undefined, 200, { description: "about b" }),
    ],
  },
  {
    id: "C18",
    title: "PUT revives a soft-deleted connector with defaults",
    source: "derived",
    versions: ["9.x"],
    steps: [
      step("PUT /_connector/{p}a", { name: "n", service_type: "s3" }, 201),
      step("DELETE /_connector/{p}a", undefined, 200),
      step("PUT /_connector/{p}a", {}, 200, { result: "updated" }),
      step("GET /_connector/{p}a", undefined, 200, { ...defaults, ...unset, deleted: false }),
    ],
  },
  {
    id: "M01",
    title: "before 8.15: index name required, no PUT without id, no features, no claim",
    source: "test",
    versions: ["8.14"],
    steps: [
      fails("PUT /_connector/{p}a", {}, 400, V400, '[index_name] cannot be [null] or [""]'),
      fails("PUT /_connector", { index_name: "{p}i" }, 400, "parse_exception"),
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201, { result: "created" }),
      step("PUT /_connector/{p}a/_features", { features: {} }, 400, {
        error: /^no handler found for uri \[\/_connector\/{p}a\/_features\] and method \[PUT\]$/,
      }),
      fails("PUT /_connector/{p}a/_index_name", { index_name: null }, 400, P400),
      fails("DELETE /_connector/{p}a?hard=true", undefined, 400, I400, "unrecognized parameter: [hard]"),
    ],
  },
  {
    id: "M02",
    title: "9.x parameters are unknown to 8.19",
    source: "derived",
    versions: ["8.19"],
    steps: [
      step("PUT /_connector/{p}a", {}, 201),
      fails(
        "DELETE /_connector/{p}a?hard=true",
        undefined,
        400,
        I400,
        "request [/_connector/{p}a] contains unrecognized parameter: [hard]",
      ),
      fails(
        "GET /_connector/{p}a?include_deleted=true",
        undefined,
        400,
        I400,
        "contains unrecognized parameter: [include_deleted]",
      ),
      step("DELETE /_connector/{p}a", undefined, 200, { acknowledged: true }),
      fails("GET /_connector/{p}a", undefined, 404, NF404),
      step("PUT /_connector/{p}a", {}, 201, { result: "created" }),
    ],
  },
];
