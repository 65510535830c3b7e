import { ElasticsearchError, illegalArgument, parseException } from "../../errors";
import { globMatches } from "../../glob";
import { type Call, type Handler, ok, param } from "../../http/call";
import { aliasIsIndex, checkWriteIndices, parseAliases } from "../../indices/create";
import { type Expression, expression, namesToAuthorize, resolve } from "../../indices/resolve";
import { isObject, type Json, type JsonObject } from "../../json";
import { onIndices } from "../../security/authorize";
import { perIndex } from "./metadata";

/** With the name of an alias only the indices that have it are shown, and `HEAD` says whether there are any. */
export const getAliases: Handler = (call) => {
  call.query.accept("local", "master_timeout");
  const name = call.params.name;
  const shown = (aliases: JsonObject) =>
    Object.entries(aliases).filter(([alias]) => (name ?? "_all").split(",").some((each) => fits(each, alias)));
  const plan = perIndex(call, "indices:admin/aliases/get", (index) => ({
    aliases: Object.fromEntries(shown({ ...index.aliases })),
  }));
  if (name === undefined) return plan;
  return {
    ...plan,
    run: () => {
      const answer = plan.run();
      const all = isObject(answer.body) ? answer.body : {};
      const having = Object.entries(all).filter(
        ([, each]) => isObject(each) && Object.keys(each.aliases ?? {}).length > 0,
      );
      const missing = having.length === 0 && !/[*]|^_all$/.test(name);
      if (call.method === "HEAD") return { status: missing ? 404 : 200 };
      if (missing) return { status: 404, body: { error: `alias [${name}] missing`, status: 404 } };
      return ok(Object.fromEntries(having));
    },
  };
};

export const putAlias: Handler = (call) => {
  const expressed = expression(call, param(call, "index"), "indices:admin/aliases");
  call.query.accept("timeout", "master_timeout");
  const alias = param(call, "name");
  const body = call.body.objectIfPresent();
  return {
    needs: onIndices(expressed.action, [...namesToAuthorize(call, expressed), alias]),
    run: () => {
      allOrNothing(call, () => add(call, expressed, alias, body));
      return ok({ acknowledged: true });
    },
  };
};

export const deleteAlias: Handler = (call) => {
  const expressed = expression(call, param(call, "index"), "indices:admin/aliases");
  call.query.accept("timeout", "master_timeout");
  const alias = param(call, "name");
  return {
    needs: onIndices(expressed.action, [...namesToAuthorize(call, expressed), alias]),
    run: () => {
      if (!remove(call, expressed, alias)) {
        return { status: 404, body: { error: `aliases [${alias}] missing`, status: 404 } };
      }
      return ok({ acknowledged: true });
    },
  };
};

/** `POST /_aliases`: several changes at once, all or none. */
export const updateAliases: Handler = (call) => {
  call.query.accept("timeout", "master_timeout");
  const { actions } = call.body.object();
  const changes = (Array.isArray(actions) ? actions : []).flatMap((each) => readActions(call, each));
  const named = changes.flatMap((each) => [...namesToAuthorize(call, each.expressed), each.alias]);
  return {
    needs: onIndices("indices:admin/aliases", [...new Set(named)]),
    problems: changes.length === 0 ? ["Must specify at least one alias action"] : [],
    run: () => {
      for (const { kind, expressed, alias, definition } of changes) {
        const known = resolve(call, expressed).some((index) => Object.hasOwn(index.aliases, alias));
        if (kind === "remove" && !known && definition.must_exist !== false) {
          throw new ElasticsearchError(404, "aliases_not_found_exception", `aliases [${alias}] missing`);
        }
      }
      allOrNothing(call, () => {
        for (const { kind, expressed, alias, definition } of changes) {
          if (kind === "add") add(call, expressed, alias, definition);
          else remove(call, expressed, alias);
        }
      });
      return ok({ acknowledged: true, errors: false });
    },
  };
};

interface Change {
  readonly kind: "add" | "remove";
  readonly expressed: Expression;
  readonly alias: string;
  readonly definition: JsonObject;
}

function readActions(call: Call, value: Json): Change[] {
  const [kind, details] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  if ((kind !== "add" && kind !== "remove") || !isObject(details)) {
    throw parseException(`[aliases] the development server doesn't support the action [${kind ?? ""}]`);
  }
  const { index, indices, alias, aliases, ...definition } = details;
  const text = list(indices ?? index).join(",");
  if (text === "") throw illegalArgument("One of [index] or [indices] is required");
  const names = list(aliases ?? alias);
  if (names.length === 0) throw illegalArgument("One of [alias] or [aliases] is required");
  const expressed = expression(call, text, "indices:admin/aliases");
  return names.map((name) => ({ kind, expressed, alias: name, definition }));
}

function list(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Undoes the change when an alias would have more than one write index by it. */
function allOrNothing({ cluster }: Call, change: () => void): void {
  const before = cluster.store.indices();
  change();
  try {
    for (const { name, aliases } of cluster.store.indices()) checkWriteIndices(cluster, name, aliases);
  } catch (error) {
    for (const index of before) cluster.store.saveIndex(index);
    throw error;
  }
}

function add(call: Call, expressed: Expression, alias: string, definition: JsonObject): void {
  const { store } = call.cluster;
  const added = parseAliases({ [alias]: definition });
  if (store.index(alias) !== undefined) throw aliasIsIndex(alias);
  if (call.cluster.defects.has("aliases-ignored")) return;
  for (const index of resolve(call, expressed)) {
    store.saveIndex({ ...index, aliases: { ...index.aliases, ...added } });
  }
}

/** False when no index had it. */
function remove(call: Call, expressed: Expression, alias: string): boolean {
  const found = resolve(call, expressed).filter((index) => Object.hasOwn(index.aliases, alias));
  for (const index of found) {
    const { [alias]: _gone, ...aliases } = index.aliases;
    call.cluster.store.saveIndex({ ...index, aliases });
  }
  return found.length > 0;
}

function fits(pattern: string, alias: string): boolean {
  return pattern === "_all" || globMatches(pattern, alias);
}
