import { difference } from "../../provider/lifecycle/diff";
import { changedInputs, outputsOf, recordedInputs, split } from "../../provider/lifecycle/state";
import type { Bag, Live } from "../../provider/model/resource";
import { UNKNOWN } from "../../provider/model/unknown";
import { resources } from "../../provider/resources";
import { remote, stub } from "../support/stub";

const definition = stub(remote());

const live = (inputs: Bag, facts: Bag = {}): Live => ({ inputs, facts });

const CONNECTOR = resources.Connector;

describe("what is recorded of the inputs", () => {
  test("what was declared, while it means the same as the live value, in the user's spelling", () => {
    const state = recordedInputs(
      CONNECTOR,
      { configuration: { hosts: ["a", "b"] }, pipeline: { name: "p" } },
      {
        inputs: {
          configuration: { hosts: "a,b", theirs: 1 },
          pipeline: { name: "p", extractBinaryContent: true, reduceWhitespace: true, runMlInference: true },
        },
        facts: {},
      },
    );
    expect(state).toEqual({ configuration: { hosts: ["a", "b"] }, pipeline: { name: "p" } });
  });

  test("else the live value", () => {
    expect(recordedInputs(definition, { title: "a", size: 2 }, live({ title: "b", size: 2 }))).toEqual({
      title: "b",
      size: 2,
    });
  });

  test("nothing that wasn't declared", () => {
    expect(recordedInputs(definition, { title: "a" }, live({ title: "a", size: 7, parts: { x: "1" } }))).toEqual({
      title: "a",
    });
  });

  test("of a value with a view, only the declared part", () => {
    const present = live({ parts: { a: "1", b: "2" } });
    expect(recordedInputs(definition, { parts: { a: "1" } }, present)).toEqual({ parts: { a: "1" } });
    expect(recordedInputs(definition, { parts: { a: "9" } }, present)).toEqual({ parts: { a: "1" } });
    expect(recordedInputs(definition, { parts: { gone: "9" } }, present)).toEqual({ parts: {} });
  });

  test("what can't be read back is taken at its word; what is read as unset is gone", () => {
    expect(recordedInputs(definition, { token: "t" }, live({}))).toEqual({ token: "t" });
    expect(recordedInputs(definition, { title: "t" }, live({ title: undefined }))).toEqual({});
  });

  test("outputs add the facts; those that can't be read are carried, and read ones win", () => {
    const carried = { issued: "then", revision: 1, title: "old", stranger: 1 };
    expect(outputsOf(definition, { title: "a" }, live({ title: "a" }, { revision: 2 }), carried)).toEqual({
      title: "a",
      issued: "then",
      revision: 2,
    });
    expect(split(definition, { title: "a", issued: "x", stranger: 1 })).toEqual({
      inputs: { title: "a" },
      facts: { issued: "x" },
    });
  });
});

describe("what has to be written", () => {
  const changed = (desired: Bag, recorded: Bag, present: Bag) => [
    ...changedInputs(definition, desired, recorded, live(present)),
  ];

  test("what differs from the live value, whatever the state says", () => {
    expect(changed({ title: "a" }, { title: "a" }, { title: "theirs" })).toEqual(["title"]);
    expect(changed({ title: "b" }, { title: "b" }, { title: "b" })).toEqual([]);
  });

  test("what is declared no more, where the server still has it", () => {
    expect(changed({}, { title: "a" }, { title: "a" })).toEqual(["title"]);
    expect(changed({}, { title: "a" }, { title: undefined })).toEqual([]);
    expect(changed({}, {}, { title: "theirs" })).toEqual([]);
  });

  test("a part that is declared no more, below a value of which only the declared part counts", () => {
    expect(changed({ parts: { a: "1" } }, { parts: { a: "1", b: "2" } }, { parts: { a: "1", b: "2" } })).toEqual([
      "parts",
    ]);
    expect(changed({ parts: { a: "1" } }, { parts: { a: "1" } }, { parts: { a: "1", theirs: "2" } })).toEqual([]);
  });

  test("what can't be read goes by the state", () => {
    expect(changed({ token: "b" }, { token: "a" }, {})).toEqual(["token"]);
    expect(changed({ token: "a" }, { token: "a" }, {})).toEqual([]);
  });
});

describe("an empty value that the server doesn't tell from none", () => {
  // Dropped from the state, it would come back as a change at the next preview after each refresh; for a key, as a new key.
  test.each<[keyof typeof resources, Bag, Bag]>([
    ["Connector", { description: "" }, { description: undefined }],
    ["Connector", { name: "" }, { name: undefined }],
    ["ApiKey", { metadata: {} }, { metadata: undefined }],
    ["ApiKey", { roleDescriptors: {} }, { roleDescriptors: undefined }],
    ["Index", { settings: {} }, { settings: { "index.number_of_shards": "1" } }],
    ["Index", { settings: { analysis: {} } }, { settings: { "index.number_of_shards": "1" } }],
    ["Index", { mappings: {} }, { mappings: undefined }],
    ["Connector", { configuration: {} }, { configuration: undefined }],
    ["Connector", { features: {} }, { features: undefined }],
    ["Connector", { scheduling: {} }, { scheduling: {} }],
  ])("%s %j stays as it was declared, and is no difference", (kind, declared, present) => {
    const resource = resources[kind];
    expect(recordedInputs(resource, declared, live(present))).toEqual(declared);
    expect([...changedInputs(resource, declared, declared, live(present))]).toEqual([]);
  });
});

