import { absent, anything, type Entry, exactly, fails, I400, NF404, P400, S400, type Step, step, V400 } from "../dsl";

const create = step("PUT /_connector/{p}a", { index_name: "{p}i", service_type: "s3", name: "n" }, 201);
const notFound = "connector [{p}missing] not found";
const updated = exactly({ result: "updated" });

function put(suffix: string, body: unknown): Step {
  return step(`PUT /_connector/{p}a/${suffix}`, body, 200, updated);
}
function get(expected: unknown): Step {
  return step("GET /_connector/{p}a", undefined, 200, expected);
}
function bad(suffix: string, body: unknown, type: string, reason?: string | RegExp): Step {
  return fails(`PUT /_connector/{p}a/${suffix}`, body, 400, type, reason);
}
function missing(suffix: string, body: unknown): Step {
  return fails(`PUT /_connector/{p}missing/${suffix}`, body, 404, NF404, notFound);
}

const all = {
  full: { enabled: true, interval: "0 0 2 * * ?" },
  incremental: { enabled: false, interval: "0 0 3 * * ?" },
  access_control: { enabled: true, interval: "0 0 4 * * ?" },
};

export const updateEntries: Entry[] = [
  {
    id: "U01",
    title: "_name sets name, description or both",
    source: "test",
    steps: [
      create,
      put("_name", { name: "m" }),
      get({ name: "m", description: absent }),
      put("_name", { description: "d" }),
      get({ name: "m", description: "d" }),
      step("PUT /_connector/{p}a/_name", { name: "m", description: "d" }, 200, { result: "noop" }),
      bad(
        "_name",
        {},
        V400,
        "[name] and [description] cannot both be [null]. Please provide a value for at least one of them.",
      ),
      bad("_name", { name: null }, P400),
      missing("_name", { name: "x" }),
      fails("PUT /_connector//_name", { name: "x" }, 400, V400, '[connector_id] cannot be [null] or [""].'),
    ],
  },
  {
    id: "U02",
    title: "_index_name attaches, renames and detaches",
    source: "correction",
    steps: [
      create,
      step("PUT /_connector/{p}b", { index_name: "{p}other" }, 201),
      put("_index_name", { index_name: "{p}j" }),
      step("PUT /_connector/{p}a/_index_name", { index_name: "{p}j" }, 200, exactly({ result: "noop" })),
      bad("_index_name", { index_name: "{p}other" }, S400, "Index name [{p}other] is used by another connector."),
      bad("_index_name", { index_name: "_bad" }, V400, "Invalid index name [_bad]"),
      bad("_index_name", { index_name: "" }, V400),
      bad("_index_name", { index_name: 7 }, P400, "VALUE_NUMBER"),
      bad("_index_name", {}, I400, "Required [index_name]"),
      get({ index_name: "{p}j", status: "created" }),
      put("_index_name", { index_name: null }),
      get({ index_name: null }),
      missing("_index_name", { index_name: "{p}k" }),
    ],
  },
  {
    id: "U03",
    title: "_index_name of a native connector keeps the prefix rule",
    source: "test",
    versions: ["9.x"],
    steps: [
      step("PUT /_connector/{p}a", { is_native: true, index_name: "content-{p}i" }, 201),
      bad(
        "_index_name",
        { index_name: "{p}i" },
        S400,
        "Index attached to an Elastic-managed connector must start with the prefix: [content-]. The index name in the payload [{p}i] doesn't comply with this requirement.",
      ),
      put("_index_name", { index_name: "content-{p}j" }),
    ],
  },
  {
    id: "U04",
    title: "_service_type asks for a new configuration, and leaves the old one",
    source: "test",
    steps: [
      create,
      put("_service_type", { service_type: "mysql" }),
      get({ service_type: "mysql", status: "created" }),
      put("_configuration", { configuration: { host: { label: "Host", value: "h" } } }),
      put("_service_type", { service_type: "redis" }),
      get({ status: "needs_configuration", configuration: { host: { value: "h" } } }),
      bad("_service_type", {}, I400, "Required [service_type]"),
      bad("_service_type", { service_type: "" }, V400, '[service_type] cannot be [null] or [""].'),
      missing("_service_type", { service_type: "s3" }),
    ],
  },
  {
    id: "U05",
    title: "_native leaves the status alone",
    source: "derived",
    versions: ["9.x"],
    steps: [
      step("PUT /_connector/{p}a", { index_name: "content-{p}i" }, 201),
      put("_native", { is_native: true }),
      get({ is_native: true, status: "created" }),
      put("_configuration", { configuration: {} }),
      put("_status", { status: "connected" }),
      put("_native", { is_native: false }),
      get({ is_native: false, status: "configured" }),
      bad("_native", {}, I400, "Required [is_native]"),
      bad("_native", { is_native: "maybe" }, P400),
      missing("_native", { is_native: true }),
    ],
  },
  {
    id: "U05-8x",
    title: "up to 8.19 _native says configured",
    source: "test",
    versions: ["8.19"],
    steps: [
      create,
      put("_native", { is_native: true }),
      get({ is_native: true, status: "configured" }),
      missing("_native", { is_native: true }),
    ],
  },
  {
    id: "U06",
    title: "_native refuses an index without the prefix",
    source: "test",
    versions: ["9.x"],
    steps: [
      create,
      bad(
        "_native",
        { is_native: true },
        S400,
        "The index name [{p}i] attached to the connector [{p}a] must start with the required prefix: [content-] to be Elastic-managed. Please update the attached index first to comply with this requirement.",
      ),
      get({ is_native: false }),
    ],
  },
  {
    id: "U07",
    title: "_status follows the protocol",
    source: "test",
    steps: [
      create,
      bad(
        "_status",
        { status: "connected" },
        S400,
        "Invalid transition attempt from [created] to [connected]. Such a status transition is not supported by the Connector Protocol.",
      ),
      put("_status", { status: "needs_configuration" }),
      bad("_status", { status: "connected" }, S400),
      put("_status", { status: "configured" }),
      step("PUT /_connector/{p}a/_status", { status: "configured" }, 200),
      put("_status", { status: "connected" }),
      bad("_status", { status: "needs_configuration" }, S400),
      bad("_status", { status: "asleep" }, P400),
      bad("_status", { status: null }, P400),
      bad("_status", {}, V400, "[status] cannot be [null]."),
      missing("_status", { status: "error" }),
    ],
  },
  {
    id: "U08",
    title: "_api_key_id keeps the id that isn't given",
    source: "test",
    steps: [
      create,
      put("_api_key_id", { api_key_id: "k" }),
      get({ api_key_id: "k", api_key_secret_id: absent }),
      put("_api_key_id", { api_key_secret_id: "s" }),
      get({ api_key_id: "k", api_key_secret_id: "s", status: "created" }),
      bad(
        "_api_key_id",
        {},
        V400,
        "[api_key_id] and [api_key_secret_id] cannot both be [null]. Please provide a value for at least one of them.",
      ),
      bad("_api_key_id", { api_key_id: null }, P400),
      missing("_api_key_id", { api_key_id: "k" }),
    ],
  },
  {
    id: "U09",
    title: "_error changes the status as well",
    source: "correction",
    steps: [
      create,
      put("_error", { error: "boom" }),
      get({ error: "boom", status: "error" }),
      put("_error", { error: null }),
      get({ error: null, status: "connected" }),
      bad("_error", {}, I400, "Required [error]"),
      missing("_error", { error: "x" }),
    ],
  },
  {
    id: "U10",
    title: "_check_in stamps the time",
    source: "test",
    steps: [
      create,
      put("_check_in", undefined),
      get({ last_seen: /^\d{4}-\d\d-\d\dT[\d:]+\.\d{3,9}Z$/, status: "created" }),
      missing("_check_in", undefined),
    ],
  },
  {
    id: "U11",
    title: "_last_sync sets what is given",
    source: "correction",
    steps: [
      create,
      put("_last_sync", { last_sync_error: "oops", last_sync_status: "error" }),
      put("_last_sync", { last_indexed_document_count: 3, sync_cursor: { a: 1 }, last_synced: "2026-01-31T10:00:00Z" }),
      get({
        last_sync_error: "oops",
        last_sync_status: "error",
        last_indexed_document_count: 3,
        sync_cursor: { a: 1 },
      }),
      bad("_last_sync", { last_seen: "2026-01-31T10:00:00Z" }, P400, "unknown field [last_seen]"),
      bad("_last_sync", { last_indexed_document_count: null }, P400),
      missing("_last_sync", { last_sync_error: "x" }),
    ],
  },
  {
    id: "U12",
    title: "_pipeline needs all four",
    source: "test",
    steps: [
      create,
      put("_pipeline", {
        pipeline: { name: "p", extract_binary_content: true, reduce_whitespace: false, run_ml_inference: true },
      }),
      get({
        pipeline: exactly({
          name: "p",
          extract_binary_content: true,
          reduce_whitespace: false,
          run_ml_inference: true,
        }),
      }),
      bad(
        "_pipeline",
        { pipeline: { name: "p", extract_binary_content: true, reduce_whitespace: false } },
        P400,
        "failed to parse field [pipeline]",
      ),
      missing("_pipeline", {
        pipeline: { name: "p", extract_binary_content: true, reduce_whitespace: false, run_ml_inference: true },
      }),
    ],
  },
  {
    id: "U13",
    title: "_scheduling keeps the kinds that aren't given",
    source: "test",
    steps: [
      create,
      put("_scheduling", { scheduling: all }),
      get({ scheduling: exactly(all) }),
      put("_scheduling", { scheduling: { full: { enabled: false, interval: "0 30 1 ? * MON" } } }),
      get({ scheduling: exactly({ ...all, full: { enabled: false, interval: "0 30 1 ? * MON" } }) }),
      bad(
        "_scheduling",
        { scheduling: {} },
        V400,
        "[scheduling] object needs to define at least one schedule type: [full | incremental | access_control]",
      ),
      bad("_scheduling", { scheduling: { full: { enabled: true, interval: "61 0 0 * * ?" } } }, P400),
      bad("_scheduling", { scheduling: { full: { enabled: true, interval: "0 0 * * *" } } }, P400),
      bad("_scheduling", { scheduling: { full: { enabled: true } } }, P400),
      bad("_scheduling", { scheduling: { full: { interval: "0 0 0 * * ?" } } }, P400),
      missing("_scheduling", { scheduling: all }),
    ],
  },
  {
    id: "U14",
    title: "_scheduling with access control only is refused, a slip of the server",
    source: "source",
    steps: [
      create,
      bad(
        "_scheduling",
        { scheduling: { access_control: { enabled: true, interval: "0 0 0 * * ?" } } },
        V400,
        "at least one schedule type",
      ),
    ],
  },
  {
    id: "U15",
    title: "_features merges and ignores what it doesn't know",
    source: "correction",
    steps: [
      create,
      put("_features", {
        features: { document_level_security: { enabled: true }, sync_rules: { basic: { enabled: true } } },
      }),
      put("_features", { features: { sync_rules: { advanced: { enabled: false } }, unheard_of: { enabled: true } } }),
      get({
        features: exactly({
          document_level_security: { enabled: true },
          sync_rules: { basic: { enabled: true }, advanced: { enabled: false } },
        }),
      }),
      bad("_features", { features: {}, extra: 1 }, P400, "unknown field [extra]"),
      fails("PUT /_connector//_features", { features: { incremental_sync: { enabled: true } } }, 400, V400),
      missing("_features", { features: { incremental_sync: { enabled: true } } }),
    ],
  },
  {
    id: "U16",
    title: "no update takes unknown members",
    source: "source",
    steps: [
      create,
      bad("_name", { name: "m", foo: 1 }, P400, "unknown field [foo]"),
      bad("_index_name", { index_name: null, foo: 1 }, P400, "unknown field [foo]"),
      bad("_service_type", { service_type: "x", foo: 1 }, P400, "unknown field [foo]"),
      bad("_native", { is_native: false, foo: 1 }, P400, "unknown field [foo]"),
      bad("_status", { status: "error", foo: 1 }, P400, "unknown field [foo]"),
      bad("_api_key_id", { api_key_id: "k", foo: 1 }, P400, "unknown field [foo]"),
      bad("_error", { error: "e", foo: 1 }, P400, "unknown field [foo]"),
      bad("_scheduling", { scheduling: all, foo: 1 }, P400, "unknown field [foo]"),
      bad("_scheduling", { scheduling: { ...all, weekly: {} } }, P400),
      bad("_configuration", { values: {}, foo: 1 }, P400, "unknown field [foo]"),
      bad("_filtering", { rules: [], foo: 1 }, P400, "unknown field [foo]"),
      get({ name: "n", index_name: "{p}i", service_type: "s3", status: "created" }),
    ],
  },
  {
    id: "U17",
    title: "updates don't touch what they aren't about",
    source: "derived",
    steps: [
      create,
      put("_scheduling", { scheduling: all }),
      put("_api_key_id", { api_key_id: "k", api_key_secret_id: "s" }),
      put("_name", { name: "m" }),
      put("_configuration", { configuration: { host: { label: "Host", value: "h" } } }),
      get({
        name: "m",
        scheduling: exactly(all),
        api_key_id: "k",
        api_key_secret_id: "s",
        index_name: "{p}i",
        configuration: { host: { value: "h" } },
        filtering: [anything],
      }),
    ],
  },
  {
    id: "U18",
    title: "on a soft-deleted connector some updates still work",
    source: "derived",
    versions: ["9.x"],
    steps: [
      create,
      step("DELETE /_connector/{p}a", undefined, 200),
      put("_name", { name: "ghost" }),
      put("_check_in", undefined),
      fails("PUT /_connector/{p}a/_configuration", { configuration: {} }, 404, NF404),
      fails("PUT /_connector/{p}a/_index_name", { index_name: "{p}z" }, 404, NF404),
      fails("PUT /_connector/{p}a/_status", { status: "error" }, 404, NF404),
      step("GET /_connector/{p}a?include_deleted=true", undefined, 200, { name: "ghost", deleted: true }),
    ],
  },
];
