import type { JsonObject } from "../json";

export const connectorsIndex = ".elastic-connectors-v1";
export const syncJobsIndex = ".elastic-connectors-sync-jobs-v1";

interface Template {
  readonly settings: JsonObject;
  readonly mappings: JsonObject;
  readonly aliases: JsonObject;
}

const hidden = { hidden: true, number_of_shards: 1, auto_expand_replicas: "0-1" };
const keyword = { type: "keyword" };
const date = { type: "date" };

/** Built-in templates: they hold whoever creates the index, and give it its alias. */
const templates: Readonly<Record<string, Template>> = {
  [connectorsIndex]: {
    settings: hidden,
    aliases: { ".elastic-connectors": {} },
    mappings: {
      dynamic: "false",
      _meta: {
        pipeline: {
          default_name: "search-default-ingestion",
          default_extract_binary_content: true,
          default_reduce_whitespace: true,
          default_run_ml_inference: true,
        },
      },
      properties: {
        api_key_id: keyword,
        configuration: { type: "object" },
        created_at: date,
        deleted: { type: "boolean" },
        description: { type: "text" },
        error: keyword,
        index_name: keyword,
        is_native: { type: "boolean" },
        last_seen: date,
        last_synced: date,
        name: keyword,
        scheduling: { type: "object", enabled: false },
        service_type: keyword,
        status: keyword,
        sync_now: { type: "boolean" },
      },
    },
  },
  [syncJobsIndex]: {
    settings: hidden,
    aliases: { ".elastic-connectors-sync-jobs": {} },
    mappings: {
      dynamic: "false",
      properties: {
        cancelation_requested_at: date,
        canceled_at: date,
        completed_at: date,
        connector: { properties: { id: keyword, index_name: keyword, service_type: keyword, language: keyword } },
        created_at: date,
        error: keyword,
        job_type: keyword,
        last_seen: date,
        started_at: date,
        status: keyword,
        trigger_method: keyword,
        worker_hostname: keyword,
      },
    },
  },
};

export function templateFor(index: string): Template | undefined {
  return Object.hasOwn(templates, index) ? templates[index] : undefined;
}
