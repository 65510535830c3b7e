import { deleteDocument, indexDocument, updateDocument, type Written } from "../../documents/writes";
import { ElasticsearchError, illegalArgument, itemError } from "../../errors";
import { parseJson } from "../../http/body";
import { type Call, type Handler, ok } from "../../http/call";
import { isObject, type JsonObject } from "../../json";
import { indexForbidden, nothing } from "../../security/authorize";
import { mayOnIndex, maySomewhere } from "../../security/principal";
import { writeAnswer } from "./single";

type Operation = "index" | "create" | "update" | "delete";

interface Item {
  readonly operation: Operation;
  readonly index: string;
  readonly id: string | undefined;
  readonly ifSeqNo: number | undefined;
  readonly ifPrimaryTerm: number | undefined;
  readonly pipeline: string | undefined;
  readonly body: JsonObject;
}

const bulkAction = "indices:data/write/bulk";

/** Each item succeeds or fails on its own; the request fails only where nothing at all may be written. */
export const bulk: Handler = (call) => {
  const pipeline = call.query.text("pipeline");
  call.query.accept("refresh", "routing", "timeout", "_source", "wait_for_active_shards", "require_alias");
  call.query.accept("require_data_stream", "list_executed_pipelines", "include_source_on_error");
  const items = readItems(call.body.present ? call.body.text() : "", call.params.index, pipeline);
  return {
    needs: nothing,
    problems: items.length === 0 ? ["no requests added"] : [],
    run: () => {
      const open = call.cluster.defects.has("privileges-off");
      if (!open && !maySomewhere(call.principal, bulkAction)) throw indexForbidden(call.principal, bulkAction, []);
      const answers = items.map((item) => ({ [item.operation]: perform(call, item) }));
      const errors = answers.some((answer) => Object.values(answer).some((each) => isObject(each.error)));
      return ok({ errors, took: 0, items: answers });
    },
  };
};

function perform(call: Call, item: Item): JsonObject {
  try {
    const action = `${bulkAction}[s]`;
    if (!call.cluster.defects.has("privileges-off") && !mayOnIndex(call.principal, action, item.index)) {
      throw indexForbidden(call.principal, action, [item.index]);
    }
    const written = write(call, item);
    const status = written.result === "created" ? 201 : written.result === "not_found" ? 404 : 200;
    return { ...writeAnswer(written), status };
  } catch (error) {
    if (!(error instanceof ElasticsearchError)) throw error;
    return { _index: item.index, _id: item.id ?? null, status: error.status, error: itemError(error) };
  }
}

function write(call: Call, item: Item): Written {
  const { operation, index, id = "", body } = item;
  if (operation === "delete") return deleteDocument(call, index, id, item);
  if (operation === "update") return updateDocument(call, index, id, body, item);
  return indexDocument(call, index, item.id, body, { ...item, create: operation === "create" });
}

function readItems(text: string, defaultIndex: string | undefined, defaultPipeline: string | undefined): Item[] {
  if (text !== "" && !text.endsWith("\n")) {
    throw illegalArgument("The bulk request must be terminated by a newline [\\n]");
  }
  const lines = text.split("\n").map((line) => line.trim());
  const items: Item[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const [operation, address] = readAction(parseJson(line), at + 1);
    const index = typeof address._index === "string" ? address._index : defaultIndex;
    if (index === undefined) throw illegalArgument("Validation Failed: 1: index is missing;");
    const id = address._id === undefined || address._id === null ? undefined : String(address._id);
    if (id === undefined && (operation === "update" || operation === "delete")) {
      throw illegalArgument(`[${operation}] needs an _id on line [${at + 1}]`);
    }
    const body = operation === "delete" ? {} : readSource(lines[++at] ?? "", at + 1);
    const number = (value: unknown) => (typeof value === "number" ? value : undefined);
    const pipeline = typeof address.pipeline === "string" ? address.pipeline : defaultPipeline;
    const [ifSeqNo, ifPrimaryTerm] = [number(address.if_seq_no), number(address.if_primary_term)];
    items.push({ operation, index, id, ifSeqNo, ifPrimaryTerm, pipeline, body });
  }
  return items;
}

const addressMembers = new Set([
  "_index",
  "_id",
  "routing",
  "version",
  "version_type",
  "if_seq_no",
  "if_primary_term",
  "pipeline",
  "retry_on_conflict",
  "require_alias",
  "require_data_stream",
  "dynamic_templates",
  "_source",
  "list_executed_pipelines",
]);

function readAction(value: unknown, line: number): [Operation, JsonObject] {
  const malformed = `Malformed action/metadata line [${line}]`;
  const [entry] = isObject(value) ? Object.entries(value) : [];
  if (entry === undefined) throw illegalArgument(`${malformed}, expected START_OBJECT`);
  const [operation, address] = entry;
  if (!["index", "create", "update", "delete"].includes(operation)) {
    throw illegalArgument(
      `${malformed}, expected field [create], [delete], [index] or [update] but found [${operation}]`,
    );
  }
  if (!isObject(address)) throw illegalArgument(`${malformed}, expected START_OBJECT but found a value`);
  for (const key of Object.keys(address)) {
    if (!addressMembers.has(key)) {
      throw illegalArgument(`Action/metadata line [${line}] contains an unknown parameter [${key}]`);
    }
  }
  return [operation as Operation, address];
}

function readSource(line: string, number: number): JsonObject {
  const value = line === "" ? undefined : parseJson(line);
  if (isObject(value)) return value;
  throw illegalArgument(`Malformed content on line [${number}], must be an object`);
}
