import type { Command } from "commander";
import { type ConnectionOptions, cluster, environment, withConnection } from "./connection";
import type { Choice } from "./import/choice";

interface ImportOptions extends ConnectionOptions, Partial<Choice> {
  out: string;
  force?: true;
  adopt?: true;
}

/** Adds `import`: writes the program of connectors that exist, and what takes them into the state of a stack. */
export function registerImport(program: Command): void {
  const command = program
    .command("import")
    .description("write the program for connectors that exist, and the file with which Pulumi imports them")
    .requiredOption("--out <folder>", "where index.ts, import.json and, if there is none, Pulumi.yaml are written")
    .option("--id <id>", "only this connector (repeatable, like the next three)", collect)
    .option("--name <name>", "only connectors of this name", collect)
    .option("--index <name>", "only connectors of this index", collect)
    .option("--service-type <type>", "only connectors of this service type", collect)
    .option(
      "--adopt",
      "write a program that adopts indices and connectors instead: it needs no import file (which takes Pulumi 3.254), keys are new",
    )
    .option("--force", "overwrite index.ts and import.json");
  withConnection(command).action(run);
}

async function run(options: ImportOptions): Promise<void> {
  const { connectorsOf } = await import("./import/cluster.js");
  const { filesFor, refuseExisting, write } = await import("./import/files.js");
  const { report } = await import("./import/report.js");
  const { out, adopt = false, force = false, id = [], name = [], index = [], serviceType = [] } = options;
  if (!force) {
    refuseExisting(out, adopt);
  }
  const es = await cluster(options);
  const found = await connectorsOf(es, { id, name, index, serviceType }, adopt);
  const files = found.groups.length > 0 ? filesFor(found.groups, out, adopt) : [];
  write(files, force);
  const way = { out, adopt, env: environment(options), allowInsecure: options.allowInsecure === true };
  process.stdout.write(report(found, { ...way, files: files.map(({ name }) => name), endpoint: es.endpoint }));
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
