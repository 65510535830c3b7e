import { type Command, Option } from "commander";
import type { Elasticsearch } from "../provider/elasticsearch/connection";

export interface ConnectionOptions {
  endpoint?: string;
  username?: string;
  allowInsecure?: true;
}

/** Adds the options of a command that talks to a cluster, and says where the rest of the connection comes from. */
export function withConnection(command: Command): Command {
  return command
    .addOption(new Option("--endpoint <url>", "URL of the cluster; by default ELASTICSEARCH_ENDPOINT"))
    .addOption(new Option("--username <name>", "by default ELASTICSEARCH_USERNAME"))
    .addOption(new Option("--allow-insecure", "accept plain http beyond loopback"))
    .addHelpText("after", HELP);
}

const HELP = `
The connection comes from the environment: ELASTICSEARCH_ENDPOINT (or _CLOUD_ID), ELASTICSEARCH_USERNAME and _PASSWORD
(or _API_KEY, or _BEARER_TOKEN), ELASTICSEARCH_CA_CERT_FILE and so on. Passwords and keys come from nowhere else: options
can be read by every user of the machine.

Exit status: 0 when it is done, 1 when something failed.`;

/** The cluster that options and environment name. */
export async function cluster(options: ConnectionOptions): Promise<Elasticsearch> {
  const env = environment(options);
  if (!env.ELASTICSEARCH_ENDPOINT && !env.ELASTICSEARCH_CLOUD_ID) {
    throw new Error("No cluster is named: set ELASTICSEARCH_ENDPOINT (or ELASTICSEARCH_CLOUD_ID), or pass --endpoint.");
  }
  const { open } = await import("../provider/lookups/index.js");
  return open((name) => (name === "allowInsecure" ? options.allowInsecure : undefined), env);
}

/** The provider's messages name settings of a stack; here the same ones are variables. */
export function inWordsOfTheCommand(message: string): string {
  return message
    .replaceAll("set elastic:allowInsecure to true", "pass --allow-insecure")
    .replace(/elastic:(\w+)/g, (_, name: string) => variableOf(name));
}

/** The variable that stands for a setting of a stack. */
export function variableOf(name: string): string {
  return `ELASTICSEARCH_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}

/** What an option names replaces what the environment has in its stead. */
export function environment({ endpoint, username }: ConnectionOptions): NodeJS.ProcessEnv {
  const { ELASTICSEARCH_CLOUD_ID, ELASTICSEARCH_API_KEY, ELASTICSEARCH_BEARER_TOKEN, ...rest } = process.env;
  return {
    ...rest,
    ...(endpoint === undefined ? { ELASTICSEARCH_CLOUD_ID } : { ELASTICSEARCH_ENDPOINT: endpoint }),
    ...(username === undefined
      ? { ELASTICSEARCH_API_KEY, ELASTICSEARCH_BEARER_TOKEN }
      : { ELASTICSEARCH_USERNAME: username }),
  };
}
