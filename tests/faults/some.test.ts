// One case of each lifecycle, so that each fault and each lifecycle is met; all of them run by `npm run test:faults`.

import { faults } from "./faults";
import * as lifecycles from "./lifecycles";
import { type Choice, type Outcome, runMatrix } from "./matrix";
import { failed, report } from "./report";

const outcomes: Outcome[] = [];
const numbered = Object.values(lifecycles)
  .flat()
  .map((each, at) => [each.name, at, each] as const);

test.each(numbered)("%s: after a fault all is as if nothing had happened", async (_name, number, lifecycle) => {
  const found = await runMatrix(lifecycle, chosenFor(number));
  outcomes.push(...found);
  expect(found).toHaveLength(1);
  expect(failed(found)).toEqual([]);
});

test("each fault was met", () => {
  expect([...new Set(outcomes.map(({ fault }) => fault))].sort()).toEqual(faults.map(({ name }) => name).sort());
});

afterAll(() => {
  process.stdout.write(report("some of all", outcomes));
});

/** Faults in turn, at requests from all over the operations. */
function chosenFor(lifecycle: number): Choice {
  return (request, fault, requests) =>
    fault === lifecycle % faults.length && request === (lifecycle * 7 + 2) % requests;
}
