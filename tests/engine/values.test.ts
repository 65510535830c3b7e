// The parts that work on values alone: property paths, comparison, secret marks, encryption, endpoints.

import { applyReplaceOnChanges, compareMaps, invert, NO_CHANGES, needsReplacement } from "../../embedded/engine/diff";
import { requireLoopbackConfig, requireLoopbackEnvironment } from "../../embedded/engine/loopback";
import { covers, formatPath, getAt, parsePath, resetPath } from "../../embedded/engine/paths";
import {
  annotateSecrets,
  containsUnknown,
  fromProgram,
  isSecret,
  makeSecret,
  mask,
  type PropertyMap,
  reveal,
  toProvider,
  UNKNOWN,
} from "../../embedded/engine/property";
import { openCrypter } from "../../embedded/engine/secrets";
import { createUrn, isDefaultProvider, nameOf, splitReference, typeOf } from "../../embedded/engine/urn";

describe("paths", () => {
  test.each([
    ["a.b[0].c", ["a", "b", 0, "c"]],
    ['["elastic:url"]', ["elastic:url"]],
    ['a["x.y"][*]', ["a", "x.y", "*"]],
    ['["say \\"hi\\""]', ['say "hi"']],
  ])("reads %s", (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  test("writes what it reads", () => {
    for (const path of [
      ["a", "b c", 3],
      ["__x", "elastic:url"],
      ['q"q', 0, "z"],
    ]) {
      expect(parsePath(formatPath(path))).toEqual(path);
    }
  });

  test("doesn't guess at what can't be read", () => {
    expect(parsePath("a[")).toBeUndefined();
    expect(parsePath("a..b")).toBeUndefined();
  });

  test("covers itself and what is below", () => {
    expect(covers(["a"], ["a", "b"])).toBe(true);
    expect(covers(["a", "*"], ["a", 0, "x"])).toBe(true);
    expect(covers(["a", "b"], ["a"])).toBe(false);
  });

  test("resets nested values, additions and deletions", () => {
    const next: PropertyMap = { keep: 2, obj: { p: 2, added: 1, q: [1, { z: 2 }] } };
    const old: PropertyMap = { keep: 1, obj: { p: 1, lost: 1, q: [0, { z: 1 }] } };
    for (const path of ["obj.p", "obj.added", "obj.lost", "obj.q[1].z"]) {
      expect(resetPath(parsePath(path) ?? [], old, next)).toBe(true);
    }
    expect(next).toEqual({ keep: 2, obj: { p: 1, lost: 1, q: [1, { z: 1 }] } });
    expect(resetPath(["obj", "q", 5], old, next)).toBe(true);
    expect(resetPath(["obj", "q", 1], { obj: { q: [1] } }, next)).toBe(false);
  });

  test("a reset value that was part of a secret stays secret", () => {
    const next: PropertyMap = { obj: { p: 2 } };
    expect(resetPath(["obj", "p"], { obj: makeSecret({ p: 1 }) }, next)).toBe(true);
    expect(getAt(next, ["obj", "p"])).toEqual(makeSecret(1));
  });
});

describe("comparison", () => {
  test("finds paths, sees through secrets, takes null for absent", () => {
    const old = { a: 1, gone: 1, s: makeSecret("x"), list: [1, 2], o: { n: null } };
    const next = { a: 2, s: "x", list: [1, 3, 4], o: {}, fresh: { x: 1 } };
    expect(Object.fromEntries(compareMaps(old, next))).toEqual({
      a: "update",
      gone: "delete",
      "list[1]": "update",
      "list[2]": "add",
      fresh: "add",
    });
  });

  test("replaceOnChanges acts on compared paths only", () => {
    const detailed = compareMaps({ o: { p: 1, q: 1 } }, { o: { p: 2, q: 2 } });
    const compared = applyReplaceOnChanges(
      { ...NO_CHANGES, changes: true, changedKeys: ["o"], detailed },
      ["o.p"],
      false,
    );
    expect(Object.fromEntries(compared.detailed ?? [])).toEqual({ "o.p": "update-replace", "o.q": "update" });
    expect(needsReplacement(compared)).toBe(true);
    expect(needsReplacement(applyReplaceOnChanges({ ...NO_CHANGES, changes: true }, ["o.p"], false))).toBe(false);
  });

  test("a refresh sees additions where a repair would delete", () => {
    const seen = invert({
      ...NO_CHANGES,
      changes: true,
      detailed: new Map([
        ["a", "delete"],
        ["b", "add-replace"],
      ]),
    });
    expect(Object.fromEntries(seen.detailed ?? [])).toEqual({ a: "add", b: "delete-replace" });
  });
});

describe("values", () => {
  const output = (more: PropertyMap) => ({
    "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    ...more,
  });

  test("output values of the program become plain, secret or unknown ones, and name what they depend on", () => {
    const dependencies = new Set<string>();
    const value = {
      a: output({ value: 1, dependencies: ["urn:a"] }),
      b: [output({ value: "x", secret: true })],
      c: output({}),
    };
    expect(fromProgram(value, dependencies)).toEqual({ a: 1, b: [makeSecret("x")], c: UNKNOWN });
    expect([...dependencies]).toEqual(["urn:a"]);
  });

  test("secrets are marked again by name; inside arrays, the whole array is", () => {
    const back: PropertyMap = { pw: "x", deep: { pw: "y", other: 1 }, list: [1, "z"], free: 1 };
    annotateSecrets(back, { pw: makeSecret("x"), deep: { pw: makeSecret("y") }, list: [1, makeSecret("z")], free: 2 });
    expect(back).toEqual({
      pw: makeSecret("x"),
      deep: { pw: makeSecret("y"), other: 1 },
      list: makeSecret([1, "z"]),
      free: 1,
    });
  });

  test("a provider gets plain values, and ids in place of resources", () => {
    const reference = { "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "7" };
    expect(toProvider({ s: makeSecret({ t: makeSecret(1) }), reference })).toEqual({ s: { t: 1 }, reference: "7" });
    expect(containsUnknown(makeSecret([{ a: UNKNOWN }]))).toBe(true);
    expect(mask({ a: makeSecret("hunter2"), b: UNKNOWN })).toEqual({ a: "[secret]", b: "[unknown]" });
    expect(isSecret(reveal(makeSecret(makeSecret(1))))).toBe(false);
  });
});

test("names are taken apart and put together", () => {
  const urn = createUrn("dev", "proj", "urn:pulumi:dev::proj::x:y:Comp::c", "p:m/x:T", "n::odd");
  expect(urn).toBe("urn:pulumi:dev::proj::x:y:Comp$p:m/x:T::n::odd");
  expect([typeOf(urn), nameOf(urn)]).toEqual(["p:m/x:T", "n::odd"]);
  expect(createUrn("dev", "proj", "urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", "t", "n")).toBe(
    "urn:pulumi:dev::proj::t::n",
  );
  expect(splitReference("urn:pulumi:dev::p::pulumi:providers:x::eu::id-1").id).toBe("id-1");
  expect(isDefaultProvider("urn:pulumi:dev::p::pulumi:providers:pulumi-nodejs::default")).toBe(true);
});

test("a passphrase opens what it closed, and no other does", async () => {
  const crypter = await openCrypter("correct horse");
  const text = crypter.encrypt("hunter2");
  expect(text).toMatch(/^v1:[A-Za-z0-9+/=]{16}:[A-Za-z0-9+/=]+$/);
  expect(crypter.encrypt("hunter2")).not.toBe(text);
  expect((await openCrypter("correct horse", crypter.state)).decrypt(text)).toBe("hunter2");
  await expect(openCrypter("wrong", crypter.state)).rejects.toThrow("incorrect passphrase");
  const cut = `${text.slice(0, -6)}AAAAA=`;
  expect(() => crypter.decrypt(cut)).toThrow();
});

test("reads what Pulumi's own passphrase manager wrote", async () => {
  // Made by the Pulumi CLI: the salt of a new stack, and a secret of its configuration.
  const state = "v1:igHW+dBPuYs=:v1:BjuPJU7Q5dIk9VB2:JBnkgkH2Mf/80ic3hdcT/MXcLZESiw==";
  const crypter = await openCrypter("correct horse", state);
  expect(crypter.decrypt("v1:h6NW8QkNo5Ra/NtN:Cw2if0f60KTyj2uG6G+qkaPeFn6BoxA=")).toBe("hunter2");
});

describe("endpoints", () => {
  test.each(["http://localhost:9200", "https://127.0.0.5:9200", "http://[::1]:9200", "a.localhost:1,127.0.0.1:2", ""])(
    "%s is on this machine",
    (endpoint) => {
      expect(() => requireLoopbackConfig({ "elastic:endpoint": endpoint }, {})).not.toThrow();
      expect(() => requireLoopbackEnvironment({ EU_ELASTICSEARCH_ENDPOINT: endpoint })).not.toThrow();
    },
  );

  test.each(["https://es.example.com:9243", "http://127.0.0.1:9200,http://10.0.0.7:9200", "localhost.example.com"])(
    "%s is not",
    (endpoint) => {
      expect(() => requireLoopbackConfig({ "elastic:endpoint": makeSecret(endpoint) }, {})).toThrow(
        "not for production",
      );
      expect(() => requireLoopbackEnvironment({ ELASTICSEARCH_ENDPOINT: endpoint })).toThrow("not for production");
    },
  );

  test("variables that a provider names by a prefix count as well", () => {
    const provider = { "elastic:envPrefix": "EU" };
    expect(() => requireLoopbackConfig(provider, { EU_ENDPOINT: "http://127.0.0.1:9200" })).not.toThrow();
    expect(() => requireLoopbackConfig(provider, {})).not.toThrow();
    expect(() => requireLoopbackConfig(provider, { EU_ENDPOINT: "https://es.example.com" })).toThrow("EU_ENDPOINT");
    expect(() => requireLoopbackConfig(provider, { EU_CLOUD_ID: "x:y" })).toThrow("EU_CLOUD_ID");
  });

  test("nor is anything with a cloud id", () => {
    expect(() => requireLoopbackConfig({ "elastic:cloudId": "x:y" }, {})).toThrow("elastic:cloudId");
    expect(() => requireLoopbackEnvironment({ ELASTICSEARCH_CLOUD_ID: "x:y" })).toThrow("ELASTICSEARCH_CLOUD_ID");
  });
});
