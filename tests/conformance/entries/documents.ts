import { anything, type Entry, exactly, fails, step } from "../dsl";

const noIndex = "index_not_found_exception";

export const documentEntries: Entry[] = [
  {
    id: "I05",
    title: "documents: auto-create, conflict, merge, count",
    source: "test",
    steps: [
      step("PUT /{p}i/_doc/1?refresh=true", { a: { b: 1, c: [1, 2] }, s: "Some words" }, 201, {
        _index: "{p}i",
        _id: "1",
        result: "created",
        _version: 1,
        _seq_no: 0,
        _primary_term: 1,
      }),
      step("GET /{p}i/_mapping", undefined, 200, {
        "{p}i": {
          mappings: {
            properties: {
              a: { properties: { b: { type: "long" } } },
              s: { type: "text", fields: { keyword: { type: "keyword" } } },
            },
          },
        },
      }),
      step("POST /{p}i/_update/1?refresh=true", { doc: { a: { d: 2, c: [3] } } }, 200, {
        result: "updated",
        _version: 2,
      }),
      step("POST /{p}i/_update/1", { doc: { a: { d: 2 } } }, 200, { result: "noop", _version: 2, _seq_no: 1 }),
      step("GET /{p}i/_doc/1", undefined, 200, {
        found: true,
        _source: exactly({ a: { b: 1, c: [3], d: 2 }, s: "Some words" }),
      }),
      fails("PUT /{p}i/_doc/1?if_seq_no=0&if_primary_term=1", { a: 1 }, 409, "version_conflict_engine_exception"),
      fails(
        "PUT /{p}i/_create/1",
        {},
        409,
        "version_conflict_engine_exception",
        "[1]: version conflict, document already exists (current version [2])",
      ),
      fails("POST /{p}i/_update/none", { doc: {} }, 404, "document_missing_exception", "[none]: document missing"),
      step("GET /{p}i/_doc/none", undefined, 404, exactly({ _index: "{p}i", _id: "none", found: false })),
      step(
        "POST /_bulk?refresh=true",
        '{"index":{"_index":"{p}i","_id":"2"}}\n{"s":"more"}\n{"create":{"_index":"{p}i","_id":"2"}}\n{"s":"x"}\n{"delete":{"_index":"{p}i","_id":"9"}}\n',
        200,
        {
          errors: true,
          items: [
            { index: { status: 201, result: "created" } },
            { create: { status: 409, error: { type: "version_conflict_engine_exception" } } },
            { delete: { status: 404, result: "not_found" } },
          ],
        },
        { headers: { "content-type": "application/x-ndjson" } },
      ),
      step("POST /{p}i/_count", undefined, 200, { count: 2 }),
      step("POST /{p}i/_count", { query: { match: { s: "WORDS" } } }, 200, { count: 1 }),
      step("DELETE /{p}i/_doc/1", undefined, 200, { result: "deleted", _version: 3 }),
      step("DELETE /{p}i/_doc/1", undefined, 404, { result: "not_found" }),
    ],
  },
  {
    id: "I06",
    title: "searches of the connectors service",
    source: "test",
    steps: [
      step("PUT /{p}i/_doc/1?refresh=true", { t: "a b", n: 1, at: "2020-01-01T00:00:00Z" }, 201),
      step("PUT /{p}i/_doc/2?refresh=true", { t: "b c", n: 2, at: "2020-02-01T00:00:00Z" }, 201),
      step(
        "POST /{p}i/_search",
        { query: { bool: { must_not: { terms: { n: [1] } }, filter: [{ match: { t: "b" } }] } } },
        200,
        { hits: { total: { value: 1, relation: "eq" }, hits: [{ _id: "2" }] } },
      ),
      step(
        "POST /{p}i/_search",
        { query: { range: { at: { lte: "now-300s" } } }, sort: [{ n: "desc" }], _source: ["n"] },
        200,
        { hits: { hits: [{ _id: "2", _source: exactly({ n: 2 }) }, { _id: "1" }] } },
      ),
      step(
        "POST /{p}i/_search?scroll=1m",
        { size: 1, sort: "_doc" },
        200,
        { _scroll_id: anything, hits: { total: { value: 2 }, hits: [anything] } },
        { save: { scroll: "_scroll_id" } },
      ),
      step("POST /_search/scroll", { scroll_id: "{scroll}", scroll: "1m" }, 200, { hits: { hits: [anything] } }),
      step("POST /_search/scroll", { scroll_id: "{scroll}", scroll: "1m" }, 200, { hits: { hits: exactly([]) } }),
      step("DELETE /_search/scroll", { scroll_id: "{scroll}" }, 200, { succeeded: true, num_freed: 1 }),
      fails("POST /{p}i/_search", { query: { sparkle: {} } }, 400, "parsing_exception", "unknown query [sparkle]"),
      fails("POST /{p}none/_search", undefined, 404, noIndex),
    ],
  },
];
