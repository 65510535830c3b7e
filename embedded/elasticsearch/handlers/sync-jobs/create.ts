import { resourceNotFound, statusException } from "../../errors";
import { created, type Handler } from "../../http/call";
import { connectorsIndex } from "../../indices/templates";
import { compact, isObject, type JsonObject } from "../../json";
import { string, word } from "../../parse/kinds";
import { optional, required } from "../../parse/object-parser";
import { shortId } from "../../short-id";
import { connectorNeeds, timestamp } from "../connectors/documents";
import { jobTypes, saveJob } from "./documents";

/** A soft-deleted connector takes jobs too: the lookup doesn't see the flag. */
export const postSyncJob: Handler = (call) => {
  const { cluster } = call;
  const body = call.body.parse("put_connector_sync_job_request", {
    id: required(string),
    job_type: optional(word("sync job type", jobTypes)),
    trigger_method: optional(word("trigger method", ["on_demand", "scheduled"])),
  });
  return {
    needs: connectorNeeds(cluster, "write", "sync_job/post"),
    problems: body.id === "" ? ["[id] of the connector cannot be null or empty"] : [],
    run: () => {
      const type = body.job_type ?? "full";
      const connector = cluster.store.get(connectorsIndex, body.id)?.source;
      if (connector === undefined) throw resourceNotFound(`Connector with id '${body.id}' does not exist.`);
      const snapshot = connectorSnapshot(body.id, connector, type);
      const checked = !cluster.defects.has("job-checks-off");
      if (cluster.profile.since8_15 && checked) requireReady(body.id, snapshot);
      const now = timestamp(cluster);
      const id = shortId(15);
      saveJob(cluster, id, {
        connector: snapshot,
        created_at: now,
        deleted_document_count: 0,
        indexed_document_count: 0,
        indexed_document_volume: 0,
        job_type: type,
        last_seen: now,
        metadata: {},
        status: checked ? "pending" : "in_progress",
        total_document_count: 0,
        trigger_method: body.trigger_method ?? "on_demand",
      });
      return created({ id });
    },
  };
};

/** What the job keeps of its connector; an access-control job writes to an index of its own. */
function connectorSnapshot(id: string, connector: JsonObject, type: string): JsonObject {
  const first = Array.isArray(connector.filtering) ? connector.filtering[0] : undefined;
  const acl = type === "access_control";
  return compact({
    configuration: connector.configuration,
    filtering: isObject(first) ? first.active : undefined,
    id,
    index_name: acl
      ? `.search-acl-filter-${String(connector.index_name ?? null)}`
      : (connector.index_name ?? undefined),
    language: connector.language,
    pipeline: connector.pipeline,
    service_type: connector.service_type ?? undefined,
  });
}

function requireReady(id: string, snapshot: JsonObject): void {
  const start = `Cannot start a sync for connector [${id}] with`;
  if (snapshot.index_name === undefined) {
    throw statusException(
      `${start} no index attached. Set the [index_name] property for the connector to enable syncing data.`,
    );
  }
  if (snapshot.service_type === undefined) {
    throw statusException(
      `${start} [service_type] not defined. Set the service type of your connector before starting the sync.`,
    );
  }
}
