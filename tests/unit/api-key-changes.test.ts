// Keys that are changed in place, keys that can't be, and keys of other kinds and of other users.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { invalidateApiKey } from "../../provider/elasticsearch/api-keys";
import { type Elasticsearch as Connection, connect } from "../../provider/elasticsearch/connection";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { UNKNOWN_TEXT } from "../../provider/host/values";
import { create, update } from "../../provider/lifecycle/reconcile";
import type { Bag } from "../../provider/model/resource";
import { apiKey } from "../../provider/resources/api-key/resource";
import { leaksIn } from "../support/canary";
import { heard } from "../support/connectors";
import { connected, hosted, made, opened, planned, refreshed, sent, updated, writes } from "../support/hosted";
import { ask } from "../support/stage";
import { CONTEXT } from "../support/stub";

const PASSWORD = "canary-password-of-second";
const TOKEN = "canary-access-token";
const MARK = "pulumi-elastic-connectors";

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch({
    users: {
      second: { password: PASSWORD, roles: ["second"] },
      own: { password: "password of own", roles: ["own"] },
      granter: { password: "password of granter", roles: ["granter"] },
      keys: { password: "password of keys", roles: ["keys"] },
    },
    roles: {
      second: { cluster: ["monitor"], run_as: ["own"] },
      own: { cluster: ["monitor", "manage_own_api_key"] },
      granter: { cluster: ["monitor", "grant_api_key"] },
      keys: { cluster: ["monitor", "manage_api_key"] },
    },
  });
  provider = await hosted("ApiKey", server);
});
beforeEach(() => {
  notices = heard();
  server.control.clearRequests();
});
afterAll(() => server.close());

const RIGHTS = { r: { cluster: ["monitor"] } };
const key = (args: Bag = {}) => sent({ name: "k", roleDescriptors: RIGHTS, ...args });
const user = (username: string) => connected(server, { username, password: `password of ${username}` });
const stored = (id: string) => server.control.store.apiKeys().find((each) => each.id === id);

function sentBodies(): unknown[] {
  return server.control.requests.filter(({ method }) => method !== "GET").map(({ body }) => body);
}

