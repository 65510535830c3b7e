import { type Command, InvalidArgumentError, Option } from "commander";

interface DevOptions {
  version: "8.14" | "8.19" | "9.x";
  port: number;
  username: string;
  password?: string;
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
    .action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const { startElasticsearch } = await import("../embedded/elasticsearch/index.js");
  const { version, port, username, password } = options;
  const given = password === undefined ? {} : { password };
  const server = await startElasticsearch({ version, port, username, ...given }).catch((error: unknown) => {
    throw explained(error, port);
  });
  const lines = [
    `export ELASTICSEARCH_ENDPOINT=${server.endpoint}`,
    `export ELASTICSEARCH_USERNAME=${quoted(server.username)}`,
    `export ELASTICSEARCH_PASSWORD=${quoted(server.password)}`,
    `Embedded Elasticsearch ${server.version} is ready at ${server.endpoint} (^C stops it; its data is gone then)`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  await stopSignal();
  await server.close();
}

function explained(error: unknown, port: number): unknown {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return taken ? new Error(`Port ${port} is in use; choose another with --port, or 0 for a free one.`) : error;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("must be a port number.");
  return port;
}

/** In single quotes for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
