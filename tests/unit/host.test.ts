import { ProviderError } from "../../provider/elasticsearch/errors";
import type { HostedProvider, host } from "../../provider/host/resource-provider";
import { UNKNOWN_TEXT } from "../../provider/host/values";
import type { Bag, ResourceDefinition } from "../../provider/model/resource";
import { type Answering, answering, info, json } from "../support/answers";
import { CONTEXT, engineBag, type Remote, remote, stub } from "../support/stub";

const MARKER = "hunter2-marker";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

// Loaded once: slow to load or recognised by their classes, and without state of ours.
const SHARED = [
  "@elastic/elasticsearch",
  "../../provider/elasticsearch/errors",
  "../../provider/model/fields",
  "../../provider/model/unknown",
].map((path) => [path, require(path) as object] as const);

let server: Answering;
let objects: Remote;
let output: string;

beforeEach(async () => {
  server = await answering(info("9.1.0"));
  objects = remote();
  output = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await server.close();
});

/** A fresh process, as far as our modules go: the connection belongs to the process. */
async function hosted(overrides: Partial<ResourceDefinition> = {}, config: Bag = {}): Promise<HostedProvider> {
  const provider = freshHost()(stub(objects, overrides));
  const values: Bag = { endpoint: server.url, username: "elastic", password: MARKER, ...config };
  await provider.configure({ config: { get: (key) => values[key.replace(/^elastic:/, "")] } });
  return provider;
}

function freshHost(): typeof host {
  let fresh: typeof host | undefined;
  jest.isolateModules(() => {
    for (const [path, loaded] of SHARED) {
      jest.doMock(path, () => loaded);
    }
    fresh = (require("../../provider/host/resource-provider") as { host: typeof host }).host;
  });
  if (!fresh) {
    throw new Error("the module was not loaded");
  }
  return fresh;
}

describe("configure", () => {
  test("never throws; the problem comes up in check, as a failure", async () => {
    const provider = await hosted({}, { endpoint: "es:9200" });
    const { failures } = await provider.check({}, engineBag({ title: "a" }));
    expect(failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(/^could not connect to Elasticsearch: elastic:endpoint must be a URL/),
      },
    ]);
    await expect(provider.create(engineBag({}))).rejects.toThrow("elastic:endpoint must be a URL");
  });

  test("has stored its result before it first waits", () => {
    let read = 0;
    void freshHost()(stub(objects)).configure({ config: { get: () => void read++ } });
    expect(read).toBeGreaterThan(0);
  });

  test("a server that can't be used is one failure, whose text holds no credentials", async () => {
    await server.close();
    server = await answering(json(401, { error: { type: "security_exception", reason: "unable to authenticate" } }));
    const { failures } = await (await hosted()).check({}, engineBag({}));
    expect(failures).toHaveLength(1);
    expect(failures[0]?.reason).toMatch(/unable to authenticate.*What to do: check elastic:username/);
    expect(failures[0]?.reason).not.toContain(MARKER);
  });
});

