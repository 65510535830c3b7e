// The life of content indices: names, changes in place and by replacement, drift, and documents that nobody may lose.

import { ask, type Declared, engines, failure, openStage, planOf, type Stage, told } from "../support/stage";

describe.each(engines)("indices on the %s engine", (engine) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ engine, quick: engine === "embedded" });
  });
  afterAll(() => stage.close());

  const auto = index("auto");
  const loose = index("loose", { name: "loose", mappings: { properties: { title: { type: "keyword" } } } });
  const lost = index("lost", { name: "lost" });
  const full = index("full", { name: "full" });
  const notes = (settings: unknown, properties: object, aliases: object) =>
    index("notes", { name: "notes", settings, mappings: { properties }, aliases });
  const short = { term: { kind: "short" } };
  const outputs = { autoName: { $ref: "auto.indexName" }, autoId: { $ref: "auto.id" } };
  const first = [
    ...[auto, loose, lost, full],
    notes(
      { refresh_interval: "5s", number_of_shards: 1 },
      { title: { type: "text" } },
      { all: {}, few: { filter: short, routing: "1" }, past: {} },
    ),
    index("reset", {
      name: "reset",
      settings: { index: { max_result_window: 20000, refresh_interval: "5s" } },
      mappings: { properties: { given: { properties: { up: { type: "keyword", ignore_above: 5 } } } } },
    }),
    index("renamed", { name: "before" }),
    index("spoken", { name: "spoken", language: "en" }),
  ];
  const second = [
    ...[auto, loose, lost, full],
    notes(
      { refresh_interval: "10s", number_of_shards: 1 },
      { title: { type: "text" }, year: { type: "integer" } },
      { all: {}, few: { filter: short, indexRouting: "1", searchRouting: "1,2" }, fresh: { isHidden: true } },
    ),
    index("reset", { name: "reset", settings: { index: { refresh_interval: "5s" } }, mappings: { properties: {} } }),
    index("renamed", { name: "after" }),
    index("spoken", { name: "spoken", language: "de" }),
  ];

  test("the first preview plans them, without a name for the one that has none yet", async () => {
    stage.declare(first, outputs);
    const planned = await stage.preview();
    expect(failure(planned)).toBe("");
    expect(planOf(planned)).toEqual(first.map(({ name }) => `create Index ${name}`).sort());
    expect(told(planned)).toMatch(/autoName\s*: (\[unknown\]|output<string>)/);
    expect(told(planned)).toMatch(/autoId\s*: (\[unknown\]|output<string>)/);
    expect(stage.writes()).toEqual([]);
  });

  test("up makes each with one request, and a second preview is empty", async () => {
    await stage.deploy(first, outputs);
    const { autoName, autoId } = await stage.stack.outputs();
    expect(autoName).toMatch(/^search-auto-[0-9a-f]{7}$/);
    expect(autoId).toBe(autoName);
    const names = ["before", "full", "loose", "lost", "notes", "reset", autoName as string, "spoken"];
    expect(stage.writes().sort()).toEqual(names.map((name) => `PUT /${name}`).sort());
    expect(stage.server.control.store.indices()).toEqual([...names].sort());
    expect(stage.sent("PUT /notes")).toMatchObject({
      settings: { "index.refresh_interval": "5s", "index.number_of_shards": "1" },
      mappings: { properties: { title: { type: "text" } } },
      aliases: { all: {}, few: { filter: short, index_routing: "1", search_routing: "1" }, past: {} },
    });
    expect(JSON.stringify(await liveSettings("spoken"))).toContain("en-stop-words-filter");
    await stage.settled();
  });

  test("changes go in place where they can, and replace in the order that the name asks for", async () => {
    const changed = await stage.deploy(second, outputs);
    expect(planOf(changed)).toEqual([
      "replace Index renamed [name]: name",
      "replace Index spoken [language]: language",
      "update Index notes: aliases.few.indexRouting, aliases.few.routing, aliases.few.searchRouting, aliases.fresh, aliases.past, mappings.properties.year, settings.refresh_interval",
      "update Index reset: mappings.properties.given, settings.index.max_result_window",
    ]);
    expect(writesOf("notes")).toEqual(["PUT /notes/_settings", "PUT /notes/_mapping"]);
    expect(stage.sent("PUT /notes/_settings")).toEqual({ "index.refresh_interval": "10s" });
    expect(await properties("notes")).toEqual({ title: { type: "text" }, year: { type: "integer" } });
    expect(stage.sent("PUT /notes/_mapping")).toEqual({ properties: { year: { type: "integer" } } });
    const few = { filter: short, index_routing: "1", search_routing: "1,2" };
    expect(stage.sent("POST /_aliases")).toEqual({
      actions: [
        { remove: { index: "notes", alias: "past", must_exist: false } },
        { add: { index: "notes", alias: "few", ...few } },
        { add: { index: "notes", alias: "fresh", is_hidden: true } },
      ],
    });
    expect(await aliases("notes")).toEqual({ all: {}, few, fresh: { is_hidden: true } });
    expect(told(changed)).toContain("Index 'reset': mapped fields can't be removed; kept: given");
    expect(writesOf("reset")).toEqual(["PUT /reset/_settings"]);
    expect(stage.sent("PUT /reset/_settings")).toEqual({ "index.max_result_window": null });
    expect(await liveSettings("reset")).not.toHaveProperty("max_result_window");
    expect(writesOf("before", "after")).toEqual(["PUT /after", "DELETE /before"]);
    expect(writesOf("spoken")).toEqual(["DELETE /spoken", "PUT /spoken"]);
    expect(JSON.stringify(await liveSettings("spoken"))).toContain("de-stop-words-filter");
  });

  test("drift is what was declared and is so no longer: additions are nobody's business", async () => {
    await change("PUT", "/notes/_settings", { refresh_interval: "1m" });
    await change("PUT", "/loose/_settings", { refresh_interval: "1m" });
    await change("PUT", "/loose/_mapping", { properties: { added: { type: "text" } } });
    await change("DELETE", "/lost");
    const actions = [
      { remove: { index: "notes", alias: "all" } },
      { add: { index: "notes", alias: "fresh", is_write_index: true } },
      { add: { index: "notes", alias: "theirs" } },
    ];
    await change("POST", "/_aliases", { actions });

    const seen = await stage.preview({ refresh: true });
    expect(failure(seen)).toBe("");
    expect(planOf(seen)).toEqual([
      "create Index lost",
      "refresh Index notes: aliases.all, aliases.fresh.isHidden, aliases.fresh.isWriteIndex, settings.refresh_interval",
      "refresh-delete Index lost",
      "update Index notes: aliases.all, aliases.fresh.isHidden, aliases.fresh.isWriteIndex, settings.refresh_interval",
    ]);
    const repair = seen.steps.find(({ op }) => op === "update");
    expect(repair?.changes).toContainEqual(expect.objectContaining({ old: "1m", new: "10s" }));
    expect(stage.writes()).toEqual([]);

    expect(failure(await stage.up({ refresh: true }))).toBe("");
    expect(stage.writes().sort()).toEqual(["POST /_aliases", "PUT /lost", "PUT /notes/_settings"]);
    expect(await aliases("notes")).toMatchObject({ all: {}, fresh: { is_hidden: true }, theirs: {} });
    expect(stage.sent("PUT /notes/_settings")).toEqual({ "index.refresh_interval": "10s" });
    expect(await liveSettings("loose")).toMatchObject({ refresh_interval: "1m" });
    expect(await properties("loose")).toEqual({ title: { type: "keyword" }, added: { type: "text" } });
  });

  test("an index with documents is neither replaced nor deleted", async () => {
    const { autoName } = await stage.stack.outputs();
    await change("POST", "/full/_doc", { title: "one" });
    await change("POST", "/full/_doc", { title: "two" });
    await change("POST", `/${autoName}/_doc`, { title: "three" });

    stage.declare([index("full", { name: "fuller" }), ...second.filter(({ name }) => name !== "full")]);
    const renamed = await stage.preview();
    expect(failure(renamed)).toMatch(
      /name: its change replaces the index 'full', but the index holds 2 documents, which would be lost\. What to do: set forceDestroy: true, or retainOnDelete: true to keep the index, and run 'pulumi up' before/,
    );
    stage.declare([index("auto", { language: "en" }), ...second.filter(({ name }) => name !== "auto")]);
    const judged = /language: its change replaces the index 'search-auto-\w{7}', but the index holds 1 document, which/;
    expect((await stage.preview()).diagnostics.map(({ message }) => message).join("\n")).toMatch(judged);
    expect(failure(await stage.up())).toMatch(/could not change language/);
    expect(stage.writes()).toEqual([]);
    expect(failure(await stage.refresh())).toBe("");

    const destroyed = await stage.destroy();
    expect(failure(destroyed)).toMatch(/could not delete the index \(Index '(full|search-auto-\w+)'\)/);
    expect(failure(destroyed)).toMatch(/holds \d documents?, which would be lost.*retainOnDelete.*or delete its doc/);
    expect(stage.server.control.store.documents("full")).toHaveLength(2);
    expect(stage.server.control.store.documents(autoName as string)).toHaveLength(1);
  });

  test("forceDestroy and retainOnDelete count once they have been applied", async () => {
    const before = (await stage.stack.outputs()).autoName as string;
    const kept = (args: Record<string, unknown>) => ({ ...index("auto", args), opts: { retainOnDelete: true } });
    await stage.deploy([index("full", { name: "full", forceDestroy: true }), kept({})], outputs);
    expect(writesOf("full", before)).toEqual([]);
    await stage.deploy([index("full", { name: "fuller", forceDestroy: true }), kept({ language: "en" })], outputs);
    const after = (await stage.stack.outputs()).autoName as string;
    expect(after).not.toBe(before);
    expect(stage.writes().sort()).toEqual(["DELETE /full", "PUT /fuller", `PUT /${after}`]);
    expect(stage.server.control.store.indices()).toEqual(["fuller", before, after].sort());
  });

  test("somebody else's index is refused and left as it is", async () => {
    await change("PUT", "/foreign", { settings: { refresh_interval: "7s" } });
    await change("POST", "/foreign/_doc", { title: "not ours" });
    const before = await liveSettings("foreign");
    stage.declare([index("full", { name: "fuller", forceDestroy: true }), index("mine", { name: "foreign" })]);
    const refused = await stage.up();
    expect(failure(refused)).toMatch(
      /could not create the index \(Index 'foreign'\): .*already exists.*What to do: choose another name.*set adopt: true/,
    );
    expect(await liveSettings("foreign")).toEqual(before);
    expect(stage.server.control.store.documents("foreign")).toHaveLength(1);
  });

  test("with adopt: true it is taken over, unless it can't become what is declared: then each mismatch is named", async () => {
    await change("PUT", "/foreign/_mapping", { _meta: { keep: "this" }, properties: { tag: { type: "keyword" } } });
    const mine = (args: object) => index("mine", { name: "foreign", adopt: true, ...args });
    const unlike = { settings: { number_of_shards: 2, refresh_interval: "5s" } };
    stage.declare([mine({ ...unlike, mappings: { properties: { tag: { type: "long" } } }, language: "de" })]);
    const refused = failure(await stage.preview());
    expect(refused).toContain("settings.number_of_shards: declared 2, found 1");
    expect(refused).toContain("language: declared 'de', found none of its analyzers and filters");
    expect(refused).toContain("mappings.properties.tag.type: declared 'long', found 'keyword'");
    expect(stage.writes()).toEqual([]);

    const declared = mine({
      settings: { number_of_shards: 1, refresh_interval: "5s" },
      mappings: { properties: { tag: { type: "keyword", ignore_above: 9 }, year: { type: "integer" } } },
      aliases: { ours: {} },
    });
    const text =
      "Index 'foreign': exists and is taken over, and changed: settings.refresh_interval: '7s' -> '5s'; " +
      "mappings.properties.tag.ignore_above: nothing -> 9; " +
      "mappings.properties.year.type: nothing -> 'integer'; aliases.ours: nothing -> {}";
    const adopted = await stage.deploy([declared]);
    expect(told(adopted)).toContain(text);
    expect(writesOf("foreign", "_aliases")).toEqual([
      "PUT /foreign/_mapping",
      "PUT /foreign/_settings",
      "PUT /foreign/_mapping",
      "POST /_aliases",
    ]);
    expect(await liveSettings("foreign")).toMatchObject({ refresh_interval: "5s" });
    expect(await meta("foreign")).toEqual({ keep: "this", "pulumi-elastic-connectors": expect.anything() });
    expect(stage.server.control.store.documents("foreign")).toHaveLength(1);
    await stage.settled();

    // What a sync has mapped meanwhile is known at preview too.
    await change("PUT", "/foreign/_mapping", { properties: { size: { type: "long" } } });
    const { args } = declared;
    stage.declare([index("mine", { ...args, mappings: { properties: { size: { type: "integer" } } } })]);
    expect(failure(await stage.preview())).toMatch(
      /mappings\.properties\.size\.type: declared 'integer', found 'long' on the server\. What to do: declare.*deleteBeforeReplace: true.*--replace/,
    );
    expect(failure(await stage.destroy())).toContain("holds 1 document");
  });

  function writesOf(...names: string[]): string[] {
    return stage.writes().filter((write) => names.some((name) => new RegExp(`/${name}(/|$)`).test(write)));
  }

  async function change(method: string, path: string, body?: unknown): Promise<void> {
    expect((await stage.request(method, path, body)).status).toBeLessThan(300);
  }

  async function liveSettings(name: string): Promise<Record<string, unknown>> {
    const { body } = await ask(stage.server, "GET", `/${name}/_settings`);
    return (body as Record<string, { settings: { index: Record<string, unknown> } }>)[name]?.settings.index ?? {};
  }

  async function aliases(name: string): Promise<unknown> {
    const { body } = await ask(stage.server, "GET", `/${name}`);
    return (body as Record<string, { aliases: unknown }>)[name]?.aliases;
  }

  async function meta(name: string): Promise<unknown> {
    const { body } = await ask(stage.server, "GET", `/${name}/_mapping`);
    return (body as Record<string, { mappings: { _meta?: unknown } }>)[name]?.mappings._meta;
  }

  async function properties(name: string): Promise<unknown> {
    const { body } = await ask(stage.server, "GET", `/${name}/_mapping`);
    return (body as Record<string, { mappings: { properties: unknown } }>)[name]?.mappings.properties;
  }
});

function index(name: string, args: Record<string, unknown> = {}): Declared {
  return { kind: "Index", name, args };
}
