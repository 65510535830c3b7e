// `config write` as a user runs it. `npm run build` makes the command.

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, run } from "../support/processes";

const KEY = "canary-key-5f1a";
const CONFIG = `# Holds keys.
elasticsearch:
  host: "https://es.example:9200"
  api_key: "${KEY}"
connectors:
  - connector_id: "a"
    service_type: "mongodb"
    api_key: "${KEY}"
`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pec-config-"));
  file = join(folder, "config.yml");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (to: string, input?: string) =>
  run(process.execPath, [join(ROOT, "dist/cli/main.js"), "config", "write", to], ROOT, {}, input);

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("a new file, for its owner only; one line, without keys", async () => {
  const { code, stdout, stderr } = await write(file, CONFIG);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`Wrote ${file} (mode 0600), the configuration of a service for 1 connector.\n`);
  expect(readFileSync(file, "utf8")).toBe(CONFIG);
  expect(modeOf(file)).toBe("600");
  expect(readdirSync(folder)).toEqual(["config.yml"]);
});

test("a file that others could read is replaced, not written into", async () => {
  writeFileSync(file, "old\n", { mode: 0o644 });
  chmodSync(file, 0o666);
  const { ino } = statSync(file);
  expect((await write(file, CONFIG)).code).toBe(0);
  expect(readFileSync(file, "utf8")).toBe(CONFIG);
  expect(modeOf(file)).toBe("600");
  expect(statSync(file).ino).not.toBe(ino);
});

test("a symbolic link, a directory, a folder that isn't there: refused, nothing is touched", async () => {
  const target = join(folder, "target");
  writeFileSync(target, "theirs");
  symlinkSync(target, file);
  const dangling = join(folder, "dangling");
  symlinkSync(join(folder, "nowhere"), dangling);
  mkdirSync(join(folder, "there"));
  const before = readdirSync(folder);
  const refused: [string, RegExp][] = [
    [file, /is a symbolic link.*Name the file that it leads to/],
    [dangling, /is a symbolic link/],
    [join(folder, "there"), /is a directory. Name a file in it, such as '.*config\.yml'/],
    [join(folder, "not", "there"), /Can't write '.*': there is no such directory\. Make it first/],
    [join(target, "config.yml"), /Can't write '.*': a part of its path is no directory/],
  ];
  for (const [path, message] of refused) {
    const { code, stdout, stderr } = await write(path, CONFIG);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(KEY);
  }
  expect(readFileSync(target, "utf8")).toBe("theirs");
  expect(readdirSync(folder)).toEqual(before);
});

test.each([
  ["nothing", "\n", /^Standard input is empty\. Did the command before this one fail\?\n$/],
  ["a masked output", "[secret]\n", /^The output is masked: pass --show-secrets/],
  [
    "JSON around it",
    JSON.stringify(CONFIG),
    /lacks elasticsearch\.host, elasticsearch\.api_key, connectors\. .*without --json/,
  ],
  ["no connectors", CONFIG.replace("connectors:", "others:"), /^Standard input is no config.*: it lacks connectors\. /],
  ["no key of the service", CONFIG.replace("  api_key", "  apikey"), /: it lacks elasticsearch\.api_key\. /],
  ["broken text", `${CONFIG}  - "${KEY}\n bad: [`, /^Standard input is no YAML: line \d+ can't be read/],
])("%s is no configuration: what was there stays", async (_, input, message) => {
  writeFileSync(file, "old");
  const { code, stdout, stderr } = await write(file, input);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain(KEY);
  expect(readFileSync(file, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["config.yml"]);
});
