import { ElasticsearchError, illegalArgument } from "../../errors";
import { isPattern } from "../../glob";
import { type Handler, ok, param } from "../../http/call";
import { createIndex, readDefinition } from "../../indices/create";
import { expression, namesToAuthorize, resolve } from "../../indices/resolve";
import type { JsonObject } from "../../json";
import { authorize, onIndices } from "../../security/authorize";
import type { DocumentStore, IndexMetadata } from "../../store/document-store";
import { isSystemIndex } from "../../store/system-indices";
import { indexBody } from "./show";

export const putIndex: Handler = (call) => {
  const name = param(call, "index");
  call.query.accept("wait_for_active_shards", "timeout", "master_timeout");
  const definition = readDefinition(call.body.objectIfPresent());
  return {
    needs: onIndices("indices:admin/create", [name]),
    run: () => {
      const aliases = Object.keys(definition.aliases);
      if (aliases.length > 0 && !call.cluster.defects.has("privileges-off")) {
        // Aliases take a right of their own, on both ends.
        authorize(call.principal, onIndices("indices:admin/aliases", [name, ...aliases]), call.cluster.profile);
      }
      refuseSystemIndex(name);
      createIndex(call.cluster, name, definition);
      return ok({ acknowledged: true, shards_acknowledged: true, index: name });
    },
  };
};

/** `GET /{index}`, and `HEAD` on the same. */
export const getIndex: Handler = (call) => {
  const expressed = expression(call, param(call, "index"), "indices:admin/get");
  const flat = call.query.flag("flat_settings", false);
  const human = call.query.flag("human", false) ? call.cluster.profile.number : undefined;
  const features = call.query.list("features");
  call.query.accept("local", "master_timeout", "include_defaults");
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    run: () => {
      const found = resolve(call, expressed);
      if (call.method === "HEAD") return { status: 200 };
      return ok(Object.fromEntries(found.map((index) => [index.name, indexBody(index, { flat, human }, features)])));
    },
  };
};

export const deleteIndex: Handler = (call) => {
  const name = param(call, "index");
  const expressed = expression(call, name, "indices:admin/delete");
  call.query.accept("timeout", "master_timeout");
  const wildcard = expressed.names.some((each) => isPattern(each) || each === "_all");
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    run: () => {
      if (wildcard) throw illegalArgument("Wildcard expressions or all indices are not allowed");
      for (const each of expressed.names) refuseAlias(call.cluster.store, each);
      for (const index of resolve(call, expressed)) call.cluster.store.dropIndex(index.name);
      return ok({ acknowledged: true });
    },
  };
};

export const closeIndex: Handler = (call) => toggle(call, true);
export const openIndex: Handler = (call) => toggle(call, false);

export const refreshIndex: Handler = (call) => {
  const expressed = expression(call, call.params.index ?? "_all", "indices:admin/refresh");
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    run: () => {
      const shards = resolve(call, expressed).reduce((sum, index) => sum + shardsOf(index), 0);
      return ok({ _shards: { total: shards, successful: shards, failed: 0 } });
    },
  };
};

export function shardsOf(index: IndexMetadata): number {
  return Number(index.settings["index.number_of_shards"] ?? 1);
}

function toggle(call: Parameters<Handler>[0], closed: boolean): ReturnType<Handler> {
  const expressed = expression(call, param(call, "index"), closed ? "indices:admin/close" : "indices:admin/open");
  call.query.accept("timeout", "master_timeout", "wait_for_active_shards");
  return {
    needs: onIndices(expressed.action, namesToAuthorize(call, expressed)),
    run: () => {
      const found = resolve(call, expressed);
      for (const index of found) call.cluster.store.saveIndex({ ...index, closed });
      const answer: JsonObject = { acknowledged: true, shards_acknowledged: true };
      if (closed) answer.indices = Object.fromEntries(found.map((index) => [index.name, { closed: true }]));
      return ok(answer);
    },
  };
}

function refuseSystemIndex(name: string): void {
  if (isSystemIndex(name))
    throw new ElasticsearchError(403, "security_exception", `index [${name}] is reserved for system operations`);
}

function refuseAlias(store: DocumentStore, name: string): void {
  if (store.behindAlias(name).length === 0) return;
  throw illegalArgument(
    `The provided expression [${name}] matches an alias, specify the corresponding concrete indices instead.`,
  );
}