describe("check", () => {
  test("returns the full inputs, hidden keys included, secrets wrapped", async () => {
    const news = engineBag({ title: "a", token: MARKER, nested: { open: UNKNOWN_TEXT } });
    const { inputs, failures } = await (await hosted()).check({}, news);
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ ...news, token: secret(MARKER) });
  });

  test("failures name no property, and hold the path and no value", async () => {
    const news = engineBag({ size: MARKER, nested: { opne: MARKER }, titel: MARKER, parts: { "a b": 1 } });
    const { failures } = await (await hosted()).check({}, news);
    expect(failures.map(({ property }) => property)).toEqual(["", "", "", ""]);
    expect(failures.map(({ reason }) => reason).sort()).toEqual(
      [
        'parts["a b"]: must be a string, not a number',
        "nested.opne: is not a known property; did you mean 'open'?",
        "size: must be a number, not a string",
        "titel: is not a known property; did you mean 'title'?",
      ].sort(),
    );
  });

  test("nothing is asked of the server while something is plainly wrong", async () => {
    await (await hosted()).check({}, engineBag({ size: "x" }));
    expect(server.requests).toEqual([]);
  });

  test("an import file's bag, which holds the text only, is let through unjudged", async () => {
    const provider = await hosted({ validate: () => [{ path: [], message: "judged" }] });
    await expect(provider.check({ __provider: "text" }, { __provider: "text" })).resolves.toEqual({
      inputs: { __provider: "text" },
      failures: [],
    });
    expect(server.requests).toEqual([]);
  });

  test("a program's bag without any argument is judged", async () => {
    const provider = await hosted({ validate: () => [{ path: [], message: "judged" }] });
    expect((await provider.check({}, engineBag({}))).failures).toEqual([{ property: "", reason: "judged" }]);
  });

  test("a renamed resource keeps the context that its object was made with, and is no change", async () => {
    const provider = await hosted();
    const olds = engineBag({ title: "a" });
    const context = { project: "other", stack: "prod", resource: "renamed", native: true };
    const { inputs } = await provider.check(olds, { ...olds, __provider: "newer", __context: context });
    expect(inputs).toEqual({ ...olds, __provider: "newer", __context: { ...CONTEXT, native: true } });
    await expect(provider.diff("id", olds, inputs)).resolves.toEqual({ changes: false });

    const { id, outs } = await provider.create(olds);
    const { outs: updated } = await provider.update(id, outs, { ...inputs, title: "b" });
    expect(updated).toMatchObject({ title: "b", __context: CONTEXT });
  });

  test("a resource that is new, or was looked up before, stands where the program says", async () => {
    const provider = await hosted();
    const news = engineBag({ title: "a" });
    expect((await provider.check({}, news)).inputs.__context).toEqual(CONTEXT);
    expect((await provider.check({ title: "a", __provider: "text" }, news)).inputs.__context).toEqual(CONTEXT);
  });

  describe("against the server", () => {
    const refusing = { checkAgainstServer: async () => [{ path: ["title"], message: "is taken" }] };

    test("by default its rules are failures", async () => {
      const { failures } = await (await hosted(refusing)).check({}, engineBag({}));
      expect(failures).toEqual([{ property: "", reason: "title: is taken" }]);
      expect(output).toBe("");
    });

    test("preflight 'warn' prints them, once and on one line", async () => {
      const provider = await hosted(refusing, { preflight: "warn" });
      expect((await provider.check({}, engineBag({}))).failures).toEqual([]);
      await provider.check({}, engineBag({}));
      expect(output).toBe("Stub 'thing': title: is taken\n");
    });

    test("preflight 'off' asks nothing", async () => {
      const { failures } = await (await hosted(refusing, { preflight: "off" })).check({}, engineBag({}));
      expect(failures).toEqual([]);
      expect(server.requests).toEqual([]);
      expect(output).toBe("");
    });

    test("preflight 'off' doesn't switch the plain rules off", async () => {
      const { failures } = await (await hosted({}, { preflight: "off" })).check({}, engineBag({ size: "x" }));
      expect(failures).toHaveLength(1);
    });
  });
});

