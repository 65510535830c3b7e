import type { JsonObject } from "../json";
import type { Key } from "./indexed-fields";

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

/** A question that the secondary indexes answer; `indexed-fields.ts` says which fields an index has. */
export interface Lookup {
  /** Per field the values of which a document must have one; all fields must fit. */
  readonly equals: Readonly<Record<string, readonly Key[]>>;
  /** A text that one of the fragment fields must contain. */
  readonly containing?: string | undefined;
  readonly sort: string;
  readonly descending?: boolean;
  readonly from: number;
  readonly size: number;
}

export interface LookupResult {
  /** All that fit, whatever the page holds. */
  readonly total: number;
  readonly documents: readonly StoredDocument[];
}

/**
 * Where every document of the server lies: content, connectors, sync jobs, keys, secrets and the server's own state.
 * Calls are synchronous, so that a read and the write that depends on it can't be interleaved.
 */
export interface DocumentStore {
  indices(): IndexMetadata[];
  index(name: string): IndexMetadata | undefined;
  /** Indices that have this alias. */
  behindAlias(alias: string): IndexMetadata[];
  saveIndex(index: IndexMetadata): void;
  dropIndex(name: string): void;
  get(index: string, id: string): StoredDocument | undefined;
  put(index: string, id: string, source: JsonObject): StoredDocument;
  /** Answers the tombstone's sequence number and version; undefined when there was no such document. */
  remove(index: string, id: string): StoredDocument | undefined;
  /** In the order of their last change. */
  documents(index: string): Iterable<StoredDocument>;
  count(index: string): number;
  lookup(index: string, wanted: Lookup): LookupResult;
  /** Settles when all that was written is safe; undefined when there is nothing to wait for. */
  durable(): Promise<void> | undefined;
  close(): Promise<void>;
}
