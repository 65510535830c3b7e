// Sync rules of a connector: what is refused, and what is sent for each kind of change.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { UNKNOWN_TEXT } from "../../provider/host/values";
import { create, update } from "../../provider/lifecycle/reconcile";
import type { Bag } from "../../provider/model/resource";
import { resources } from "../../provider/resources";
import { act, bodies, documentOf, filteringOf, heard } from "../support/connectors";
import { connected, hosted, made, planned, type Recorded, refreshed, sent, updated } from "../support/hosted";
import { CONTEXT } from "../support/stub";

const WESTERN = { policy: "include", field: "genre", rule: "equals", value: "western" };
const SILENT = { policy: "exclude", field: "sound", rule: "equals", value: "none" };
const EARLY = { policy: "exclude", field: "year", rule: "<", value: "1950" };
const EVERYTHING = { id: "DEFAULT", policy: "include", field: "_", rule: "regex", value: ".*" };
const FIND = { find: { filter: { year: 1999 } } };
const SORT = { find: { filter: {}, sort: ["year"] } };
const VALID = { state: "valid", errors: [] };
const EDITED = { state: "edited", errors: [] };
const LONG_AGO = "2020-01-01T00:00:00.000Z";

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
beforeEach(() => {
  notices = heard();
});
afterAll(() => server.close());

describe("refused", () => {
  const twin = "compares the same as syncRules.basic[0], which decides first; a service refuses both";
  const everything = "must not match everything: what no rule matches is included anyway";

  test.each<[string, unknown, string[]]>([
    [
      "a regex that matches everything",
      { basic: [{ ...WESTERN, rule: "regex", value: ".*" }] },
      [`basic[0].value: ${everything}`],
    ],
    [
      "the same in brackets",
      { basic: [WESTERN, { ...SILENT, rule: "regex", value: "(.*)" }] },
      [`basic[1].value: ${everything}`],
    ],
    ["a duplicate", { basic: [WESTERN, SILENT, WESTERN] }, [`basic[2].value: ${twin}`]],
    [
      "a duplicate with another policy",
      { basic: [WESTERN, { ...WESTERN, policy: "exclude" }] },
      [`basic[1].value: ${twin}`],
    ],
    [
      "an id twice",
      {
        basic: [
          { ...WESTERN, id: "a" },
          { ...SILENT, id: "a" },
        ],
      },
      ["basic[1].id: is the id of syncRules.basic[0] already"],
    ],
    [
      "the id of the rule for all others",
      { basic: [{ ...WESTERN, id: "DEFAULT" }] },
      ["basic[0].id: must not be 'DEFAULT'"],
    ],
    ["an empty value", { basic: [{ ...WESTERN, value: "" }] }, ["basic[0].value: must not be empty"]],
    ["an empty field", { basic: [{ ...WESTERN, field: "" }] }, ["basic[0].field: must not be empty"]],
    ["an empty id", { basic: [{ ...WESTERN, id: "" }] }, ["basic[0].id: must not be empty"]],
    [
      "a comparison that isn't one",
      { basic: [{ ...WESTERN, rule: ">=" }] },
      ['basic[0].rule: must be one of "equals", "contains", "starts_with", "ends_with", "regex", ">", "<"'],
    ],
    [
      "a misspelt member",
      { basic: [{ ...WESTERN, polcy: "include" }] },
      ["basic[0].polcy: is not a known property; did you mean 'policy'?"],
    ],
    [
      "advanced rules that are text",
      { advanced: "year > 1999" },
      ["advanced: must be an object or an array, not a string"],
    ],
  ])("%s", async (_, syncRules, messages) => {
    expect(await refusals({ serviceType: "mongodb", syncRules })).toEqual(messages.map((text) => `syncRules.${text}`));
  });

  test("advanced rules of a type that has none", async () => {
    expect(await refusals({ serviceType: "box", syncRules: { advanced: FIND } })).toEqual([
      "syncRules.advanced: the service type box has no advanced sync rules",
    ]);
    expect(await refusals({ serviceType: "our-source", syncRules: { advanced: [FIND] } })).toEqual([]);
  });

  test("not what is right: other patterns, the same value elsewhere, ids of one's own", async () => {
    const basic = [
      { ...WESTERN, id: "a" },
      { ...WESTERN, value: ".*", id: "b" },
      { ...WESTERN, rule: "regex" },
      SILENT,
    ];
    expect(await refusals({ serviceType: "mongodb", syncRules: { basic, advanced: FIND } })).toEqual([]);
  });

  test("not what isn't known yet, but what stands beside it", async () => {
    const unknown = { ...WESTERN, value: UNKNOWN_TEXT };
    const faulty = { ...SILENT, rule: "regex", value: ".*" };
    const judged = (syncRules: unknown) => refusals({ serviceType: "mongodb", syncRules });
    expect(await judged(UNKNOWN_TEXT)).toEqual([]);
    expect(await judged({ basic: UNKNOWN_TEXT, advanced: UNKNOWN_TEXT })).toEqual([]);
    expect(await judged({ basic: [UNKNOWN_TEXT, unknown, unknown], advanced: { find: UNKNOWN_TEXT } })).toEqual([]);
    expect(await judged({ basic: [unknown, { ...WESTERN, id: UNKNOWN_TEXT }, faulty] })).toEqual([
      `syncRules.basic[2].value: ${everything}`,
    ]);
  });

  async function refusals(args: Bag): Promise<string[]> {
    const { failures } = await provider.check({}, sent(args));
    return failures.map(({ reason }) => reason);
  }
});

