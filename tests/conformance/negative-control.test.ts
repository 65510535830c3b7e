import type { Defect } from "../../embedded/elasticsearch";
import type { Profile } from "./dsl";
import { appliesTo, startFor } from "./embedded-target";
import { entries } from "./entries";
import { runEntry } from "./runner";

/** Deliberately broken servers, and the entries that have to notice. */
const variants: readonly (readonly [Defect, Profile, readonly string[]])[] = [
  ["soft-delete-off", "9.x", ["L10", "X04", "X06", "C18", "U18"]],
  ["put-merges", "9.x", ["C06", "C18"]],
  ["privileges-off", "9.x", ["C13", "L09", "X07", "S04", "S05", "J14", "K04", "K11", "K15"]],
  ["privileges-off", "8.19", ["C13-8x", "L09-8x", "J14"]],
  ["invalidated-keys-work", "9.x", ["K09"]],
  ["secret-put-ignored", "9.x", ["S02"]],
  ["scheduling-write-ignored", "9.x", ["U13", "U17"]],
  ["required-defaults-true", "9.x", ["F01", "F10"]],
  ["configuration-accepts-anything", "9.x", ["F04", "F05", "F06", "F10"]],
  ["status-unchecked", "9.x", ["U07"]],
  ["index-name-uniqueness-off", "9.x", ["C08", "C15", "U02"]],
  ["filtering-activate-ignored", "9.x", ["R04", "R05"]],
  ["jobs-never-change", "9.x", ["J08", "J09", "J10", "J11", "J12", "J13"]],
  ["key-lookup-always-200", "9.x", ["K07", "K09"]],
  ["derived-keys-allowed", "9.x", ["K05"]],
  ["unknown-members-ignored", "9.x", ["C12", "U16", "P04", "K02"]],
  ["settings-unchecked", "9.x", ["I03", "I04"]],
  ["mappings-unchecked", "9.x", ["I02"]],
  ["media-types-ignored", "9.x", ["P01-9x", "P01-types"]],
  ["media-types-ignored", "8.19", ["P01-8x"]],
  ["authentication-off", "9.x", ["P01", "P02", "S04"]],
  ["no-product-header", "9.x", ["P01", "I01"]],
];

test.each(variants)("a server with %s (%s) is caught by %j", async (defect, version, caughtBy) => {
  const server = await startFor(version, [defect]);
  try {
    const suspects = entries.filter((entry) => caughtBy.includes(entry.id) && appliesTo(entry, version));
    expect(suspects.map((entry) => entry.id).sort()).toEqual([...caughtBy].sort());
    const missed: string[] = [];
    for (const entry of suspects) if ((await runEntry(server, entry)).length === 0) missed.push(entry.id);
    expect(missed).toEqual([]);
  } finally {
    await server.close();
  }
});

test.each(["8.14", "8.19", "9.x"] as const)(
  "a server that says yes to everything passes no entry (%s)",
  async (version) => {
    const server = await startFor(version, ["accepts-everything"]);
    try {
      const passed: string[] = [];
      for (const entry of entries.filter((each) => appliesTo(each, version))) {
        if ((await runEntry(server, entry)).length === 0) passed.push(entry.id);
      }
      expect(passed).toEqual([]);
    } finally {
      await server.close();
    }
  },
);