describe("in place", () => {
  test.each<[string, Bag, Bag, unknown]>([
    [
      "roleDescriptors",
      {},
      { roleDescriptors: { r: { cluster: ["monitor", "manage_own_api_key"] } } },
      { role_descriptors: { r: { cluster: ["monitor", "manage_own_api_key"] } } },
    ],
    ["expiration", { expiration: "30d" }, { expiration: "60d" }, { expiration: "60d" }],
    [
      "metadata",
      { metadata: { team: "a" } },
      { metadata: { team: "b" } },
      { metadata: { team: "b", [MARK]: expect.objectContaining({ resource: "thing", nonce: expect.any(String) }) } },
    ],
    [
      "metadata, which goes",
      { metadata: { team: "a" } },
      {},
      { metadata: { [MARK]: expect.objectContaining({ resource: "thing" }) } },
    ],
  ])("%s: one request with just that", async (_, before, after, body) => {
    const first = await made(provider, key(before));
    const mark = stored(first.id)?.metadata;
    server.control.clearRequests();
    const second = await updated(provider, first, key(after));
    expect(writes(server)).toEqual([`PUT /_security/api_key/${first.id}`]);
    expect(sentBodies()).toEqual([body]);
    expect(stored(first.id)?.metadata).toMatchObject({ [MARK]: (mark as Bag)[MARK] });
    expect(second.outputs).toMatchObject(after);
    expect((await planned(provider, second, key(after))).diff.changes).toBe(false);
    expect(notices).toEqual([]);
  });

  test("an expiration counts from its change, and is recorded as declared", async () => {
    const first = await made(provider, key({ expiration: "30d" }));
    const before = Date.now();
    const second = await updated(provider, first, key({ expiration: "10d" }));
    expect(second.outputs.expiration).toBe("10d");
    expect(Date.parse(second.outputs.expiresAt as string)).toBeGreaterThanOrEqual(before + 10 * 86_400_000);
    // The same in other words is no change.
    expect((await planned(provider, second, key({ expiration: "240h" }))).diff.changes).toBe(false);
  });

  test("an end that has moved by seconds, as when a change was sent twice, is no drift; by minutes it is", async () => {
    const first = await made(provider, key({ expiration: "10d" }));
    const movedTo = async (expiration: string) => {
      await ask(server, "PUT", `/_security/api_key/${first.id}`, { expiration });
      return (await refreshed(provider, first)).outputs.expiration;
    };
    expect(await movedTo("864055s")).toBe("10d");
    // As exact as the difference needs.
    expect(await movedTo("864065s")).toMatch(/^8640(6|7)\ds$/);
  });

  test("what somebody else changed is put right by the same request", async () => {
    const first = await made(provider, key());
    await ask(server, "PUT", `/_security/api_key/${first.id}`, { role_descriptors: { r: { cluster: ["all"] } } });
    const seen = await refreshed(provider, first);
    expect(seen.inputs.roleDescriptors).toEqual({ r: { cluster: ["all"] } });
    server.control.clearRequests();
    await updated(provider, seen, key());
    expect(sentBodies()).toEqual([{ role_descriptors: RIGHTS }]);
  });

  test("several members go in one request; who the caller is is asked once for all keys", async () => {
    const first = await made(provider, key({ expiration: "30d" }));
    server.control.clearRequests();
    await updated(provider, first, key({ expiration: "31d", metadata: { a: 1 } }));
    expect(sentBodies()).toEqual([{ expiration: "31d", metadata: expect.objectContaining({ a: 1 }) }]);
    expect(server.control.requests.filter(({ path }) => path === "/_security/_authenticate")).toEqual([]);
  });
});

describe("a new key", () => {
  test.each<[string, Bag, Bag, string[]]>([
    ["name", {}, { name: "l" }, ["name"]],
    ["an expiration that goes", { expiration: "30d" }, {}, ["expiration"]],
    ["keepers", { keepers: { a: "1" } }, { keepers: { a: "2" } }, ["keepers"]],
    [
      "all of the owner's rights",
      {},
      { roleDescriptors: undefined, inheritOwnerPrivileges: true },
      ["inheritOwnerPrivileges"],
    ],
    [
      "another type of key",
      {},
      { roleDescriptors: undefined, access: { search: [{ names: "a" }] } },
      ["roleDescriptors", "access"],
    ],
  ])("%s", async (_, before, after, replaces) => {
    const first = await made(provider, key(before));
    const { failures, diff } = await planned(provider, first, key(after));
    expect([failures, diff.replaces]).toEqual([[], replaces]);
  });

  test("where the key is another user's, which is told", async () => {
    const first = await made(provider, key({ onBehalfOf: { username: "second", password: PASSWORD } }));
    expect(first.outputs.owner).toBe("second");
    const changed = { metadata: { a: 1 }, onBehalfOf: { username: "second", password: PASSWORD } };
    expect((await planned(provider, first, key(changed))).diff.replaces).toEqual(["metadata"]);
    expect(notices).toEqual([
      "a change of metadata makes a new key: it belongs to user 'second', and only its owner can change a key",
    ]);
    // What is sent nowhere needs no owner.
    const rotating = { rotateAfter: "30d", onBehalfOf: changed.onBehalfOf };
    expect((await planned(provider, first, key(rotating))).diff.replaces).toEqual([]);
  });

  test("where the caller is an API key", async () => {
    const { id, outputs } = await made(provider, sent({ name: "caller", inheritOwnerPrivileges: true }));
    const es = withKey(opened(outputs).encoded as string);
    expect(await apiKey.mustReplace?.(es, id, ["roleDescriptors", "rotateAfter"])).toEqual(["roleDescriptors"]);
    expect(notices).toEqual([
      "a change of roleDescriptors makes a new key: the caller is itself an API key, and only a user can change keys",
    ]);
  });

  test("where nothing tells in time, the change fails with the way on", async () => {
    const es = user("keys");
    const made = await create(apiKey, connected(server), { name: "k", roleDescriptors: RIGHTS }, CONTEXT);
    const undo = server.control.fault(
      { path: "/_security/_authenticate", times: 100 },
      { kind: "status", status: 500 },
    );
    await expect(apiKey.mustReplace?.(es, made.id, ["metadata"])).rejects.toMatchObject({ kind: "unexpected" });
    undo();
    const desired = { name: "k", roleDescriptors: RIGHTS, metadata: { a: 1 } };
    const failed = update(apiKey, es, made.id, made.outputs, desired, CONTEXT);
    await expect(failed).rejects.toThrow(/no API key owned by requesting user .* pulumi up --replace '<URN>'/);
    expect(await apiKey.mustReplace?.(es, made.id, ["metadata"])).toEqual(["metadata"]);
  });
});

