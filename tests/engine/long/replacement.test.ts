import { ENGINES, errors, good, lines, type Scenario, scenario } from "../scenario";

// index -> key -> secret (holds the key's value) -> connector (refers to key and secret)
const chain = (key: string, options = "", secretProperty = "value") => `
  const index = new Thing("index", { name: "index" });
  const key = new Thing("key", { name: "key", kind: "${key}", index: index.name, key: "${key}" ${options} });
  const secret = new Thing("secret", { name: "secret", ${secretProperty}: key.stamp });
  new Thing("connector", { name: "connector", keyId: key.id, secretId: secret.id });`;

describe.each(ENGINES)("replacement on the %s engine", (engine) => {
  let s: Scenario;
  beforeEach(async () => {
    s = await scenario(engine);
  });
  afterEach(() => s.close());

  async function rotate(options = "", secretProperty = "value") {
    s.program(chain("k1", options, secretProperty));
    await good(s.stack.up());
    s.calls();
    s.program(chain("k2", options, secretProperty));
  }

  test("creates first, deletes last", async () => {
    await rotate();
    const planned = await good(s.stack.preview());
    expect(planned.summary).toEqual({ same: 2, replace: 1, update: 2 });
    s.calls();
    const done = await good(s.stack.up());
    expect(lines(done)).toEqual([
      'replace key [key]: key "k1" -> "k2"; kind "k1" -> "k2"',
      expect.stringMatching(/^update secret: value 3 -> \d+$/),
      expect.stringMatching(/^update connector: keyId "id-2" -> "id-5"$/),
    ]);
    expect(s.writes()).toEqual(["create key", "update secret", "update connector", "delete key"]);
    expect((await good(s.stack.preview())).summary).toEqual({ same: 5 });
  });

  test("replaces dependents in turn, and checks afresh", async () => {
    await rotate("", "key");
    await good(s.stack.up());
    const calls = s.calls();
    expect(calls.filter(({ method, name }) => method === "check" && name === "key").map(({ olds }) => olds)).toEqual([
      expect.objectContaining({ key: "k1" }),
      {},
    ]);
    expect(
      calls.filter(({ method }) => ["create", "update", "delete"].includes(method)).map((c) => `${c.method} ${c.name}`),
    ).toEqual(["create key", "create secret", "update connector", "delete secret", "delete key"]);
  });

  test("deletes first, with the dependents that would be replaced", async () => {
    await rotate(", first: true", "key");
    const planned = await good(s.stack.preview());
    expect(planned.summary).toEqual({ same: 2, replace: 2, update: 1 });
    s.calls();
    const done = await good(s.stack.up());
    expect(lines(done).slice(0, 2)).toEqual([
      'replace key [key]: key "k1" -> "k2"; kind "k1" -> "k2"',
      expect.stringMatching(/^replace secret \[key\]: key \d+ -> \d+$/),
    ]);
    const calls = s.calls();
    const asked = calls.filter(({ method, news }) => method === "diff" && JSON.stringify(news).includes("04da6b54"));
    expect(asked.map(({ name }) => name)).toEqual(["secret", "connector"]);
    const order = calls.filter(({ method }) => ["create", "update", "delete"].includes(method));
    expect(order.map((c) => `${c.method} ${c.name}`)).toEqual([
      "delete secret",
      "delete key",
      "create key",
      "create secret",
      "update connector",
    ]);
    expect((await good(s.stack.preview())).summary).toEqual({ same: 5 });
  });

  test("deletes first, and updates dependents that need no replacement", async () => {
    await rotate(", first: true");
    await good(s.stack.up());
    expect(s.writes()).toEqual(["delete key", "create key", "update secret", "update connector"]);
  });

  test("an old object stays until its dependents were updated, also over failures", async () => {
    await rotate();
    s.behave({ "update:connector": { fail: "no" } });
    const failed = await s.stack.up();
    expect(errors(failed)).toEqual([expect.stringContaining("no")]);
    expect(s.writes()).toEqual(["create key", "update secret", "update connector"]);
    const { resources = [] } = (await s.stack.exportState()).deployment;
    expect(resources.filter((r) => r.delete).map(({ urn }) => urn.split("::").at(-1))).toEqual(["key"]);
    s.behave({});
    const repaired = await good(s.stack.up());
    expect(repaired.summary).toEqual({ same: 4, update: 1 });
    expect(s.writes()).toEqual(["update connector", "delete key"]);
  });

  test("a creation that fails after delete-first is made up for", async () => {
    await rotate(", first: true", "key");
    s.behave({ "create:key": { fail: "no" } });
    expect((await s.stack.up()).ok).toBe(false);
    expect(s.writes()).toEqual(["delete secret", "delete key", "create key"]);
    s.behave({});
    await good(s.stack.up());
    expect(s.writes()).toEqual(["delete secret", "create key", "create secret", "update connector"]);
    expect((await good(s.stack.preview())).summary).toEqual({ same: 5 });
  });

  test("replaces on request, without asking for a difference", async () => {
    s.program(chain("k1"));
    await good(s.stack.up());
    s.calls();
    const urn = "urn:pulumi:dev::proj::pulumi-nodejs:dynamic/fake:Thing::key";
    const done = await good(s.stack.up({ replace: [urn] }));
    expect(lines(done)[0]).toBe("replace key [id]");
    const calls = s.calls();
    expect(calls.filter(({ name }) => name === "key").map(({ method }) => method)).toEqual([
      "check",
      "create",
      "delete",
    ]);
    expect(calls.find(({ method, name }) => method === "check" && name === "key")?.olds).toEqual({});
  });
});
