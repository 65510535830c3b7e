import type { Command } from "commander";
import type { FoundPrivileges } from "../provider/lookups";
import { connectorRole } from "../sdk/connector-role";
import { type ConnectionOptions, cluster, inWordsOfTheCommand, withConnection } from "./connection";

interface PreflightOptions extends ConnectionOptions {
  native?: true;
  documentLevelSecurity?: true;
  customScheduling?: true;
  index?: string[];
  json?: true;
}

/** Adds `preflight`: what connectors take, by the server's version, against what the caller may do. */
export function registerPreflight(program: Command): void {
  const preflight = program
    .command("preflight")
    .description("show the privileges that deploying connectors takes, which of them the caller has, and the licence")
    .option("--native", "for native connectors, whose keys are stored as connector secrets")
    .option("--document-level-security", "for connectors with document-level security")
    .option("--custom-scheduling", "for connectors with custom schedules")
    .option("--index <names...>", "names of the content indices, or patterns; search-* by default")
    .option("--json", "as JSON");
  withConnection(preflight)
    .addHelpText("after", "The status is 1 as well when the caller lacks something. Nothing is written to the cluster.")
    .action(show);
}

async function show(options: PreflightOptions): Promise<void> {
  const es = await cluster(options);
  const { findPrivileges } = await import("../provider/lookups/index.js");
  const native = options.native === true;
  const found = await findPrivileges(es, {
    native,
    documentLevelSecurity: options.documentLevelSecurity === true,
    customScheduling: options.customScheduling === true,
    indices: options.index ?? [],
    keyRole: (index) => connectorRole(index, native),
  });
  const text = options.json ? JSON.stringify(found, null, 2) : await describe(found, es.endpoint);
  process.stdout.write(`${text}\n`);
  if (found.missing.length > 0 || found.problems.length > 0) {
    process.exitCode = 1;
  }
}

async function describe(found: FoundPrivileges, endpoint: string): Promise<string> {
  const { tableOf } = await import("../provider/lookups/index.js");
  const { username, authenticationType, version, licence, privileges, missing, problems, role } = found;
  const server = [
    version === undefined ? "an Elasticsearch whose version isn't told" : `Elasticsearch ${version}`,
    ...(licence === undefined ? [] : [`licence ${licence}`]),
  ].join(", ");
  if (privileges.length === 0) {
    return `${endpoint} (${server}) has no security: everybody may do everything.`;
  }
  return [
    `'${username}' (${authenticationType}) at ${endpoint} (${server}):`,
    tableOf(privileges),
    "",
    missing.length === 0
      ? "Nothing is missing."
      : `Missing: ${missing.length} of ${privileges.filter(({ optional }) => !optional).length}. A role with all of them, for PUT /_security/role/<name>:`,
    ...(missing.length === 0 ? [] : [JSON.stringify(role, null, 2)]),
    ...problems.map((problem) => inWordsOfTheCommand(`Besides, ${problem}`)),
  ].join("\n");
}