describe("basic rules", () => {
  test("the first ones: draft and active at once, in their order, the rule for everything else last", async () => {
    const before = await made(provider, declaring("first", undefined));
    const { active } = filteringOf(server, "first");
    const after = await changed(before, { basic: [WESTERN, { ...SILENT, id: "mine" }] });
    const part = {
      rules: [
        { ...WESTERN, id: "rule-1", order: 0, created_at: expect.any(String), updated_at: expect.any(String) },
        { ...SILENT, id: "mine", order: 1, created_at: expect.any(String), updated_at: expect.any(String) },
        { ...active.rules[0], ...EVERYTHING, order: 2 },
      ],
      advanced_snippet: active.advanced_snippet,
      validation: VALID,
    };
    expect(bodies(server, "first", "_filtering")).toEqual([
      { filtering: [{ domain: "DEFAULT", active: part, draft: part }] },
    ]);
    expect(notices).toEqual([]);
    await settled(after, { basic: [WESTERN, { ...SILENT, id: "mine" }] });
  });

  test("those made in Kibana that say the same are no change, and keep ids and times when they move", async () => {
    const before = await made(provider, declaring("kibana", undefined));
    await theirs("kibana", [rule(WESTERN, "uuid-w", 0), rule(SILENT, "uuid-s", 1)]);
    const same = await changed(await refreshed(provider, before), { basic: [WESTERN, SILENT] });
    expect(bodies(server, "kibana", "_filtering")).toEqual([]);
    await settled(await refreshed(provider, same), { basic: [WESTERN, SILENT] });

    const moved = await changed(same, { basic: [EARLY, SILENT, { ...WESTERN, policy: "exclude" }] });
    const [early, silent, western] = filteringOf(server, "kibana").active.rules;
    expect(early).toMatchObject({ ...EARLY, id: "rule-1", order: 0 });
    expect(early?.created_at).not.toBe(LONG_AGO);
    expect(silent).toEqual(rule(SILENT, "uuid-s", 1));
    expect(western).toMatchObject({ ...WESTERN, policy: "exclude", id: "uuid-w", order: 2, created_at: LONG_AGO });
    expect(western?.updated_at).not.toBe(LONG_AGO);
    await settled(moved, { basic: [EARLY, SILENT, { ...WESTERN, policy: "exclude" }] });
  });

  test("a new one takes no id of another, wherever it stands", async () => {
    const before = await made(provider, declaring("inserted", { basic: [WESTERN, SILENT] }));
    const three = await changed(before, { basic: [EARLY, WESTERN, SILENT] });
    expect(idsOf("inserted")).toEqual(["rule-3", "rule-1", "rule-2", "DEFAULT"]);
    const named = await changed(three, { basic: [{ ...EARLY, id: "rule-1" }, WESTERN, SILENT] });
    expect(idsOf("inserted")).toEqual(["rule-1", "rule-3", "rule-2", "DEFAULT"]);
    await settled(named, { basic: [{ ...EARLY, id: "rule-1" }, WESTERN, SILENT] });
  });

  test("a foreign rule is drift, and goes", async () => {
    const before = await made(provider, declaring("foreign", { basic: [WESTERN] }));
    await theirs("foreign", [rule(SILENT, "uuid-s", 0), rule(WESTERN, "rule-1", 1)]);
    const seen = await refreshed(provider, before);
    expect(seen.inputs.syncRules).toEqual({ basic: [SILENT, WESTERN] });
    await changed(seen, { basic: [WESTERN] });
    expect(idsOf("foreign")).toEqual(["rule-1", "DEFAULT"]);
  });

  test("declared no more they go; never declared they stay", async () => {
    const before = await made(provider, declaring("unset", { basic: [WESTERN], advanced: {} }));
    await changed(before, { advanced: {} });
    expect(idsOf("unset")).toEqual(["DEFAULT"]);
    const other = await made(provider, declaring("undeclared", { advanced: {} }));
    await theirs("undeclared", [rule(WESTERN, "uuid-w", 0)]);
    await changed(other, { advanced: FIND });
    expect(idsOf("undeclared")).toEqual(["uuid-w", "DEFAULT"]);
  });
});

