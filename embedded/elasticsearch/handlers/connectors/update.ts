import { statusException } from "../../errors";
import type { Call, Handler, Plan, Reply } from "../../http/call";
import { indexNameProblem } from "../../indices/names";
import { compact, type JsonObject } from "../../json";
import { boolean, dateTime, integer, nested, nullable, object, string, word } from "../../parse/kinds";
import { optional, required } from "../../parse/object-parser";
import {
  connectorId,
  connectorNeeds,
  contentPrefix,
  emptyIdProblem,
  mergeIntoConnector,
  requireConnector,
  requireFreeIndexName,
  timestamp,
} from "./documents";
import { connectorStatuses, mayBecome } from "./status";

/** The frame of every update: who may, what is wrong with it, and the partial document to merge. */
export function updatePlan(call: Call, action: string, problems: readonly string[], changes: () => JsonObject): Plan {
  return customPlan(call, action, problems, () => mergeIntoConnector(call.cluster, connectorId(call), changes()));
}

export function customPlan(call: Call, action: string, problems: readonly string[], run: () => Reply): Plan {
  const needs = connectorNeeds(call.cluster, "write", action);
  return { needs, problems: [...emptyIdProblem(call), ...problems], run };
}

export const updateName: Handler = (call) => {
  const shape = { name: optional(string), description: optional(string) };
  const body = call.body.parse("connector_update_name_request", shape);
  const problem = "[name] and [description] cannot both be [null]. Please provide a value for at least one of them.";
  const empty = body.name === undefined && body.description === undefined;
  return updatePlan(call, "update_name", empty ? [problem] : [], () => compact({ ...body }));
};

export const updateIndexName: Handler = (call) => {
  const { cluster } = call;
  const kind = cluster.profile.since8_15 ? nullable(string) : string;
  const { index_name } = call.body.parse("connector_update_index_name_request", { index_name: required(kind) });
  const problem = index_name === null ? undefined : indexNameProblem(index_name);
  return updatePlan(call, "update_index_name", problem === undefined ? [] : [problem], () => {
    requireFreeIndexName(cluster, connectorId(call), index_name);
    const source = requireConnector(cluster, connectorId(call));
    const checked = cluster.profile.since9_0 && !cluster.defects.has("content-prefix-unchecked");
    const managed = checked && source.is_native === true;
    if (managed && index_name !== null && !index_name.startsWith(contentPrefix)) {
      throw statusException(
        `Index attached to an Elastic-managed connector must start with the prefix: [${contentPrefix}]. ` +
          `The index name in the payload [${index_name}] doesn't comply with this requirement.`,
      );
    }
    return { index_name };
  });
};

export const updateServiceType: Handler = (call) => {
  const { service_type } = call.body.parse("connector_update_service_type_request", { service_type: required(string) });
  const problems = service_type === "" ? ['[service_type] cannot be [null] or [""].'] : [];
  return updatePlan(call, "update_service_type", problems, () => {
    const { status } = requireConnector(call.cluster, connectorId(call));
    return { service_type, status: status === "created" ? "created" : "needs_configuration" };
  });
};

export const updateNative: Handler = (call) => {
  const { is_native } = call.body.parse("connector_update_native_request", { is_native: required(boolean) });
  return updatePlan(call, "update_native", [], () => {
    const source = requireConnector(call.cluster, connectorId(call));
    if (!call.cluster.profile.since9_0) return { is_native, status: "configured" };
    const name = source.index_name;
    const checked = !call.cluster.defects.has("content-prefix-unchecked");
    if (checked && is_native && typeof name === "string" && !name.startsWith(contentPrefix)) {
      throw statusException(
        `The index name [${name}] attached to the connector [${connectorId(call)}] must start with the required ` +
          `prefix: [${contentPrefix}] to be Elastic-managed. Please update the attached index first to comply with ` +
          "this requirement.",
      );
    }
    return source.status === "connected" ? { is_native, status: "configured" } : { is_native };
  });
};

export const updateStatus: Handler = (call) => {
  const kind = word("connector status", connectorStatuses);
  const { status } = call.body.parse("connector_update_status_request", { status: optional(kind) });
  const problems = status === undefined ? ["[status] cannot be [null]."] : [];
  return updatePlan(call, "update_status", problems, () => {
    const from = String(requireConnector(call.cluster, connectorId(call)).status);
    if (status === undefined) throw new Error("refused as a problem");
    if (!mayBecome(call.cluster.profile, from, status) && !call.cluster.defects.has("status-unchecked")) {
      throw statusException(
        `Invalid transition attempt from [${from}] to [${status}]. Such a status transition is not supported by the ` +
          "Connector Protocol.",
      );
    }
    return { status };
  });
};

