// One place that a program can declare: how somebody else changes it, what a reviewer reads, and what repairs it.

export type Bag = Record<string, unknown>;

/** A request: method, path (`{id}` is the object's id) and body. */
export type Sent = [method: string, path: string, body?: unknown];

export interface Case {
  /** The path in the resource's schema, followed by what is special about the case where a path has several: `path (what)`. */
  field: string;
  args: Bag;
  /** Somebody else's requests. */
  theirs: Sent[];
  /** What the plan names: path, the declared value and the one that was found. */
  seen: Record<string, [declared: unknown, found: unknown]>;
  /** The one request that repairs it (`METHOD path`), where it isn't the one that somebody else sent. */
  repair?: string;
  /** Nothing changes it in place: all the requests that replace the object. */
  replaced?: string[];
}

/** Something that the program doesn't declare. */
export interface Undeclared {
  what: string;
  args: Bag;
  theirs: Sent[];
}

export interface Table {
  kind: "Index" | "ApiKey" | "ConnectorSecret" | "Connector" | "SyncJob";
  cases: Case[];
  undeclared: Undeclared[];
  /** Places of the schema that nobody else can change, that aren't on the server, or that can't be repaired. */
  fixed: Record<string, string>;
}

export const SECRET: [string, string] = ["[secret]", "[secret]"];

export const OURS = "is for this provider alone: nothing on the server holds it";
