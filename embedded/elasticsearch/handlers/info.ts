import { isoTime } from "../cluster";
import { type Handler, ok } from "../http/call";
import { onCluster } from "../security/authorize";

const buildDate = "2026-01-15T10:00:00.000000000Z";

export const rootInfo: Handler = ({ cluster }) => ({
  needs: onCluster("cluster:monitor/main"),
  run: () =>
    ok({
      name: "embedded",
      cluster_name: cluster.name,
      cluster_uuid: cluster.uuid,
      version: {
        number: cluster.profile.number,
        build_flavor: "default",
        build_type: "tar",
        build_hash: "0".repeat(40),
        build_date: buildDate,
        build_snapshot: false,
        lucene_version: cluster.profile.lucene,
        minimum_wire_compatibility_version: cluster.profile.minimumWire,
        minimum_index_compatibility_version: cluster.profile.minimumIndex,
      },
      tagline: "You Know, for Search",
    }),
});

export const getLicense: Handler = ({ cluster, query }) => {
  query.accept("local", "accept_enterprise");
  const day = 24 * 3600 * 1000;
  const expiry =
    cluster.license === "basic"
      ? {}
      : { expiry_date: isoTime(cluster.startedAt + 30 * day), expiry_date_in_millis: cluster.startedAt + 30 * day };
  return {
    needs: onCluster("cluster:monitor/xpack/license/get"),
    run: () =>
      ok({
        license: {
          status: "active",
          uid: "00000000-0000-4000-8000-000000000000",
          type: cluster.license,
          issue_date: isoTime(cluster.startedAt),
          issue_date_in_millis: cluster.startedAt,
          ...expiry,
          max_nodes: 1000,
          max_resource_units: null,
          issued_to: cluster.name,
          issuer: "elasticsearch",
          start_date_in_millis: -1,
        },
      }),
  };
};

export const clusterHealth: Handler = ({ cluster, query }) => {
  const human = query.flag("human", false);
  query.accept(
    "wait_for_status",
    "timeout",
    "master_timeout",
    "level",
    "local",
    "wait_for_nodes",
    "wait_for_active_shards",
  );
  query.accept(
    "wait_for_no_relocating_shards",
    "wait_for_no_initializing_shards",
    "wait_for_events",
    "expand_wildcards",
  );
  return {
    needs: onCluster("cluster:monitor/health"),
    run: () => {
      const shards = cluster.store
        .indices()
        .reduce((sum, index) => sum + Number(index.settings["index.number_of_shards"] ?? 1), 0);
      return ok({
        cluster_name: cluster.name,
        status: "green",
        timed_out: false,
        number_of_nodes: 1,
        number_of_data_nodes: 1,
        active_primary_shards: shards,
        active_shards: shards,
        relocating_shards: 0,
        initializing_shards: 0,
        unassigned_shards: 0,
        unassigned_primary_shards: 0,
        delayed_unassigned_shards: 0,
        number_of_pending_tasks: 0,
        number_of_in_flight_fetch: 0,
        task_max_waiting_in_queue_millis: 0,
        active_shards_percent_as_number: 100,
        ...(human ? { task_max_waiting_in_queue: "0s", active_shards_percent: "100.0%" } : {}),
      });
    },
  };
};
