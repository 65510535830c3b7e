import type { Command } from "commander";
import { printable } from "./printable";

/** Adds `config write`: keeps a `ConnectorService`'s text out of every file that others can read, and out of half-written ones. */
export function registerConfig(program: Command): void {
  program
    .command("config")
    .description("configuration of a connectors service")
    .command("write <file>")
    .description("write config.yml from the text on standard input, readable by its owner only")
    .addHelpText("after", HELP)
    .action(write);
}

const COMMAND = "pulumi stack output configYml --show-secrets | npx pulumi-elastic-connectors config write config.yml";

const HELP = `
  ${COMMAND}

The file is replaced as a whole or not at all, with mode 0600; one that is there keeps its owner.

Exit status: 0 when it is written, 1 when something failed; then what was there is untouched.`;

async function write(file: string): Promise<void> {
  if (process.stdin.isTTY) {
    throw new Error(`config write reads the text from standard input: ${COMMAND}`);
  }
  const { text: readAll } = await import("node:stream/consumers");
  const text = await readAll(process.stdin);
  const { connectorsIn } = await import("./service-config.js");
  const connectors = await connectorsIn(text);
  const { writePrivately } = await import("./private-file.js");
  await writePrivately(file, text);
  const many = connectors === 1 ? "1 connector" : `${connectors} connectors`;
  process.stdout.write(`Wrote ${printable(file)} (mode 0600), the configuration of a service for ${many}.\n`);
}
