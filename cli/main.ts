#!/usr/bin/env node
import { Command } from "commander";
import { registerConfig } from "./config";
import { inWordsOfTheCommand } from "./connection";
import { registerCron } from "./cron";
import { registerDev } from "./dev";
import { registerImport } from "./import";
import { registerIndices } from "./indices";
import { registerKeys } from "./keys";
import { registerPreflight } from "./preflight";
import { registerStatus } from "./status";
import { registerSync } from "./sync";
import { packageVersion } from "./version";

const program = new Command("pulumi-elastic-connectors")
  .description("Elastic content connectors as code: tools beside the Pulumi resources.")
  .version(packageVersion());
registerDev(program);
registerCron(program);
registerPreflight(program);
registerStatus(program);
registerImport(program);
registerSync(program);
registerKeys(program);
registerIndices(program);
registerConfig(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${inWordsOfTheCommand(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
});
