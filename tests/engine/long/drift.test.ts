import { ENGINES, errors, good, lines, type Scenario, scenario } from "../scenario";

describe.each(ENGINES)("drift on the %s engine", (engine) => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario(engine);
    s.program(`
      new Thing("a", { name: "one", obj: { p: 1, q: 1 }, pw: pulumi.secret("hunter2") });
      new Thing("b", { name: "two" });`);
    await good(s.stack.up());
    s.calls();
  });
  afterEach(() => s.close());

  const change = (path: "p" | "pw") =>
    s.changeRemote("one", path === "p" ? { obj: { p: 99, q: 1 } } : { pw: "changed-hunter2" });

  test("is seen by a refresh only, and repaired", async () => {
    change("p");
    expect((await good(s.stack.preview())).summary).toEqual({ same: 3 });

    const planned = await good(s.stack.preview({ refresh: true }));
    expect(lines(planned)).toEqual(["refresh a: obj.p 1 -> 99", "update a: obj.p 99 -> 1"]);
    expect(planned.summary).toEqual({ refresh: 1, same: 2, update: 1 });
    expect((await good(s.stack.preview())).steps).toEqual([]);

    const refreshed = await good(s.stack.refresh());
    expect(lines(refreshed)).toEqual(["refresh a: obj.p 1 -> 99"]);
    expect(refreshed.summary).toEqual({ refresh: 1, same: 2 });
    expect(lines(await good(s.stack.preview()))).toEqual(["update a: obj.p 99 -> 1"]);

    s.calls();
    await good(s.stack.up({ refresh: true }));
    expect(s.writes()).toEqual(["update one"]);
    expect(s.thing("one")).toMatchObject({ obj: { p: 1, q: 1 } });
    expect((await good(s.stack.preview({ refresh: true }))).steps).toEqual([]);
  });

  test("of a secret is masked and stays encrypted", async () => {
    change("pw");
    const refreshed = await good(s.stack.refresh());
    expect(lines(refreshed)).toEqual(['refresh a: pw "[secret]" -> "[secret]"']);
    const planned = await good(s.stack.preview());
    expect(lines(planned)).toEqual(['update a: pw "[secret]" -> "[secret]"']);
    expect(await s.stack.stateText()).not.toContain("hunter2");
    expect(planned.text + refreshed.text).not.toContain("hunter2");
  });

  test("an object that is gone leaves the state and is made again", async () => {
    s.changeRemote("one", undefined);
    const planned = await good(s.stack.preview({ refresh: true }));
    expect(lines(planned)).toEqual(["refresh-delete a", "create a"]);
    const refreshed = await good(s.stack.refresh());
    expect(lines(refreshed)).toEqual(["refresh-delete a"]);
    expect(refreshed.summary).toEqual({ "refresh-delete": 1, same: 2 });
    s.calls();
    await good(s.stack.up());
    expect(s.writes()).toEqual(["create one"]);
  });

  test("one object that can't be read fails the refresh, and is kept", async () => {
    change("p");
    s.behave({ "read:two": { fail: "forbidden" } });
    const failed = await s.stack.refresh();
    expect(errors(failed)).toEqual([expect.stringContaining("forbidden")]);
    const { resources = [] } = (await s.stack.exportState()).deployment;
    expect(resources.map(({ urn }) => urn.split("::").at(-1)).sort()).toEqual(["a", "b", "default", "proj-dev"]);
  });

  test("in ignored properties is let be", async () => {
    s.program(`
      new Thing("a", { name: "one", obj: { p: 1, q: 2 }, pw: pulumi.secret("hunter2") }, { ignoreChanges: ["obj.p"] });
      new Thing("b", { name: "two" });`);
    await good(s.stack.up());
    change("p");
    s.calls();
    const done = await good(s.stack.up({ refresh: true }));
    expect(lines(done).filter((line) => line.startsWith("update"))).toEqual(["update a: obj.q 1 -> 2"]);
    expect(s.thing("one")).toMatchObject({ obj: { p: 99, q: 2 } });
  });
});
