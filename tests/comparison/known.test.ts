import { KNOWN, listed } from "./known";
import { scenarios } from "./scenarios";

// That each is one, and that there are no others, only a run beside the Pulumi CLI can show: long/ does.
test("the engine's README lists the known differences, and each is looked for somewhere", () => {
  expect(listed()).toEqual(Object.keys(KNOWN));
  for (const { in: where } of Object.values(KNOWN)) {
    if (where === "all") continue;
    expect(where.length).toBeGreaterThan(0);
    expect(Object.keys(scenarios)).toEqual(expect.arrayContaining(where));
  }
});
