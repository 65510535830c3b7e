// The same moves on two engines: same outcome, steps, requests and state, but for the differences that the engine's
// README lists. With the Pulumi CLI on PATH it is one of the two; without it, the engine without processes is.

import { pulumiOnPath } from "../../embedded";
import { type Difference, differences, table } from "./compare";
import { KNOWN } from "./known";
import { type EngineName, openRig, type Rig } from "./rig";
import { type Scenarios, scenarios } from "./scenarios";

const PATIENCE = 900_000;

const withCli = pulumiOnPath() !== undefined;
const other: EngineName = withCli ? "cli" : "quick";
// What happens to processes needs processes; for all else the engine without them is the same and ten times as fast.
const withProcesses: Scenarios[] = ["failures", "interrupts", "kills"];

/** A test for each: every listed difference of it is met, and no other. */
export function proveSame(names: Scenarios[]): void {
  test.each(names)(
    `%s: the embedded engine and ${other} do the same`,
    async (name) => {
      const own = withCli && !withProcesses.includes(name) ? "quick" : "embedded";
      const [ours, theirs] = await Promise.all([play(name, own), play(name, other)]);
      expect(movesOf(ours)).toEqual(movesOf(theirs));
      const { found, met } = withoutKnown(differences(ours.seen, theirs.seen));
      process.stdout.write(`${table(`${own} <> ${other}`, ours.seen, found)}`);
      expect(found.map(told)).toEqual([]);
      const expected = Object.keys(KNOWN).filter((each) => KNOWN[each]?.in === "all" || KNOWN[each]?.in.includes(name));
      expect([...met].sort()).toEqual(withCli ? expected.sort() : []);
    },
    PATIENCE,
  );
}

async function play(name: Scenarios, engine: EngineName): Promise<Rig> {
  const rig = await openRig(engine);
  try {
    await scenarios[name](rig);
  } finally {
    await rig.close();
  }
  return rig;
}

function movesOf({ seen }: Rig): string[] {
  return seen.map(({ scenario, move }) => `${scenario}, ${move}`);
}

function withoutKnown(all: Difference[]): { found: Difference[]; met: Set<string> } {
  const met = new Set<string>();
  const isKnown = ({ scenario, move }: Difference, detail: string): boolean => {
    const name = Object.keys(KNOWN).find((each) => KNOWN[each]?.looks.test(`${scenario}, ${move}, ${detail}`));
    if (name) met.add(name);
    return name !== undefined;
  };
  const found = all
    .map((each) => ({ ...each, details: each.details.filter((detail) => !isKnown(each, detail)) }))
    .filter(({ details }) => details.length > 0);
  return { found, met };
}

function told({ scenario, move, aspect, details }: Difference): string {
  return `${scenario}, ${move}, ${aspect}:\n  ${details.join("\n  ")}`;
}
