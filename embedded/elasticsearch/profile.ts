/** The versions of Elasticsearch that the server can stand for. */
export type ProfileName = "8.14" | "8.19" | "9.x";

/** What differs between the versions; everything else is shared. */
export interface Profile {
  readonly name: ProfileName;
  readonly number: string;
  readonly lucene: string;
  readonly minimumWire: string;
  readonly minimumIndex: string;
  /** Values of `compatible-with` that are understood, oldest first. */
  readonly compatible: readonly [number, number];
  /** `_features`, `_claim`, PUT without an id, nullable index names, self transitions (8.15). */
  readonly since8_15: boolean;
  /** Soft delete, `content-` rule, privileges of their own for connectors (9.0). */
  readonly since9_0: boolean;
}

const profiles: Record<ProfileName, Profile> = {
  "8.14": {
    name: "8.14",
    number: "8.14.3",
    lucene: "9.10.0",
    minimumWire: "7.17.0",
    minimumIndex: "7.0.0",
    compatible: [7, 8],
    since8_15: false,
    since9_0: false,
  },
  "8.19": {
    name: "8.19",
    number: "8.19.5",
    lucene: "9.12.2",
    minimumWire: "7.17.0",
    minimumIndex: "7.0.0",
    compatible: [7, 8],
    since8_15: true,
    since9_0: false,
  },
  "9.x": {
    name: "9.x",
    number: "9.4.0",
    lucene: "10.3.2",
    minimumWire: "8.19.0",
    minimumIndex: "8.0.0",
    compatible: [8, 9],
    since8_15: true,
    since9_0: true,
  },
};

export function profileFor(name: ProfileName): Profile {
  return profiles[name];
}
