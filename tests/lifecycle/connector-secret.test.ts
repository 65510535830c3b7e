// The life of connector secrets: new values in place, values that a preview doesn't know, and callers that may not read.

import { connectionTo, type Declared, engines, failure, openStage, planOf, type Stage } from "../support/stage";

describe.each(engines)("connector secrets on the %s engine", (engine) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({
      engine,
      server: {
        users: { writer: { password: "pass of the writer", roles: ["writer"] } },
        roles: { writer: { cluster: ["monitor", "write_connector_secrets"] } },
      },
    });
  });
  afterAll(() => stage.close());

  const declared = (refreshInterval: string, rotated: Record<string, unknown>): Declared[] => [
    connectionTo("writing", stage.server, { username: "writer", password: "pass of the writer" }),
    { kind: "Index", name: "source", args: { name: "source", settings: { refresh_interval: refreshInterval } } },
    secret("rotated", rotated),
    // While the index changes, a preview doesn't know its computed outputs.
    secret("versioned", { value: { $ref: "source.indexName" }, valueVersion: "one" }),
    secret("unversioned", { value: { $ref: "source.indexName" } }),
    { ...secret("unreadable", { value: "written only" }), opts: { provider: "writing" } },
  ];
  const names = ["rotated", "versioned", "unversioned", "unreadable"] as const;
  const outputs = Object.fromEntries(names.map((name) => [name, { $ref: `${name}.id` }]));

  test("up stores each under an id of its own; a second preview is empty", async () => {
    await stage.deploy(declared("5s", { value: "first", valueVersion: "1" }), outputs);
    const id = await ids();
    expect(stored()).toEqual({
      [id.rotated]: "first",
      [id.versioned]: "source",
      [id.unversioned]: "source",
      [id.unreadable]: "written only",
    });
    expect(stage.writes().sort()).toEqual([...names.map((name) => path(id[name])), "PUT /source"].sort());
    await stage.settled();
  });

  test("an unknown value of the same version is no change in a preview", async () => {
    stage.declare(declared("9s", { value: "first", valueVersion: "1" }), outputs);
    const planned = await stage.preview();
    expect(failure(planned)).toBe("");
    expect(planOf(planned)).toEqual([
      "update ConnectorSecret unversioned: value",
      "update Index source: settings.refresh_interval",
    ]);
  });

  test("a new value goes in place, under the same id", async () => {
    const before = await ids();
    const changed = await stage.deploy(declared("9s", { value: "second", valueVersion: "2" }), outputs);
    expect(planOf(changed)).toEqual([
      "update ConnectorSecret rotated: value, valueVersion",
      "update Index source: settings.refresh_interval",
    ]);
    expect(changed.steps.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ path: "value", old: "[secret]", new: "[secret]" }),
    );
    expect(stage.writes().sort()).toEqual([path(before.rotated), "PUT /source/_settings"].sort());
    expect(stage.sent(path(before.rotated))).toEqual({ value: "second" });
    expect(await ids()).toEqual(before);
  });

  test("drift is repaired where it can be seen; a caller that may not read stays quiet", async () => {
    const before = await ids();
    await change("DELETE", before.rotated);
    await change("PUT", before.versioned, { value: "overwritten" });
    await change("PUT", before.unreadable, { value: "overwritten too" });

    const seen = await stage.preview({ refresh: true });
    expect(failure(seen)).toBe("");
    expect(planOf(seen)).toEqual([
      "create ConnectorSecret rotated",
      "refresh ConnectorSecret versioned: value",
      "refresh-delete ConnectorSecret rotated",
      "update ConnectorSecret versioned: value",
    ]);
    expect(failure(await stage.up({ refresh: true }))).toBe("");
    const after = await ids();
    expect(stage.writes().sort()).toEqual([path(after.rotated), path(after.versioned)].sort());
    expect(after).toEqual({ ...before, rotated: expect.not.stringMatching(before.rotated) });
    expect(stored()).toEqual({
      [after.rotated]: "second",
      [after.versioned]: "source",
      [after.unversioned]: "source",
      [after.unreadable]: "overwritten too",
    });
  });

  test("destroy deletes them, with a caller that may not read as well", async () => {
    expect(failure(await stage.destroy())).toBe("");
    expect(stored()).toEqual({});
  });

  async function ids(): Promise<Record<(typeof names)[number], string>> {
    return (await stage.stack.outputs()) as Record<(typeof names)[number], string>;
  }

  function stored(): Record<string, string> {
    return Object.fromEntries(stage.server.control.store.secrets().map(({ id, value }) => [id, value]));
  }

  async function change(method: string, id: string, body?: unknown): Promise<void> {
    expect((await stage.request(method, `/_connector/_secret/${id}`, body)).status).toBe(200);
  }
});

function secret(name: string, args: Record<string, unknown>): Declared {
  return { kind: "ConnectorSecret", name, args };
}

function path(id: string): string {
  return `PUT /_connector/_secret/${id}`;
}
