import fc from "fast-check";
import { difference } from "../../provider/lifecycle/diff";
import { changedInputs, recordedInputs } from "../../provider/lifecycle/state";
import type { Bag, ResourceDefinition } from "../../provider/model/resource";
import { containsUnknown, isRecord } from "../../provider/model/unknown";
import { resources } from "../../provider/resources";
import { type RoleDescriptors, roleDescriptorsView } from "../../provider/resources/api-key/wire";
import { bagOf, fitting, withUnknowns } from "../support/arbitraries";

const KINDS = Object.values(resources).map((definition) => [definition.kind, definition] as const);
const RUNS = { numRuns: 150 };

const NAMES: ReadonlySet<string> = new Set(["name", "connectorId"]);

describe.each(KINDS)("%s", (_, definition) => {
  const bags = bagOf(definition.inputs);
  const pairs = related(definition);

  test("nothing differs from itself", () => {
    fc.assert(
      fc.property(bags, (bag) => {
        expect(difference(definition, bag, structuredClone(bag))).toEqual({
          changed: [],
          replaces: [],
          deleteFirst: false,
        });
      }),
      RUNS,
    );
  });

  test("what changes one way changes the other way", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        // An object that is named no more keeps its name, so only there the direction counts.
        const both = (name: string) => !NAMES.has(name) || (a[name] !== undefined && b[name] !== undefined);
        const [there, back] = [difference(definition, a, b), difference(definition, b, a)];
        expect(there.changed.filter(both)).toEqual(back.changed.filter(both));
      }),
      RUNS,
    );
  });

  test("what replaces has changed", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const { changed, replaces } = difference(definition, a, b);
        expect(changed).toEqual(expect.arrayContaining(replaces));
      }),
      RUNS,
    );
  });

  test("an unknown always counts as a change", () => {
    fc.assert(
      fc.property(bags, withUnknowns(bags), (olds, news) => {
        const { changed } = difference(definition, olds, news);
        const unknown = Object.keys(news).filter((name) => containsUnknown(news[name]));
        // The exceptions: a secret's value, while its version is known to be the same; and credentials of the same user.
        const same = new Set<string>(definition.sameMeaning?.(olds, news) ?? []);
        const expected = unknown.filter((name) => !(["value", "onBehalfOf"].includes(name) && same.has(name)));
        expect(changed).toEqual(expect.arrayContaining(expected));
      }),
      RUNS,
    );
  });

  describe("with a live object", () => {
    const lives = live(definition);

    test("what is recorded is recorded again as it is", () => {
      fc.assert(
        fc.property(bags, lives, (declared, present) => {
          const recorded = recordedInputs(definition, declared, present);
          expect(recordedInputs(definition, recorded, present)).toEqual(recorded);
        }),
        RUNS,
      );
    });

    test("after a refresh there is nothing to write for a program that says what was found", () => {
      fc.assert(
        fc.property(bags, lives, (declared, present) => {
          const recorded = recordedInputs(definition, declared, present);
          expect([...changedInputs(definition, recorded, recorded, present)]).toEqual([]);
        }),
        RUNS,
      );
    });

    test("an object that has all that is declared is recorded as it was declared, and needs no write", () => {
      fc.assert(
        fc.property(bags, (declared) => {
          const present = { inputs: structuredClone(declared), facts: {} };
          expect(recordedInputs(definition, declared, present)).toEqual(declared);
          expect([...changedInputs(definition, declared, declared, present)]).toEqual([]);
        }),
        RUNS,
      );
    });
  });
});

describe("role descriptors", () => {
  const schema = resources.ApiKey.inputs.shape.roleDescriptors;
  const descriptors = fitting(schema as never) as fc.Arbitrary<RoleDescriptors>;

  test("the order of keys makes no difference, at any depth", () => {
    fc.assert(
      fc.property(descriptors, (roles) => {
        expect(roleDescriptorsView.equal(roles, reversed(roles) as RoleDescriptors)).toBe(true);
      }),
    );
  });

  test("other names of the roles make no difference", () => {
    fc.assert(
      fc.property(descriptors, (roles) => {
        const renamed = Object.entries(roles).map(([name, role]) => [`${name}-new`, role] as const);
        expect(roleDescriptorsView.equal(roles, Object.fromEntries(renamed.reverse()))).toBe(true);
      }),
    );
  });
});

/** Two bags of which the second often shares properties with the first. */
function related(definition: ResourceDefinition): fc.Arbitrary<[Bag, Bag]> {
  const bags = bagOf(definition.inputs);
  return fc.tuple(bags, bags, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })).map(([a, b, take]) => {
    const mixed = Object.keys({ ...a, ...b }).map((name, i) => [name, take[i] ? a[name] : b[name]] as const);
    return [a, Object.fromEntries(mixed.filter(([, value]) => value !== undefined))];
  });
}

/** A live object: each input can be read, is known to be unset, or can't be read at all. */
function live(definition: ResourceDefinition): fc.Arbitrary<{ inputs: Bag; facts: Bag }> {
  const inputs = Object.entries(definition.inputs.shape).map(([name, schema]) => [
    name,
    fc.oneof({ weight: 3, arbitrary: fitting(schema) }, { weight: 1, arbitrary: fc.constant(undefined) }),
  ]);
  return fc
    .record(Object.fromEntries(inputs), { requiredKeys: [], noNullPrototype: true })
    .map((bag) => ({ inputs: bag as Bag, facts: {} }));
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      )
    : value;
}