describe("diff", () => {
  const diff = async (olds: Bag, news: Bag, overrides: Partial<ResourceDefinition> = {}) =>
    (await hosted(overrides)).diff("id", engineBag(olds), engineBag(news));

  test("equal: changes is false", async () => {
    expect(await diff({ title: "a", size: 1 }, { title: "a", size: 1 })).toEqual({ changes: false });
    expect(await diff({ title: "a", issued: "x", revision: 3 }, { title: "a" })).toEqual({ changes: false });
  });

  test("a real difference: changes stays undefined, so that the engine finds the path", async () => {
    const answer = await diff({ title: "a" }, { title: "b" });
    expect(answer.changes).toBeUndefined();
    expect(answer).toMatchObject({ replaces: [], deleteBeforeReplace: false });
  });

  test("the provider's text and the context are no difference", async () => {
    const provider = await hosted();
    const olds = { title: "a", __provider: "an older text", __context: { stack: "other" } };
    await expect(provider.diff("id", olds, engineBag({ title: "a" }))).resolves.toEqual({ changes: false });
  });

  test("what replaces is named; what is changed in place isn't", async () => {
    expect(await diff({ key: "a", title: "a" }, { key: "b", title: "b" })).toEqual({
      replaces: ["key"],
      deleteBeforeReplace: false,
    });
  });

  test("an unknown identity counts as a replacement", async () => {
    expect(await diff({ key: "a" }, { key: UNKNOWN_TEXT })).toMatchObject({ replaces: ["key"] });
  });

  test("deleteBeforeReplace, and only together with a replacement", async () => {
    const overrides = { deleteFirst: () => true };
    expect(await diff({ key: "a" }, { key: "b" }, overrides)).toEqual({ replaces: ["key"], deleteBeforeReplace: true });
    expect(await diff({ title: "a" }, { title: "b" }, overrides)).toEqual({ replaces: [], deleteBeforeReplace: false });
  });

  test("after an import, before its refresh, nothing is replaced", async () => {
    const provider = await hosted();
    const answer = await provider.diff("id", { __provider: "text" }, engineBag({ key: "a" }));
    expect(answer).toEqual({});
  });

  test("a replacement that would lose something is refused, with the path", async () => {
    const overrides = { refuseReplacement: async () => "it holds 3 documents" };
    // A refresh diffs as well, and must go on: an update is planned instead, and that fails before it sends anything.
    await expect(diff({ key: "a" }, { key: "b" }, overrides)).resolves.toMatchObject({ replaces: [] });
    const provider = await hosted(overrides);
    await expect(provider.update("id", engineBag({ key: "a" }), engineBag({ key: "b" }))).rejects.toThrow(
      /could not change key \(.*\): it holds 3 documents/,
    );
    await expect(diff({ title: "a" }, { title: "b" }, overrides)).resolves.toMatchObject({ replaces: [] });
  });

  test("but not when the old one is kept, nor while it only may come", async () => {
    const overrides = { refuseReplacement: async () => "it holds 3 documents" };
    const provider = await hosted(overrides);
    const retained = { key: "a", __provider: "text", __context: { retained: true } };
    await expect(provider.diff("id", retained, engineBag({ key: "b" }))).resolves.toMatchObject({ replaces: ["key"] });
    await expect(diff({ key: "a" }, { key: UNKNOWN_TEXT }, overrides)).resolves.toMatchObject({ replaces: ["key"] });
  });

  test("an option that decides about that is a change, so that it is recorded; elsewhere it is none", async () => {
    const [without, retained] = [CONTEXT, { ...CONTEXT, retained: true }].map((context) => ({
      ...engineBag({ title: "a" }),
      __context: context,
    }));
    const deciding = await hosted({ refuseReplacement: async () => "it holds 3 documents" });
    await expect(deciding.diff("id", without, retained)).resolves.toEqual({ changes: true });
    await expect(deciding.diff("id", retained, without)).resolves.toEqual({ changes: true });
    await expect(deciding.diff("id", retained, retained)).resolves.toEqual({ changes: false });
    // What was looked up, or isn't refreshed after an import, has no context.
    await expect(deciding.diff("id", { title: "a" }, retained)).resolves.toEqual({ changes: false });
    const other = await hosted();
    await expect(other.diff("id", without, retained)).resolves.toEqual({ changes: false });
  });

  test("asks for a connection only where a replacement has to be judged", async () => {
    const provider = await hosted({}, { endpoint: "" });
    await expect(provider.diff("id", engineBag({ title: "a" }), engineBag({ title: "b" }))).resolves.toBeDefined();
    await expect(provider.diff("id", engineBag({ key: "a" }), engineBag({ key: "b" }))).resolves.toMatchObject({
      replaces: ["key"],
    });
  });
});

