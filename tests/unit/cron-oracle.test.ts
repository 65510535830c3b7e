import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCron } from "../../provider/cron";

/** Quartz is where Elasticsearch's parser comes from; the table says what its own parser made of each expression. */
const quartz: { after: string[]; verdicts: Record<string, string> } = read("quartz-verdicts.json");

/** Where Elasticsearch differs: the expressions, each with one that it means in Elasticsearch and that Quartz knows. */
const differences: { point: string; reason: string; like: Record<string, string | null> }[] =
  read("quartz-differences.json");

const verdicts = Object.entries(quartz.verdicts);
const differing = differences.flatMap(({ like }) => Object.entries(like));

test("the table is broad: enough verdicts of each kind", () => {
  expect(verdicts.length).toBeGreaterThan(2500);
  expect(verdicts.filter(([, verdict]) => verdict === "refused").length).toBeGreaterThan(1000);
  expect(verdicts.filter(([, verdict]) => verdict.includes("|")).length).toBeGreaterThan(1000);
});

test("each verdict and each time is Quartz's own, but for the listed differences", () => {
  const listed = new Set(differing.map(([expression]) => expression));
  const unexplained = verdicts
    .filter(([expression]) => !listed.has(expression))
    .map(([expression, verdict]) => ({ expression, expected: fromQuartz(verdict), found: verdictOn(expression) }))
    .filter(({ expected, found }) => expected !== found);
  expect(unexplained).toEqual([]);
});

test("a difference is listed once", () => {
  expect(new Set(differing.map(([expression]) => expression)).size).toBe(differing.length);
});

describe.each(differences)("$point", ({ like }) => {
  test.each(Object.entries(like))("%j is accepted, and read like %j", (expression, meaning) => {
    const found = verdictOn(expression);
    expect(quartz.verdicts[expression]).toEqual(expect.any(String));
    expect(found).not.toBe(quartz.verdicts[expression]);
    if (meaning === null) {
      expect(found).toMatch(/^\d.*\| \d/);
    } else {
      expect(found).toBe(quartz.verdicts[meaning]);
    }
  });
});

// Where Quartz, and Elasticsearch with it, throws instead of finding a time, there is none.
function fromQuartz(verdict: string): string {
  return verdict === "fails" ? " | " : verdict;
}

/** In the form of the table. */
function verdictOn(expression: string): string {
  const result = parseCron(expression);
  return result.ok ? quartz.after.map((after) => nextThree(result.cron.nextAfter, after)).join(" | ") : "refused";
}

function nextThree(nextAfter: (epochMs: number) => number | undefined, after: string): string {
  const times: string[] = [];
  let time = nextAfter(Date.parse(after));
  while (time !== undefined && times.length < 3) {
    times.push(new Date(time).toISOString().slice(0, 19));
    time = nextAfter(time);
  }
  return times.join(" ");
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, "data", name), "utf8")) as T;
}
