import fc from "fast-check";
import { create, Unfinished, update } from "../../provider/lifecycle/reconcile";
import type { Bag } from "../../provider/model/resource";
import { CONTEXT, NO_SERVER, type Remote, remote, stub } from "../support/stub";

/** How a request fails: before it has an effect, or after it, so that only the answer is lost. */
type Failure = "refused" | "answer lost";

interface Recorded {
  id: string;
  outputs: Bag;
}

/** What the engine does with a resource: creates it, or updates it, and keeps what a failed step has recorded. */
function deployment(server: Remote) {
  const definition = stub(server);
  let state: Recorded | undefined;

  async function up(desired: Bag): Promise<void> {
    try {
      state = state
        ? { ...state, outputs: await update(definition, NO_SERVER, state.id, state.outputs, desired, CONTEXT) }
        : await create(definition, NO_SERVER, desired, CONTEXT);
    } catch (error) {
      if (error instanceof Unfinished) {
        state = { id: error.id, outputs: error.outputs };
      }
      throw error;
    }
  }

  return {
    up,
    /** Runs with the request number `step` failing. Tells whether there was such a request. */
    async failing(desired: Bag, step: number, failure: Failure): Promise<boolean> {
      let left = step;
      const fail = () => {
        if (left-- === 0) {
          throw new Error("broken off");
        }
      };
      server.before = failure === "refused" ? fail : () => {};
      // The lost answer of the creation itself is resolved by the resource, not by the lifecycle.
      server.after = failure === "refused" ? () => {} : (call) => call !== "create" && fail();
      const failed = await up(desired).then(
        () => false,
        () => true,
      );
      server.before = () => {};
      server.after = () => {};
      return failed;
    },
    /** The process died: what was written stays, what was recorded doesn't. */
    async killed(desired: Bag, step: number): Promise<boolean> {
      const before = state;
      const failed = await this.failing(desired, step, "refused");
      state = before;
      return failed;
    },
    state: () => state,
  };
}

const WRITES = ["create", "title", "size", "parts", "nested", "seal"];

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const inputs: fc.Arbitrary<Bag> = fc
  .record({
    title: optional(fc.constantFrom("one", "two")),
    size: optional(fc.integer({ min: 1, max: 3 })),
    parts: optional(fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2"))),
    nested: optional(fc.constantFrom({ open: "x" }, { open: "y" }, {})),
  })
  .map((bag) => Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined)));
const failures = fc.constantFrom<Failure>("refused", "answer lost");

/** The object is what is desired, the state says so, and there is nothing left to do. */
async function expectConverged(server: Remote, stack: ReturnType<typeof deployment>, desired: Bag): Promise<void> {
  expect(server.objects.size).toBe(1);
  const { title = "", size = 1, parts = {}, nested } = desired;
  const [object] = server.objects.values();
  expect(object).toMatchObject({ title, size, nested, sealed: true });
  expect(object?.parts).toEqual({ theirs: "kept", ...(parts as object) });
  const { issued, revision: _, ...recorded } = stack.state()?.outputs ?? {};
  expect(recorded).toEqual(desired);
  expect(issued).toBe(`issued to ${stack.state()?.id}`);
  server.calls.length = 0;
  await stack.up(desired);
  expect(server.calls.filter((call) => WRITES.includes(call))).toEqual([]);
}

/** Does `attempt` for step 0, 1, 2, ... until a run has no such step. */
async function everyStep(attempt: (step: number) => Promise<boolean>): Promise<void> {
  let step = 0;
  while (await attempt(step)) {
    step++;
    expect(step).toBeLessThan(30);
  }
  // At least create, read and seal can fail.
  expect(step).toBeGreaterThan(0);
}

const RUNS = { numRuns: 60 };

test("without failures", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, inputs, async (first, second) => {
      const server = remote();
      const stack = deployment(server);
      await stack.up(first);
      await expectConverged(server, stack, first);
      await stack.up(second);
      await expectConverged(server, stack, second);
    }),
    RUNS,
  );
});

test("a creation that breaks off at any step is finished by the next run", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, failures, (desired, failure) =>
      everyStep(async (step) => {
        const server = remote();
        const stack = deployment(server);
        const failed = await stack.failing(desired, step, failure);
        await stack.up(desired);
        await expectConverged(server, stack, desired);
        return failed;
      }),
    ),
    RUNS,
  );
});

test("an update that breaks off at any step is finished by the next run", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, inputs, failures, (first, second, failure) =>
      everyStep(async (step) => {
        const server = remote();
        const stack = deployment(server);
        await stack.up(first);
        const failed = await stack.failing(second, step, failure);
        await stack.up(second);
        await expectConverged(server, stack, second);
        return failed;
      }),
    ),
    RUNS,
  );
});

test("an update during which the process dies is finished by the next run", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, inputs, (first, second) =>
      everyStep(async (step) => {
        const server = remote();
        const stack = deployment(server);
        await stack.up(first);
        const failed = await stack.killed(second, step);
        await stack.up(second);
        await expectConverged(server, stack, second);
        return failed;
      }),
    ),
    RUNS,
  );
});

test("after an update that broke off the program may change: what it says then holds", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, inputs, inputs, failures, (first, second, third, failure) =>
      everyStep(async (step) => {
        const server = remote();
        const stack = deployment(server);
        await stack.up(first);
        const failed = await stack.failing(second, step, failure);
        await stack.up(third);
        await expectConverged(server, stack, third);
        return failed;
      }),
    ),
    RUNS,
  );
});

test("after a creation that broke off, too", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, inputs, failures, (first, second, failure) =>
      everyStep(async (step) => {
        const server = remote();
        const stack = deployment(server);
        const failed = await stack.failing(first, step, failure);
        await stack.up(second);
        await expectConverged(server, stack, second);
        return failed;
      }),
    ),
    RUNS,
  );
});

test("somebody's changes behind our back are undone, where they touch what is declared", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, inputs, async (desired, theirs) => {
      const server = remote();
      const stack = deployment(server);
      await stack.up(desired);
      const [entry] = server.objects.entries();
      expect(entry).toBeDefined();
      if (entry) {
        const [id, object] = entry;
        const declared = Object.keys(desired);
        const touched = Object.fromEntries(Object.entries(theirs).filter(([name]) => declared.includes(name)));
        const parts = touched.parts ? { theirs: "kept", ...touched.parts } : object.parts;
        server.objects.set(id, { ...object, ...touched, parts: keep(parts, desired.parts) });
      }
      await stack.up(desired);
      await expectConverged(server, stack, desired);
    }),
    RUNS,
  );
});

/** Of somebody's entries only those whose names are declared: others are theirs, and stay. */
function keep(parts: Record<string, string>, declared: unknown): Record<string, string> {
  const names = ["theirs", ...Object.keys((declared as object | undefined) ?? {})];
  return Object.fromEntries(Object.entries(parts).filter(([name]) => names.includes(name)));
}
