import { appliesTo, runOn, startFor } from "./embedded-target";
import { entries } from "./entries";
import { variants } from "./variants";

/** Which entries failed on a broken server, by variant: an entry that nothing can fail proves nothing. */
const caught = new Map<string, readonly string[]>();

test.each(variants)("a server with %s (%s) is caught by %j", async (defect, version, caughtBy) => {
  const server = await startFor(version, [defect]);
  try {
    const suspects = entries.filter((entry) => caughtBy.includes(entry.id) && appliesTo(entry, version));
    expect(suspects.map((entry) => entry.id).sort()).toEqual([...caughtBy].sort());
    const failing: string[] = [];
    for (const entry of suspects) {
      if ((await runOn(server, entry, version, [defect])).length > 0) failing.push(entry.id);
    }
    caught.set(`${defect} (${version})`, failing);
    expect([...failing].sort()).toEqual([...caughtBy].sort());
  } finally {
    await server.close();
  }
});

test.each(["8.14", "8.19", "9.x"] as const)(
  "a server that says yes to everything passes nothing (%s)",
  async (version) => {
    const server = await startFor(version, ["accepts-everything"]);
    try {
      const applicable = entries.filter((entry) => appliesTo(entry, version));
      const failing: string[] = [];
      for (const entry of applicable) {
        if ((await runOn(server, entry, version, ["accepts-everything"])).length > 0) failing.push(entry.id);
      }
      caught.set(`accepts-everything (${version})`, failing);
      expect(applicable.map((entry) => entry.id).filter((id) => !failing.includes(id))).toEqual([]);
    } finally {
      await server.close();
    }
  },
);

test("every entry is failed by a variant", () => {
  const failed = new Set([...caught.values()].flat());
  expect(entries.map((entry) => entry.id).filter((id) => !failed.has(id))).toEqual([]);
});

afterAll(() => {
  // Past jest, which would put a stack beside every line.
  for (const [variant, ids] of caught) {
    const named = variant.startsWith("accepts-everything") ? `all ${ids.length} entries` : ids.join(" ");
    process.stderr.write(`${variant}: caught by ${named}\n`);
  }
  const specific = new Set([...caught].flatMap(([variant, ids]) => (variant.startsWith("accepts") ? [] : ids)));
  const general = entries.map((entry) => entry.id).filter((id) => !specific.has(id));
  process.stderr.write(`caught by accepts-everything alone: ${general.join(" ") || "none"}\n`);
});
