// Without processes; see long/upgrade.test.ts for the engines themselves.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resources } from "../../provider/resources";
import { declarable } from "../drift/schema-paths";
import type { Declared } from "../support/stage";
import { upgrade, versions } from "./upgrade";

test.each(versions)("what %s has written needs no change, and is changed and destroyed", (version) =>
  upgrade(version, { quick: true }),
);

test.each(versions)("the fixture of %s holds every kind, and nothing of the machine that recorded it", (version) => {
  const state = readFileSync(join(__dirname, "fixtures", version, "state.json"), "utf8");
  const types = [...Object.keys(resources).map((kind) => `pulumi-nodejs:dynamic/elastic:${kind}`)];
  for (const type of [...types, "elastic:index:ContentConnector", "elastic:index:ConnectorService"]) {
    expect(state).toContain(`"type": "${type}"`);
  }
  expect(state).not.toMatch(/canary|127\.0\.0\.1|\/home\/|\/Users\/|\/tmp\//);
});

const UNKNOWN = "only members that this package doesn't know: no server of today has one";

/** Inputs that no resource of the program declares, and why. */
const LEFT_OUT: Record<string, string> = {
  "ApiKey certificateIdentity": "takes a server from 9.3 on; the program's is of 8.19, which has native connectors",
  "ApiKey onBehalfOf.accessToken": "excludes username and password, and the server for tests gives out no tokens",
  "ApiKey roleDescriptors.*.extra.*": UNKNOWN,
  "ApiKey roleDescriptors.*.indices[].extra.*": UNKNOWN,
  "ApiKey roleDescriptors.*.remoteIndices[].extra.*": UNKNOWN,
  "ApiKey roleDescriptors.*.remoteCluster[].extra.*": UNKNOWN,
  "ApiKey rotateAt": "is stamped by the provider, not declared",
};

test("the program of the next fixture declares each input of each kind, or says why not", () => {
  const text = readFileSync(join(__dirname, "program.json"), "utf8");
  const program = (JSON.parse(text) as { resources: Declared[] }).resources;
  const inputs = Object.entries(resources).flatMap(([kind, resource]) =>
    declarable(resource.inputs).map((path) => ({ kind, path })),
  );
  const missing = inputs
    .filter(({ kind, path }) => !program.some((each) => each.kind === kind && holds(each.args, path.split("."))))
    .map(({ kind, path }) => `${kind} ${path}`);
  expect(missing.sort()).toEqual(Object.keys(LEFT_OUT).sort());
});

/** Whether something is declared at a path of the schema: `*` is any key, `[]` any element. */
function holds(value: unknown, [name, ...rest]: string[]): boolean {
  if (name === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  if (name === "*") return Object.values(value).some((each) => holds(each, rest));
  const [own = "", element] = name.split(/(?=\[\]$)/);
  const found = (value as Record<string, unknown>)[own];
  return element === undefined ? holds(found, rest) : Array.isArray(found) && found.some((each) => holds(each, rest));
}
