import { ENGINES, good, lines, type Scenario, scenario } from "../scenario";

describe.each(ENGINES)("secrets on the %s engine", (engine) => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario(engine, { secretConfig: { "fake:token": "hunter2-config" } });
  });
  afterEach(() => s.close());

  const text = (pw: string) => `
    const a = new Thing("a", {
      name: "one", pw: pulumi.secret("hunter2-${pw}"), deep: { pw: pulumi.secret("hunter2-deep") },
      list: ["x", pulumi.secret("hunter2-list")], hide: "hunter2-hidden", extra: "hunter2-extra",
    }, { additionalSecretOutputs: ["extra"] });
    new Thing("b", { name: "two", from: a.pw, key: a.derived });
    exports.pw = a.pw;
    exports.extra = a.extra;`;

  test("are encrypted wherever they go, and masked in what is shown", async () => {
    // An input that nobody marked stays readable; only its echo is named in additionalSecretOutputs.
    s.program(text("one").replace('extra: "hunter2-extra"', 'extra: "plain-extra"'));
    const texts = [await good(s.stack.preview()), await good(s.stack.up())].map((operation) => operation.text);
    const calls = s.calls();
    expect(calls.find(({ method, name }) => method === "create" && name === "one")?.inputs).toMatchObject({
      pw: "hunter2-one",
      deep: { pw: "hunter2-deep" },
      list: ["x", "hunter2-list"],
    });
    s.program(text("two").replace('extra: "hunter2-extra"', 'extra: "plain-extra"'));
    const changed = await good(s.stack.up());
    expect(lines(changed)).toEqual([
      'update a: pw "[secret]" -> "[secret]"',
      'update b: from "[secret]" -> "[secret]"',
    ]);
    texts.push(changed.text, (await good(s.stack.refresh())).text);
    expect(texts.join("\n")).not.toContain("hunter2");
    expect(JSON.stringify(changed)).not.toContain("hunter2");

    expect(await s.stack.stateText()).not.toContain("hunter2");
    expect(JSON.stringify(await s.stack.exportState())).not.toContain("hunter2");
    expect(await s.stack.outputs()).toEqual({ pw: "[secret]", extra: "[secret]" });
    expect(await s.stack.outputs(true)).toEqual({ pw: "hunter2-two", extra: "plain-extra" });
    expect((await good(s.stack.preview())).steps).toEqual([]);
  });

  test("a leak is noticed: a derived value that nobody marked is plain in the state", async () => {
    s.program(`new Thing("a", { name: "one", plain: "hunter2-plain" });`);
    await good(s.stack.up());
    expect(await s.stack.stateText()).toContain("hunter2-plain");
  });
});
