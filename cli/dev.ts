import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { quoted } from "./shell";

interface DevOptions {
  version: "8.14" | "8.19" | "9.x";
  port: number;
  username: string;
  password?: string;
  data?: string;
  tls?: true;
}

/** Adds `dev`: the embedded Elasticsearch in the foreground, until ^C or SIGTERM. */
export function registerDev(program: Command): void {
  // Else the program's own --version would swallow the one of this command.
  program
    .enablePositionalOptions()
    .command("dev")
    .description("start the embedded Elasticsearch for development, on the loopback interface")
    .addOption(
      new Option("--version <version>", "version to stand for").choices(["8.14", "8.19", "9.x"]).default("9.x"),
    )
    .option("--port <number>", "TCP port; 0 takes a free one", readPort, 9200)
    .option("--username <name>", "name of the superuser", "elastic")
    .option("--password <password>", "its password; a random one when omitted")
    .option("--data <folder>", "keep the data in this folder across restarts; the password too, unless one is given")
    .option("--tls", "serve https with a certificate made at the start; its authority is printed")
    .action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const { startElasticsearch } = await import("../embedded/elasticsearch/index.js");
  const server = await startElasticsearch(options).catch((error: unknown) => {
    throw explained(error, options.port);
  });
  const authority = server.ca === undefined ? undefined : writeAuthority(server.ca.cert, options.data);
  const end = options.data === undefined ? "its data is gone then" : `its data stays in ${options.data}`;
  const lines = [
    `export ELASTICSEARCH_ENDPOINT=${server.endpoint}`,
    `export ELASTICSEARCH_USERNAME=${quoted(server.username)}`,
    `export ELASTICSEARCH_PASSWORD=${quoted(server.password)}`,
    ...(server.ca === undefined || authority === undefined
      ? []
      : [
          `export ELASTICSEARCH_CA_CERT_FILE=${quoted(authority.file)}`,
          `export ELASTICSEARCH_CA_FINGERPRINT=${server.ca.fingerprint}`,
        ]),
    `Embedded Elasticsearch ${server.version} is ready at ${server.endpoint} (^C stops it; ${end})`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  await stopSignal();
  await server.close();
  authority?.remove();
}

/** Clients take the authority's certificate from a file: beside the data, or in a folder that goes with the server. */
function writeAuthority(pem: string, data: string | undefined): { file: string; remove(): void } {
  const folder = data ?? mkdtempSync(join(tmpdir(), "embedded-elasticsearch-"));
  const file = resolve(folder, "ca.crt");
  writeFileSync(file, pem);
  return { file, remove: () => (data === undefined ? rmSync(folder, { recursive: true, force: true }) : undefined) };
}

function explained(error: unknown, port: number): unknown {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return taken ? new Error(`Port ${port} is in use; choose another with --port, or 0 for a free one.`) : error;
}

function stopSignal(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("must be a port number.");
  return port;
}
