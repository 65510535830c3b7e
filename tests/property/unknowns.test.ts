import fc from "fast-check";
import { fromEngine, toEngine, UNKNOWN_TEXT } from "../../provider/host/values";
import { checkLocally } from "../../provider/lifecycle/check";
import { validate } from "../../provider/model/issues";
import { containsUnknown } from "../../provider/model/unknown";
import { resources } from "../../provider/resources";
import { bagOf, json, meetsUnknown, nearly, withUnknowns } from "../support/arbitraries";

const KINDS = Object.values(resources).map((definition) => [definition.kind, definition] as const);
const RUNS = { numRuns: 150 };

describe.each(KINDS)("%s", (_, definition) => {
  test("what the schema accepts, it accepts with unknowns anywhere", () => {
    fc.assert(
      fc.property(withUnknowns(bagOf(definition.inputs)), (bag) => {
        expect(validate(definition.inputs, bag)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("nothing is said about an unknown, whatever else is wrong", () => {
    fc.assert(
      fc.property(withUnknowns(nearly(definition.inputs)), (bag) => {
        const issues = checkLocally(definition, bag);
        // What is wrong with a name is known, whatever its value will be.
        const judged = issues.filter(
          ({ message }) => !/is not a (known property|field)|is a reserved name/.test(message),
        );
        expect(judged.filter(({ path }) => meetsUnknown(bag, path))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("messages are lower-case clauses", () => {
    fc.assert(
      fc.property(nearly(definition.inputs), (bag) => {
        for (const { message } of checkLocally(definition, bag)) {
          expect(message).toMatch(/^('|[a-z])/);
        }
      }),
      RUNS,
    );
  });

  test("messages hold no value", () => {
    const marker = fc.constant("hunter2-marker");
    const bags = fc
      .tuple(nearly(definition.inputs), fc.constantFrom(...Object.keys(definition.inputs.shape)), marker)
      .map(([bag, name, value]) => ({ ...bag, [name]: { a: [value, { b: value }], host: value } }));
    fc.assert(
      fc.property(bags, (bag) => {
        expect(JSON.stringify(checkLocally(definition, bag))).not.toContain("hunter2-marker");
      }),
      RUNS,
    );
  });
});

describe("the engine's bags", () => {
  const bags = fc.dictionary(fc.constantFrom("a", "b", "name", "__provider", "__context", "_c"), withText(json));

  test("there and back is the same bag", () => {
    fc.assert(
      fc.property(bags, (bag) => {
        const { values, hidden } = fromEngine(bag);
        expect(toEngine(values, hidden, [])).toEqual(bag);
      }),
    );
  });

  test("inside there is an unknown exactly where the engine's text was", () => {
    fc.assert(
      fc.property(bags, (bag) => {
        const { values } = fromEngine(bag);
        const visible = Object.fromEntries(Object.entries(bag).filter(([key]) => !key.startsWith("__")));
        expect(containsUnknown(values)).toBe(JSON.stringify(visible).includes(UNKNOWN_TEXT));
        expect(JSON.stringify(values)).not.toContain(UNKNOWN_TEXT);
      }),
    );
  });

  test("nothing undefined goes out, and a secret path changes nothing but its own place", () => {
    const paths = fc.array(fc.array(fc.constantFrom("a", "b", "name"), { minLength: 1, maxLength: 3 }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(bags, paths, (bag, secrets) => {
        const { values, hidden } = fromEngine(bag);
        const out = toEngine(values, hidden, secrets);
        expect(JSON.parse(JSON.stringify(out))).toStrictEqual(out);
        expect(withoutSecrets(out)).toEqual(bag);
      }),
    );
  });
});

/** The same JSON with the engine's unknown for some of its values. */
function withText(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(values, fc.constantFrom("b", "1", "none")).map(([value, victim]) => swap(value, victim));
}

function swap(value: unknown, victim: string): unknown {
  return JSON.parse(JSON.stringify(value), (_, item) => (item === victim ? UNKNOWN_TEXT : item));
}

function withoutSecrets(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, item) =>
    item?.["4dabf18193072939515e22adb298388d"] ? item.value : item,
  );
}
