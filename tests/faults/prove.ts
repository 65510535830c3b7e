import type { Lifecycle } from "./lifecycles";
import { type Outcome, runMatrix } from "./matrix";
import { failed, report } from "./report";

const PATIENCE = 30 * 60_000;

/** Every case of these lifecycles, a test for each lifecycle; the figures are printed at the end. */
export function proveAll(title: string, lifecycles: Lifecycle[]): void {
  const outcomes: Outcome[] = [];

  test.each(lifecycles)(
    "$name: after any fault at any request all is as if nothing had happened",
    async (lifecycle) => {
      const found = await runMatrix(lifecycle);
      outcomes.push(...found);
      process.stdout.write(`${lifecycle.name}: ${found.length} cases, ${failed(found).length} failed\n`);
      expect(failed(found)).toEqual([]);
    },
    PATIENCE,
  );

  afterAll(() => {
    process.stdout.write(report(title, outcomes));
  });
}
