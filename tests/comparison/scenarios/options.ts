// What a program may say about a resource besides its arguments.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rig } from "../rig";
import { connector, index, key, ref, secret } from "./declared";

export async function options(rig: Rig): Promise<void> {
  rig.begin("protect");
  rig.declare([key("guarded", {}, { protect: true })]);
  await rig.up();
  rig.declare([key("guarded", { name: "renamed" }, { protect: true })]);
  await rig.up();
  rig.declare([]);
  await rig.up();
  await rig.destroy();

  rig.begin("retainOnDelete");
  rig.declare([key("guarded"), secret("left", "v", {}, { retainOnDelete: true, dependsOn: ["guarded"] })]);
  await rig.up();
  rig.declare([key("guarded")]);
  await rig.up();

  const films = (more: Record<string, unknown>, opts: Record<string, unknown>) => [
    connector("c", { configuration: { host: "mongodb://a", database: "d", collection: "c", ...more } }, opts),
  ];
  rig.begin("ignoreChanges, nested");
  rig.declare(films({}, { ignoreChanges: ["configuration.host"] }));
  await rig.up();
  rig.declare(films({ host: "mongodb://b", database: "e" }, { ignoreChanges: ["configuration.host"] }));
  await rig.up();
  await rig.preview({ refresh: true });

  rig.begin("replaceOnChanges");
  rig.declare(films({ database: "f" }, { replaceOnChanges: ["configuration.database"], deleteBeforeReplace: true }));
  await rig.up();

  rig.begin("additionalSecretOutputs");
  rig.declare([key("k", {}, { additionalSecretOutputs: ["expiresAt", "roleDescriptors"] })]);
  await rig.up();
  rig.declare([key("k")]);
  await rig.up();

  rig.begin("aliases");
  rig.declare([key("l", { name: "k" }, { aliases: [{ name: "k" }] }), secret("s", ref("l.encoded"))]);
  await rig.up();
  rig.declare([key("l", { name: "k" }), secret("t", ref("l.encoded"), {}, { aliases: [{ name: "s" }] })]);
  await rig.up();
  await rig.destroy();

  rig.begin("import file");
  rig.declare([index("kept", {}, { retainOnDelete: true })]);
  await rig.up();
  const { resources = [] } = (await rig.stage.stack.exportState()).deployment;
  const found = resources.find(({ type }) => type.endsWith(":Index"));
  await rig.destroy();
  const file = join(rig.stage.home, "import.json");
  const { type, id, inputs, outputs } = found ?? {};
  writeFileSync(file, JSON.stringify({ resources: [{ type, name: "kept", id, inputs, outputs }] }));
  await rig.import(file);
  await rig.import(file);
  await rig.refresh();
  rig.declare([index("kept")]);
  await rig.up();
  await rig.destroy();
}
