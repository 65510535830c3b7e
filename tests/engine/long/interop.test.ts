// A state written by one engine is a state for the other. Needs the Pulumi CLI.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pulumiOnPath } from "../../../embedded/stack";
import { good, scenario } from "../scenario";

const text = `
  const eu = new FakeProvider("eu", { "fake:token": pulumi.secret("hunter2-token") });
  const group = new Group("g", {});
  const a = new Thing("a", { name: "one", pw: pulumi.secret("hunter2"), deep: { pw: pulumi.secret(["hunter2"]) } }, { parent: group });
  new Thing("b", { name: "two", of: a.stamp, list: [1, null, "x"] }, { protect: true, provider: eu, ignoreChanges: ["of"] });
  exports.pw = a.pw;`;
const withCli = pulumiOnPath() === undefined ? test.skip : test;

withCli("the CLI goes on with what the embedded engine wrote", async () => {
  const ours = await scenario("embedded");
  const theirs = await scenario("cli");
  ours.program(text);
  theirs.program(text);
  await good(ours.stack.up());
  const file = join(ours.folder, "exported.json");
  writeFileSync(file, JSON.stringify(await ours.stack.exportState()));
  const home = join(theirs.folder, "home");
  const imported = spawnSync(
    pulumiOnPath() ?? "",
    ["stack", "import", "--file", file, "--stack", "dev", "--non-interactive"],
    {
      cwd: join(home, "workspace"),
      encoding: "utf8",
      env: {
        ...process.env,
        PULUMI_HOME: join(home, "pulumi"),
        PULUMI_BACKEND_URL: pathToFileURL(join(home, "backend")).href,
        PULUMI_CONFIG_PASSPHRASE: "correct horse",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
  expect(imported).toMatchObject({ status: 0 });
  const planned = await good(theirs.stack.preview());
  expect(planned.summary).toEqual({ same: 5 });
  expect(await theirs.stack.outputs(true)).toEqual({ pw: "hunter2" });
  await ours.close();
  await theirs.close();
});

withCli("the embedded engine goes on with what the CLI wrote", async () => {
  const ours = await scenario("embedded");
  const theirs = await scenario("cli");
  ours.program(text);
  theirs.program(text);
  await good(theirs.stack.up());
  mkdirSync(join(ours.folder, "home"), { recursive: true });
  writeFileSync(join(ours.folder, "home", "proj.dev.json"), JSON.stringify(await theirs.stack.exportState()));
  const planned = await good(ours.stack.preview());
  expect(planned.summary).toEqual({ same: 5 });
  expect(await ours.stack.outputs(true)).toEqual({ pw: "hunter2" });
  await ours.close();
  await theirs.close();
});