export const updateApiKeyId: Handler = (call) => {
  const shape = { api_key_id: optional(string), api_key_secret_id: optional(string) };
  const body = call.body.parse("connector_update_api_key_id_request", shape);
  const empty = body.api_key_id === undefined && body.api_key_secret_id === undefined;
  const problem =
    "[api_key_id] and [api_key_secret_id] cannot both be [null]. Please provide a value for at least one of them.";
  return updatePlan(call, "update_api_key_id", empty ? [problem] : [], () => compact({ ...body }));
};

/** Before 8.15 the text was stored and nothing else happened. */
export const updateError: Handler = (call) => {
  const { error } = call.body.parse("connector_update_error_request", { error: required(nullable(string)) });
  return updatePlan(call, "update_error", [], () => {
    if (!call.cluster.profile.since8_15) return { error };
    return { error, status: error === null || error === "" ? "connected" : "error" };
  });
};

export const checkIn: Handler = (call) =>
  updatePlan(call, "update_last_seen", [], () => ({ last_seen: timestamp(call.cluster) }));

const syncStatuses = ["canceling", "canceled", "completed", "error", "in_progress", "pending", "suspended"] as const;
const syncStatus = word("sync status", syncStatuses);

export const updateLastSync: Handler = (call) => {
  const body = call.body.parse("connector_update_last_sync_stats_request", {
    last_access_control_sync_error: optional(nullable(string)),
    last_access_control_sync_scheduled_at: optional(nullable(dateTime)),
    last_access_control_sync_status: optional(nullable(syncStatus)),
    last_deleted_document_count: optional(integer),
    last_incremental_sync_scheduled_at: optional(nullable(dateTime)),
    last_indexed_document_count: optional(integer),
    last_sync_error: optional(nullable(string)),
    last_sync_scheduled_at: optional(nullable(dateTime)),
    last_sync_status: optional(nullable(syncStatus)),
    last_synced: optional(nullable(dateTime)),
    sync_cursor: optional(object),
  });
  const given = Object.entries(body).filter(([, value]) => value !== undefined && value !== null);
  return updatePlan(call, "update_last_sync_stats", [], () => compact(Object.fromEntries(given)));
};

export const updatePipeline: Handler = (call) => {
  const pipeline = nested("connector_pipeline", {
    extract_binary_content: required(boolean),
    name: required(string),
    reduce_whitespace: required(boolean),
    run_ml_inference: required(boolean),
  });
  const body = call.body.parse("connector_update_pipeline_request", { pipeline: required(pipeline) });
  return updatePlan(call, "update_pipeline", [], () => ({ pipeline: { ...body.pipeline } }));
};

const enabled = nested("connector_feature_enabled", { enabled: required(boolean) });
const features = nested(
  "connector_features",
  {
    document_level_security: optional(enabled),
    incremental_sync: optional(enabled),
    native_connector_api_keys: optional(enabled),
    sync_rules: optional(
      nested("sync_rules_features", { advanced: optional(enabled), basic: optional(enabled) }, { ignoreUnknown: true }),
    ),
  },
  { ignoreUnknown: true },
);

/** Without `features` a real server fails with a null pointer; this one says what is missing. */
export const updateFeatures: Handler = (call) => {
  const body = call.body.parse("connector_update_features_request", { features: required(features) });
  const { sync_rules, ...flags } = body.features;
  const rules =
    sync_rules === undefined
      ? undefined
      : compact({ advanced: flag(sync_rules.advanced), basic: flag(sync_rules.basic) });
  const changes = compact({
    document_level_security: flag(flags.document_level_security),
    incremental_sync: flag(flags.incremental_sync),
    native_connector_api_keys: flag(flags.native_connector_api_keys),
    sync_rules: rules,
  });
  return updatePlan(call, "update_features", [], () => ({ features: changes }));
};

function flag(value: { enabled: boolean } | undefined): JsonObject | undefined {
  return value === undefined ? undefined : { enabled: value.enabled };
}
