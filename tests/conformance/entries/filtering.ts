import { anything, type Entry, exactly, fails, NF404, P400, S400, type Step, step, V400 } from "../dsl";

const create = step("PUT /_connector/{p}a", { index_name: "{p}i" }, 201);
const time = "2023-05-25T12:30:00.000Z";
const rule = {
  created_at: time,
  field: "file",
  id: "r1",
  order: 0,
  policy: "exclude",
  rule: "contains",
  updated_at: time,
  value: "x",
};
const fallback = { field: "_", id: "DEFAULT", policy: "include", rule: "regex", value: ".*" };
const snippet = { created_at: time, updated_at: time, value: { tables: ["a"] } };
const part = { advanced_snippet: snippet, rules: [rule], validation: { errors: [], state: "valid" } };

function put(suffix: string, body: unknown): Step {
  return step(`PUT /_connector/{p}a/${suffix}`, body, 200, exactly({ result: "updated" }));
}
function bad(suffix: string, body: unknown, type: string, reason?: string): Step {
  return fails(`PUT /_connector/{p}a/${suffix}`, body, 400, type, reason);
}
function get(filtering: unknown): Step {
  return step("GET /_connector/{p}a", undefined, 200, { filtering: [filtering] });
}

export const filteringEntries: Entry[] = [
  {
    id: "R01",
    title: "a full filtering replaces",
    source: "test",
    steps: [
      create,
      put("_filtering", { filtering: [{ active: part, domain: "DEFAULT", draft: part }] }),
      get(exactly({ active: part, domain: "DEFAULT", draft: part })),
    ],
  },
  {
    id: "R02",
    title: "rules go to the draft, the default rule last",
    source: "test",
    steps: [
      create,
      put("_filtering", { rules: [{ ...rule, id: "r2", order: 4 }, rule] }),
      get({
        active: { rules: [{ id: "DEFAULT" }], validation: { state: "valid" } },
        draft: {
          rules: [
            { id: "r1", order: 0 },
            { id: "r2", order: 4 },
            { ...fallback, order: 5 },
          ],
          validation: exactly({ errors: [], state: "edited" }),
          advanced_snippet: { value: exactly({}) },
        },
      }),
      put("_filtering", { rules: [] }),
      get({ draft: { rules: [{ ...fallback, order: 0 }] } }),
    ],
  },
  {
    id: "R03",
    title: "an advanced snippet is an object or a list",
    source: "test",
    steps: [
      create,
      put("_filtering", { advanced_snippet: { value: { tables: [] } } }),
      get({
        draft: {
          advanced_snippet: { value: exactly({ tables: [] }), created_at: anything },
          validation: { state: "edited" },
        },
      }),
      put("_filtering", { advanced_snippet: { value: [{ q: 1 }] } }),
      get({
        draft: { advanced_snippet: { value: exactly([{ q: 1 }]) } },
        active: { advanced_snippet: { value: exactly({}) } },
      }),
      bad("_filtering", { advanced_snippet: { value: "text" } }, P400),
    ],
  },
  {
    id: "R04",
    title: "a validated draft becomes active",
    source: "test",
    steps: [
      create,
      put("_filtering", { rules: [rule] }),
      put("_filtering/_validation", { validation: { state: "valid", errors: [] } }),
      get({ draft: { validation: exactly({ errors: [], state: "valid" }) }, active: { rules: [{ id: "DEFAULT" }] } }),
      put("_filtering/_activate", undefined),
      get({ active: { rules: [rule, fallback] }, draft: { rules: [rule, fallback] } }),
    ],
  },
  {
    id: "R05",
    title: "an unvalidated draft stays a draft",
    source: "source",
    steps: [
      create,
      put("_filtering", { rules: [rule] }),
      bad(
        "_filtering/_activate",
        undefined,
        S400,
        "Filtering draft needs to be validated by the connector service before activation. Current filtering draft validation state [edited] is not equal to [valid].",
      ),
      put("_filtering/_validation", { validation: { state: "invalid", errors: [{ ids: ["r1"], messages: ["no"] }] } }),
      bad("_filtering/_activate", undefined, S400, "state [invalid]"),
    ],
  },
  {
    id: "R06",
    title: "rules are checked",
    source: "test",
    steps: [
      create,
      bad("_filtering", { rules: [{ id: "r" }] }, P400),
      bad("_filtering", { rules: [{ ...rule, policy: "maybe" }] }, P400),
      bad("_filtering", { rules: [{ ...rule, created_at: "yesterday" }] }, P400),
      bad("_filtering", {}, V400, "[advanced_snippet] and [rules] cannot be both [null]."),
      bad(
        "_filtering",
        { filtering: [{ active: part, draft: part }], rules: [rule] },
        V400,
        "If [filtering] is specified, [rules] and [advanced_snippet] should not be present in the request body.",
      ),
      bad("_filtering/_validation", { validation: { state: "fine", errors: [] } }, P400),
      fails("PUT /_connector/{p}missing/_filtering", { rules: [rule] }, 404, NF404),
      fails("PUT /_connector/{p}missing/_filtering/_activate", undefined, 404, NF404),
    ],
  },
  {
    id: "R07",
    title: "times are read and printed again",
    source: "correction",
    steps: [
      create,
      put("_filtering", { rules: [{ ...rule, updated_at: "2023-05-25T12:30:00Z" }] }),
      get({ draft: { rules: [{ created_at: time, updated_at: time }, { id: "DEFAULT" }] } }),
    ],
  },
];
