import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Key, RootDatabase } from "lmdb";
import type { JsonObject } from "../json";
import type { DocumentStore, IndexMetadata, StoredDocument } from "./document-store";
import { lockFolder } from "./folder-lock";
import { type Journal, memoryStore, type Stored } from "./memory-store";

/** Keys: `["index", name]`, `["document", uuid of the index, id]`, and `["removed", uuid]` with the last tombstone. */
type Kept = IndexMetadata | KeptDocument | number;
type KeptDocument = Pick<StoredDocument, "source" | "seqNo" | "primaryTerm" | "version">;

/** Reads all from memory, as the default store does, and writes every change to an LMDB database in the folder. */
export async function persistentStore(folder: string): Promise<DocumentStore> {
  // Loaded when there is something to keep: most servers work in memory.
  const { open } = await import("lmdb");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(folder);
  let database: RootDatabase<Kept> | undefined;
  try {
    database = open<Kept>({ path: folder, encoding: "json", noSubdir: false });
    // Keys and secrets lie in them.
    for (const file of ["data.mdb", "lock.mdb"]) chmodSync(join(folder, file), 0o600);
    return memoryStore(journal(database, unlock), read(database));
  } catch (error) {
    await database?.close();
    await unlock();
    throw error;
  }
}

/** LMDB commits all writes of one turn of the event loop together, so a request is kept as a whole or not at all. */
function journal(database: RootDatabase<Kept>, unlock: () => Promise<void>): Journal {
  let written = false;
  let safe: Promise<void> | undefined;
  let failure: Error | undefined;

  function watch(write: Promise<boolean>): void {
    written = true;
    write.catch((error: unknown) => {
      failure ??= new Error(`The data folder can't be written: ${String(error)}`, { cause: error });
    });
  }

  async function flush(): Promise<void> {
    await database.flushed;
    if (failure !== undefined) throw failure;
  }

  return {
    index: (metadata) => watch(database.put(["index", metadata.name], metadata)),
    indexDropped(metadata, ids) {
      for (const id of ids) watch(database.remove(["document", metadata.uuid, id]));
      watch(database.remove(["removed", metadata.uuid]));
      watch(database.remove(["index", metadata.name]));
    },
    document(metadata, { id, source, seqNo, primaryTerm, version }) {
      watch(database.put(["document", metadata.uuid, id], { source, seqNo, primaryTerm, version }));
    },
    documentRemoved(metadata, { id, seqNo }) {
      watch(database.remove(["document", metadata.uuid, id]));
      watch(database.put(["removed", metadata.uuid], seqNo));
    },
    durable() {
      // Who only reads waits as well while writes are on their way: nothing is shown that could vanish.
      if (!written) return failure === undefined ? safe : Promise.reject(failure);
      written = false;
      const flushing: Promise<void> = flush().finally(() => {
        if (safe === flushing) safe = undefined;
      });
      safe = flushing;
      return flushing;
    },
    async close() {
      await database.close();
      await unlock();
    },
  };
}

function* read(database: RootDatabase<Kept>): Generator<Stored> {
  for (const { value } of database.getRange(section("index"))) {
    const metadata = value as IndexMetadata;
    const documents: StoredDocument[] = [];
    for (const { key, value } of database.getRange(section("document", metadata.uuid))) {
      const { source, seqNo, primaryTerm, version } = value as KeptDocument;
      documents.push({ id: String((key as string[])[2]), source: source as JsonObject, seqNo, primaryTerm, version });
    }
    documents.sort((a, b) => a.seqNo - b.seqNo);
    const removed = Number(database.get(["removed", metadata.uuid]) ?? -1);
    yield { metadata, documents, nextSeqNo: Math.max(removed, documents.at(-1)?.seqNo ?? -1) + 1 };
  }
}

/** All keys that begin with these parts; the byte sorts after every string. */
function section(...parts: string[]): { start: Key; end: Key } {
  return { start: parts, end: [...parts, highest] };
}

const highest = Buffer.from([0xff]);