describe("cross-cluster keys", () => {
  const search = [{ names: ["a", "b"] }];
  const cross = (args: Bag = {}) => sent({ name: "cross", access: { search }, ...args });

  test("made, read back without drift, and changed in place by their own API", async () => {
    const first = await made(provider, cross({ certificateIdentity: "CN=a", metadata: { a: 1 }, expiration: "9d" }));
    expect(sentBodies()).toEqual([
      {
        name: "cross",
        access: { search: [{ names: ["a", "b"], allow_restricted_indices: false }] },
        certificate_identity: "CN=a",
        expiration: "9d",
        metadata: expect.objectContaining({ a: 1 }),
      },
    ]);
    expect(stored(first.id)?.type).toBe("cross_cluster");
    const same = { access: { search: [{ names: ["b", "a"], allowRestrictedIndices: false }] } };
    const declared = { metadata: { a: 1 }, expiration: "9d" };
    const seen = await refreshed(provider, first);
    expect(seen.inputs).toMatchObject({ access: { search }, certificateIdentity: "CN=a" });
    expect(seen.inputs).not.toHaveProperty("roleDescriptors");
    const plan = await planned(provider, seen, cross({ ...declared, ...same, certificateIdentity: "CN=a" }));
    expect(plan.diff.changes).toBe(false);

    server.control.clearRequests();
    const second = await updated(provider, seen, cross(declared));
    const third = await updated(provider, second, cross({ ...declared, expiration: "10d" }));
    await updated(provider, third, cross({ ...declared, expiration: "10d", access: { replication: search } }));
    expect([...new Set(writes(server))]).toEqual([`PUT /_security/cross_cluster/api_key/${first.id}`]);
    const wire = [{ names: ["a", "b"], allow_restricted_indices: false }];
    expect(sentBodies()).toEqual([
      { certificate_identity: null },
      { expiration: "10d", access: { search: wire } },
      { access: { replication: wire } },
    ]);
  });

  test("a server before 9.3 knows no certificate identity: refused at preview", async () => {
    const old = await startElasticsearch({ version: "8.19" });
    try {
      const news = { name: "c", access: { search }, certificateIdentity: "CN=a" };
      const request = { olds: {}, news, context: CONTEXT };
      const [issue, ...more] = (await apiKey.checkAgainstServer?.(connected(old), request)) ?? [];
      expect(more).toEqual([]);
      expect(issue?.path).toEqual(["certificateIdentity"]);
      expect(issue?.message).toMatch(/^needs Elasticsearch 9\.3 or later, and http:\S+ runs 8\.19\.5: /);
      const plain = { ...request, news: { name: "c", access: { search } } };
      expect(await apiKey.checkAgainstServer?.(connected(old), plain)).toEqual([]);
    } finally {
      await old.close();
    }
  });

  test("one that may not be ended fails, with the server's reason", async () => {
    const { id } = await made(provider, cross());
    const ended = invalidateApiKey(user("keys"), id);
    await expect(ended).rejects.toThrow(
      new RegExp(`could not invalidate the API key \\(ApiKey '${id}'\\): .*requires \\[manage_security\\]`),
    );
    expect(stored(id)?.invalidated).toBe(false);
    await provider.delete(id, {});
    expect(stored(id)?.invalidated).toBe(true);
  });

  test("without the licence the reason is the licence", async () => {
    const basic = await startElasticsearch({ license: "basic" });
    try {
      const failed = create(apiKey, connected(basic), { name: "c", access: { search } }, CONTEXT);
      await expect(failed).rejects.toThrow(/What to do: cross-cluster API keys take an Enterprise licence/);
    } finally {
      await basic.close();
    }
  });
});

