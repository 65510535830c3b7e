import { globMatches } from "../../glob";
import { type Call, type Handler, ok, param } from "../../http/call";
import { checkAnalysis } from "../../indices/analysis";
import { mergeMapping, parseMapping } from "../../indices/mappings";
import { expression, namesToAuthorize, resolve } from "../../indices/resolve";
import {
  applySettings,
  checkMutability,
  checkSettings,
  flattenSettings,
  nest,
  showSettings,
} from "../../indices/settings";
import { isObject, type JsonObject } from "../../json";
import { onIndices } from "../../security/authorize";
import type { IndexMetadata } from "../../store/document-store";

export const getSettings: Handler = (call) => {
  const flat = call.query.flag("flat_settings", false);
  const human = call.query.flag("human", false) ? call.cluster.profile.number : undefined;
  call.query.accept("local", "master_timeout", "include_defaults");
  const name = call.params.name;
  return perIndex(call, "indices:monitor/settings/get", (index) => {
    if (name === undefined || name === "_all" || name === "*")
      return { settings: showSettings(index, { flat, human }) };
    const all = Object.entries(showSettings(index, { flat: true, human })).filter(([key]) =>
      name.split(",").some((each) => globMatches(each, key)),
    );
    return { settings: flat ? Object.fromEntries(all) : nest(Object.fromEntries(all)) };
  });
};

export const getMapping: Handler = (call) => {
  call.query.accept("local", "master_timeout");
  return perIndex(call, "indices:admin/mappings/get", (index) => ({ mappings: index.mappings }));
};

export const putMapping: Handler = (call) => {
  const expressed = expression(call, param(call, "index"), "indices:admin/mapping/put");
  call.query.accept("timeout", "master_timeout", "write_index_only");
  const body = call.body.object();
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    run: () => {
      const unchecked = call.cluster.defects.has("mappings-unchecked");
      const changed = resolve(call, expressed).map((index) => {
        const mapping = unchecked ? body : parseMapping(body, index.settings);
        return {
          ...index,
          mappings: unchecked ? { ...index.mappings, ...mapping } : mergeMapping(index.mappings, mapping),
        };
      });
      for (const index of changed) call.cluster.store.saveIndex(index);
      return ok({ acknowledged: true });
    },
  };
};

export const putSettings: Handler = (call) => {
  const expressed = expression(call, param(call, "index"), "indices:admin/settings/update");
  const preserve = call.query.flag("preserve_existing", false);
  const reopen = call.query.flag("reopen", false);
  call.query.accept("timeout", "master_timeout", "flat_settings");
  const body = call.body.object();
  const changes = flattenSettings(isObject(body.settings) && Object.keys(body).length === 1 ? body.settings : body);
  const empty = Object.keys(changes).length === 0;
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    problems: empty ? ["no settings to update"] : [],
    run: () => {
      const unchecked = call.cluster.defects.has("settings-unchecked");
      if (!unchecked) checkSettings(changes);
      const changed = resolve(call, expressed).map((index) => {
        if (!unchecked) checkMutability(changes, index, reopen);
        const settings = applySettings(index.settings, changes, preserve);
        if (!unchecked) checkAnalysis(settings);
        return { ...index, settings };
      });
      for (const index of changed) call.cluster.store.saveIndex(index);
      return ok({ acknowledged: true });
    },
  };
};

/** Answers for each index of the expression. */
export function perIndex(call: Call, action: string, show: (index: IndexMetadata) => JsonObject): ReturnType<Handler> {
  const expressed = expression(call, call.params.index ?? "_all", action);
  return {
    needs: onIndices(action, namesToAuthorize(call, expressed)),
    run: () => ok(Object.fromEntries(resolve(call, expressed).map((index) => [index.name, show(index)]))),
  };
}