describe("advanced rules", () => {
  test("while no service has checked them, they are a draft, and basic ones count all the same", async () => {
    const before = await made(provider, declaring("pending", { basic: [WESTERN], advanced: FIND }));
    const pending = filteringOf(server, "pending");
    expect(pending).toMatchObject({
      active: { advanced_snippet: { value: {} }, validation: VALID },
      draft: { advanced_snippet: { value: FIND }, validation: EDITED },
    });
    expect(notices).toEqual([
      "the advanced sync rules are a draft that a connectors service has to check, which no service has done yet; until then the former ones count",
    ]);
    await settled(await refreshed(provider, before), { basic: [WESTERN], advanced: FIND });

    await changed(before, { basic: [SILENT], advanced: FIND });
    const { active, draft } = filteringOf(server, "pending");
    expect(idsOf("pending")).toEqual(["rule-1", "DEFAULT"]);
    expect(active.rules[0]).toMatchObject(SILENT);
    expect(active.advanced_snippet).toEqual(pending.active.advanced_snippet);
    expect(draft).toEqual({
      rules: active.rules,
      advanced_snippet: pending.draft.advanced_snippet,
      validation: EDITED,
    });
  });

  test("somebody's draft of them outlives a change of the basic ones, and isn't waited for", async () => {
    const before = await made(provider, declaring("their-draft", { basic: [WESTERN] }));
    await act(server, "PUT", "/_connector/their-draft/_filtering", { advanced_snippet: { value: FIND } });
    await act(server, "PUT", "/_connector/their-draft/_check_in");
    await changed(before, { basic: [SILENT] });
    expect(filteringOf(server, "their-draft")).toMatchObject({
      active: { advanced_snippet: { value: {} }, rules: [SILENT, EVERYTHING] },
      draft: { advanced_snippet: { value: FIND }, rules: [SILENT, EVERYTHING], validation: EDITED },
    });
    expect(notices).toEqual([]);
  });

  test("accepted, but not activated: they don't count yet, which is drift, and the repair activates them", async () => {
    const before = await made(provider, declaring("accepted", { advanced: FIND }));
    await validate("accepted", VALID);
    const seen = await refreshed(provider, before);
    expect(seen.inputs.syncRules).toEqual({ advanced: {} });
    notices.length = 0;
    const after = await changed(seen, { advanced: FIND });
    expect(filteringOf(server, "accepted")).toMatchObject({
      active: { advanced_snippet: { value: FIND }, validation: VALID },
      draft: { advanced_snippet: { value: FIND }, validation: VALID },
    });
    expect(notices).toEqual([]);
    await settled(after, { advanced: FIND });
  });

  test("other ones become a draft again; back to the active ones needs no check", async () => {
    const before = await active("back", FIND);
    const other = await changed(before, { advanced: SORT });
    expect(filteringOf(server, "back")).toMatchObject({
      active: { advanced_snippet: { value: FIND }, validation: VALID },
      draft: { advanced_snippet: { value: SORT }, validation: EDITED },
    });
    notices.length = 0;
    const after = await changed(other, { advanced: FIND });
    const { active: now, draft } = filteringOf(server, "back");
    expect([draft.advanced_snippet, draft.validation]).toEqual([now.advanced_snippet, VALID]);
    expect(notices).toEqual([]);
    await settled(after, { advanced: FIND });
  });

  test("declared no more they are none, which needs no check", async () => {
    const before = await active("none", FIND, { basic: [WESTERN] });
    const after = await changed(before, { basic: [WESTERN] });
    const part = { advanced_snippet: { value: {} }, rules: [WESTERN, EVERYTHING], validation: VALID };
    expect(filteringOf(server, "none")).toMatchObject({ active: part, draft: part });
    expect(notices).toEqual([]);
    await settled(after, { basic: [WESTERN] });
  });

  test("basic rules that somebody has drafted meanwhile stay to be checked", async () => {
    const before = await active("drafted", FIND);
    await act(server, "PUT", "/_connector/drafted/_filtering", { rules: [rule(WESTERN, "uuid-w", 0)] });
    await changed(before, undefined);
    expect(filteringOf(server, "drafted")).toMatchObject({
      active: { advanced_snippet: { value: {} }, rules: [EVERYTHING], validation: VALID },
      draft: { advanced_snippet: { value: {} }, rules: [WESTERN, EVERYTHING], validation: EDITED },
    });
  });

  test("refused with words that repeat a password: it isn't told", async () => {
    const before = await made(provider, declaring("telling", { basic: [WESTERN], advanced: FIND }));
    const password = { label: "Password", sensitive: true, value: "hunter22" };
    await act(server, "PUT", "/_connector/telling/_configuration", { configuration: { password } });
    const errors = [{ ids: ["advanced_snippet"], messages: ["mongodb://me:hunter22@host can't be reached"] }];
    await validate("telling", { state: "invalid", errors });
    notices.length = 0;
    await refreshed(provider, before);
    expect(notices).toEqual([
      "the connectors service refused the sync rules: syncRules.advanced: mongodb://me:[secret]@host can't be reached",
    ]);
  });

  test("refused later: the refresh says by what, and that they don't count; somebody else's refused draft is no drift", async () => {
    const before = await made(provider, declaring("refused", { basic: [WESTERN], advanced: FIND }));
    const errors = [
      { ids: ["advanced_snippet"], messages: ["year is no field", "find is no operator"] },
      { ids: ["rule-1"], messages: ["genre is a number"] },
    ];
    await validate("refused", { state: "invalid", errors });
    notices.length = 0;
    const seen = await refreshed(provider, before);
    expect(seen.inputs.syncRules).toEqual({ basic: [WESTERN], advanced: {} });
    expect(notices).toEqual([
      "the connectors service refused the sync rules: syncRules.advanced: year is no field; find is no operator. rule 'rule-1': genre is a number",
    ]);

    notices.length = 0;
    const none = await changed(seen, { basic: [WESTERN] });
    await act(server, "PUT", "/_connector/refused/_filtering", { advanced_snippet: { value: SORT } });
    await validate("refused", { state: "invalid", errors });
    await settled(await refreshed(provider, none), { basic: [WESTERN] });
    expect(notices).toEqual([]);
  });

  /** A connector whose advanced rules a service has checked and activated. */
  async function active(id: string, advanced: object, more: object = {}): Promise<Recorded> {
    const recorded = await made(provider, declaring(id, { advanced, ...more }));
    await validate(id, VALID);
    await act(server, "PUT", `/_connector/${id}/_filtering/_activate`);
    notices.length = 0;
    return recorded;
  }
});

