import { resourceNotFound } from "../errors";
import { globMatches } from "../glob";
import { type Handler, ok, param, type Reply } from "../http/call";
import { onCluster } from "../security/authorize";
import { pipelinesIndex, systemIndex } from "../store/system-indices";

/** Pipelines are kept and shown, not executed. */
export const putPipeline: Handler = (call) => {
  const body = call.body.object();
  call.query.accept("timeout", "master_timeout", "if_version");
  return {
    needs: onCluster("cluster:admin/ingest/pipeline/put"),
    problems: Array.isArray(body.processors) ? [] : ["[processors] required property is missing"],
    run: () => {
      call.cluster.store.put(systemIndex(call.cluster, pipelinesIndex), param(call, "id"), body);
      return ok({ acknowledged: true });
    },
  };
};

export const getPipeline: Handler = (call) => {
  const patterns = (call.params.id ?? "*").split(",");
  call.query.accept("master_timeout");
  call.query.flag("summary", false);
  return {
    needs: onCluster("cluster:admin/ingest/pipeline/get"),
    run: (): Reply => {
      const found = [...call.cluster.store.documents(pipelinesIndex)]
        .filter(({ id }) => patterns.some((pattern) => globMatches(pattern, id)))
        .map(({ id, source }) => [id, source] as const);
      const nothing = found.length === 0 && call.params.id !== undefined && !call.params.id.includes("*");
      return { status: nothing ? 404 : 200, body: Object.fromEntries(found) };
    },
  };
};

export const deletePipeline: Handler = (call) => {
  const id = param(call, "id");
  call.query.accept("timeout", "master_timeout");
  return {
    needs: onCluster("cluster:admin/ingest/pipeline/delete"),
    run: () => {
      if (call.cluster.store.get(pipelinesIndex, id) === undefined)
        throw resourceNotFound(`pipeline [${id}] is missing`);
      call.cluster.store.remove(pipelinesIndex, id);
      return ok({ acknowledged: true });
    },
  };
};
