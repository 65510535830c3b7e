import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file that only its owner can read, as a whole or not at all. Whatever mode the file had, and whoever has it
 * open, nobody else sees a byte: the text goes into a new file, which then takes the place of the old one.
 */
export async function writePrivately(file: string, text: string): Promise<void> {
  const before = await existing(file);
  const beside = join(dirname(file), `.${basename(file)}-${randomBytes(6).toString("hex")}`);
  const handle = await created(beside, file);
  try {
    await filled(handle, text, before);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw unwritten(file, error);
  }
}

async function existing(file: string): Promise<Stats | undefined> {
  const found = await lstat(file).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") {
      return undefined;
    }
    throw unwritten(file, error);
  });
  if (found?.isSymbolicLink()) {
    throw new Error(
      `'${file}' is a symbolic link, and keys aren't written through one. Name the file that it leads to.`,
    );
  }
  if (found?.isDirectory()) {
    throw new Error(`'${file}' is a directory. Name a file in it, such as '${join(file, "config.yml")}'.`);
  }
  if (found && !found.isFile()) {
    throw new Error(`'${file}' is no regular file. Name one, or a file that isn't there yet.`);
  }
  return found;
}

async function created(beside: string, file: string): Promise<FileHandle> {
  try {
    return await open(beside, "wx", 0o600);
  } catch (error) {
    throw unwritten(file, error);
  }
}

async function filled(handle: FileHandle, text: string, before: Stats | undefined): Promise<void> {
  try {
    await handle.writeFile(text);
    // Else a service that runs as somebody else could no longer read its own file.
    if (before && before.uid !== process.getuid?.()) {
      await handle.chown(before.uid, before.gid);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unwritten(file: string, error: unknown): Error {
  const reasons: Record<string, string> = {
    ENOENT: "there is no such directory. Make it first.",
    ENOTDIR: "a part of its path is no directory.",
    EACCES: "you may not write in its directory.",
    EPERM: "it belongs to somebody else, and only they or root can replace it.",
    ENOSPC: "the disk is full.",
    EROFS: "the disk can only be read.",
  };
  const code = codeOf(error);
  return new Error(`Can't write '${file}': ${reasons[code] ?? (code || "an unexpected error")}`, { cause: error });
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code ?? "");
}
