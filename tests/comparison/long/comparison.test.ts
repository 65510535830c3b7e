// The same moves on two engines: same outcome, steps, requests and state, but for the differences that the engine's
// README lists. With the Pulumi CLI on PATH it is one of the two; without it, the engine without processes is.

import { pulumiOnPath } from "../../../embedded";
import { type Difference, differences, table } from "../compare";
import { KNOWN, listed } from "../known";
import { type EngineName, openRig, type Rig } from "../rig";
import { credentials, failures, interrupts } from "../scenarios/failures";
import { life, targets } from "../scenarios/life";
import { options } from "../scenarios/options";
import { providers, values } from "../scenarios/values";

jest.setTimeout(900_000);

const withCli = pulumiOnPath() !== undefined;
const other: EngineName = withCli ? "cli" : "quick";
// What happens to processes needs processes; for all else the engine without them is the same and ten times as fast.
const withProcesses = new Set(["failures", "interrupts"]);
const all = { life, targets, options, providers, values, failures, interrupts, credentials };
const without: (keyof typeof all)[] = ["life", "providers", "failures"];
const names = (Object.keys(all) as (keyof typeof all)[]).filter((name) => withCli || without.includes(name));

const met = new Set<string>();

test.each(names)(`%s: the embedded engine and ${other} do the same`, async (name) => {
  const play = async (engine: EngineName): Promise<Rig> => {
    const rig = await openRig(engine);
    try {
      await all[name](rig);
    } finally {
      await rig.close();
    }
    return rig;
  };
  const own = withCli && !withProcesses.has(name) ? "quick" : "embedded";
  const [ours, theirs] = await Promise.all([play(own), play(other)]);
  expect(ours.seen.map(({ scenario, move }) => [scenario, move])).toEqual(
    theirs.seen.map(({ scenario, move }) => [scenario, move]),
  );
  const found = withoutKnown(differences(ours.seen, theirs.seen));
  process.stdout.write(`${table(`${own} <> ${other}`, ours.seen, found)}`);
  expect(found.map(told)).toEqual([]);
});

// Last, since it is about what the others met.
test("the engine's README lists the differences that there are", () => {
  expect(listed()).toEqual(Object.keys(KNOWN));
  expect([...met].sort()).toEqual(withCli ? Object.keys(KNOWN).sort() : []);
});

function withoutKnown(found: Difference[]): Difference[] {
  return found
    .map((difference) => ({
      ...difference,
      details: difference.details.filter((detail) => !isKnown(difference, detail)),
    }))
    .filter(({ details }) => details.length > 0);
}

function isKnown({ scenario, move }: Difference, detail: string): boolean {
  const name = Object.keys(KNOWN).find((each) => KNOWN[each]?.test(`${scenario}, ${move}, ${detail}`));
  if (name) met.add(name);
  return name !== undefined;
}

function told({ scenario, move, aspect, details }: Difference): string {
  return `${scenario}, ${move}, ${aspect}:\n  ${details.join("\n  ")}`;
}
