import type { DocumentStore } from "./document-store";
import type { Stored } from "./memory-store";

/** All that a server holds, as plain JSON: `restore` starts another one with it. */
export type Dump = readonly Stored[];

export function dump(store: DocumentStore): Dump {
  return store.indices().map((metadata) => {
    const documents = [...store.documents(metadata.name)];
    return structuredClone({ metadata, documents, nextSeqNo: (documents.at(-1)?.seqNo ?? -1) + 1 });
  });
}
