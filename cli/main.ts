#!/usr/bin/env node
import { Command } from "commander";
import { registerCron } from "./cron";
import { registerDev } from "./dev";
import { packageVersion } from "./version";

const program = new Command("pulumi-elastic-connectors")
  .description("Elastic content connectors as code: tools beside the Pulumi resources.")
  .version(packageVersion());
registerDev(program);
registerCron(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
