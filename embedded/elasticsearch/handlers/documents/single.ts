import { type Conditions, deleteDocument, indexDocument, updateDocument, type Written } from "../../documents/writes";
import { illegalArgument } from "../../errors";
import { type Call, created, type Handler, ok, param, type Reply } from "../../http/call";
import { filterPath } from "../../http/filter-path";
import { requireIndex } from "../../indices/resolve";
import type { JsonObject } from "../../json";
import { onIndices } from "../../security/authorize";

/** `GET` and `HEAD /{index}/_doc/{id}`: always the latest content. */
export const getDocument: Handler = (call) => {
  const index = param(call, "index");
  const id = param(call, "id");
  const filter = sourceFilter(call);
  call.query.accept("realtime", "preference", "refresh", "routing", "stored_fields", "version", "version_type");
  return {
    needs: onIndices("indices:data/read/get", [index]),
    run: () => {
      const { name } = requireIndex(call.cluster, index);
      const found = call.cluster.store.get(name, id);
      if (found === undefined) return { status: 404, body: { _index: name, _id: id, found: false } };
      const address = {
        _index: name,
        _id: id,
        _version: found.version,
        _seq_no: found.seqNo,
        _primary_term: found.primaryTerm,
      };
      const source = filter(found.source);
      return ok({ ...address, found: true, ...(source === undefined ? {} : { _source: source }) });
    },
  };
};

/** `PUT|POST /{index}/_doc/{id}`, `POST /{index}/_doc` (new id) and `/{index}/_create/{id}`. */
export const putDocument: Handler = (call) => {
  const index = param(call, "index");
  const id = call.params.id;
  const create = call.query.text("op_type") === "create" || /\/_create\/[^/]*$/.test(call.path);
  const conditions = { ...conditionsOf(call), create, pipeline: call.query.text("pipeline") };
  acceptWriteParameters(call);
  const source = call.body.object();
  return {
    needs: onIndices("indices:data/write/index", [index]),
    run: () => {
      const written = indexDocument(call, index, id, source, conditions);
      return written.result === "created" ? created(writeAnswer(written)) : ok(writeAnswer(written));
    },
  };
};

export const updateOne: Handler = (call) => {
  const index = param(call, "index");
  const conditions = conditionsOf(call);
  call.query.accept("retry_on_conflict", "_source", "lang");
  acceptWriteParameters(call);
  const body = call.body.object();
  return {
    needs: onIndices("indices:data/write/update", [index]),
    run: () => {
      const written = updateDocument(call, index, param(call, "id"), body, conditions);
      return written.result === "created" ? created(writeAnswer(written)) : ok(writeAnswer(written));
    },
  };
};

export const deleteOne: Handler = (call) => {
  const index = param(call, "index");
  const conditions = conditionsOf(call);
  acceptWriteParameters(call);
  return {
    needs: onIndices("indices:data/write/delete", [index]),
    run: (): Reply => {
      const written = deleteDocument(call, index, param(call, "id"), conditions);
      return { status: written.result === "not_found" ? 404 : 200, body: writeAnswer(written) };
    },
  };
};

export function writeAnswer({ index, result, document }: Written): JsonObject {
  const shards = result === "noop" ? { total: 0, successful: 0, failed: 0 } : { total: 1, successful: 1, failed: 0 };
  return {
    _index: index.name,
    _id: document.id,
    _version: document.version,
    result,
    _shards: shards,
    _seq_no: document.seqNo,
    _primary_term: document.primaryTerm,
  };
}

/** What `_source`, `_source_includes` and `_source_excludes` leave of a source. */
function sourceFilter(call: Call): (source: JsonObject) => JsonObject | undefined {
  const wanted = call.query.text("_source");
  const includes = [...call.query.list("_source_includes")];
  const excludes = call.query.list("_source_excludes");
  if (wanted === "false") return () => undefined;
  if (wanted !== undefined && wanted !== "true" && wanted !== "") includes.push(...wanted.split(","));
  const filter = [...includes, ...excludes.map((path) => `-${path}`)].join(",");
  return (source) => (filter === "" ? source : (filterPath(source, filter) as JsonObject));
}

function conditionsOf(call: Call): Conditions {
  const given = (name: string) => (call.query.text(name) === undefined ? undefined : call.query.integer(name, 0));
  const ifSeqNo = given("if_seq_no");
  const ifPrimaryTerm = given("if_primary_term");
  if ((ifSeqNo === undefined) !== (ifPrimaryTerm === undefined)) {
    const which = ifSeqNo === undefined ? "primary term" : "seq_no";
    throw illegalArgument(`ifSeqNo and ifPrimaryTerm must be given together, but only the ${which} is set`);
  }
  return { ifSeqNo, ifPrimaryTerm };
}

function acceptWriteParameters(call: Call): void {
  call.query.accept("refresh", "routing", "timeout", "version", "version_type", "wait_for_active_shards");
  call.query.accept("require_alias", "require_data_stream", "include_source_on_error");
}
