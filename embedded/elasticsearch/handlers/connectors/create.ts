import type { Cluster } from "../../cluster";
import { type Call, created, type Handler, ok, type Plan, param, type Reply } from "../../http/call";
import { indexNameProblem } from "../../indices/names";
import { connectorsIndex } from "../../indices/templates";
import { deepMerge } from "../../json";
import { boolean, nullable, string } from "../../parse/kinds";
import { optional } from "../../parse/object-parser";
import { shortId } from "../../short-id";
import { defaultConnector, type NewConnector } from "./defaults";
import { connectorNeeds, contentPrefix, requireFreeIndexName, saveConnector, timestamp } from "./documents";

const shape = {
  description: optional(string),
  index_name: optional(nullable(string)),
  is_native: optional(boolean),
  language: optional(string),
  name: optional(string),
  service_type: optional(string),
};

/** `PUT /_connector/{id}` and, from 8.15 on, `PUT /_connector`: resets a connector that exists. */
export const putConnector: Handler = (call) => {
  const id = param(call, "connector_id");
  return plan(call, "put", id === "" ? shortId(15) : id);
};

/** `POST /_connector`: always a new id. */
export const postConnector: Handler = (call) => plan(call, "post", shortId(15));

function plan(call: Call, action: "put" | "post", id: string): Plan {
  const given = call.body.parseIfPresent(`connector_${action}_request`, shape);
  return {
    needs: connectorNeeds(call.cluster, "write", action),
    problems: problems(call.cluster, given),
    run: () => create(call.cluster, id, given),
  };
}

function problems(cluster: Cluster, given: NewConnector): string[] {
  const name = given.index_name;
  if (!cluster.profile.since8_15 && (name === undefined || name === null || name === "")) {
    return ['[index_name] cannot be [null] or [""]'];
  }
  const found: string[] = [];
  const bad = typeof name === "string" ? indexNameProblem(name) : undefined;
  if (bad !== undefined) found.push(bad);
  const prefixed = cluster.profile.since9_0 || cluster.defects.has("content-prefix-always");
  if (
    prefixed &&
    !cluster.defects.has("content-prefix-unchecked") &&
    given.is_native === true &&
    typeof name === "string" &&
    !name.startsWith(contentPrefix)
  ) {
    found.push(
      `Index [${name}] is invalid. Index attached to an Elastic-managed connector must start with the prefix: [${contentPrefix}]`,
    );
  }
  return found;
}

function create(cluster: Cluster, id: string, given: NewConnector): Reply {
  requireFreeIndexName(cluster, id, given.index_name);
  const existing = cluster.store.get(connectorsIndex, id);
  const fresh = defaultConnector(given, timestamp(cluster), cluster.profile);
  const merges = cluster.defects.has("put-merges") && existing !== undefined;
  if (cluster.defects.has("description-dropped")) delete fresh.description;
  if (cluster.defects.has("defaults-forgotten")) {
    for (const member of ["scheduling", "filtering", "name", "status"]) delete fresh[member];
  }
  saveConnector(cluster, id, merges ? deepMerge(fresh, existing.source) : fresh);
  if (cluster.defects.has("created-id-untold")) return existing === undefined ? created({}) : ok({});
  return existing === undefined ? created({ id, result: "created" }) : ok({ id, result: "updated" });
}
