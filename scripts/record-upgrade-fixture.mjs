// Deploys the program of the upgrade tests on an embedded server, and keeps what the next versions have to cope with.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { openStack, startElasticsearch } = createRequire(import.meta.url)(join(root, "dist/embedded/index.js"));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const upgrade = join(root, "tests", "upgrade");
const folder = join(upgrade, "fixtures", version);

const { server: options, resources } = JSON.parse(readFileSync(join(upgrade, "program.json"), "utf8"));
const home = mkdtempSync(join(tmpdir(), "pec-upgrade-"));
const server = await startElasticsearch(options);
try {
  const spec = join(home, "program.json");
  writeFileSync(spec, JSON.stringify({ resources }));
  const stack = await openStack({
    engine: "embedded",
    project: "tests",
    stack: "dev",
    program: join(root, "tests", "support", "program"),
    home,
    config: { "elastic:endpoint": server.endpoint, "elastic:username": server.username },
    secretConfig: { "elastic:password": server.password },
    env: { PROGRAM_SPEC: spec },
  });
  const done = await stack.up();
  if (!done.ok) throw new Error(done.text);
  const state = (await stack.stateText()).replaceAll(server.endpoint, "{endpoint}");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "state.json"), state);
  writeFileSync(join(folder, "program.json"), json({ server: options, resources }));
  writeFileSync(join(folder, "server.json"), json(server.control.dump()));
  console.log(done.text);
} finally {
  await server.close();
  rmSync(home, { recursive: true, force: true });
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
