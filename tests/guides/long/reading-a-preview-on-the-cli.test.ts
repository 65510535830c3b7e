// The guide's texts of the Pulumi CLI are what it really prints, when it is on PATH.

import { pulumiOnPath } from "../../../embedded";
import { pulumi } from "../../support/pulumi-cli";
import { openStage, type Stage } from "../../support/stage";
import { blocks, drift, neutral, program, THEIRS, withSync } from "../guide";

let stage: Stage;
const testOnCli = pulumiOnPath() ? test : test.skip;

afterEach(() => stage?.close());

testOnCli("a drift preview, a refresh and a failed up", async () => {
  stage = await openStage({ engine: "cli" });
  await stage.deploy(program());
  await drift(stage);
  const [preview = "", refresh = "", failed = ""] = blocks().filter((text) => /\(dev\):/.test(text));
  expect(steps(neutral((await stage.preview({ refresh: true })).text))).toEqual(steps(preview));
  const refreshed = await pulumi(stage, ["refresh", "--preview-only", "--diff"]);
  expect(steps(neutral(refreshed.stdout))).toEqual(steps(refresh));

  // Where a secret shows that alone has changed.
  expect((await stage.up({ refresh: true })).ok).toBe(true);
  await stage.request("PUT", "/_connector/films/_configuration", { values: { password: THEIRS.password } });
  const { text } = await stage.preview({ refresh: true });
  const [found = "", done = ""] = text.split("pulumi:pulumi:Stack: (same)");
  expect(found).toContain("pulumi:pulumi:Stack: (refresh)");
  expect(found).not.toContain("Connector");
  expect(done).toContain("~ password: [secret] => [secret]");

  await stage.destroy();
  stage.declare(withSync());
  const { code, stdout } = await pulumi(stage, ["up", "--yes", "--skip-preview"]);
  expect(code).not.toBe(0);
  const lines = neutral(stdout).split("\n");
  for (const line of failed.split("\n")) expect(lines).toContain(line);
});

/** Resources may be read in any order. Lines about progress depend on how fast the machine is. */
function steps(text: string): string[] {
  const lasting = text.split("\n").filter((line) => !/^@ (previewing|updating)|^$/.test(line));
  return lasting
    .join("\n")
    .split(/\n(?=[-+~ ]* pulumi\S+: \(\w+\))/)
    .sort();
}
