import { compileQuery } from "../../documents/query";
import { readSearch, type Search, sortHits } from "../../documents/search-body";
import { ElasticsearchError } from "../../errors";
import { type Call, type Handler, ok, type Reply } from "../../http/call";
import { filterPath } from "../../http/filter-path";
import { expression, namesToAuthorize, resolve } from "../../indices/resolve";
import type { Json, JsonObject } from "../../json";
import { nothing, onIndices } from "../../security/authorize";
import { shortId } from "../../short-id";
import type { IndexMetadata, StoredDocument } from "../../store/document-store";
import { shardsOf } from "../indices/manage";

export interface Found {
  readonly index: IndexMetadata;
  readonly document: StoredDocument;
}

export const search: Handler = (call) => {
  const expressed = expression(call, call.params.index ?? "_all", "indices:data/read/search");
  const scroll = call.query.text("scroll");
  call.query.accept(
    "ignore_throttled",
    "preference",
    "request_cache",
    "routing",
    "search_type",
    "timeout",
    "typed_keys",
  );
  call.query.accept(
    "rest_total_hits_as_int",
    "batched_reduce_size",
    "ccs_minimize_roundtrips",
    "allow_partial_search_results",
  );
  call.query.accept("max_concurrent_shard_requests", "pre_filter_shard_size");
  const wanted = readSearch(call);
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    run: () => {
      const indices = resolve(call, expressed);
      const found = sortHits(matching(call, indices, wanted.query), wanted.sort);
      const page = found.slice(wanted.from, wanted.from + wanted.size);
      const answer = searchAnswer(
        indices,
        found.length,
        page.map((hit) => showHit(hit, wanted)),
      );
      if (scroll !== undefined) answer._scroll_id = openScroll(call, indices, found, wanted);
      return ok(answer);
    },
  };
};

export const count: Handler = (call) => {
  const expressed = expression(call, call.params.index ?? "_all", "indices:data/read/search");
  call.query.accept("ignore_throttled", "preference", "routing", "min_score", "terminate_after");
  const body = call.body.objectIfPresent();
  for (const key of Object.keys(body)) {
    if (key !== "query") throw new ElasticsearchError(400, "parsing_exception", `request does not support [${key}]`);
  }
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    run: () => {
      const indices = resolve(call, expressed);
      return ok({ count: matching(call, indices, body.query).length, _shards: shards(indices) });
    },
  };
};

export const deleteByQuery: Handler = (call) => {
  const expressed = expression(call, call.params.index ?? "_all", "indices:data/write/delete/byquery");
  call.query.accept(
    "refresh",
    "conflicts",
    "wait_for_completion",
    "scroll_size",
    "max_docs",
    "slices",
    "timeout",
    "routing",
  );
  const body = call.body.object();
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    problems: body.query === undefined ? ["query is missing"] : [],
    run: () => {
      const found = matching(call, resolve(call, expressed), body.query);
      for (const { index, document } of found) call.cluster.store.remove(index.name, document.id);
      return ok({
        took: 0,
        timed_out: false,
        total: found.length,
        deleted: found.length,
        version_conflicts: 0,
        failures: [],
      });
    },
  };
};

/** `POST /_search/scroll`: the next page, empty at the end. */
export const scrollOn: Handler = (call) => {
  const { scroll_id } = call.body.object();
  return {
    needs: nothing,
    run: () => {
      const id = String(scroll_id);
      const scroll = call.cluster.scrolls.get(id);
      if (scroll === undefined) {
        throw new ElasticsearchError(404, "search_context_missing_exception", "No search context found for id [1]");
      }
      const page = scroll.remaining.splice(0, scroll.page) as Json[];
      const indices = scroll.indices.flatMap((name) => call.cluster.store.index(name) ?? []);
      return ok({ _scroll_id: id, ...searchAnswer(indices, scroll.total, page) });
    },
  };
};

export const clearScroll: Handler = (call) => {
  const { scroll_id } = call.body.object();
  return {
    needs: nothing,
    run: (): Reply => {
      const ids = (Array.isArray(scroll_id) ? scroll_id : [scroll_id]).map(String);
      const freed = ids.filter((id) => call.cluster.scrolls.delete(id)).length;
      return { status: freed === 0 ? 404 : 200, body: { succeeded: true, num_freed: freed } };
    },
  };
};

function matching(call: Call, indices: readonly IndexMetadata[], query: Json | undefined): Found[] {
  const matches = compileQuery(query, call.cluster.now());
  return indices.flatMap((index) =>
    [...call.cluster.store.documents(index.name)]
      .filter((document) => matches(document, index))
      .map((document) => ({ index, document })),
  );
}

function openScroll(call: Call, indices: readonly IndexMetadata[], found: readonly Found[], wanted: Search): string {
  const id = shortId(30);
  const remaining = found.slice(wanted.size).map((hit) => showHit(hit, wanted));
  const names = indices.map((index) => index.name);
  call.cluster.scrolls.set(id, { indices: names, remaining, page: wanted.size, total: found.length });
  return id;
}

function showHit({ index, document }: Found, wanted: Search): JsonObject {
  const hit: JsonObject = { _index: index.name, _id: document.id, _score: wanted.sort.length > 0 ? null : 1 };
  if (wanted.version) hit._version = document.version;
  if (wanted.seqNo) Object.assign(hit, { _seq_no: document.seqNo, _primary_term: document.primaryTerm });
  if (wanted.source !== undefined)
    hit._source = wanted.source === "" ? document.source : filterPath(document.source, wanted.source);
  return hit;
}

function searchAnswer(indices: readonly IndexMetadata[], total: number, hits: Json[]): JsonObject {
  const totals = { value: total, relation: "eq" };
  return { took: 0, timed_out: false, _shards: shards(indices), hits: { total: totals, max_score: null, hits } };
}

function shards(indices: readonly IndexMetadata[]): JsonObject {
  const total = indices.reduce((sum, index) => sum + shardsOf(index), 0);
  return { total, successful: total, skipped: 0, failed: 0 };
}
