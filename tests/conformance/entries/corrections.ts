import {
  anything,
  type Correction,
  type Entry,
  exactly,
  fails,
  I400,
  P400,
  S400,
  type Step,
  step,
  V400,
  X403,
} from "../dsl";

const create = step("PUT /_connector/{p}a", { name: "n", index_name: "{p}i", service_type: "s3" }, 201);
const put = (path: string, body: unknown, result: string | RegExp): Step =>
  step(`PUT /_connector/{p}a/${path}`, body, 200, { result });
const bad = (path: string, body: unknown, type: string | RegExp, reason?: string | RegExp): Step =>
  fails(`PUT /_connector/{p}a/${path}`, body, 400, type, reason);
const get = (expected: unknown): Step => step("GET /_connector/{p}a", undefined, 200, expected);
const named = { answerHeaders: { "x-elastic-product": "Elasticsearch" } };
const unnamed = { answerHeaders: { "x-elastic-product": null } };

/** One entry for each correction of the contract, about nothing else. */
export const correctionEntries: Entry[] = [
  entry("Z01", "missing required field", [
    create,
    bad("_index_name", {}, I400, /^Required \[index_name\]$/),
    bad("_pipeline", { pipeline: { name: "p" } }, P400),
  ]),
  entry("Z02", "wrong scalar type", [
    create,
    put("_native", { is_native: "false" }, /^(updated|noop)$/),
    put("_configuration", { configuration: { f: { label: "F", order: "7", required: "true" } } }, "updated"),
    get({ configuration: { f: { order: 7, required: true } } }),
    bad("_native", { is_native: "maybe" }, P400),
  ]),
  entry("Z03", "no handler, wrong method", [
    step(
      "GET /_no/such/route/at/all",
      undefined,
      400,
      exactly({ error: "no handler found for uri [/_no/such/route/at/all] and method [GET]" }),
    ),
  ]),
  entry("Z04", "list query", [
    step("PUT /_connector/{p}a", { index_name: "{p}i", name: "{p}Blue", description: "Every Whale" }, 201),
    step("GET /_connector?index_name={p}i&query=Blue", undefined, 200, { count: 1 }),
    step("GET /_connector?index_name={p}i&query=blue", undefined, 200, { count: 0 }),
    step("GET /_connector?index_name={p}i&query=whale", undefined, 200, { count: 1 }),
    step("GET /_connector?index_name={p}i&query=y%20w", undefined, 200, { count: 0 }),
  ]),
  entry("Z05", "status null", [
    create,
    bad("_status", { status: null }, P400),
    bad("_status", {}, V400, "[status] cannot be [null]."),
  ]),
  entry("Z06", "unknown feature", [
    create,
    put("_features", { features: { flying: { enabled: true }, incremental_sync: { enabled: true } } }, "updated"),
    get({ features: exactly({ incremental_sync: { enabled: true } }) }),
    bad("_features", { features: {}, flying: {} }, P400),
  ]),
  entry("Z07", "clearing through null", [
    create,
    put("_index_name", { index_name: null }, "updated"),
    put("_error", { error: null }, "updated"),
    get({ index_name: null, error: null }),
  ]),
  entry("Z08", "last sync", [
    create,
    bad("_last_sync", { last_seen: "2023-05-25T12:30:00.000Z" }, P400, "unknown field [last_seen]"),
    bad("_last_sync", { last_indexed_document_count: null }, P400),
    bad("_last_sync", { last_deleted_document_count: null }, P400),
  ]),
  entry("Z09", "filtering timestamps", [
    create,
    put(
      "_filtering",
      { advanced_snippet: { value: {}, created_at: "2023-05-25T12:30:00Z", updated_at: "2023-05-25T12:30:00Z" } },
      "updated",
    ),
    put(
      "_filtering",
      {
        rules: [
          {
            id: "DEFAULT",
            field: "_",
            order: 0,
            policy: "include",
            rule: "regex",
            value: ".*",
            created_at: "2023-05-25T12:30:00Z",
            updated_at: "2024-05-25T12:30:00Z",
          },
        ],
      },
      "updated",
    ),
    get({
      filtering: [
        {
          draft: {
            advanced_snippet: { created_at: "2023-05-25T12:30:00.000Z" },
            rules: [{ created_at: "2023-05-25T12:30:00.000Z", updated_at: "2023-05-25T12:30:00.000Z" }],
          },
        },
      ],
    }),
  ]),
  entry("Z10", "sync jobs", [
    step("PUT /_connector/{p}a", { service_type: "s3" }, 201),
    step("POST /_connector/_sync_job", { id: "{p}a", job_type: "access_control" }, 201, {}, { save: { job: "id" } }),
    step("PUT /_connector/_sync_job/{job}/_cancel", undefined, 200),
    fails(
      "PUT /_connector/_sync_job/{job}/_cancel",
      undefined,
      400,
      S400,
      "Such a ConnectorSyncStatus transition is not supported by the Connector Protocol.",
    ),
  ]),
  entry("Z11", "secrets", [
    fails("PUT /_connector/_secret/{p}s", { value: null }, 400, P400),
    fails("PUT /_connector/_secret/{p}s", {}, 400, I400, "Required [value]"),
    fails("PUT /_connector/_secret/{p}s", { value: "" }, 400, V400),
    fails("POST /_connector/_secret", { value: null }, 400, P400),
    fails("POST /_connector/_secret", {}, 400, V400),
    fails("POST /_connector/_secret", { value: "" }, 400, V400),
  ]),
  entry("Z12", "API key name", [
    fails("POST /_security/api_key", {}, 400, I400, "Required [name]"),
    fails("POST /_security/api_key", { name: "" }, 400, V400, "api key name is required"),
  ]),
  entry("Z13", "invalidate", [
    fails("DELETE /_security/api_key", { id: "x" }, 400, P400, "[invalidate_api_key] unknown field [id]"),
    fails("DELETE /_security/api_key", { ids: [] }, 400, P400, "Failed to build [invalidate_api_key]"),
    fails("DELETE /_security/api_key", { ids: [" "] }, 400, P400, "Failed to build [invalidate_api_key]"),
  ]),
  entry("Z14", "final setting", [
    step("PUT /{p}i", undefined, 200),
    fails("PUT /{p}i/_settings", { number_of_shards: 2 }, 400, I400, "Can't update non dynamic settings"),
    step("POST /{p}i/_close", undefined, 200),
    fails(
      "PUT /{p}i/_settings",
      { number_of_shards: 2 },
      400,
      I400,
      /final .*setting \[index\.number_of_shards\], not updateable/,
    ),
  ]),
  entry("Z15", "product header", [
    step("GET /_connector/{p}none", undefined, 404, {}, named),
    step("GET /", undefined, 401, {}, { as: "nobody", ...unnamed }),
    step(
      "POST /_security/api_key",
      { name: "{p}k", role_descriptors: { none: {} } },
      200,
      {},
      { save: { k: "encoded" } },
    ),
    fails("GET /", undefined, 403, X403, undefined, { as: "k", ...unnamed }),
  ]),
  entry("Z16", "media type", [
    step(
      "PUT /{p}i",
      undefined,
      200,
      { acknowledged: true },
      { headers: { "content-type": "application/octet-stream" } },
    ),
    step("PUT /{p}j", "{}", 406, { status: 406 }, { headers: { "content-type": "application/octet-stream" } }),
    fails("PUT /{p}j", {}, 400, "media_type_header_exception", /^Invalid media-type value on headers \[/, {
      headers: { "content-type": "application/vnd.elasticsearch+json; compatible-with=8" },
    }),
  ]),
  entry("Z17", "empty has_privileges", [
    fails(
      "POST /_security/user/_has_privileges",
      {},
      400,
      "parse_exception",
      /failed to parse privileges check .* All privilege fields \[.*\] are missing/,
    ),
  ]),
  entry("Z18", "filter_path", [
    create,
    step("GET /_connector/{p}a?filter_path=name", undefined, 200, exactly({ name: "n" })),
    step("GET /_connector/{p}none?filter_path=name", undefined, 404, { error: { type: anything }, status: 404 }),
  ]),
  entry("Z19", "system indices", [
    create,
    step("GET /.elastic-connectors-v1/_doc/{p}a", undefined, 200, { _source: { name: "n" } }),
    step("POST /.elastic-connectors-v1/_update/{p}a", { doc: { name: "m" } }, 200, { result: "updated" }),
    get({ name: "m" }),
  ]),
];

function entry(id: string, corrects: Correction, steps: Step[]): Entry {
  return { id, title: `correction: ${corrects}`, source: "correction", corrects, steps };
}
