import { comparable, inOrder, learn } from "../support/comparable";

const [ONE, TWO] = ["AAAAAAAAAAAAAAAAAAA1", "BBBBBBBBBBBBBBBBBBB2"];
const key = (name: string, id: string, more: object = {}) => {
  const type = "pulumi-nodejs:dynamic/elastic:ApiKey";
  return { urn: `urn:pulumi:dev::tests::${type}::${name}`, type, id, ...more };
};
const encoded = (id: string) => Buffer.from(`${id}:0123456789012345678901`).toString("base64");

test("equal ids stay equal and different ones different, in texts too", () => {
  expect(comparable({ uses: ONE, other: TWO, told: `'${ONE}' is gone`, list: [TWO] })).toEqual({
    uses: "<id 1>",
    other: "<id 2>",
    told: "'<id 1>' is gone",
    list: ["<id 2>"],
  });
  expect(comparable({ uses: TWO, other: ONE })).toEqual(comparable({ uses: ONE, other: TWO }));
  expect(comparable({ uses: ONE, other: TWO })).not.toEqual(comparable({ uses: ONE, other: ONE }));
});

test("what a state knows is named by its owner: the wrong owner's id is another one", () => {
  const names = learn(new Map(), [key("one", ONE), key("two", TWO)]);
  expect(comparable({ apiKeyId: ONE }, names)).toEqual({ apiKeyId: "<id of ApiKey one>" });
  expect(comparable({ apiKeyId: TWO }, names)).toEqual({ apiKeyId: "<id of ApiKey two>" });
  expect(comparable({ value: encoded(TWO) }, names)).toEqual({ value: "<encoded <id of ApiKey two>>" });
});

test("a resource's id after a replacement is another one than before, in whatever order a state holds them", () => {
  const halves = [key("one", TWO, { delete: true }), key("one", ONE)];
  for (const state of [halves, halves.toReversed()]) {
    expect(comparable([ONE, TWO], learn(new Map(), state))).toEqual(["<id of ApiKey one>", "<id of ApiKey one> (2)"]);
  }
});

test("a random name is known by its suffix wherever it is part of another", () => {
  const type = "pulumi-nodejs:dynamic/elastic:Index";
  const names = learn(new Map(), [{ urn: `urn:pulumi:dev::tests::${type}::movies`, type, id: "search-notes-abc1234" }]);
  expect(comparable(["search-notes-abc1234", ".filter-search-notes-abc1234", "search-notes-abc1235"], names)).toEqual([
    "search-notes-<suffix of Index movies>",
    ".filter-search-notes-<suffix of Index movies>",
    "search-notes-<suffix 1>",
  ]);
});

test("property names are left alone, also where a text speaks of them", () => {
  const value = { extractBinaryContent: true, path: "pipeline.extractBinaryContent", [ONE]: 1 };
  expect(comparable(value)).toEqual(value);
});

test("nothing random decides about the order", () => {
  const one = inOrder([{ b: ONE }, { a: TWO }]);
  const two = inOrder([{ a: ONE }, { b: TWO }]);
  expect(comparable(one)).toEqual(comparable(two));
});
