import { clone, type JsonObject } from "../json";
import type { DocumentStore, IndexMetadata, StoredDocument } from "./document-store";

interface Shelf {
  metadata: IndexMetadata;
  nextSeqNo: number;
  documents: Map<string, StoredDocument>;
}

/** The default store: gone when the server is closed. */
export function memoryStore(): DocumentStore {
  const shelves = new Map<string, Shelf>();

  function shelf(name: string): Shelf {
    const found = shelves.get(name);
    if (found === undefined) throw new Error(`the store has no index ${name}`);
    return found;
  }

  return {
    indices: () => [...shelves.values()].map((each) => each.metadata),
    index: (name) => shelves.get(name)?.metadata,
    saveIndex(metadata) {
      const existing = shelves.get(metadata.name);
      if (existing === undefined) shelves.set(metadata.name, { metadata, nextSeqNo: 0, documents: new Map() });
      else existing.metadata = metadata;
    },
    dropIndex(name) {
      shelves.delete(name);
    },
    get: (index, id) => shelves.get(index)?.documents.get(id),
    put(index, id, source: JsonObject) {
      const on = shelf(index);
      const document: StoredDocument = {
        id,
        source: clone(source),
        seqNo: on.nextSeqNo++,
        primaryTerm: 1,
        version: (on.documents.get(id)?.version ?? 0) + 1,
      };
      on.documents.set(id, document);
      return document;
    },
    remove(index, id) {
      const on = shelf(index);
      const last = on.documents.get(id);
      if (last === undefined) return undefined;
      on.documents.delete(id);
      return { ...last, seqNo: on.nextSeqNo++, version: last.version + 1 };
    },
    documents: (index) => shelves.get(index)?.documents.values() ?? [],
    count: (index) => shelves.get(index)?.documents.size ?? 0,
  };
}