test("before 8.15 as well", async () => {
  const old = await startElasticsearch({ version: "8.14" });
  try {
    const es = connected(old);
    const first = { serviceType: "mongodb", indexName: "films", syncRules: { basic: [WESTERN], advanced: FIND } };
    const { id, outputs } = await create(resources.Connector, es, first, CONTEXT);
    expect(filteringOf(old, id)).toMatchObject({
      active: { rules: [WESTERN, EVERYTHING], advanced_snippet: { value: {} } },
      draft: { rules: [WESTERN, EVERYTHING], advanced_snippet: { value: FIND }, validation: EDITED },
    });
    await update(resources.Connector, es, id, outputs, { ...first, syncRules: { basic: [SILENT] } }, CONTEXT);
    const part = { rules: [SILENT, EVERYTHING], advanced_snippet: { value: {} }, validation: VALID };
    expect(filteringOf(old, id)).toMatchObject({ active: part, draft: part });
  } finally {
    await old.close();
  }
});

test("a document from before there were sync rules takes them", async () => {
  const before = await made(provider, declaring("ancient", undefined));
  const source = documentOf(server, "ancient");
  const { id: _, filtering: __, ...rest } = source ?? { id: "" };
  await act(server, "PUT", "/.elastic-connectors-v1/_doc/ancient", { ...rest, filtering: [] });
  await changed(before, { basic: [WESTERN] });
  expect(filteringOf(server, "ancient")).toMatchObject({
    active: { rules: [WESTERN, EVERYTHING], advanced_snippet: { value: {} }, validation: VALID },
  });
});

