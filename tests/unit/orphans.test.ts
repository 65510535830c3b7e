import { KEYS } from "../../cli/keys";
import { stateIn } from "../../cli/orphans/state";
import { stacksOf, stillOpen, unknownTo } from "../../cli/orphans/unknown";
import type { MarkedKey } from "../../provider/lookups/keys";

const KEY = "pulumi-nodejs:dynamic/elastic:ApiKey";
const WRITTEN = "2026-01-01T12:00:00.5+01:00";

function exported(resources: unknown[], more: Record<string, unknown> = {}, time: unknown = WRITTEN): string {
  return JSON.stringify({ version: 3, deployment: { manifest: { time }, resources, ...more } });
}

function resource(id: string | undefined, more: Record<string, unknown> = {}, stack = "dev") {
  return { urn: `urn:pulumi:${stack}::shop::${KEY}::key`, type: KEY, custom: true, id, ...more };
}

const MAKING = { type: "creating", resource: resource(undefined, { urn: `urn:pulumi:dev::shop::a$b$${KEY}::key::a` }) };

function key(id: string, more: Partial<MarkedKey> = {}): MarkedKey {
  return {
    id,
    name: `name of ${id}`,
    project: "shop",
    stack: "dev",
    resource: "key",
    username: "deployer",
    createdAt: "2026-01-01T10:00:00.000Z",
    expiresAt: undefined,
    retired: false,
    connectors: [],
    ...more,
  };
}

const left = (keys: MarkedKey[], ...states: string[]) => {
  const read = states.map((text) => stateIn(text, "a file"));
  const stacks = stacksOf(read, undefined);
  const unknown = unknownTo(read, stacks, "ApiKey", keys);
  return unknown.map((each) => [each.id, KEYS.reason(each) ?? stillOpen(read, stacks, "ApiKey", each)]);
};

describe("an exported state", () => {
  test("knows the keys in it, those that are pending deletion, looked up or being changed included", () => {
    const state = stateIn(
      exported(
        [
          { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
          resource("now"),
          resource("old", { delete: true }),
          resource("read", { external: true }),
          resource(undefined),
          { urn: "urn:pulumi:dev::shop::x::y", type: "pulumi-nodejs:dynamic/elastic:Connector", id: "connector" },
          { urn: "urn:pulumi:dev::shop::x::z", type: "pulumi-nodejs:dynamic/elastic:Index", id: "search-a" },
        ],
        { pending_operations: [{ type: "deleting", resource: resource("leaving") }, MAKING] },
      ),
      "a file",
    );
    expect([...state.of("ApiKey").ids]).toEqual(["now", "old", "read", "leaving"]);
    expect([...state.of("ApiKey").making]).toEqual(["key::a"]);
    expect([...state.of("Index").ids]).toEqual(["search-a"]);
    expect([...state.of("Index").making]).toEqual([]);
    expect(state.stack).toBe("shop/dev");
    expect(new Date(state.writtenAt).toISOString()).toBe("2026-01-01T11:00:00.500Z");
  });

  test.each(["", "{", "[]", "{}", '{"deployment":[]}', '{"version":3,"checkpoint":{}}'])("is not %j", (text) => {
    expect(() => stateIn(text, "state.json")).toThrow(/What state\.json holds is not an exported stack: pass what/);
  });

  test("one without resources needs its stack named, and a stack that no state is of is refused", () => {
    const [empty, shop] = [stateIn(exported([]), "a"), stateIn(exported([resource("a")]), "b")];
    expect(() => stacksOf([empty], undefined)).toThrow(/name its stack with --stack/);
    expect([...stacksOf([empty], "shop/dev").keys()]).toEqual(["shop/dev"]);
    expect([...stacksOf([shop, empty], "blog/dev").keys()]).toEqual(["blog/dev"]);
    expect(() => stacksOf([shop], "blog/dev")).toThrow(
      "None of the given states is of blog/dev: they are of shop/dev.",
    );
  });
});

describe("a key that no state knows", () => {
  test("is an orphan when it is of a stack that was given; keys of other stacks and projects never are", () => {
    const keys = [key("a"), key("b"), key("c", { stack: "prod" }), key("d", { project: "blog" })];
    expect(left(keys, exported([resource("a")]))).toEqual([["b", undefined]]);
  });

  test("several states know together, each stack by its oldest one: two back ends may have a stack of a name", () => {
    const keys = [key("a"), key("b"), key("c", { stack: "prod" }), key("d", { createdAt: "2026-01-01T11:30:00.000Z" })];
    const [dev, prod] = [exported([resource("a")]), exported([resource("b", {}, "prod")])];
    expect(left(keys, dev, prod)).toEqual([
      ["c", undefined],
      ["d", "newer than the state"],
    ]);
    const later = exported([resource("a")], {}, "2026-01-01T12:00:00Z");
    expect(left(keys, dev, prod, later)).toEqual([
      ["c", undefined],
      ["d", "newer than the state"],
    ]);
    const other = exported([resource("d")], {}, "2026-01-01T12:00:00Z");
    expect(left(keys, dev, prod, other)).toEqual([["c", undefined]]);
  });

  test("is left when a connector uses it or may, and when the state is older or doesn't say how old it is", () => {
    const used = [key("a", { connectors: ["c"] }), key("b", { connectors: undefined })];
    expect(left(used, exported([resource("x")]))).toEqual([
      ["a", "in use"],
      ["b", "in use"],
    ]);
    expect(left([key("a")], exported([resource("x")], {}, null))).toEqual([["a", "newer than the state"]]);
    expect(left([key("a")], exported([resource("x")], {}, "soon"))).toEqual([["a", "newer than the state"]]);
  });
});

test("a key that an update may be making is left; the same resource of another stack is another matter", () => {
  const keys = [key("a", { resource: "key::a" }), key("b", { resource: "key::a", stack: "prod" }), key("c")];
  const dev = exported([resource("x")], { pending_operations: [MAKING] });
  expect(left(keys, dev, exported([resource("y", {}, "prod")], {}))).toEqual([
    ["a", "being made"],
    ["b", undefined],
    ["c", undefined],
  ]);
});

test("a key in words", () => {
  const now = new Date("2026-01-01T13:00:00Z");
  const words = KEYS.describe(key("a", { name: "bad\u001b[31m" }), now);
  expect(words.split("\n")).toEqual([
    "bad [31m",
    "  id       a",
    "  made by  shop/dev, resource 'key', as user deployer",
    "  made     2026-01-01 10:00:00 UTC (3 h ago)",
    "  expires  never",
    "  used by  no connector",
  ]);
  const more = { connectors: ["c", "d"], expiresAt: "2026-02-01T10:00:00.000Z", left: "in use" as const };
  const text = KEYS.describe({ ...key("a"), ...more }, now);
  expect(text).toMatch(
    / expires {2}2026-02-01 10:00:00 UTC\n {2}used by {2}connector 'c', 'd'\n {2}left {5}alone: a con/,
  );
  expect(KEYS.describe(key("a", { connectors: undefined }), now)).toMatch(/used by {2}unknown: the caller may not see/);
});
