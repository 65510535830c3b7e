import { clone } from "../json";
import type { DocumentStore, IndexMetadata, StoredDocument } from "./document-store";
import { type FieldIndex, fieldIndex } from "./field-index";
import { indexedFields } from "./indexed-fields";

/** Told of every change, in order; a persistent store writes it down. */
export interface Journal {
  index(metadata: IndexMetadata): void;
  indexDropped(metadata: IndexMetadata, ids: Iterable<string>): void;
  document(metadata: IndexMetadata, document: StoredDocument): void;
  documentRemoved(metadata: IndexMetadata, tombstone: StoredDocument): void;
  durable(): Promise<void> | undefined;
  close(): Promise<void>;
}

/** What was there before: the documents of an index in the order of their sequence numbers. */
export interface Stored {
  readonly metadata: IndexMetadata;
  readonly nextSeqNo: number;
  readonly documents: readonly StoredDocument[];
}

interface Shelf {
  metadata: IndexMetadata;
  nextSeqNo: number;
  readonly documents: Map<string, StoredDocument>;
  readonly fields: FieldIndex;
}

const forgetful: Journal = {
  index: () => undefined,
  indexDropped: () => undefined,
  document: () => undefined,
  documentRemoved: () => undefined,
  durable: () => undefined,
  close: () => Promise.resolve(),
};

/** Everything lies in memory; without a journal it is gone when the server is closed. */
export function memoryStore(journal: Journal = forgetful, stored: Iterable<Stored> = []): DocumentStore {
  const shelves = new Map<string, Shelf>();
  const aliases = new Map<string, Set<string>>();
  for (const each of stored) restore(each);

  function restore({ metadata, nextSeqNo, documents }: Stored): void {
    const fields = fieldIndex(indexedFields(metadata.name));
    for (const document of documents) fields.change(undefined, document);
    const byId = new Map(documents.map((document) => [document.id, document]));
    shelves.set(metadata.name, { metadata, nextSeqNo, documents: byId, fields });
    nameAliases(undefined, metadata);
  }

  function shelf(name: string): Shelf {
    const found = shelves.get(name);
    if (found === undefined) throw new Error(`the store has no index ${name}`);
    return found;
  }

  function nameAliases(before: IndexMetadata | undefined, after: IndexMetadata | undefined): void {
    if (before?.aliases === after?.aliases) return;
    for (const alias of Object.keys(before?.aliases ?? {})) aliases.get(alias)?.delete(before?.name ?? "");
    for (const alias of Object.keys(after?.aliases ?? {})) {
      const names = aliases.get(alias) ?? new Set();
      aliases.set(alias, names.add(after?.name ?? ""));
    }
  }

  return {
    indices: () => [...shelves.values()].map((each) => each.metadata),
    index: (name) => shelves.get(name)?.metadata,
    behindAlias: (alias) => [...(aliases.get(alias) ?? [])].flatMap((name) => shelves.get(name)?.metadata ?? []),
    saveIndex(metadata) {
      const existing = shelves.get(metadata.name);
      if (existing === undefined) restore({ metadata, nextSeqNo: 0, documents: [] });
      else {
        nameAliases(existing.metadata, metadata);
        existing.metadata = metadata;
      }
      journal.index(metadata);
    },
    dropIndex(name) {
      const existing = shelves.get(name);
      if (existing === undefined) return;
      shelves.delete(name);
      nameAliases(existing.metadata, undefined);
      journal.indexDropped(existing.metadata, existing.documents.keys());
    },
    get: (index, id) => shelves.get(index)?.documents.get(id),
    put(index, id, source) {
      const on = shelf(index);
      const before = on.documents.get(id);
      const document: StoredDocument = {
        id,
        source: clone(source),
        seqNo: on.nextSeqNo++,
        primaryTerm: 1,
        version: (before?.version ?? 0) + 1,
      };
      // Taken out first: the map's order is the order of the sequence numbers.
      on.documents.delete(id);
      on.documents.set(id, document);
      on.fields.change(before, document);
      journal.document(on.metadata, document);
      return document;
    },
    remove(index, id) {
      const on = shelf(index);
      const last = on.documents.get(id);
      if (last === undefined) return undefined;
      on.documents.delete(id);
      on.fields.change(last, undefined);
      const tombstone = { ...last, seqNo: on.nextSeqNo++, version: last.version + 1 };
      journal.documentRemoved(on.metadata, tombstone);
      return tombstone;
    },
    documents: (index) => shelves.get(index)?.documents.values() ?? [],
    count: (index) => shelves.get(index)?.documents.size ?? 0,
    lookup(index, wanted) {
      const on = shelves.get(index);
      return on === undefined ? { total: 0, documents: [] } : on.fields.lookup(wanted, on.documents);
    },
    durable: () => journal.durable(),
    close: () => journal.close(),
  };
}
