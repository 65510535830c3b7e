import { absent, anything, type Entry, exactly, fails, I400, P400, step, X403 } from "../dsl";

const versioned = (version: number) => ({
  accept: `application/vnd.elasticsearch+json; compatible-with=${version}`,
  "content-type": `application/vnd.elasticsearch+json; compatible-with=${version}`,
});
const headerError = "media_type_header_exception";
const challenge = { "www-authenticate": /Basic realm="security"/, "x-elastic-product": null };
const named = { answerHeaders: { "x-elastic-product": "Elasticsearch" } };

export const protocolEntries: Entry[] = [
  {
    id: "P01",
    title: "the product header is on successes and most errors",
    source: "correction",
    steps: [
      step("GET /", undefined, 200, {}, named),
      step("PUT /_connector/{p}a", {}, 201, { result: "created" }, named),
      step("GET /_connector/{p}none", undefined, 404, {}, named),
      step("PUT /_connector/{p}a/_name", {}, 400, {}, named),
      step("GET /", undefined, 401, {}, { as: "nobody", answerHeaders: { "x-elastic-product": null } }),
    ],
  },
  {
    id: "P01-9x",
    title: "9.x speaks versions 8 and 9",
    source: "source",
    versions: ["9.x"],
    steps: [
      step(
        "GET /",
        undefined,
        200,
        { version: { number: /^9\./ } },
        {
          headers: versioned(8),
          answerHeaders: { "content-type": /^application\/vnd\.elasticsearch\+json; ?compatible-with=8$/ },
        },
      ),
      step("PUT /_connector/{p}a", { name: "n" }, 201, { result: "created" }, { headers: versioned(9) }),
      fails("GET /", undefined, 400, headerError, "Invalid media-type value on headers [", { headers: versioned(7) }),
    ],
  },
  {
    id: "P01-8x",
    title: "8.19 doesn't speak version 9",
    source: "source",
    versions: ["8.19", "8.14"],
    steps: [
      step("GET /", undefined, 200, { version: { number: /^8\./ } }, { headers: versioned(8) }),
      step(
        "GET /",
        undefined,
        400,
        {
          error: {
            type: headerError,
            caused_by: {
              type: "status_exception",
              reason: /^Accept version must be either version 8 or 7, but found 9\. Accept=/,
            },
          },
          status: 400,
        },
        { headers: versioned(9) },
      ),
    ],
  },
  {
    id: "P01-types",
    title: "versions must agree, bodies must be readable",
    source: "source",
    steps: [
      step(
        "PUT /_connector/{p}a",
        { name: "n" },
        400,
        {
          error: {
            type: headerError,
            caused_by: { reason: /^A compatible version is required on both Content-Type and Accept headers/ },
          },
        },
        { headers: { accept: "application/vnd.elasticsearch+json; compatible-with=8" } },
      ),
      step(
        "PUT /_connector/{p}a",
        "name=n",
        406,
        exactly({ error: "Content-Type header [application/x-www-form-urlencoded] is not supported", status: 406 }),
        { headers: { "content-type": "application/x-www-form-urlencoded" } },
      ),
      step(
        "PUT /_connector/{p}a",
        undefined,
        201,
        { result: "created" },
        { headers: { "content-type": "application/octet-stream" } },
      ),
      step(
        "GET /_connector/{p}a",
        undefined,
        200,
        { id: "{p}a" },
        { answerHeaders: { "content-type": /^application\/json/ } },
      ),
    ],
  },
  {
    id: "P02",
    title: "who isn't known isn't served",
    source: "test",
    steps: [
      fails(
        "GET /_connector?size=1",
        undefined,
        401,
        X403,
        "missing authentication credentials for REST request [/_connector",
        { as: "nobody", answerHeaders: challenge },
      ),
      fails("GET /", undefined, 401, X403, "unable to authenticate user [{p}nobody] for REST request [/]", {
        as: "{p}nobody:x",
        answerHeaders: challenge,
      }),
      fails(
        "GET /",
        undefined,
        401,
        X403,
        "unable to authenticate with provided credentials and anonymous access is not allowed for this request",
        { headers: { authorization: "ApiKey bm9uZTpub25l" }, answerHeaders: challenge },
      ),
      step("GET /_no/such/route/at/all", undefined, 401, { error: { type: X403 } }, { as: "nobody" }),
    ],
  },
  {
    id: "P02-role",
    title: "403 names the user's roles",
    source: "source",
    embeddedOnly: "needs a second user",
    steps: [
      fails(
        "GET /_security/api_key",
        undefined,
        403,
        X403,
        "action [cluster:admin/xpack/security/api_key/get] is unauthorized for user [second] with effective roles [limited], this action is granted by the cluster privileges [",
        { as: "second:second-password", answerHeaders: { "x-elastic-product": null } },
      ),
    ],
  },
  {
    id: "P03",
    title: "root, authenticate, has_privileges, licence, health",
    source: "test",
    steps: [
      step("GET /", undefined, 200, {
        name: anything,
        cluster_name: anything,
        cluster_uuid: /^[\w-]{22}$/,
        version: { number: anything, build_flavor: "default", lucene_version: anything, build_snapshot: anything },
        tagline: "You Know, for Search",
      }),
      step("HEAD /", undefined, 200, ""),
      step("GET /_security/_authenticate", undefined, 200, {
        username: anything,
        roles: anything,
        enabled: true,
        authentication_type: "realm",
        authentication_realm: { name: anything, type: anything },
        api_key: absent,
      }),
      step(
        "POST /_security/api_key",
        {
          name: "{p}k",
          role_descriptors: {
            r: { cluster: ["monitor"], indices: [{ names: ["{p}a*"], privileges: ["read", "write"] }] },
          },
        },
        200,
        {},
        { save: { key: "encoded" } },
      ),
      step(
        "POST /_security/user/_has_privileges",
        { cluster: ["monitor", "manage"], index: [{ names: ["{p}a1", "{p}b"], privileges: ["read", "manage"] }] },
        200,
        {
          has_all_requested: false,
          cluster: exactly({ monitor: true, manage: false }),
          index: exactly({ "{p}a1": { read: true, manage: false }, "{p}b": { read: false, manage: false } }),
          application: exactly({}),
        },
        { as: "key" },
      ),
      step("GET /_security/user/_has_privileges", undefined, 400, { error: { type: "parse_exception" } }),
      fails(
        "POST /_security/user/_has_privileges",
        {},
        400,
        "parse_exception",
        /failed to parse privileges check .* All privilege fields \[.*\] are missing/,
      ),
      step("GET /_license", undefined, 200, { license: { status: "active", type: anything, uid: anything } }),
      step("GET /_cluster/health", undefined, 200, { status: anything, number_of_nodes: anything }),
    ],
  },
  {
    id: "P04",
    title: "routes, methods, parameters, bodies",
    source: "correction",
    steps: [
      step(
        "GET /_no/such/route/at/all?x=1",
        undefined,
        400,
        exactly({ error: "no handler found for uri [/_no/such/route/at/all?x=1] and method [GET]" }),
      ),
      step(
        "POST /_security/_authenticate",
        undefined,
        405,
        {
          error: /^Incorrect HTTP method for uri \[\/_security\/_authenticate\] and method \[POST\], allowed: \[GET\]$/,
          status: 405,
        },
        { answerHeaders: { allow: /GET/ } },
      ),
      fails(
        "GET /_connector?sizze=1",
        undefined,
        400,
        I400,
        "request [/_connector] contains unrecognized parameter: [sizze] -> did you mean [size]?",
      ),
      fails("PUT /_connector/{p}a?foo=1&bar=2", {}, 400, I400, "contains unrecognized parameters: [bar]"),
      fails("PUT /_connector/{p}a", "{bad", 400, P400),
      fails("PUT /_connector/{p}a", '{"name":', 400, /^x_content_(e_o_f|parse)_exception$/),
      fails("PUT /_connector/{p}a", "[]", 400, P400, "Expected START_OBJECT but was: START_ARRAY"),
      fails("PUT /_connector/{p}a/_name", undefined, 400, "parse_exception", "request body is required"),
      fails(
        "PUT /_connector/{p}a/_check_in",
        { a: 1 },
        400,
        I400,
        "request [PUT /_connector/{p}a/_check_in] does not support having a body",
      ),
      fails(
        "GET /_foo",
        undefined,
        400,
        "invalid_index_name_exception",
        "Invalid index name [_foo], must not start with '_'.",
      ),
    ],
  },
  {
    id: "P05",
    title: "parameters that every answer knows",
    source: "correction",
    steps: [
      step("PUT /_connector/{p}a?pretty&human&error_trace=false", { name: "n" }, 201, { result: "created" }),
      step(
        "GET /_connector/{p}a?filter_path=name,scheduling.full.enabled",
        undefined,
        200,
        exactly({ name: "n", scheduling: { full: { enabled: false } } }),
      ),
      step(
        "GET /_connector/{p}a?filter_path=scheduling.*.interval,-**.full",
        undefined,
        200,
        exactly({
          scheduling: { access_control: { interval: "0 0 0 * * ?" }, incremental: { interval: "0 0 0 * * ?" } },
        }),
      ),
      step("GET /_connector/{p}none?filter_path=name", undefined, 404, { error: { type: anything }, status: 404 }),
      step("PUT /{p}i", undefined, 200),
      step("GET /{p}i/_settings?human", undefined, 200, {
        "{p}i": { settings: { index: { creation_date_string: /^\d{4}-.*Z$/, version: { created_string: anything } } } },
      }),
      step("GET /{p}i/_settings", undefined, 200, {
        "{p}i": { settings: { index: { creation_date_string: absent, version: { created_string: absent } } } },
      }),
      step("GET /_cluster/health?human", undefined, 200, { active_shards_percent: /%$/ }),
    ],
  },
];
