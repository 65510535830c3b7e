import { absent, anything, type Entry, exactly, fails, NF404, P400, S400, type Step, step, V400 } from "../dsl";

const create = step("PUT /_connector/{p}a", { service_type: "s3" }, 201);
const path = "PUT /_connector/{p}a/_configuration";
const host = { default_value: null, label: "Host", required: false, sensitive: false, value: "h" };

function set(configuration: unknown): Step {
  return step(path, { configuration }, 200, exactly({ result: "updated" }));
}
function get(expected: unknown): Step {
  return step("GET /_connector/{p}a", undefined, 200, expected);
}
function bad(field: unknown, reason?: string): Step {
  return fails(path, { configuration: { f: field } }, 400, P400, reason);
}

/** Every property that a field may have. */
const everyProperty = {
  category: "c",
  default_value: "d",
  depends_on: [{ field: "g", value: true }],
  display: "dropdown",
  label: "F",
  options: [{ label: "One", value: 1 }],
  order: 3,
  placeholder: "p",
  required: true,
  sensitive: false,
  tooltip: "t",
  type: "list",
  ui_restrictions: ["advanced"],
  validations: [{ type: "included_in", constraint: ["a", "b"] }],
  value: "v",
};

export const configurationEntries: Entry[] = [
  {
    id: "F01",
    title: "a schema is registered, the status follows",
    source: "test",
    steps: [
      create,
      set({ host: { label: "Host", value: "h" }, port: { label: "Port", value: 1, type: "int" } }),
      get({
        status: "configured",
        configuration: exactly({ host, port: { ...host, label: "Port", value: 1, type: "int" } }),
      }),
    ],
  },
  {
    id: "F02",
    title: "a second schema replaces the first",
    source: "test",
    steps: [
      create,
      set({ host: { label: "Host", value: "h" } }),
      set({ port: { label: "Port" } }),
      get({ configuration: { host: absent, port: anything } }),
    ],
  },
  {
    id: "F03",
    title: "an empty schema clears",
    source: "test",
    steps: [
      create,
      set({ host: { label: "Host" } }),
      set({}),
      get({ configuration: exactly({}), status: "configured" }),
    ],
  },
  {
    id: "F04",
    title: "field definitions are checked",
    source: "test",
    steps: [
      create,
      set({ f: { label: "F", tooltip: null, placeholder: null } }),
      get({ configuration: { f: { tooltip: absent, placeholder: absent } } }),
      bad({ value: "no label" }),
      bad({ label: "F", display: "hologram" }),
      bad({ label: "F", display: null }, "failed to parse field [configuration]"),
      bad({ label: "F", type: "float" }),
      bad({ label: "F", order: "first" }),
      bad({ label: "F", depends_on: null }),
      bad({ label: "F", validations: [{ type: "magic", constraint: 1 }] }),
      bad("no object"),
    ],
  },
  {
    id: "F05",
    title: "values may be objects, never lists",
    source: "derived",
    steps: [
      create,
      set({ f: { label: "F", value: { enabled: true } } }),
      get({ configuration: { f: { value: { enabled: true } } } }),
      bad({ label: "F", value: ["a"] }, "failed to parse field [configuration]"),
      bad({ label: "F", default_value: ["a"] }),
    ],
  },
  {
    id: "F06",
    title: "values change only the named fields, which must be registered",
    source: "test",
    steps: [
      create,
      set({ host: { label: "Host", value: "h", tooltip: "t" }, port: { label: "Port", value: 1 } }),
      step(path, { values: { port: 2 } }, 200, { result: "updated" }),
      get({
        status: "configured",
        configuration: { host: { value: "h", tooltip: "t" }, port: { value: 2, label: "Port" } },
      }),
      fails(
        path,
        { values: { port: 3, nope: 1, nor: 2 } },
        400,
        S400,
        "Unknown [configuration] fields in the request payload: [nope, nor]. Remove them from request or register their schema first.",
      ),
      get({ configuration: { port: { value: 2 } } }),
      step(path, { values: { host: ["a", "b"] } }, 200),
      get({ configuration: { host: { value: ["a", "b"] } } }),
    ],
  },
  {
    id: "F07",
    title: "exactly one of the two forms",
    source: "test",
    steps: [
      create,
      fails(path, {}, 400, V400, "[configuration] and [values] cannot both be null."),
      fails(
        path,
        { configuration: {}, values: {} },
        400,
        V400,
        "[configuration] and [values] cannot both be provided in the same request.",
      ),
      fails(
        "PUT /_connector/{p}missing/_configuration",
        { configuration: {} },
        404,
        NF404,
        "connector [{p}missing] not found",
      ),
    ],
  },
  {
    id: "F08",
    title: "sensitive values are shown in clear",
    source: "source",
    steps: [
      create,
      set({ password: { label: "P", sensitive: true, value: "open-secret" } }),
      get({ configuration: { password: { sensitive: true, value: "open-secret" } } }),
    ],
  },
  {
    id: "F09",
    title: "all properties come back",
    source: "test",
    steps: [
      create,
      set({
        f: { ...everyProperty, unknown_property: 1 },
      }),
      get({
        configuration: {
          f: exactly(everyProperty),
        },
      }),
    ],
  },
  {
    id: "F10",
    title: "required and sensitive default to false, the values to null",
    source: "derived",
    steps: [
      create,
      set({ f: { label: "F" } }),
      get({
        configuration: {
          f: exactly({ default_value: null, label: "F", required: false, sensitive: false, value: null }),
        },
      }),
    ],
  },
];
