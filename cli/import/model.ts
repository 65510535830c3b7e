import type { Bag } from "../../provider/model/resource";

export type ImportedKind = "Index" | "ApiKey" | "ConnectorSecret" | "Connector";

/** One resource of the program. Its inputs hold references and settings where a program has them instead of values. */
export interface Entry {
  kind: ImportedKind;
  /** Logical name. Resources of different kinds may share one. */
  name: string;
  /** The constant that holds it in the program. */
  constant: string;
  id: string;
  inputs: Bag;
  remarks: Remark[];
  /** The configuration isn't what its service type's type says, so the program has to use the free one. */
  untyped?: boolean;
}

/** What a reader of the program, and of the report, should know. */
export interface Remark {
  /** A comment beside a resource. */
  text: string;
  /** The same of several, before a list of them; by default the text, where it is the same. */
  together?: string;
  /** What the list names; by default the resource. */
  about?: string;
}

/** An output of another resource of the program. */
export class Reference {
  constructor(
    readonly to: Entry,
    readonly output: "id" | "encoded",
  ) {}
}

/** A secret, which the program takes from the stack's configuration. Its value stands neither there nor in the import file. */
export class Setting {
  constructor(
    readonly key: string,
    readonly type: "string" | "number" | "object",
  ) {}
}

/** All that one connector needs, in the order in which a program declares it. */
export interface Group {
  title: string;
  entries: Entry[];
}

/** Inputs with the given stand-ins for what isn't a value, and without members that are undefined. */
export function filled(
  value: unknown,
  stand: { reference(reference: Reference): unknown; setting(setting: Setting): unknown },
): unknown {
  if (value instanceof Reference) {
    return stand.reference(value);
  }
  if (value instanceof Setting) {
    return stand.setting(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => filled(item, stand));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, filled(item, stand)]])),
      )
    : value;
}
