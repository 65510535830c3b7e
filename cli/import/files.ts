import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { importFileText } from "./import-file";
import type { Group } from "./model";
import { programText } from "./program";

interface NewFile {
  name: string;
  path: string;
  text: string;
}

/** @throws when something would be overwritten. */
export function refuseExisting(out: string, adopt: boolean): void {
  const there = ["index.ts", ...(adopt ? [] : ["import.json"])].filter((name) => existsSync(join(out, name)));
  if (there.length > 0) {
    throw new Error(
      `${there.join(" and ")} exist${there.length === 1 ? "s" : ""} in ${out} already: choose another folder, or pass --force.`,
    );
  }
}

export function filesFor(groups: Group[], out: string, adopt: boolean): NewFile[] {
  const entries = groups.flatMap((group) => group.entries);
  const texts = {
    "index.ts": programText(groups),
    ...(adopt ? {} : { "import.json": importFileText(entries) }),
    ...(existsSync(join(out, "Pulumi.yaml")) ? {} : { "Pulumi.yaml": projectText(out) }),
  };
  return Object.entries(texts).map(([name, text]) => ({ name, path: join(out, name), text }));
}

export function write(files: NewFile[], force: boolean): void {
  for (const { name, path, text } of files) {
    mkdirSync(join(path, ".."), { recursive: true });
    // Whoever made the file since we looked keeps it.
    writeFileSync(path, text, { flag: force && name !== "Pulumi.yaml" ? "w" : "wx" });
  }
}

function projectText(out: string): string {
  const name = basename(resolve(out))
    .replace(/[^\w.-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `name: ${JSON.stringify(name || "connectors")}\nruntime: nodejs\ndescription: Elastic content connectors\n`;
}
