// The life of API keys: what a key is made with, what makes a new one and in which order, and what ends one.

import { ask, type Declared, engines, failure, openStage, planOf, type Stage } from "../support/stage";

interface Key {
  id: string;
  encoded: string;
}

describe.each(engines)("API keys on the %s engine", (engine) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ engine });
  });
  afterAll(() => stage.close());

  const plain = key("plain", {
    name: "reader",
    roleDescriptors: { reader: { cluster: ["monitor"], indices: [{ names: ["notes"], privileges: ["read"] }] } },
    expiration: "30d",
    metadata: { team: "search" },
  });
  const kept = (rotation: string) => key("kept", { keepers: { rotation } });
  const spelled = (roleDescriptors: unknown) => key("spelled", { roleDescriptors });
  const first = [
    plain,
    kept("1"),
    spelled({
      writer: {
        cluster: ["monitor", "manage_own_api_key"],
        indices: [{ names: ["a", "b"], privileges: ["read", "write"], query: '{"term":{"public":true}}' }],
        runAs: [],
      },
    }),
    key("cut"),
    key("brief", { expiration: "1d" }),
  ];
  const second = [
    plain,
    kept("2"),
    spelled({
      another: {
        cluster: ["manage_own_api_key", "monitor"],
        indices: [
          {
            names: ["b", "a"],
            privileges: ["write", "read"],
            query: { term: { public: true } },
            allowRestrictedIndices: false,
          },
        ],
      },
    }),
    key("cut"),
    key("brief", { expiration: "1d" }),
  ];
  const ends = (name: string) => ({ id: { $ref: `${name}.id` }, encoded: { $ref: `${name}.encoded` } });
  const outputs = Object.fromEntries(first.map(({ name }) => [name, ends(name)]));

  test("up makes keys that work; what they are is in the outputs, our mark isn't", async () => {
    const names = ["id", "apiKey", "encoded", "createdAt", "expiresAt", "metadata", "expiration"];
    const whole = Object.fromEntries(names.map((name) => [name, { $ref: `plain.${name}` }]));
    await stage.deploy(first, { ...outputs, whole });
    expect(stage.writes()).toEqual(first.map(() => "POST /_security/api_key"));

    const shown = (await stage.stack.outputs()).whole as Record<string, unknown>;
    const { id, apiKey, encoded, createdAt, expiresAt, metadata, expiration } = (await stage.stack.outputs(true))
      .whole as Record<string, string>;
    expect(JSON.stringify(shown)).not.toContain(apiKey);
    expect(Buffer.from(encoded ?? "", "base64").toString()).toBe(`${id}:${apiKey}`);
    expect(await statusWith(encoded)).toBe(200);
    expect(metadata).toEqual({ team: "search" });
    expect(expiration).toBe("30d");
    expect(Date.parse(expiresAt ?? "") - Date.parse(createdAt ?? "")).toBe(30 * 86_400_000);

    const stored = stage.server.control.store.apiKeys().find((candidate) => candidate.id === id);
    expect(stored).toMatchObject({
      name: "reader",
      invalidated: false,
      expiration: Date.parse(expiresAt ?? ""),
      metadata: {
        team: "search",
        "pulumi-elastic-connectors": { project: "tests", stack: "dev", resource: "plain" },
      },
    });
    expect(sentBody("reader")).toMatchObject({
      expiration: "30d",
      role_descriptors: {
        reader: {
          cluster: ["monitor"],
          indices: [{ names: ["notes"], privileges: ["read"], allow_restricted_indices: false }],
        },
      },
    });
    await stage.settled();
  });

  test("keepers make a new key and end the old one last; another spelling of the same rights doesn't", async () => {
    const { kept: old, plain: known } = await keys();
    const looked = { id: { $ref: "looked.id" }, name: { $ref: "looked.name" }, until: { $ref: "looked.expiresAt" } };
    const changed = await stage.deploy([...second, { kind: "ApiKey", name: "looked", get: known?.id ?? "" }], {
      ...outputs,
      looked,
    });
    expect(planOf(changed)).toEqual(["replace ApiKey kept [keepers]: keepers.rotation"]);
    expect(stage.writes()).toEqual(["POST /_security/api_key", "DELETE /_security/api_key"]);
    expect(stage.sent("DELETE /_security/api_key")).toEqual({ ids: [old?.id] });
    const { kept: fresh } = await keys();
    expect(fresh?.id).not.toBe(old?.id);
    expect([await statusWith(fresh?.encoded), await statusWith(old?.encoded)]).toEqual([200, 401]);
    expect((await stage.stack.outputs()).looked).toEqual({
      id: known?.id,
      name: "reader",
      until: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test("rights, metadata and expiration change in place: the key stays valid", async () => {
    const before = await keys();
    const wider = { writer: { cluster: ["monitor", "manage_own_api_key", "monitor_connector"] } };
    const changed = [
      key("plain", { ...plain.args, metadata: { team: "other" }, expiration: "60d" }),
      kept("2"),
      spelled(wider),
      ...second.slice(3),
    ];
    expect(planOf(await stage.deploy(changed, outputs))).toEqual([
      "update ApiKey plain: expiration, metadata.team",
      expect.stringMatching(/^update ApiKey spelled: /),
    ]);
    const { plain: one, spelled: other } = before;
    expect(stage.writes().sort()).toEqual([one, other].map((each) => `PUT /_security/api_key/${each?.id}`).sort());
    expect(stage.sent(`PUT /_security/api_key/${other?.id}`)).toEqual({ role_descriptors: wider });
    expect(stage.sent(`PUT /_security/api_key/${one?.id}`)).toEqual({
      expiration: "60d",
      metadata: { team: "other", "pulumi-elastic-connectors": expect.objectContaining({ resource: "plain" }) },
    });
    expect(await keys()).toEqual(before);
    expect([await statusWith(one?.encoded), await statusWith(other?.encoded)]).toEqual([200, 200]);
    await stage.settled();
    await stage.deploy(second, outputs);
  });

  test("a key that has reached its age is proposed by the preview, and replaced without a gap", async () => {
    const aging = [...second, key("aging", { rotateAfter: "1s" })];
    const shown = { ...outputs, aging: ends("aging") };
    await stage.deploy(aging, { ...shown, due: { $ref: "aging.rotateAt" } });
    const { aging: old } = await keys();
    await passed((await stage.stack.outputs()).due as string);

    const seen = await stage.preview();
    expect(planOf(seen)).toEqual(["replace ApiKey aging [rotateAt]: rotateAt"]);
    await stage.deploy(aging, shown);
    expect(stage.writes()).toEqual(["POST /_security/api_key", "DELETE /_security/api_key"]);
    const { aging: fresh } = await keys();
    expect([await statusWith(fresh?.encoded), await statusWith(old?.encoded)]).toEqual([200, 401]);
    await stage.deploy(second, outputs);
  });

  test("a key that was invalidated or has expired counts as gone, says why, and is made anew", async () => {
    const { cut, brief } = await keys();
    await change("DELETE", "/_security/api_key", { ids: [cut?.id] });
    await change("PUT", `/_security/api_key/${brief?.id}`, { expiration: "1ms" });

    stage.declare(second, outputs);
    const seen = await stage.preview({ refresh: true });
    expect(failure(seen)).toBe("");
    const gone = ["brief", "cut"].flatMap((name) => [`create ApiKey ${name}`, `refresh-delete ApiKey ${name}`]);
    expect(planOf(seen)).toEqual(gone.sort());
    const why = seen.diagnostics.map(({ message }) => message).join("\n");
    expect(why).toMatch(`ApiKey '${cut?.id}': invalidated at 2`);
    expect(why).toMatch(`ApiKey '${brief?.id}': expired at 2`);
    expect(why).toMatch("it counts as gone and is made anew by the next 'pulumi up'");

    expect(failure(await stage.up({ refresh: true }))).toBe("");
    expect(stage.writes()).toEqual(["POST /_security/api_key", "POST /_security/api_key"]);
    const anew = await keys();
    expect([await statusWith(anew.cut?.encoded), await statusWith(anew.brief?.encoded)]).toEqual([200, 200]);
  });

  test("an id that no key has can't be looked up", async () => {
    stage.declare([...second, { kind: "ApiKey", name: "looked", get: "nowhere" }]);
    expect(failure(await stage.preview())).toContain("there is no ApiKey with the id 'nowhere'");
  });

  test("destroy invalidates every key", async () => {
    const before = Object.values(await keys());
    expect(failure(await stage.destroy())).toBe("");
    expect(stage.writes()).toEqual(first.map(() => "DELETE /_security/api_key"));
    const alive = stage.server.control.store.apiKeys().filter(({ invalidated }) => !invalidated);
    // What has expired is dead already.
    expect(alive.filter(({ expiration }) => expiration === undefined || expiration > Date.now())).toEqual([]);
    expect(await Promise.all(before.map((each) => statusWith(each?.encoded)))).toEqual(before.map(() => 401));
  });

  async function keys(): Promise<Partial<Record<string, Key>>> {
    const { whole: _, looked: __, due: ___, ...each } = await stage.stack.outputs(true);
    return each as Record<string, Key>;
  }

  function sentBody(name: string): unknown {
    const bodies = stage.server.control.requests.map(({ body }) => body as { name?: string } | undefined);
    return bodies.find((body) => body?.name === name);
  }

  async function statusWith(encoded: string | undefined): Promise<number> {
    return (await ask(stage.server, "GET", "/_security/_authenticate", undefined, encoded)).status;
  }

  async function change(method: string, path: string, body: unknown): Promise<void> {
    expect((await stage.request(method, path, body)).status).toBe(200);
  }
});

/** Waits for a moment that is near. */
async function passed(moment: string): Promise<void> {
  while (Date.now() < Date.parse(moment)) {
    await new Promise((resolve) => setTimeout(resolve, Date.parse(moment) - Date.now()));
  }
}

function key(name: string, args: Record<string, unknown> = {}): Declared {
  return { kind: "ApiKey", name, args: { name, roleDescriptors: { none: { cluster: ["monitor"] } }, ...args } };
}
