import type { JsonObject } from "../json";

export interface StoredDocument {
  readonly id: string;
  readonly source: JsonObject;
  readonly seqNo: number;
  readonly primaryTerm: number;
  readonly version: number;
}

export interface IndexMetadata {
  readonly name: string;
  readonly uuid: string;
  readonly creationDate: number;
  /** Flat, every key with the `index.` prefix, values as strings or lists of strings. */
  readonly settings: Readonly<Record<string, string | readonly string[]>>;
  readonly mappings: JsonObject;
  readonly aliases: Readonly<Record<string, JsonObject>>;
  readonly closed: boolean;
}

/**
 * Where every document of the server lies: content, connectors, sync jobs, keys and secrets alike.
 * Calls are synchronous, so that a read and the write that depends on it can't be interleaved.
 */
export interface DocumentStore {
  indices(): IndexMetadata[];
  index(name: string): IndexMetadata | undefined;
  saveIndex(index: IndexMetadata): void;
  dropIndex(name: string): void;
  get(index: string, id: string): StoredDocument | undefined;
  put(index: string, id: string, source: JsonObject): StoredDocument;
  /** Answers the tombstone's sequence number and version; undefined when there was no such document. */
  remove(index: string, id: string): StoredDocument | undefined;
  documents(index: string): Iterable<StoredDocument>;
  count(index: string): number;
}
