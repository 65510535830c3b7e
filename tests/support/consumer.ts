// A project that has the packed package installed, without a registry: the tarball's files are real, everything that it
// depends on is a link to our own copy.

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT, run } from "./processes";

export const PACKAGE = "pulumi-elastic-connectors";

export interface Packed {
  tarball: string;
  /** Paths inside the package. */
  files: string[];
  /** The unpacked package. */
  folder: string;
  close(): void;
}

/** Packs what the last build has made. */
export async function pack(): Promise<Packed> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "packed-")));
  const windows = process.platform === "win32";
  const args = ["pack", "--ignore-scripts", "--json", "--loglevel=error", "--pack-destination", home];
  await succeed(windows ? "npm.cmd" : "npm", args, ROOT);
  const [name = ""] = readdirSync(home);
  await succeed("tar", ["-xzf", name], home);
  const folder = join(home, "package");
  return {
    tarball: join(home, name),
    files: filesIn(folder),
    folder,
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** A folder with the package in its `node_modules` and the given files. */
export function install(packed: Packed, files: Record<string, string>): string {
  const project = join(dirname(packed.folder), `project-${readdirSync(dirname(packed.folder)).length}`);
  const modules = join(project, "node_modules");
  cpSync(packed.folder, join(modules, PACKAGE), { recursive: true });
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
    string,
    object
  >;
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), "@types/node"]) {
    const link = join(modules, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link, "junction");
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return project;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}

async function succeed(command: string, args: string[], cwd: string): Promise<void> {
  const { code, stdout, stderr } = await run(command, args, cwd);
  if (code !== 0) {
    throw new Error(`${command} ${args[0]} ended with ${code}\n${stdout}\n${stderr}`);
  }
}
