import {
  absent,
  anything,
  type Entry,
  exactly,
  fails,
  I400,
  NF404,
  P400,
  S400,
  type Step,
  step,
  V400,
  X403,
} from "../dsl";

const connector = step("PUT /_connector/{p}a", { index_name: "{p}i", service_type: "s3", language: "en" }, 201);
const path = "/_connector/_sync_job";
const counts = { deleted_document_count: 1, indexed_document_count: 2, indexed_document_volume: 3 };

function post(body: object = {}, name = "job"): Step {
  return step(`POST ${path}`, { id: "{p}a", ...body }, 201, { id: /^[\w-]{20}$/ }, { save: { [name]: "id" } });
}
function put(suffix: string, body?: unknown): Step {
  return step(`PUT ${path}/{job}/${suffix}`, body, 200, exactly({ result: "updated" }));
}
function get(expected: unknown): Step {
  return step(`GET ${path}/{job}`, undefined, 200, expected);
}
function missing(suffix: string, body?: unknown): Step {
  return fails(`PUT ${path}/{p}none/${suffix}`, body, 404, NF404);
}
const zero = {
  deleted_document_count: 0,
  indexed_document_count: 0,
  indexed_document_volume: 0,
  total_document_count: 0,
};
const protocol = "Such a ConnectorSyncStatus transition is not supported by the Connector Protocol.";

