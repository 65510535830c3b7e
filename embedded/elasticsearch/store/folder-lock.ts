import { createHash } from "node:crypto";
import { realpathSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes sure that one server at a time works in the folder; answers what gives it free again.
 * A socket is the lock: the system closes it with its process, so a killed server leaves no lock behind
 * that could be mistaken for a living one, as the number of a process can.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = addressFor(realpathSync(folder));
  const server = (await listen(address)) ?? (await takeOver(folder, address));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function addressFor(folder: string): string {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 24);
  if (process.platform === "win32") return `\\\\.\\pipe\\pulumi-elastic-connectors-${name}`;
  const inside = join(folder, "server.sock");
  // Longer ones don't fit into the address of a socket.
  return Buffer.byteLength(inside) < 100 ? inside : join(tmpdir(), `pulumi-elastic-connectors-${name}.sock`);
}

async function takeOver(folder: string, address: string): Promise<Server> {
  const owner = await ownerOf(address);
  if (owner === undefined) {
    rmSync(address, { force: true });
    const server = await listen(address);
    if (server !== undefined) return server;
  }
  throw new Error(
    `The data folder ${folder} is in use by another server${owner === undefined ? "" : ` (process ${owner})`}. ` +
      "Stop it, or choose another folder.",
  );
}

/** Undefined when the address is taken. Who connects is told the number of this process. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on("error", () => undefined).end(String(process.pid)));
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** The process that listens; undefined when nobody does and the file was only left behind. */
function ownerOf(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(address);
    socket.setEncoding("utf8");
    socket.once("error", () => resolve(undefined));
    socket.on("data", (text) => {
      answer += String(text);
    });
    socket.once("end", () => resolve(answer));
  });
}
