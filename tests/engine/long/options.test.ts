import { ENGINES, errors, good, lines, type Scenario, scenario } from "../scenario";

describe.each(ENGINES)("resource options on the %s engine", (engine) => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario(engine);
  });
  afterEach(() => s.close());

  test("ignoreChanges and replaceOnChanges follow nested paths", async () => {
    const text = (v: number, vague: string) => `
      new Thing("i", { name: "i", obj: { p: ${v}, q: ${v} }, list: [${v}] }, { ignoreChanges: ["obj.p", "list[0]"] });
      new Thing("r", { name: "r", obj: { p: ${v}, q: 1 }, vague: ${vague} }, { replaceOnChanges: ["obj.p"] });`;
    s.program(text(1, "false"));
    await good(s.stack.up());
    s.calls();
    s.program(text(2, "false"));
    const planned = await good(s.stack.preview());
    // Without dependencies between them, resources are registered in no particular order.
    expect(lines(planned).sort()).toEqual(["replace r: obj.p 1 -> 2", "update i: obj.q 1 -> 2"]);
    const check = s.calls().find(({ method, name }) => method === "check" && name === "i");
    expect(check?.news).toEqual({ name: "i", obj: { p: 1, q: 2 }, list: [1] });
    // A provider that doesn't let the engine compare gives it no path to replace on.
    s.program(text(2, "true"));
    const vague = await good(s.stack.preview());
    expect(lines(vague)).toContain("update r: obj.p 1 -> 2; vague false -> true");
  });

  test("protect refuses deletion and replacement, retainOnDelete leaves the object", async () => {
    const text = (key: number) => `
      new Thing("p", { name: "p", key: ${key} }, { protect: true });
      new Thing("r", { name: "r" }, { retainOnDelete: true });`;
    s.program(text(1));
    await good(s.stack.up());
    s.calls();
    s.program(text(2));
    expect(errors(await s.stack.up())).toEqual([expect.stringContaining("marked for protection")]);
    s.program("");
    const refused = await s.stack.up();
    expect(errors(refused)).toEqual([expect.stringContaining("cannot be deleted")]);
    expect(s.writes()).toEqual([]);
    expect(Object.keys(s.remote().things)).toHaveLength(2);
    const { resources = [] } = (await s.stack.exportState()).deployment;
    expect(resources.map(({ urn }) => urn.split("::").at(-1)).sort()).toEqual(["default", "p", "proj-dev"]);
  });

  test("aliases keep the object through a new name, type or parent", async () => {
    s.program(`new Thing("old", { name: "one" });`);
    await good(s.stack.up());
    s.calls();
    s.program(`
      const group = new Group("g", {});
      const renamed = new Thing("new", { name: "one" }, { parent: group, aliases: [{ name: "old", parent: pulumi.rootStackResource }] });
      new Thing("b", { name: "two", of: renamed.id });`);
    const done = await good(s.stack.up());
    expect(lines(done)).toEqual(["create g", "create b"]);
    expect(s.writes()).toEqual(["create two"]);
    expect((await good(s.stack.preview())).summary).toEqual({ same: 4 });
  });

  test("explicit providers get exactly their own configuration", async () => {
    const text = (region: string) => `
      const eu = new FakeProvider("eu", { "fake:region": "${region}", "fake:token": pulumi.secret("tok-hunter2") });
      new Thing("a", { name: "one" }, { provider: eu });
      const group = new Group("g", {}, { providers: [eu] });
      new Thing("b", { name: "two" }, { parent: group });`;
    s.program(text("eu"));
    const made = await good(s.stack.up());
    expect(made.summary).toEqual({ create: 5 });
    expect(s.calls().filter(({ method }) => method === "configure")).toEqual([
      { method: "configure", region: "eu", token: "tok-hunter2" },
    ]);
    expect(await s.stack.stateText()).not.toContain("hunter2");
    s.program(text("us"));
    const changed = await good(s.stack.up());
    expect(lines(changed)).toEqual(
      ['update eu: fake:region "eu" -> "us"'].map((l) => l.replace("fake:region", '["fake:region"]')),
    );
    expect(s.writes()).toEqual([]);
    await good(s.stack.destroy());
    expect(s.writes().sort()).toEqual(["delete one", "delete two"]);
  });

  test("a provider whose configuration isn't known yet is left alone in previews", async () => {
    s.program(`
      const a = new Thing("a", { name: "one" });
      const late = new FakeProvider("late", { "fake:region": a.stamp.apply(String) });
      new Thing("b", { name: "two" }, { provider: late });`);
    const planned = await good(s.stack.preview());
    expect(planned.summary).toEqual({ create: 4 });
    expect(s.calls().filter(({ name }) => name === "two")).toEqual([]);
    await good(s.stack.up());
    expect(
      s
        .calls()
        .filter(({ method }) => method === "configure")
        .map(({ region }) => region),
    ).toContain("2");
  });

  test("a resource that is only read is not managed", async () => {
    s.program(`new Thing("a", { name: "one", size: 3 });`);
    await good(s.stack.up());
    const [id] = Object.keys(s.remote().things);
    s.calls();
    s.program(`
      new Thing("a", { name: "one", size: 3 });
      const seen = new Thing("seen", {}, { id: "${id}" });
      exports.size = seen.size;`);
    const done = await good(s.stack.up());
    expect(lines(done)).toEqual([]);
    expect(s.calls().filter(({ method }) => method === "read")).toHaveLength(1);
    s.program(`new Thing("a", { name: "one", size: 3 });`);
    await good(s.stack.up());
    expect(s.writes()).toEqual([]);
    expect(Object.keys(s.remote().things)).toEqual([id]);
  });
});
