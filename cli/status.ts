import type { Command } from "commander";
import { type ConnectionOptions, cluster, withConnection } from "./connection";

interface StatusOptions extends ConnectionOptions {
  connector?: string;
}

/** Adds `status`: how connectors and their syncs are, and when the next ones start. */
export function registerStatus(program: Command): void {
  const status = program
    .command("status")
    .description("show connectors: status, when they were last seen, last sync, and when the next ones start")
    .option("--connector <id>", "only this connector");
  withConnection(status).action(show);
}

async function show(options: StatusOptions): Promise<void> {
  const es = await cluster(options);
  const { findConnector, findConnectors } = await import("../provider/lookups/index.js");
  const { describeConnector } = await import("./connector-words.js");
  const { connector } = options;
  const found =
    connector === undefined ? await findConnectors(es, {}) : [await findConnector(es, { connectorId: connector })];
  const texts = found.map((each) => describeConnector(each, new Date()));
  process.stdout.write(texts.length > 0 ? `${texts.join("\n\n")}\n` : `There are no connectors at ${es.endpoint}.\n`);
}