function declaring(connectorId: string, syncRules: unknown): Bag {
  return sent({ serviceType: "mongodb", connectorId, ...(syncRules === undefined ? {} : { syncRules }) });
}

/** What the next update makes of it; the log has only its requests. */
function changed(recorded: Recorded, syncRules: unknown): Promise<Recorded> {
  server.control.clearRequests();
  return updated(provider, recorded, declaring(recorded.id, syncRules));
}

async function settled(recorded: Recorded, syncRules: unknown): Promise<void> {
  for (const state of [recorded, await refreshed(provider, recorded)]) {
    const { failures, diff } = await planned(provider, state, declaring(recorded.id, syncRules));
    expect([failures, diff]).toEqual([[], { changes: false }]);
  }
}

function idsOf(id: string): string[] {
  return filteringOf(server, id).active.rules.map((each) => each.id);
}

/** A rule as Kibana stores it. */
function rule(says: typeof WESTERN, id: string, order: number) {
  return { ...says, id, order, created_at: LONG_AGO, updated_at: LONG_AGO };
}

/** Rules that somebody else has made and activated. */
async function theirs(id: string, rules: ReturnType<typeof rule>[]): Promise<void> {
  const everything = { ...EVERYTHING, order: rules.length, created_at: LONG_AGO, updated_at: LONG_AGO };
  const part = { rules: [...rules, everything], advanced_snippet: { value: {} }, validation: VALID };
  await act(server, "PUT", `/_connector/${id}/_filtering`, { filtering: [{ active: part, draft: part }] });
}

function validate(id: string, validation: object): Promise<never> {
  return act(server, "PUT", `/_connector/${id}/_filtering/_validation`, { validation });
}
