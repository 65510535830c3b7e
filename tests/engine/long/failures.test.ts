import { ENGINES, errors, good, lines, type Scenario, scenario } from "../scenario";

describe.each(ENGINES)("failures on the %s engine", (engine) => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario(engine);
  });
  afterEach(() => s.close());

  test("a check failure is told at the preview, on its resource, and nothing is done", async () => {
    s.program(`new Thing("a", { name: "one", bad: "interval" });`);
    const planned = await s.stack.preview();
    expect(planned.ok).toBe(false);
    const [error] = planned.diagnostics.filter(({ severity }) => severity === "error");
    expect(error?.message).toContain("resource 'a' has a problem: bad: interval");
    expect(error?.urn).toBe("urn:pulumi:dev::proj::pulumi-nodejs:dynamic/fake:Thing::a");
    expect((await s.stack.up()).ok).toBe(false);
    expect(s.writes()).toEqual([]);
  });

  test("what was made before a failure is kept, and the rest is made next time", async () => {
    s.program(`
      const a = new Thing("a", { name: "one" });
      const b = new Thing("b", { name: "two", of: a.id });
      new Thing("c", { name: "three", of: b.id });`);
    s.behave({ "create:two": { fail: "quota" } });
    const failed = await s.stack.up();
    expect(errors(failed)).toEqual([expect.stringContaining("quota")]);
    expect(failed.summary).toEqual({ create: 2 });
    s.behave({});
    expect(s.writes()).toEqual(["create one", "create two"]);
    const done = await good(s.stack.up());
    expect(lines(done)).toEqual(["create b", "create c"]);
    expect(s.writes()).toEqual(["create two", "create three"]);
  });

  test("an object that isn't ready is remembered and tried again", async () => {
    s.program(`
      const a = new Thing("a", { name: "one", pw: pulumi.secret("hunter2") });
      new Thing("b", { name: "two", of: a.id });`);
    s.behave({ "create:one": { init: ["shards did not start"] } });
    const failed = await s.stack.up();
    expect(errors(failed).join()).toContain("shards did not start");
    const { resources = [] } = (await s.stack.exportState()).deployment;
    expect(resources.find(({ urn }) => urn.endsWith("::a"))).toMatchObject({
      id: "id-1",
      initErrors: ["shards did not start"],
    });
    expect(await s.stack.stateText()).not.toContain("hunter2");
    s.behave({});
    s.calls();
    const done = await good(s.stack.up());
    expect(lines(done)).toEqual(["update a", "create b"]);
    expect(s.writes()).toEqual(["update one", "create two"]);
    expect((await good(s.stack.preview())).steps).toEqual([]);
  });

  test("an update that isn't ready keeps the old inputs", async () => {
    s.program(`new Thing("a", { name: "one", size: 1 });`);
    await good(s.stack.up());
    s.program(`new Thing("a", { name: "one", size: 2 });`);
    s.behave({ "update:one": { init: ["still growing"], id: "id-1" } });
    expect((await s.stack.up()).ok).toBe(false);
    const { resources = [] } = (await s.stack.exportState()).deployment;
    expect(resources.find(({ urn }) => urn.endsWith("::a"))).toMatchObject({
      inputs: { size: 1 },
      outputs: { size: 2 },
      initErrors: ["still growing"],
    });
    s.behave({});
    const done = await good(s.stack.up());
    expect(done.summary).toEqual({ same: 1, update: 1 });
  });

  test("a provider process that dies ends the operation with a message", async () => {
    s.program(`new Thing("a", { name: "one" });`);
    s.behave({ "create:one": { exit: true } });
    const failed = await s.stack.up();
    expect(failed.ok).toBe(false);
    expect(errors(failed).length).toBeGreaterThan(0);
    s.behave({});
    expect((await good(s.stack.up())).summary).toEqual({ same: 1, create: 1 });
  });

  test("a deletion that fails is tried again", async () => {
    s.program(`const a = new Thing("a", { name: "one" }); new Thing("b", { name: "two", of: a.id });`);
    await good(s.stack.up());
    s.calls();
    s.behave({ "delete:two": { fail: "busy" } });
    const failed = await s.stack.destroy();
    expect(errors(failed)).toEqual([expect.stringContaining("busy")]);
    expect(s.writes()).toEqual(["delete two"]);
    s.behave({});
    await good(s.stack.destroy());
    expect(s.writes()).toEqual(["delete two", "delete one"]);
  });

  test("what provider and program print is shown without terminal escapes", async () => {
    s.program(`console.log("from the program"); new Thing("a", { name: "one" });`);
    s.behave({ "create:one": { print: "from \u001b[31mthe\u001b[0m provider" } });
    const done = await good(s.stack.up());
    const messages = done.diagnostics.map(({ message }) => message.trim());
    expect(messages).toContain("from the program");
    if (engine === "embedded") expect(messages).toContain("from the provider");
  });
});
