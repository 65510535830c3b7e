import { absent, type Entry, exactly, fails, I400, NF404, step, V400, X403 } from "../dsl";

const notFound = /^connector \[{p}a\] not found$/;
const three = "index_name={p}i1,{p}i2,{p}i3";
const createThree = [
  step("PUT /_connector/{p}c", { index_name: "{p}i3", name: "{p}third", service_type: "s3" }, 201),
  step(
    "PUT /_connector/{p}a",
    { index_name: "{p}i1", name: "{p}first", service_type: "s3", description: "Blue Whales" },
    201,
  ),
  step("PUT /_connector/{p}b", { index_name: "{p}i2", name: "{p}second", service_type: "mysql" }, 201),
];

export const readEntries: Entry[] = [
  {
    id: "L01",
    title: "a missing connector",
    source: "test",
    steps: [fails("GET /_connector/{p}a", undefined, 404, NF404, notFound)],
  },
  {
    id: "L02",
    title: "the list is sorted by index name",
    source: "test",
    steps: [
      ...createThree,
      step("PUT /_connector/{p}d", { index_name: "{p}i4" }, 201),
      step(`GET /_connector?${three}`, undefined, 200, {
        count: 3,
        results: [{ id: "{p}a", index_name: "{p}i1" }, { id: "{p}b" }, { id: "{p}c" }],
      }),
    ],
  },
  {
    id: "L03",
    title: "count is the number of all matches, whatever the page",
    source: "test",
    steps: [
      ...createThree,
      step(`GET /_connector?${three}&from=1`, undefined, 200, { count: 3, results: [{ id: "{p}b" }, { id: "{p}c" }] }),
      step(`GET /_connector?${three}&size=1`, undefined, 200, { count: 3, results: [{ id: "{p}a" }] }),
    ],
  },
  {
    id: "L04",
    title: "nothing found",
    source: "test",
    steps: [step("GET /_connector?index_name={p}none", undefined, 200, exactly({ count: 0, results: [] }))],
  },
  {
    id: "L04-all",
    title: "the list without filters: nothing, then everything, page by page",
    source: "test",
    dedicated: "counts all connectors of the cluster",
    steps: [
      step("GET /_connector", undefined, 200, exactly({ count: 0, results: [] })),
      ...createThree,
      step("GET /_connector", undefined, 200, { count: 3, results: [{ id: "{p}a" }, { id: "{p}b" }, { id: "{p}c" }] }),
      step("GET /_connector?from=1&size=1", undefined, 200, { count: 3, results: [{ id: "{p}b" }] }),
      step("GET /_connector?service_type=s3", undefined, 200, { count: 2, results: [{ id: "{p}a" }, { id: "{p}c" }] }),
      step("GET /_connector/_sync_job", undefined, 200, exactly({ count: 0, results: [] })),
    ],
  },
  {
    id: "L05",
    title: "filters by index, name and type",
    source: "test",
    steps: [
      ...createThree,
      step("GET /_connector?index_name={p}i1,{p}i3", undefined, 200, { count: 2 }),
      step("GET /_connector?connector_name={p}second", undefined, 200, { count: 1, results: [{ id: "{p}b" }] }),
      step(`GET /_connector?${three}&service_type=mysql,redis`, undefined, 200, {
        count: 1,
        results: [{ id: "{p}b" }],
      }),
    ],
  },
  {
    id: "L06",
    title: "query looks into names as they are, into the description word by word",
    source: "correction",
    steps: [
      ...createThree,
      step(`GET /_connector?${three}&query=seco`, undefined, 200, { count: 1, results: [{ id: "{p}b" }] }),
      step(`GET /_connector?${three}&query=SECO`, undefined, 200, { count: 0 }),
      step(`GET /_connector?${three}&query=whale`, undefined, 200, { count: 1, results: [{ id: "{p}a" }] }),
      step("GET /_connector?query={p}i", undefined, 200, { count: 3 }),
    ],
  },
  {
    id: "L07",
    title: "bad parameters",
    source: "test",
    steps: [
      fails("GET /_connector?index_name=_bad", undefined, 400, V400, "Invalid index name [_bad]"),
      fails("GET /_connector?from=-1", undefined, 400, I400),
      fails("GET /_connector?size=-1", undefined, 400, I400),
      fails(
        "GET /_connector?size=many",
        undefined,
        400,
        I400,
        "Failed to parse int parameter [size] with value [many]",
      ),
    ],
  },
  {
    id: "L08",
    title: "filters combine",
    source: "derived",
    steps: [
      ...createThree,
      step("GET /_connector?index_name={p}i1&service_type=mysql", undefined, 200, { count: 0 }),
      step("GET /_connector?index_name={p}i1&service_type=s3", undefined, 200, { count: 1 }),
    ],
  },
  {
    id: "L09",
    title: "monitor_connector reads and doesn't write",
    source: "test",
    versions: ["9.x"],
    steps: [
      step(
        "POST /_security/api_key",
        { name: "{p}r", role_descriptors: { r: { cluster: ["monitor_connector"] } } },
        200,
        {},
        { save: { reader: "encoded" } },
      ),
      step(
        "POST /_security/api_key",
        { name: "{p}n", role_descriptors: { n: { cluster: ["monitor"] } } },
        200,
        {},
        { save: { none: "encoded" } },
      ),
      step("GET /_connector?index_name={p}none", undefined, 200, { count: 0 }, { as: "reader" }),
      fails("PUT /_connector/{p}a", {}, 403, X403, "cluster:admin/xpack/connector/put", { as: "reader" }),
      fails(
        "GET /_connector",
        undefined,
        403,
        X403,
        "granted by the cluster privileges [monitor_connector,manage_connector,manage,all]",
        { as: "none" },
      ),
    ],
  },
  {
    id: "L09-8x",
    title: "up to 8.19 index privileges decide",
    source: "test",
    versions: ["8.19"],
    steps: [
      step(
        "POST /_security/api_key",
        {
          name: "{p}r",
          role_descriptors: { r: { indices: [{ names: [".elastic-connectors*"], privileges: ["read"] }] } },
        },
        200,
        {},
        { save: { reader: "encoded" } },
      ),
      step(
        "POST /_security/api_key",
        { name: "{p}n", role_descriptors: { n: { cluster: ["manage_connector"] } } },
        200,
        {},
        { save: { none: "encoded" } },
      ),
      step("GET /_connector?index_name={p}none", undefined, 200, { count: 0 }, { as: "reader" }),
      fails("PUT /_connector/{p}a", {}, 403, X403, "indices:data/write/xpack/connector/put", { as: "reader" }),
      fails("GET /_connector", undefined, 403, X403, "indices:data/read/xpack/connector/list", { as: "none" }),
    ],
  },
  {
    id: "L10",
    title: "soft-deleted connectors are listed on demand only",
    source: "test",
    versions: ["9.x"],
    steps: [
      ...createThree,
      step("DELETE /_connector/{p}b", undefined, 200),
      step(`GET /_connector?${three}`, undefined, 200, { count: 2, results: [{ id: "{p}a" }, { id: "{p}c" }] }),
      step(`GET /_connector?${three}&include_deleted=true`, undefined, 200, { count: 3 }),
      step(`GET /_connector?${three}&include_deleted=true&from=1&size=1`, undefined, 200, {
        count: 3,
        results: [{ id: "{p}b", deleted: true }],
      }),
    ],
  },
  {
    id: "X01",
    title: "delete acknowledges, then it's gone",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", {}, 201),
      step("DELETE /_connector/{p}a", undefined, 200, exactly({ acknowledged: true })),
      fails("GET /_connector/{p}a", undefined, 404, NF404, notFound),
    ],
  },
  {
    id: "X02",
    title: "deleting what isn't there",
    source: "test",
    steps: [
      fails("DELETE /_connector/{p}a", undefined, 404, NF404, notFound),
      step("PUT /_connector/{p}a", {}, 201),
      step("DELETE /_connector/{p}a", undefined, 200),
      fails("DELETE /_connector/{p}a", undefined, 404, NF404, notFound),
    ],
  },
  {
    id: "X03",
    title: "jobs go with the connector only when asked",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i", service_type: "s3" }, 201),
      step("POST /_connector/_sync_job", { id: "{p}a" }, 201, {}, { save: { job: "id" } }),
      step("DELETE /_connector/{p}a", undefined, 200),
      step("GET /_connector/_sync_job/{job}", undefined, 200, { connector: { id: "{p}a" } }),
      step("PUT /_connector/{p}b", { index_name: "{p}j", service_type: "s3" }, 201),
      step("POST /_connector/_sync_job", { id: "{p}b" }, 201, {}, { save: { second: "id" } }),
      step("DELETE /_connector/{p}b?delete_sync_jobs=true", undefined, 200),
      fails("GET /_connector/_sync_job/{second}", undefined, 404, NF404),
      step("DELETE /_connector/_sync_job/{job}", undefined, 200, { acknowledged: true }),
    ],
  },
  {
    id: "X04",
    title: "a soft-deleted connector can still be seen",
    source: "test",
    versions: ["9.x"],
    steps: [
      step("PUT /_connector/{p}a", { name: "n" }, 201),
      step("GET /_connector/{p}a", undefined, 200, { deleted: false }),
      step("DELETE /_connector/{p}a", undefined, 200),
      step("GET /_connector/{p}a?include_deleted=true", undefined, 200, { deleted: true, name: "n" }),
    ],
  },
  {
    id: "X05",
    title: "hard removes the document, also after a soft delete",
    source: "test",
    versions: ["9.x"],
    steps: [
      step("PUT /_connector/{p}a", {}, 201),
      step("DELETE /_connector/{p}a?hard=true", undefined, 200, { acknowledged: true }),
      fails("GET /_connector/{p}a?include_deleted=true", undefined, 404, NF404),
      step("PUT /_connector/{p}a", {}, 201, { result: "created" }),
      step("DELETE /_connector/{p}a", undefined, 200),
      step("DELETE /_connector/{p}a?hard=true", undefined, 200, { acknowledged: true }),
      fails("GET /_connector/{p}a?include_deleted=true", undefined, 404, NF404),
    ],
  },
  {
    id: "X06",
    title: "a soft delete frees the index name",
    source: "test",
    versions: ["9.x"],
    steps: [
      step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201),
      step("DELETE /_connector/{p}a", undefined, 200),
      step("PUT /_connector/{p}b", { index_name: "{p}i" }, 201, { result: "created" }),
      step("GET /_connector/{p}a?include_deleted=true", undefined, 200, { deleted: true }),
    ],
  },
  {
    id: "X07",
    title: "deleting needs a privilege",
    source: "test",
    steps: [
      step("PUT /_connector/{p}a", {}, 201),
      step(
        "POST /_security/api_key",
        { name: "{p}n", role_descriptors: { n: { cluster: ["monitor"] } } },
        200,
        {},
        { save: { none: "encoded" } },
      ),
      fails("DELETE /_connector/{p}a", undefined, 403, X403, "xpack/connector/delete", { as: "none" }),
      step("GET /_connector/{p}a", undefined, 200, { error: absent, id: "{p}a" }),
    ],
  },
];
