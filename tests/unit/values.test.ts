import { fromEngine, toEngine, UNKNOWN_TEXT } from "../../provider/host/values";
import { deepEqual, withoutUndefined } from "../../provider/model/equality";
import { containsUnknown, isUnknown, UNKNOWN } from "../../provider/model/unknown";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

test("the engine's own text for unknowns, as its SDK has it", () => {
  expect(UNKNOWN_TEXT).toBe("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
});

describe("from the engine", () => {
  test("unknowns at each depth: a value, inside an object, inside an array, and deeper", () => {
    const { values } = fromEngine({
      leaf: UNKNOWN_TEXT,
      object: { inner: UNKNOWN_TEXT, known: 1 },
      array: ["a", UNKNOWN_TEXT],
      deep: [{ list: [[UNKNOWN_TEXT]] }],
    });
    expect(values).toEqual({
      leaf: UNKNOWN,
      object: { inner: UNKNOWN, known: 1 },
      array: ["a", UNKNOWN],
      deep: [{ list: [[UNKNOWN]] }],
    });
    expect(isUnknown(values.leaf)).toBe(true);
  });

  test("text that only contains the unknown's text is known", () => {
    expect(fromEngine({ a: `x${UNKNOWN_TEXT}` }).values).toEqual({ a: `x${UNKNOWN_TEXT}` });
  });

  test("keys with two underscores are hidden, and the context is read from them", () => {
    const context = { project: "p", stack: "s", resource: "r", native: true };
    const bag = { a: 1, _b: 2, __provider: "text", __context: context, __defaults: [] };
    const { values, hidden, context: read } = fromEngine(bag);
    expect(values).toEqual({ a: 1, _b: 2 });
    expect(hidden).toEqual({ __provider: "text", __context: context, __defaults: [] });
    expect(read).toEqual(context);
  });

  test("a state without a context, or with a part of it, gets a neutral one", () => {
    expect(fromEngine({ a: 1 }).context).toEqual({ project: "", stack: "", resource: "resource" });
    expect(fromEngine({ __context: { stack: "s" } }).context).toEqual({
      project: "",
      stack: "s",
      resource: "resource",
    });
  });

  test.each([undefined, null, "text", []])("a bag that is none (%j) is empty", (bag) => {
    expect(fromEngine(bag)).toMatchObject({ values: {}, hidden: {} });
  });

  test("undefined is dropped, null isn't", () => {
    const { values } = fromEngine({ a: undefined, b: { c: undefined, d: null }, e: [{ f: undefined }] });
    expect(Object.keys(values)).toEqual(["b", "e"]);
    expect(JSON.stringify(values)).toBe('{"b":{"d":null},"e":[{}]}');
  });
});

describe("to the engine", () => {
  test("unknowns as its text, at each depth", () => {
    const bag = { leaf: UNKNOWN, object: { inner: UNKNOWN }, array: [1, [UNKNOWN]] };
    expect(toEngine(bag, {}, [])).toEqual({
      leaf: UNKNOWN_TEXT,
      object: { inner: UNKNOWN_TEXT },
      array: [1, [UNKNOWN_TEXT]],
    });
  });

  test("nothing undefined at any depth: the engine would lose the object after it was made", () => {
    const bag = toEngine({ a: undefined, b: { c: undefined, d: [undefined, 1, { e: undefined }] } }, {}, []);
    expect(JSON.stringify(bag)).toBe('{"b":{"d":[1,{}]}}');
    expect(bag).not.toHaveProperty("a");
    expect(bag.b).not.toHaveProperty("c");
  });

  test("hidden keys come along", () => {
    expect(toEngine({ a: 1 }, { __provider: "text" }, [])).toEqual({ a: 1, __provider: "text" });
  });

  test("secrets are wrapped, at the top and below", () => {
    const bag = { value: "s", configuration: { password: "p", host: "h" }, list: ["x"] };
    expect(toEngine(bag, {}, [["value"], ["configuration", "password"], ["list"]])).toEqual({
      value: secret("s"),
      configuration: { password: secret("p"), host: "h" },
      list: secret(["x"]),
    });
    expect(bag.value).toBe("s");
  });

  test("what is missing or unknown isn't wrapped, and what is wrapped isn't wrapped again", () => {
    const paths = [["missing"], ["unknown"], ["inner", "missing"], ["unknown", "deeper"], ["text", "deeper"], ["done"]];
    expect(toEngine({ unknown: UNKNOWN, inner: {}, text: "t", done: secret("s") }, {}, paths)).toEqual({
      unknown: UNKNOWN_TEXT,
      inner: {},
      text: "t",
      done: secret("s"),
    });
  });

  test("an unknown inside a secret keeps its text", () => {
    expect(toEngine({ list: ["a", UNKNOWN] }, {}, [["list"]])).toEqual({ list: secret(["a", UNKNOWN_TEXT]) });
  });

  test.each([null, "", 0, false])("a falsy secret (%j) is one too", (value) => {
    expect(toEngine({ value }, {}, [["value"]])).toEqual({ value: secret(value) });
  });
});

describe("values of our own", () => {
  test("an unknown equals nothing, not even itself", () => {
    expect(deepEqual(UNKNOWN, UNKNOWN)).toBe(false);
    expect(deepEqual({ a: [UNKNOWN] }, { a: [UNKNOWN] })).toBe(false);
    expect(deepEqual(UNKNOWN, undefined)).toBe(false);
  });

  test("an absent key equals an undefined one, and null is neither", () => {
    expect(deepEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(deepEqual({ a: null }, {})).toBe(false);
    expect(deepEqual([], {})).toBe(false);
    expect(deepEqual([1, 2], [2, 1])).toBe(false);
    expect(deepEqual({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(deepEqual("1", 1)).toBe(false);
  });

  test("containsUnknown looks everywhere", () => {
    expect(containsUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
    expect(containsUnknown({ a: [{ b: null }], c: "x" })).toBe(false);
  });

  test("withoutUndefined keeps everything else", () => {
    expect(withoutUndefined({ a: [undefined, null, { b: undefined, c: 0 }], d: "" })).toStrictEqual({
      a: [null, { c: 0 }],
      d: "",
    });
  });

  test("an unknown that slips into a message says what it is", () => {
    expect(`${UNKNOWN}`).toBe("(not known yet)");
  });
});
