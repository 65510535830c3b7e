// Brings a clone to the point where the demo and the tests can run: dependencies installed, package built.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

if (!installed()) {
  console.log("Installing dependencies (npm ci) ...");
  run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"]);
}
// Incremental: next to nothing when the build is up to date.
run(process.execPath, [join("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"]);

function installed() {
  const record = join(root, "node_modules", ".package-lock.json");
  const lock = join(root, "package-lock.json");
  return existsSync(record) && statSync(record).mtimeMs >= statSync(lock).mtimeMs;
}

function run(command, args) {
  execFileSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}
