// Without processes; see long/upgrade.test.ts for the engines themselves.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resources } from "../../provider/resources";
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
