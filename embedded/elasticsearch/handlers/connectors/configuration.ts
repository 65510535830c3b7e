import { statusException } from "../../errors";
import { type Call, type Handler, ok } from "../../http/call";
import { isObject, type Json, type JsonObject } from "../../json";
import { object } from "../../parse/kinds";
import { type Kind, optional } from "../../parse/object-parser";
import { configurationField } from "./configuration-field";
import { connectorId, mergeIntoConnector, requireConnector, saveConnector } from "./documents";
import { customPlan } from "./update";

/** Registers a whole schema (`configuration`) or sets values of registered fields (`values`), never both. */
export const updateConfiguration: Handler = (call) => {
  const body = call.body.parse("connector_update_configuration_request", {
    configuration: optional(configuration(call)),
    values: optional(object),
  });
  const problems: string[] = [];
  if (body.configuration === undefined && body.values === undefined) {
    problems.push("[configuration] and [values] cannot both be null.");
  }
  if (body.configuration !== undefined && body.values !== undefined) {
    problems.push("[configuration] and [values] cannot both be provided in the same request.");
  }
  return customPlan(call, "update_configuration", problems, () => {
    if (body.configuration !== undefined) return replaceSchema(call, body.configuration);
    return setValues(call, body.values ?? {});
  });
};

function configuration(call: Call): Kind<JsonObject> {
  const { defects } = call.cluster;
  return {
    tokens: ["START_OBJECT"],
    parse(value, text) {
      if (!isObject(value) || defects.has("configuration-accepts-anything")) return value as JsonObject;
      const fields = Object.entries(value).map(([name, field]) => {
        const parsed = configurationField(field, text);
        if (defects.has("required-defaults-true") && isObject(field) && field.required === undefined)
          parsed.required = true;
        if (defects.has("sensitive-values-hidden") && parsed.sensitive === true) parsed.value = "*****";
        return [name, parsed] as const;
      });
      return Object.fromEntries(fields);
    },
  };
}

/** Runs as a script on a real server: the result is always `updated`. */
function replaceSchema(call: Call, configuration: JsonObject) {
  const id = connectorId(call);
  const source = requireConnector(call.cluster, id);
  const merges = call.cluster.defects.has("configuration-merges") && isObject(source.configuration);
  const next = merges ? { ...(source.configuration as JsonObject), ...configuration } : configuration;
  saveConnector(call.cluster, id, { ...source, configuration: next, status: "configured" });
  return ok({ result: "updated" });
}

function setValues(call: Call, values: JsonObject) {
  const id = connectorId(call);
  const source = requireConnector(call.cluster, id);
  const registered = isObject(source.configuration) ? source.configuration : {};
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(registered, name));
  if (unknown.length > 0 && !call.cluster.defects.has("configuration-accepts-anything")) {
    throw statusException(
      `Unknown [configuration] fields in the request payload: [${unknown.join(", ")}]. ` +
        "Remove them from request or register their schema first.",
    );
  }
  const nulls = Object.keys(values).filter((name) => values[name] === null);
  if (nulls.length > 0) throw statusException(`[values] cannot set [${nulls.join(", ")}] to null`);
  const changes: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) changes[name] = { value };
  return mergeIntoConnector(call.cluster, id, { configuration: changes, status: "configured" });
}