describe("a key for another user", () => {
  const onBehalfOf = { username: "second", password: PASSWORD };

  test("is that user's; its credentials are secrets, are sent once, and aren't told", async () => {
    const first = await made(provider, key({ onBehalfOf, expiration: "1d" }));
    expect(writes(server)).toEqual(["POST /_security/api_key/grant"]);
    expect(sentBodies()).toEqual([
      {
        grant_type: "password",
        username: "second",
        password: PASSWORD,
        api_key: {
          name: "k",
          expiration: "1d",
          role_descriptors: RIGHTS,
          metadata: { [MARK]: expect.objectContaining({ stack: "dev" }) },
        },
      },
    ]);
    expect(stored(first.id)?.username).toBe("second");
    const outside = [first.inputs, first.outputs, (await refreshed(provider, first)).outputs].map(unwrapped);
    expect(leaksIn(JSON.stringify([outside, notices]), [PASSWORD])).toEqual([]);
    const answer = await ask(
      server,
      "GET",
      "/_security/_authenticate",
      undefined,
      opened(first.outputs).encoded as string,
    );
    expect(answer.body).toMatchObject({ username: "second" });
  });

  test("other credentials of the same user are no change; another user is a new key", async () => {
    const first = await made(provider, key({ onBehalfOf }));
    const plan = async (grant: Bag | undefined) =>
      (await planned(provider, first, key(grant ? { onBehalfOf: grant } : {}))).diff;
    server.control.clearRequests();
    expect((await plan({ ...onBehalfOf, password: "other" })).changes).toBe(false);
    expect((await plan({ ...onBehalfOf, password: UNKNOWN_TEXT })).changes).toBe(false);
    expect((await plan({ ...onBehalfOf, username: "own" })).replaces).toEqual(["onBehalfOf"]);
    expect((await plan({ ...onBehalfOf, runAs: "own" })).replaces).toEqual(["onBehalfOf"]);
    expect((await plan({ accessToken: TOKEN })).replaces).toEqual(["onBehalfOf"]);
    expect((await plan(undefined)).replaces).toEqual(["onBehalfOf"]);
    expect(writes(server)).toEqual([]);
  });

  test("a user may make it run as another one", async () => {
    const first = await made(provider, key({ onBehalfOf: { ...onBehalfOf, runAs: "own" } }));
    expect(stored(first.id)?.username).toBe("own");
    expect(server.control.requests.find(({ method }) => method === "POST")?.body).toMatchObject({ run_as: "own" });
  });

  test.each<[string, Bag, RegExp]>([
    [
      "a wrong password",
      { username: "second", password: "canary-wrong-password" },
      /unable to authenticate user \[second\]/,
    ],
    ["a token that isn't one", { accessToken: TOKEN }, /unable to authenticate/],
  ])("%s is named as such, and isn't told", async (_, grant, why) => {
    const { inputs } = await provider.check({}, key({ onBehalfOf: grant }));
    const error = await provider.create(opened(inputs)).catch((thrown: Error) => thrown);
    expect((error as Error).message).toMatch(why);
    expect((error as Error).message).toMatch(
      /What to do: check username and password, or the accessToken, of onBehalfOf/,
    );
    const told = JSON.stringify([notices, (error as Error).message, String((error as Error).stack), unwrapped(inputs)]);
    expect(leaksIn(told, [TOKEN, "canary-wrong-password"])).toEqual([]);
  });

  test("takes the privilege for it", async () => {
    const desired = { name: "k", roleDescriptors: RIGHTS, onBehalfOf };
    const failed = create(apiKey, user("own"), desired, CONTEXT);
    await expect(failed).rejects.toThrow(
      /api_key\/grant\].*What to do: give the caller the cluster privilege manage_api_key/,
    );
    // Granting alone doesn't suffice to read it back: it is recorded, so that it isn't lost.
    await expect(create(apiKey, user("granter"), desired, CONTEXT)).rejects.toMatchObject({ id: expect.any(String) });
    expect((await create(apiKey, user("keys"), desired, CONTEXT)).outputs.owner).toBe("second");
  });

  test("an answer that is lost leaves no second key", async () => {
    server.control.fault({ method: "POST", path: "/_security/api_key/grant" }, { kind: "reset-after" });
    const { id } = await made(provider, key({ name: "lost", onBehalfOf }));
    const alive = server.control.store.apiKeys().filter(({ name, invalidated }) => name === "lost" && !invalidated);
    expect(alive.map((each) => each.id)).toEqual([id]);
  });
});

