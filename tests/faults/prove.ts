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
      const started = performance.now();
      const found = await runMatrix(lifecycle);
      outcomes.push(...found);
      const each = (performance.now() - started) / 1000 / found.length;
      const figures = `${found.length} cases, ${failed(found).length} failed, ${each.toFixed(2)} s each`;
      process.stdout.write(`${lifecycle.name}: ${figures}\n`);
      expect(failed(found)).toEqual([]);
    },
    PATIENCE,
  );

  afterAll(() => {
    process.stdout.write(report(title, outcomes));
  });
}
