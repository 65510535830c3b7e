import type { Cluster } from "../cluster";
import { illegalArgument } from "../errors";
import type { JsonObject } from "../json";
import { pipelinesIndex } from "../store/system-indices";

const builtIn = ["search-default-ingestion", "ent-search-generic-ingestion"];
const flags = [
  "_attachment",
  "_attachment_indexed_chars",
  "_extracted_attachment",
  "_extract_binary_content",
  "_reduce_whitespace",
  "_run_ml_inference",
];

/**
 * Stands for the ingest step. The two built-in pipelines for connectors drop their flags and take text out of an
 * attachment; pipelines of users are known by name and not executed.
 */
export function ingest(cluster: Cluster, pipeline: string | undefined, source: JsonObject): JsonObject {
  if (pipeline === undefined || pipeline === "_none") return source;
  if (!builtIn.includes(pipeline)) {
    if (cluster.store.get(pipelinesIndex, pipeline) !== undefined) return source;
    throw illegalArgument(`pipeline with id [${pipeline}] does not exist`);
  }
  const result = { ...source };
  const attachment = source._attachment;
  if (typeof attachment === "string" && source._extract_binary_content === true && result.body === undefined) {
    result.body = Buffer.from(attachment, "base64").toString("utf8");
  }
  for (const flag of flags) delete result[flag];
  return result;
}
