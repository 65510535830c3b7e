// Writes what derives from the provider's schemas and catalogue: the SDK's arguments and outputs with their docs, the
// typed configurations, and the reference in docs/. `--check` only tells whether the files are up to date.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { configurationsModule, serviceTypesPage } from "./generate/configurations.mjs";
import { privilegesPage, resourcePage } from "./generate/pages.mjs";
import { resourceModule } from "./generate/resources.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const { resources } = require("../dist/provider/resources");
const catalogue = require("../dist/provider/catalogue");
const privileges = require("../dist/provider/privileges/table");

const files = new Map([
  ["sdk/generated/configurations.ts", configurationsModule(catalogue)],
  ["docs/reference/service-types.md", serviceTypesPage(catalogue)],
  ["docs/reference/privileges.md", privilegesPage(privileges)],
]);
for (const definition of Object.values(resources)) {
  const file = definition.kind.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  files.set(`sdk/generated/${file}.ts`, resourceModule(definition));
  files.set(`docs/reference/${file}.md`, resourcePage(definition));
}

const stale = [...files].filter(([path, text]) => current(path) !== text).map(([path]) => path);
if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`out of date, run 'npm run generate': ${stale.join(", ")}`);
    process.exitCode = 1;
  }
} else {
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path));
  }
  console.log(stale.length > 0 ? `wrote ${stale.join(", ")}` : "everything is up to date");
}

function current(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
