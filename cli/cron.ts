import type { Command } from "commander";

/** Adds `cron`: what a schedule means, or why Elasticsearch refuses it. */
export function registerCron(program: Command): void {
  program
    .command("cron <expression>")
    .description('say in words when a schedule runs, such as "0 0 2 * * ?", or why Elasticsearch would refuse it')
    .action(async (expression: string) => {
      const { describeSchedule } = await import("./cron-words.js");
      process.stdout.write(`${describeSchedule(expression)}\n`);
    });
}
