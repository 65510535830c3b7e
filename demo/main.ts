import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { type Defect, pulumiOnPath } from "../embedded";
import { type Narrator, narrator, StoryEnds } from "./narrator";
import { nativeAct } from "./native";
import { selfManagedAct } from "./self-managed";
import { openStage } from "./stage";

const options = new Command("demo")
  .description("Deploys, changes, drifts, rotates and destroys the program in examples/quickstart.")
  .option("--defect <name>", "break the server deliberately: the demo has to notice")
  .parse()
  .opts<{ defect?: Defect }>();

main().catch((error: unknown) => {
  process.stderr.write(`The demo could not go on: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const tell = narrator((text) => process.stdout.write(text));
  const home = mkdtempSync(join(tmpdir(), "pulumi-elastic-connectors-demo-"));
  const defects = options.defect ? [options.defect] : [];
  process.stdout.write(
    pulumiOnPath()
      ? "Engine: the Pulumi CLI on your PATH.\n"
      : "Engine: the embedded one, since 'pulumi' is not on your PATH (https://www.pulumi.com/docs/install tells how to get it).\n",
  );
  try {
    tell.act("Act one: Elasticsearch 8.19, a native connector with its key stored as a secret");
    await play(tell, home, "native", { version: "8.19", defects }, { "quickstart:native": "true" }, nativeAct);
    tell.act("Act two: Elasticsearch 9.x, the same program with a self-managed connector");
    await play(
      tell,
      home,
      "self-managed",
      { version: "9.x", defects },
      { "quickstart:native": "false" },
      selfManagedAct,
    );
  } catch (error) {
    if (!(error instanceof StoryEnds)) {
      throw error;
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  conclude(tell);
}

async function play(
  tell: Narrator,
  home: string,
  name: string,
  server: Parameters<typeof openStage>[3],
  config: Record<string, string>,
  act: (tell: Narrator, stage: Awaited<ReturnType<typeof openStage>>) => Promise<void>,
): Promise<void> {
  const stage = await openStage(tell, home, name, server, { ...config, "quickstart:indexName": "search-mongodb" });
  try {
    await act(tell, stage);
  } finally {
    await stage.close();
  }
}

function conclude({ failures }: Narrator): void {
  if (failures.length === 0) {
    process.stdout.write("\nAll of it was so.\n");
    return;
  }
  process.stdout.write(`\nNot so (${failures.length}):\n${failures.map((fact) => `  ✗ ${fact}\n`).join("")}`);
  process.exitCode = 1;
}