describe("create, update, read, delete", () => {
  const olds = engineBag({ title: "a" });

  test("create returns the inputs and the facts, secrets wrapped, and the hidden keys", async () => {
    const { id, outs } = await (await hosted()).create(engineBag({ key: "k", token: MARKER, parts: { a: "1" } }));
    expect(id).toBe("stub-1");
    expect(outs).toEqual({
      ...engineBag({ key: "k", parts: { a: "1" }, revision: 3 }),
      token: secret(MARKER),
      issued: secret("issued to stub-1"),
    });
  });

  test("a creation that broke off is recorded with id, text and reason, secrets wrapped", async () => {
    objects.before = (call) => {
      if (call === "parts") {
        throw new Error("no parts today");
      }
    };
    const news = engineBag({ token: MARKER, parts: { a: "1" } });
    const error = await (await hosted()).create(news).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ id: "stub-1", reasons: ["no parts today"] });
    expect((error as Error).stack).not.toMatch(/\n\s+at /);
    expect((error as { properties: Bag }).properties).toMatchObject({
      __provider: "text",
      token: secret(MARKER),
      issued: secret("issued to stub-1"),
    });
    expect(String(error)).not.toContain(MARKER);
  });

  test("a creation that made nothing is a plain error", async () => {
    objects.before = () => {
      throw new Error("not today");
    };
    const error = await (await hosted()).create(engineBag({})).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: "not today" });
    expect(error).not.toHaveProperty("id");
  });

  test("update keeps facts that can't be read back, and takes the new hidden keys", async () => {
    const provider = await hosted();
    const { id, outs } = await provider.create(engineBag({ title: "a" }));
    const olds = { ...outs, issued: "issued to stub-1" };
    const { outs: updated } = await provider.update(id, olds, { ...engineBag({ title: "b" }), __provider: "newer" });
    expect(updated).toMatchObject({ title: "b", issued: secret("issued to stub-1"), __provider: "newer" });
  });

  test("an update that broke off keeps the old text", async () => {
    const provider = await hosted();
    const { id } = await provider.create(engineBag({ title: "a" }));
    objects.before = (call) => {
      if (call === "title") {
        throw new Error("no titles today");
      }
    };
    const news = { ...engineBag({ title: "b" }), __provider: "newer" };
    const error = await provider.update(id, engineBag({ title: "a" }), news).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ id, reasons: ["no titles today"], properties: { title: "a", __provider: "text" } });
  });

  test("read returns the live inputs, so that drift shows, and only what is declared", async () => {
    const provider = await hosted();
    const { id } = await provider.create(engineBag({ title: "a", parts: { a: "1" } }));
    Object.assign(objects.objects.get(id) ?? {}, { title: "theirs", size: 7 });
    const { inputs, props } = await provider.read(id, engineBag({ title: "a", parts: { a: "1" }, issued: MARKER }));
    expect(inputs).toEqual(engineBag({ title: "theirs", parts: { a: "1" } }));
    expect(props).toMatchObject({ title: "theirs", issued: secret(MARKER) });
  });

  test("read of what is gone is empty", async () => {
    await expect((await hosted()).read("gone", engineBag({ title: "a" }))).resolves.toEqual({});
  });

  test("a look-up of what isn't there fails: the engine would take an empty answer for the object", async () => {
    await expect((await hosted()).read("gone", { __provider: "text" })).rejects.toThrow(
      "there is no Stub with the id 'gone'",
    );
  });

  test("a look-up fills in everything that can be read, secrets wrapped", async () => {
    const provider = await hosted();
    const { id } = await provider.create(engineBag({ title: "a", key: "k" }));
    const { inputs } = await provider.read(id, { __provider: "text" });
    expect(inputs).toEqual({ key: "k", title: "a", size: 1, parts: { theirs: "kept" }, __provider: "text" });
  });

  test("an unfinished creation is finished by the update after a refresh", async () => {
    const provider = await hosted();
    objects.before = (call) => {
      if (call === "seal") {
        throw new Error("no seals today");
      }
    };
    const error = (await provider.create(engineBag({ key: "k" })).catch((reason: unknown) => reason)) as {
      id: string;
      properties: Bag;
    };
    objects.before = () => {};
    // A successful refresh makes the engine forget the error, so that diff alone can lead to the update.
    const { props } = await provider.read(error.id, { ...error.properties, issued: "x" });
    expect((await provider.diff(error.id, props, engineBag({ key: "k" }))).changes).toBe(true);
  });

  test.each<[string, string, (provider: HostedProvider, id: string) => Promise<unknown>]>([
    ["read", "read", (provider, id) => provider.read(id, engineBag({ title: "a" }))],
    ["delete", "delete", (provider, id) => provider.delete(id, engineBag({ title: "a" }))],
    ["update, before anything is sent", "read", (provider, id) => provider.update(id, olds, engineBag({ title: "b" }))],
    ["update, half done", "title", (provider, id) => provider.update(id, olds, engineBag({ title: "b" }))],
    ["create, half done", "parts", (provider) => provider.create(engineBag({ parts: { a: "1" } }))],
  ])("a failure names the object: %s", async (_, step, act) => {
    const provider = await hosted();
    const { id } = await provider.create(engineBag({ title: "a" }));
    objects.before = (call) => {
      if (call === step) {
        throw new ProviderError("forbidden", { what: `do the ${step}`, why: "not you" });
      }
    };
    const object = step === "parts" ? "stub-2" : id;
    await expect(act(provider, id)).rejects.toThrow(`could not do the ${step} (Stub '${object}'): not you.`);
  });

  test("delete of what is gone is done", async () => {
    await expect((await hosted()).delete("gone", engineBag({}))).resolves.toBeUndefined();
  });
});
