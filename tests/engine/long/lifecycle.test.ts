import { ENGINES, good, lines, type Scenario, scenario } from "../scenario";

describe.each(ENGINES)("lifecycle on the %s engine", (engine) => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario(engine, { config: { "fake:region": "eu" }, secretConfig: { "fake:token": "tok-hunter2" } });
  });
  afterEach(() => s.close());

  test("creates, leaves alone, updates, deletes", async () => {
    s.program(`
      const a = new Thing("a", { name: "one", obj: { p: 1, list: [1, 2] } });
      new Thing("b", { name: "two", from: a.stamp });
      exports.stamp = a.stamp;`);
    const planned = await good(s.stack.preview());
    expect(planned.summary).toEqual({ create: 3 });
    expect(s.calls().filter(({ method }) => method === "create")).toEqual([]);

    const made = await good(s.stack.up());
    expect(made.summary).toEqual({ create: 3 });
    expect(lines(made)).toEqual(["create a", "create b"]);
    expect(await s.stack.outputs()).toEqual({ stamp: 2 });
    const calls = s.calls();
    expect(calls.find(({ method }) => method === "configure")).toMatchObject({ region: "eu", token: "tok-hunter2" });
    expect(calls.filter(({ method }) => method === "check")).toMatchObject([{ olds: {} }, { olds: {} }]);

    const again = await good(s.stack.up());
    expect(again.summary).toEqual({ same: 3 });
    expect(again.steps).toEqual([]);
    expect(s.writes()).toEqual([]);

    s.program(`
      const a = new Thing("a", { name: "one", obj: { p: 2, list: [1] } });
      exports.stamp = a.stamp;`);
    const changed = await good(s.stack.up());
    expect(lines(changed)).toEqual(["update a: delete obj.list[1] 2 -> undefined; obj.p 1 -> 2", "delete b"]);
    expect(changed.summary).toEqual({ same: 1, update: 1, delete: 1 });
    expect(s.writes()).toEqual(["update one", "delete two"]);

    const gone = await good(s.stack.destroy());
    expect(gone.summary).toEqual({ delete: 2 });
    expect(s.remote().things).toEqual({});
    expect((await s.stack.exportState()).deployment.resources ?? []).toEqual([]);
  });

  test("a preview of an update knows ids and echoed inputs, not computed outputs", async () => {
    const text = (size: number) => `
      const a = new Thing("a", { name: "one", size: ${size} });
      new Thing("b", { name: "two", byId: a.id, byName: a.name, deep: { st: a.stamp, all: a.stamp.apply((x) => ({ x })) } });`;
    s.program(text(1));
    await good(s.stack.up());
    s.calls();
    s.program(text(2));
    const planned = await good(s.stack.preview());
    expect(lines(planned)).toEqual([
      "update a: size 1 -> 2",
      'update b: deep.all {"x":2} -> "[unknown]"; deep.st 2 -> "[unknown]"',
    ]);
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(s.calls().find(({ method, name }) => method === "diff" && name === "two")?.news).toMatchObject({
      byId: "id-1",
      byName: "one",
      deep: { st: unknown, all: unknown },
    });
  });

  test("a program that fails deletes nothing and keeps outputs", async () => {
    s.program(`new Thing("a", { name: "one" }); exports.out = 1;`);
    await good(s.stack.up());
    s.calls();
    s.program(`throw new Error("no way");`);
    const failed = await s.stack.up();
    expect(failed.ok).toBe(false);
    expect(failed.diagnostics.map(({ message }) => message).join("\n")).toContain("no way");
    expect(s.writes()).toEqual([]);
    expect(await s.stack.outputs()).toEqual({ out: 1 });
  });

  test("configuration reaches program and provider; a changed one changes no resource", async () => {
    s.program(`
      const config = new pulumi.Config("fake");
      new Thing("a", { name: "one" });
      exports.region = config.require("region");
      exports.token = config.requireSecret("token");`);
    await good(s.stack.up());
    s.calls();
    await s.stack.setConfig("fake:region", "us");
    const changed = await good(s.stack.up());
    expect(lines(changed)).toEqual([]);
    expect(await s.stack.outputs(true)).toEqual({ region: "us", token: "tok-hunter2" });
    expect(s.calls().find(({ method }) => method === "configure")).toMatchObject({ region: "us" });

    // Refresh and destroy work with what the last update used.
    await s.stack.setConfig("fake:region", "asia");
    await good(s.stack.refresh());
    expect(s.calls().find(({ method }) => method === "configure")).toMatchObject({ region: "us" });
  });

  test("a component and its children come and go together", async () => {
    s.program(`
      const group = new Group("g", {});
      const a = new Thing("a", { name: "one" }, { parent: group });
      group.registerOutputs({ of: a.stamp });
      new Thing("b", { name: "two", group }, { dependsOn: group });`);
    const made = await good(s.stack.up());
    expect(made.summary).toEqual({ create: 4 });
    const { resources = [] } = (await s.stack.exportState()).deployment;
    const child = resources.find(({ urn }) => urn.endsWith("::a"));
    expect(child?.urn).toBe("urn:pulumi:dev::proj::fake:index:Group$pulumi-nodejs:dynamic/fake:Thing::a");
    expect(resources.find(({ urn }) => urn.endsWith("::g"))?.outputs).toEqual({ of: 2 });
    expect((await good(s.stack.preview())).summary).toEqual({ same: 4 });
    s.calls();
    await good(s.stack.destroy());
    expect(s.writes()).toEqual(["delete two", "delete one"]);
  });
});