export const syncJobEntries: Entry[] = [
  {
    id: "J01",
    title: "a job starts pending",
    source: "test",
    steps: [
      connector,
      post({ job_type: "full", trigger_method: "on_demand" }),
      get({
        id: "{job}",
        ...zero,
        status: "pending",
        job_type: "full",
        trigger_method: "on_demand",
        created_at: anything,
        last_seen: anything,
        metadata: exactly({}),
        started_at: absent,
        worker_hostname: absent,
      }),
    ],
  },
  {
    id: "J02",
    title: "defaults and bad input",
    source: "test",
    steps: [
      connector,
      post(),
      get({ job_type: "full", trigger_method: "on_demand" }),
      fails(`POST ${path}`, { id: "{p}a", job_type: "big" }, 400, P400),
      fails(`POST ${path}`, { id: "{p}a", trigger_method: "magic" }, 400, P400),
      fails(`POST ${path}`, { id: "" }, 400, V400, "[id] of the connector cannot be null or empty"),
      fails(`POST ${path}`, {}, 400, I400, "Required [id]"),
      fails(`POST ${path}`, { id: "{p}none" }, 404, NF404, "Connector with id '{p}none' does not exist."),
    ],
  },
  {
    id: "J03",
    title: "a job needs index and service type; for access control the index isn't checked",
    source: "correction",
    steps: [
      step("PUT /_connector/{p}a", { service_type: "s3" }, 201),
      step("PUT /_connector/{p}b", { index_name: "{p}j" }, 201),
      fails(
        `POST ${path}`,
        { id: "{p}a" },
        400,
        S400,
        "Cannot start a sync for connector [{p}a] with no index attached. Set the [index_name] property for the connector to enable syncing data.",
      ),
      fails(
        `POST ${path}`,
        { id: "{p}b" },
        400,
        S400,
        "Cannot start a sync for connector [{p}b] with [service_type] not defined. Set the service type of your connector before starting the sync.",
      ),
      post({ job_type: "access_control" }),
    ],
  },
  {
    id: "J04",
    title: "the job keeps a snapshot of its connector",
    source: "test",
    steps: [
      connector,
      step("PUT /_connector/{p}a/_configuration", { configuration: { host: { label: "H", value: "h" } } }, 200),
      step(
        "PUT /_connector/{p}a/_pipeline",
        { pipeline: { name: "p", extract_binary_content: true, reduce_whitespace: true, run_ml_inference: true } },
        200,
      ),
      post(),
      get({
        connector: {
          id: "{p}a",
          index_name: "{p}i",
          language: "en",
          service_type: "s3",
          pipeline: { name: "p" },
          configuration: { host: { value: "h" } },
          filtering: { rules: [{ id: "DEFAULT" }], validation: { state: "valid" } },
        },
      }),
      post({ job_type: "access_control" }),
      get({ connector: { index_name: ".search-acl-filter-{p}i" } }),
    ],
  },
  {
    id: "J05",
    title: "read and delete",
    source: "test",
    steps: [
      connector,
      post(),
      step(`DELETE ${path}/{job}`, undefined, 200, exactly({ acknowledged: true })),
      fails(`GET ${path}/{job}`, undefined, 404, NF404),
      fails(`DELETE ${path}/{job}`, undefined, 404, NF404),
    ],
  },
  {
    id: "J06",
    title: "newest first, with filters",
    source: "test",
    steps: [
      connector,
      post({}, "one"),
      post({ job_type: "incremental" }, "two"),
      post({ job_type: "access_control" }, "job"),
      step(`GET ${path}?connector_id={p}a`, undefined, 200, {
        count: 3,
        results: [{ id: "{job}" }, { id: "{two}" }, { id: "{one}" }],
      }),
      step(`GET ${path}?connector_id={p}a&from=1&size=1`, undefined, 200, { count: 3, results: [{ id: "{two}" }] }),
      step(`GET ${path}?connector_id={p}a&job_type=full,incremental`, undefined, 200, { count: 2 }),
      put("_cancel"),
      step(`GET ${path}?connector_id={p}a&status=canceled`, undefined, 200, { count: 1, results: [{ id: "{job}" }] }),
      step(`GET ${path}?connector_id={p}none`, undefined, 200, exactly({ count: 0, results: [] })),
      fails(`GET ${path}?status=happy`, undefined, 400, I400),
      fails(`GET ${path}?job_type=happy`, undefined, 400, I400),
    ],
  },
  {
    id: "J07",
    title: "_check_in",
    source: "test",
    steps: [
      connector,
      post(),
      put("_stats", { ...counts, last_seen: "2023-05-25T12:30:00.000Z" }),
      get({ last_seen: "2023-05-25T12:30:00.000Z" }),
      put("_check_in"),
      get({ last_seen: /^(?!2023-05-25)/, status: "pending" }),
      missing("_check_in"),
    ],
  },
  {
    id: "J08",
    title: "a waiting job is canceled at once",
    source: "test",
    steps: [
      connector,
      post(),
      put("_cancel"),
      get({ status: "canceled", cancelation_requested_at: anything, canceled_at: anything, completed_at: anything }),
      fails(`PUT ${path}/{job}/_cancel`, undefined, 400, S400, protocol),
      missing("_cancel"),
    ],
  },
  {
    id: "J09",
    title: "a running job is asked to stop",
    source: "source",
    steps: [
      connector,
      post(),
      put("_claim", { worker_hostname: "w" }),
      put("_cancel"),
      get({ status: "canceling", cancelation_requested_at: anything, canceled_at: absent }),
    ],
  },
  {
    id: "J10",
    title: "only running jobs fail",
    source: "test",
    steps: [
      connector,
      post(),
      fails(
        `PUT ${path}/{job}/_error`,
        { error: "e" },
        400,
        S400,
        `Invalid transition attempt from [pending] to [error]. ${protocol}`,
      ),
      put("_claim", { worker_hostname: "w" }),
      put("_error", { error: "e" }),
      get({ status: "error", error: "e" }),
      missing("_error", { error: "e" }),
    ],
  },
  {
    id: "J11",
    title: "_stats",
    source: "test",
    steps: [
      connector,
      post(),
      put("_stats", { deleted_document_count: 1, indexed_document_count: 2, indexed_document_volume: 3 }),
      get({
        deleted_document_count: 1,
        indexed_document_count: 2,
        indexed_document_volume: 3,
        total_document_count: 0,
      }),
      put("_stats", {
        deleted_document_count: 1,
        indexed_document_count: 2,
        indexed_document_volume: 3,
        total_document_count: 9,
        metadata: { k: 1 },
        last_seen: "2026-01-31T10:00:00.000Z",
      }),
      get({ total_document_count: 9, metadata: { k: 1 }, last_seen: "2026-01-31T10:00:00.000Z" }),
      fails(
        `PUT ${path}/{job}/_stats`,
        { deleted_document_count: -1, indexed_document_count: 2, indexed_document_volume: 3 },
        400,
        V400,
      ),
      fails(
        `PUT ${path}/{job}/_stats`,
        { indexed_document_count: 2, indexed_document_volume: 3 },
        400,
        I400,
        "Required [deleted_document_count]",
      ),
      fails(
        `PUT ${path}/{job}/_stats`,
        { deleted_document_count: 1, indexed_document_count: 2, indexed_document_volume: 3, metadata: "m" },
        400,
        P400,
      ),
      missing("_stats", { deleted_document_count: 1, indexed_document_count: 2, indexed_document_volume: 3 }),
    ],
  },
  {
    id: "J12",
    title: "_claim",
    source: "test",
    steps: [
      connector,
      post(),
      put("_claim", { worker_hostname: "w", sync_cursor: { c: 1 } }),
      get({
        status: "in_progress",
        worker_hostname: "w",
        started_at: anything,
        connector: { sync_cursor: { c: 1 }, id: "{p}a" },
      }),
      step("GET /_connector/{p}a", undefined, 200, { sync_cursor: absent }),
      fails(`PUT ${path}/{job}/_claim`, {}, 400, I400, "Required [worker_hostname]"),
      fails(`PUT ${path}/{job}/_claim`, { worker_hostname: null }, 400, P400),
      missing("_claim", { worker_hostname: "w" }),
    ],
  },
  {
    id: "J13",
    title: "even a canceled job can be claimed",
    source: "test",
    steps: [connector, post(), put("_cancel"), put("_claim", { worker_hostname: "w" }), get({ status: "in_progress" })],
  },
  {
    id: "J14",
    title: "jobs need privileges",
    source: "test",
    steps: [
      connector,
      step(
        "POST /_security/api_key",
        { name: "{p}n", role_descriptors: { n: { cluster: ["monitor"] } } },
        200,
        {},
        { save: { none: "encoded" } },
      ),
      fails(`POST ${path}`, { id: "{p}a" }, 403, X403, "xpack/connector/sync_job/post", { as: "none" }),
      fails(`GET ${path}`, undefined, 403, X403, "xpack/connector/sync_job/list", { as: "none" }),
    ],
  },
  {
    id: "J15",
    title: "connectors and jobs are documents of their indices too",
    source: "test",
    steps: [
      connector,
      post(),
      step("POST /.elastic-connectors/_refresh", undefined, 200, { _shards: { failed: 0 } }),
      step("POST /.elastic-connectors-sync-jobs/_refresh", undefined, 200, { _shards: { failed: 0 } }),
      step(
        "GET /.elastic-connectors/_doc/{p}a",
        undefined,
        200,
        { _index: ".elastic-connectors-v1", found: true, _source: { index_name: "{p}i" } },
        { save: { seq: "_seq_no", term: "_primary_term" } },
      ),
      step(
        "POST /.elastic-connectors/_update/{p}a?if_seq_no={seq}&if_primary_term={term}",
        { doc: { status: "connected", configuration: { host: { label: "H" } } } },
        200,
        { result: "updated" },
      ),
      fails(
        "POST /.elastic-connectors/_update/{p}a?if_seq_no={seq}&if_primary_term={term}",
        { doc: { status: "error" } },
        409,
        "version_conflict_engine_exception",
        "[{p}a]: version conflict, required seqNo [{seq}], primary term [{term}]",
      ),
      step("GET /_connector/{p}a", undefined, 200, { status: "connected", configuration: { host: { label: "H" } } }),
      step(
        "POST /.elastic-connectors-sync-jobs/_search?expand_wildcards=hidden",
        {
          query: {
            bool: { must: [{ terms: { status: ["pending", "suspended"] } }, { terms: { "connector.id": ["{p}a"] } }] },
          },
          sort: [{ created_at: "asc" }],
          seq_no_primary_term: true,
          size: 100,
          from: 0,
        },
        200,
        { hits: { total: { value: 1 }, hits: [{ _id: "{job}", _seq_no: anything, _source: { status: "pending" } }] } },
      ),
      step("POST /.elastic-connectors-sync-jobs/_update/{job}", { doc: { status: "completed" } }, 200, {
        result: "updated",
      }),
      get({ status: "completed" }),
    ],
  },
];
