import type { Cluster } from "../cluster";
import { ElasticsearchError, illegalArgument } from "../errors";
import { createIndex } from "../indices/create";
import { invalidIndexName } from "../indices/names";
import { findIndex } from "../indices/resolve";
import { deepMerge, equal, isObject, type JsonObject } from "../json";
import { indexForbidden } from "../security/authorize";
import { mayOnIndex, type Principal } from "../security/principal";
import { shortId } from "../short-id";
import type { IndexMetadata, StoredDocument } from "../store/document-store";
import { isSystemIndex } from "../store/system-indices";
import { extendMapping } from "./dynamic-mapping";
import { ingest } from "./ingest";

export type Result = "created" | "updated" | "deleted" | "noop" | "not_found";

export interface Written {
  readonly index: IndexMetadata;
  readonly result: Result;
  readonly document: StoredDocument;
}

export interface Conditions {
  readonly create?: boolean;
  readonly ifSeqNo?: number | undefined;
  readonly ifPrimaryTerm?: number | undefined;
  readonly pipeline?: string | undefined;
}

/** One write on behalf of a principal; missing indices are created if the principal may. */
export interface Writer {
  readonly cluster: Cluster;
  readonly principal: Principal;
}

export function indexDocument(
  writer: Writer,
  name: string,
  id: string | undefined,
  source: JsonObject,
  conditions: Conditions,
): Written {
  const { store } = writer.cluster;
  const index = writable(writer, name);
  const finalId = id ?? shortId(15);
  checkId(finalId);
  const existing = store.get(index.name, finalId);
  checkConditions(index, finalId, existing, conditions);
  const document = ingest(writer.cluster, conditions.pipeline ?? defaultPipeline(index), source);
  const stored = save(writer.cluster, index, finalId, document);
  return { index, result: existing === undefined ? "created" : "updated", document: stored };
}

/** Merges `doc`, or inserts `upsert` where there is no document. */
export function updateDocument(
  writer: Writer,
  name: string,
  id: string,
  body: JsonObject,
  conditions: Conditions,
): Written {
  const { store } = writer.cluster;
  checkUpdateBody(body);
  const doc = isObject(body.doc) ? body.doc : {};
  const upsert = body.doc_as_upsert === true ? doc : isObject(body.upsert) ? body.upsert : undefined;
  const index = upsert === undefined ? existingIndex(writer.cluster, name) : writable(writer, name);
  if (index === undefined) throw missing(undefined, name, id);
  const existing = store.get(index.name, id);
  if (existing === undefined) {
    if (upsert === undefined) throw missing(index, name, id);
    return { index, result: "created", document: save(writer.cluster, index, id, upsert) };
  }
  checkConditions(index, id, existing, conditions);
  const merged = deepMerge(existing.source, doc);
  if (body.detect_noop !== false && equal(merged, existing.source))
    return { index, result: "noop", document: existing };
  return { index, result: "updated", document: save(writer.cluster, index, id, merged) };
}

export function deleteDocument(writer: Writer, name: string, id: string, conditions: Conditions): Written {
  const index = writable(writer, name);
  const existing = writer.cluster.store.get(index.name, id);
  checkConditions(index, id, existing, conditions);
  const removed = writer.cluster.store.remove(index.name, id);
  const nothing: StoredDocument = { id, source: {}, seqNo: 0, primaryTerm: 1, version: 1 };
  return { index, result: removed === undefined ? "not_found" : "deleted", document: removed ?? nothing };
}

function save(cluster: Cluster, index: IndexMetadata, id: string, source: JsonObject): StoredDocument {
  const current = cluster.store.index(index.name) ?? index;
  const mappings = extendMapping(current.mappings, source);
  if (mappings !== current.mappings) cluster.store.saveIndex({ ...current, mappings });
  return cluster.store.put(index.name, id, cluster.defects.has("documents-lost") ? {} : source);
}

function writable(writer: Writer, name: string): IndexMetadata {
  const index = existingIndex(writer.cluster, name);
  if (index === undefined) {
    const off = writer.cluster.defects.has("privileges-off");
    if (!off && !mayOnIndex(writer.principal, "indices:admin/auto_create", name)) {
      throw indexForbidden(writer.principal, "indices:admin/auto_create", [name]);
    }
    return createIndex(writer.cluster, name, { settings: {}, mappings: {}, aliases: {} });
  }
  if (index.closed) {
    throw new ElasticsearchError(400, "index_closed_exception", "closed", {
      fields: { index_uuid: index.uuid, index: index.name },
    });
  }
  return index;
}

function existingIndex(cluster: Cluster, name: string): IndexMetadata | undefined {
  if (isSystemIndex(name)) {
    throw new ElasticsearchError(403, "security_exception", `index [${name}] is reserved for system operations`);
  }
  if (name.startsWith("_")) throw invalidIndexName(name, "must not start with '_', '-', or '+'");
  return findIndex(cluster, name);
}

function defaultPipeline(index: IndexMetadata): string | undefined {
  const name = index.settings["index.default_pipeline"];
  return typeof name === "string" ? name : undefined;
}

function checkId(id: string): void {
  if (id === "") throw illegalArgument("if _id is specified it must not be empty");
  const bytes = Buffer.byteLength(id);
  if (bytes > 512) {
    throw illegalArgument(`id [${id}] is too long, must be no longer than 512 bytes but was: ${bytes}`);
  }
}

function checkUpdateBody(body: JsonObject): void {
  const known = ["doc", "upsert", "doc_as_upsert", "detect_noop", "_source"];
  for (const key of Object.keys(body)) {
    if (!known.includes(key)) throw illegalArgument(`[UpdateRequest] the development server doesn't support [${key}]`);
  }
  if (body.doc === undefined) {
    throw new ElasticsearchError(
      400,
      "action_request_validation_exception",
      "Validation Failed: 1: script or doc is missing;",
    );
  }
}

function checkConditions(
  index: IndexMetadata,
  id: string,
  existing: StoredDocument | undefined,
  conditions: Conditions,
): void {
  if (conditions.create === true && existing !== undefined) {
    throw conflict(index, `[${id}]: version conflict, document already exists (current version [${existing.version}])`);
  }
  const { ifSeqNo, ifPrimaryTerm } = conditions;
  if (ifSeqNo === undefined) return;
  if (existing?.seqNo === ifSeqNo && existing.primaryTerm === ifPrimaryTerm) return;
  const found =
    existing === undefined
      ? "but no document was found"
      : `current document has seqNo [${existing.seqNo}] and primary term [${existing.primaryTerm}]`;
  const separator = existing === undefined ? "," : ".";
  throw conflict(
    index,
    `[${id}]: version conflict, required seqNo [${ifSeqNo}], primary term [${ifPrimaryTerm}]${separator} ${found}`,
  );
}

function conflict(index: IndexMetadata, reason: string): ElasticsearchError {
  const fields = { index_uuid: index.uuid, shard: "0", index: index.name };
  return new ElasticsearchError(409, "version_conflict_engine_exception", reason, { fields });
}

function missing(index: IndexMetadata | undefined, name: string, id: string): ElasticsearchError {
  const fields = { index_uuid: index?.uuid ?? "_na_", shard: "0", index: index?.name ?? name };
  return new ElasticsearchError(404, "document_missing_exception", `[${id}]: document missing`, { fields });
}