describe("a key that is gone", () => {
  test("invalidated, expired and purged: each with its reason", async () => {
    const keys = [
      await made(provider, key()),
      await made(provider, key({ expiration: "1h" })),
      await made(provider, key()),
    ];
    const [cut, brief, purged] = keys.map(({ id }) => id);
    await ask(server, "DELETE", "/_security/api_key", { ids: [cut, purged] });
    await ask(server, "PUT", `/_security/api_key/${brief}`, { expiration: "1ms" });
    const gone = async (at: number) => (await provider.read(keys[at]?.id ?? "", opened(keys[at]?.outputs ?? {}))).id;
    expect([await gone(0), await gone(1)]).toEqual([undefined, undefined]);
    server.control.advanceClock(8 * 86_400_000);
    expect(await gone(2)).toBeUndefined();
    const anew = "it counts as gone and is made anew by the next 'pulumi up'";
    expect(notices).toEqual([
      expect.stringMatching(new RegExp(`^invalidated at 2.*: ${anew}$`)),
      expect.stringMatching(new RegExp(`^expired at 2.*: ${anew}$`)),
      `is not on the server any more (keys are deleted some time, by default a week, after they are invalidated or expire): ${anew}`,
    ]);
  });

  test("a caller that sees its own keys only doesn't take another's for gone", async () => {
    const { id, outputs } = await create(apiKey, connected(server), { name: "k", roleDescriptors: RIGHTS }, CONTEXT);
    await expect(apiKey.observe(user("own"), id, outputs)).rejects.toThrow(
      `could not read the API key (ApiKey '${id}'): it belongs to user 'elastic', and the caller may see its own keys only`,
    );
    const own = await create(apiKey, user("own"), { name: "k", roleDescriptors: RIGHTS }, CONTEXT);
    expect(own.outputs.owner).toBe("own");
    await apiKey.remove(user("own"), own.id, own.outputs);
    expect(await apiKey.observe(user("own"), own.id, own.outputs)).toBeUndefined();
  });
});

function withKey(encoded: string): Connection {
  const auth = { apiKey: encoded };
  return connect({ endpoints: [server.endpoint], auth, requestTimeout: 10_000, preflight: "error" });
}

/** What the engine would write down openly. */
function unwrapped(bag: Bag): unknown {
  const secret = "4dabf18193072939515e22adb298388d";
  return JSON.parse(JSON.stringify(bag), (_, value) => (value?.[secret] ? "[secret]" : value));
}
