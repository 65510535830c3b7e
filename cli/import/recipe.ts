import { resolve } from "node:path";
import { variableOf } from "../connection";
import { printable } from "../printable";
import { word } from "../shell";
import type { Entry } from "./model";
import { settingsOf } from "./program";

/** How what was written gets into a stack. */
export interface Way {
  out: string;
  adopt: boolean;
  /** Where the connection came from: the variables of the environment, options included. */
  env: NodeJS.ProcessEnv;
  allowInsecure: boolean;
}

/** All that is to be done, in its order, from the folder in which the command ran. */
export function recipe(entries: Entry[], way: Way): string[] {
  const { out, adopt } = way;
  const settings = settingsOf(entries).map(
    ({ key, type }) => `  pulumi config set --secret ${key}${type === "object" ? " # JSON" : ""}`,
  );
  return [
    "What to do next, in this order:",
    "",
    ...(resolve(out) === resolve(".") ? [] : [`  cd ${word(out)}`]),
    "  npm install pulumi-elastic-connectors @pulumi/pulumi",
    "  pulumi stack init dev    # or 'pulumi stack select', where there is one",
    ...connection(way).map((line) => `  ${printable(line)}`),
    ...(settings.length > 0
      ? ["  # Secrets of the connectors; each command asks for the value that is in use.", ...settings]
      : []),
    ...(adopt ? ADOPT : IMPORT),
    ...(adopt ? [] : ["", ...OLD_ENGINE]),
  ];
}

const ADOPT = ["  pulumi preview    # lists what is taken over, and changed in it", "  pulumi up"];

const IMPORT = [
  "  pulumi import --file import.json --yes --generate-code=false --protect=false",
  "  pulumi refresh --yes",
  "  pulumi preview    # has nothing to do",
  "  pulumi up         # records that, and changes nothing",
];

const OLD_ENGINE = [
  "The import takes Pulumi 3.254 or later: an older one passes over what the file holds, and fails with",
  "\"Cannot read properties of undefined (reading 'toJavaScript')\". Without it, write a program that adopts: --adopt.",
];

const PLAIN = ["endpoint", "cloudId", "username", "caFingerprint"];
const SECRET = ["password", "apiKey", "bearerToken"];
const PEM = ["caCert", "clientCert", "clientKey"];

/** The connection of the command as the stack's own: the same settings, without the values of secrets. */
function connection({ env, allowInsecure }: Way): string[] {
  const given = (name: string) => env[variableOf(name)] || undefined;
  const set = (names: string[], line: (name: string, value: string) => string) =>
    names.flatMap((name) => (given(name) ? [line(name, given(name) ?? "")] : []));
  return [
    ...set(PLAIN, (name, value) => `pulumi config set elastic:${name} ${word(value)}`),
    ...set(SECRET, (name) => `pulumi config set --secret elastic:${name}`),
    ...set(["caCertFile"], (name, value) => `pulumi config set elastic:${name} ${word(resolve(value))}`),
    ...set(PEM, (name) => `printf %s "$${variableOf(name)}" | pulumi config set --secret elastic:${name}`),
    ...(allowInsecure ? ["pulumi config set elastic:allowInsecure true"] : []),
  ];
}
