import { illegalArgument } from "../../errors";
import { globMatches } from "../../glob";
import { type Handler, ok } from "../../http/call";
import { isObject, type Json, type JsonObject } from "../../json";
import { type ApiKey, allApiKeys } from "../../security/api-key-store";
import { onCluster } from "../../security/authorize";
import { mayOnCluster } from "../../security/principal";
import { ownedBy, showApiKey } from "./read-api-keys";

const action = "cluster:admin/xpack/security/api_key/query";

/** Without a wider privilege the answer is limited to the caller's own keys. */
export const queryApiKeys: Handler = (call) => {
  const { cluster, principal } = call;
  const limitedBy = call.query.flag("with_limited_by", false);
  call.query.accept("with_profile_uid", "typed_keys");
  const body = call.body.objectIfPresent();
  for (const key of Object.keys(body)) {
    if (!["query", "from", "size", "sort"].includes(key)) {
      throw illegalArgument(`the development server doesn't support [${key}] in an API key query`);
    }
  }
  const unasked = body.query === undefined || cluster.defects.has("key-queries-ignored");
  const matches = unasked ? () => true : compile(body.query ?? {});
  const order = sortOrder(body.sort);
  const [from, size] = [whole("from", body.from, 0), whole("size", body.size, 10)];
  return {
    needs: onCluster(action, { ownOnly: true }),
    run: () => {
      const all = mayOnCluster(principal, action, { ownOnly: false });
      const found = allApiKeys(cluster).filter((key) => (all || ownedBy(principal, key)) && matches(key));
      const page = found.sort(order.compare).slice(from, from + size);
      const shown = page.map((key) => ({ ...showApiKey(key, limitedBy), ...order.shown(key) }));
      return ok({ total: found.length, count: page.length, api_keys: shown });
    },
  };
};

type Predicate = (key: ApiKey) => boolean;
type Value = string | number | boolean | undefined;

/** The part of the query language that works on keys. */
function compile(query: Json): Predicate {
  const [kind, value] = isObject(query) ? (Object.entries(query)[0] ?? []) : [];
  switch (kind) {
    case "match_all":
      return () => true;
    case "ids": {
      const ids = isObject(value) && Array.isArray(value.values) ? value.values.map(String) : [];
      return (key) => ids.includes(key.id);
    }
    case "exists": {
      const read = reader(isObject(value) ? String(value.field) : "");
      return (key) => read(key) !== undefined;
    }
    case "term":
    case "match":
    case "prefix":
    case "wildcard":
    case "terms":
      return fieldPredicate(kind, value);
    case "range":
      return rangePredicate(value);
    case "bool":
      return boolPredicate(isObject(value) ? value : {});
    default:
      throw illegalArgument(`Query type [${kind ?? ""}] is not supported for API Key query`);
  }
}

function fieldPredicate(kind: string, value: Json | undefined): Predicate {
  const [field = "", wanted] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  const inner = isObject(wanted) ? (wanted.value ?? wanted.query) : wanted;
  const words = (Array.isArray(inner) ? inner : [inner]).map(String);
  const read = reader(field);
  return (key) => {
    const actual = read(key);
    if (actual === undefined) return false;
    const text = String(actual);
    if (kind === "prefix") return words.some((word) => text.startsWith(word));
    return kind === "wildcard" ? words.some((word) => globMatches(word, text)) : words.includes(text);
  };
}

const bounds: Record<string, (order: number) => boolean> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

function rangePredicate(value: Json | undefined): Predicate {
  const [field = "", limits] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  const read = reader(field);
  const tests = Object.entries(isObject(limits) ? limits : {}).map(([name, limit]): Predicate => {
    const within = bounds[name];
    if (within === undefined) throw illegalArgument(`the development server doesn't support [${name}] in a range`);
    return (key) => {
      const actual = read(key);
      if (actual === undefined) return false;
      return within(typeof actual === "number" ? actual - milliseconds(limit) : compare(String(actual), String(limit)));
    };
  });
  return (key) => tests.every((test) => test(key));
}

function milliseconds(limit: Json): number {
  return typeof limit === "string" && !/^\d+$/.test(limit) ? Date.parse(limit) : Number(limit);
}

function boolPredicate(value: JsonObject): Predicate {
  const clauses = (name: string): Predicate[] => {
    const given = value[name];
    return given === undefined ? [] : (Array.isArray(given) ? given : [given]).map(compile);
  };
  const must = [...clauses("must"), ...clauses("filter")];
  const should = clauses("should");
  const mustNot = clauses("must_not");
  return (key) =>
    must.every((each) => each(key)) &&
    !mustNot.some((each) => each(key)) &&
    (should.length === 0 || must.length > 0 || should.some((each) => each(key)));
}

const fields: Record<string, (key: ApiKey) => Value> = {
  name: (key) => key.name,
  type: (key) => key.type,
  username: (key) => key.username,
  realm_name: (key) => key.realm.name,
  creation: (key) => key.creation,
  expiration: (key) => key.expiration,
  invalidated: (key) => key.invalidated,
  invalidation: (key) => key.invalidation,
};

function reader(field: string): (key: ApiKey) => Value {
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (known !== undefined) return known;
  if (!field.startsWith("metadata.")) throw illegalArgument(`Field [${field}] is not allowed for querying API keys`);
  const path = field.split(".").slice(1);
  return ({ metadata }) => {
    const value = path.reduce<Json | undefined>((level, step) => (isObject(level) ? level[step] : undefined), metadata);
    return value === undefined || value === null ? undefined : String(value);
  };
}

interface Order {
  compare(a: ApiKey, b: ApiKey): number;
  /** A sorted answer tells the values that it is sorted by. */
  shown(key: ApiKey): JsonObject;
}

function sortOrder(sort: Json | undefined): Order {
  if (sort === undefined) return { compare: () => 0, shown: () => ({}) };
  const keys = (Array.isArray(sort) ? sort : [sort]).map((each) => {
    const [field = "", given] = isObject(each) ? (Object.entries(each)[0] ?? []) : [String(each)];
    const order = isObject(given) ? given.order : given;
    return { read: reader(field), sign: order === "desc" ? -1 : 1 };
  });
  return {
    compare(a, b) {
      for (const { read, sign } of keys) {
        const [left, right] = [read(a), read(b)];
        // Keys without the value come last in both directions.
        if (left === undefined || right === undefined) {
          if (left !== right) return left === undefined ? 1 : -1;
        } else if (left !== right) return sign * compare(left, right);
      }
      return 0;
    },
    shown: (key) => ({ _sort: keys.map(({ read }) => read(key) ?? null) }),
  };
}

function compare(a: string | number | boolean, b: string | number | boolean): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function whole(name: string, value: Json | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (Number.isInteger(value) && Number(value) >= 0) return Number(value);
  throw illegalArgument(`[${name}] parameter cannot be negative but was [${String(value)}]`);
}