describe("differences", () => {
  test("by meaning, not by text", () => {
    const olds = { settings: { number_of_replicas: 1 }, mappings: { dynamic: false } };
    const news = { settings: { "index.number_of_replicas": "1" }, mappings: { dynamic: "false" } };
    expect(difference(resources.Index, olds, news).changed).toEqual([]);
  });

  test("of the inputs only", () => {
    const olds = { name: "a", indexName: "a", creationMark: "x" };
    expect(difference(resources.Index, olds, { name: "a" }).changed).toEqual([]);
  });

  test("a static setting or a mapped field's type replaces the index, the rest is changed in place", () => {
    const replaces = (olds: Bag, news: Bag) => difference(resources.Index, olds, news).replaces;
    expect(replaces({ settings: { number_of_shards: 1 } }, { settings: { number_of_shards: 2 } })).toEqual([
      "settings",
    ]);
    expect(replaces({ settings: { number_of_replicas: 1 } }, { settings: { number_of_replicas: 2 } })).toEqual([]);
    expect(replaces({ settings: { number_of_replicas: 1 } }, { settings: { number_of_replicas: UNKNOWN } })).toEqual(
      [],
    );
    const type = (name: string) => ({ mappings: { properties: { a: { type: name } } } });
    expect(replaces(type("text"), type("keyword"))).toEqual(["mappings"]);
    expect(replaces(type("text"), { mappings: { properties: { b: { type: "text" } } } })).toEqual([]);
    expect(replaces({ language: "en" }, { language: "de" })).toEqual(["language"]);
    expect(replaces({ forceDestroy: true }, {})).toEqual([]);
  });

  test("an index of the same explicit name is deleted first, one of another name afterwards", () => {
    const first = (olds: Bag, news: Bag) => difference(resources.Index, olds, news).deleteFirst;
    expect(first({ name: "a", language: "en" }, { name: "a", language: "de" })).toBe(true);
    expect(first({ name: "a" }, { name: "b" })).toBe(false);
    expect(first({ language: "en" }, { language: "de" })).toBe(false);
    expect(first({ name: "a", forceDestroy: true }, { name: "a" })).toBe(false);
  });

  test("two connectors can have neither one id nor one index", () => {
    const first = (olds: Bag, news: Bag) => difference(CONNECTOR, olds, news);
    expect(first({ language: "en", connectorId: "c" }, { language: "de", connectorId: "c" })).toMatchObject({
      replaces: ["language"],
      deleteFirst: true,
    });
    expect(first({ language: "en", indexName: "i" }, { language: "de", indexName: "i" }).deleteFirst).toBe(true);
    expect(first({ connectorId: "c" }, { connectorId: "d" })).toMatchObject({
      replaces: ["connectorId"],
      deleteFirst: false,
    });
  });

  test("what makes a new key; order and names of the roles are no change", () => {
    const olds = { name: "k", roleDescriptors: { a: { cluster: ["monitor", "manage"] } }, keepers: { a: "1" } };
    const same = { ...olds, roleDescriptors: { b: { cluster: ["manage", "monitor"] } } };
    expect(difference(resources.ApiKey, olds, same).changed).toEqual([]);
    expect(difference(resources.ApiKey, olds, { ...same, keepers: { a: "2" } }).replaces).toEqual(["keepers"]);
    expect(difference(resources.ApiKey, olds, { ...same, expiration: "30d" }).replaces).toEqual([]);
    expect(difference(resources.ApiKey, olds, { ...same, name: "l" }).replaces).toEqual(["name"]);
  });

  describe("a secret whose value isn't known yet", () => {
    const changed = (olds: Bag, news: Bag) => difference(resources.ConnectorSecret, olds, news).changed;

    test("counts as unchanged while its version is", () => {
      expect(changed({ value: "v", valueVersion: "1" }, { value: UNKNOWN, valueVersion: "1" })).toEqual([]);
    });

    test("counts as changed otherwise", () => {
      expect(changed({ value: "v" }, { value: UNKNOWN })).toEqual(["value"]);
      expect(changed({ value: "v", valueVersion: "1" }, { value: UNKNOWN, valueVersion: "2" })).toEqual([
        "value",
        "valueVersion",
      ]);
      expect(changed({ value: "v", valueVersion: "1" }, { value: UNKNOWN, valueVersion: UNKNOWN })).toEqual([
        "value",
        "valueVersion",
      ]);
      expect(changed({ value: "v", valueVersion: "1" }, { value: "w", valueVersion: "1" })).toEqual(["value"]);
    });
  });
});
