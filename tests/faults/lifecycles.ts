// What the fault matrix runs: the lifecycles of a full ContentConnector, native on 8.19 and self-managed on 9.x.

import type { ServerOptions } from "../../embedded";
import type { Declared } from "../support/stage";

export interface Lifecycle {
  name: string;
  server: ServerOptions;
  /** What is deployed before; the index gets documents then. */
  from: Declared[] | undefined;
  to: Declared[];
  /** Kinds of the resources that are replaced on demand (`--replace`). */
  replace?: string[];
  /** After a failure nobody asks for a replacement again that has begun. */
  thenPlain?: boolean;
  destroy?: boolean;
}

type Args = Record<string, unknown>;

const KEPT = { policy: "include", field: "genre", rule: "equals", value: "western" };
const WEEKLY = { name: "Weekly", enabled: true, interval: "0 0 0 ? * SUN" };

const BEFORE: Args = {
  name: "Movies",
  description: "What there is to see",
  scheduling: { full: { enabled: true, interval: "0 0 1 * * ?" } },
  pipeline: { name: "p" },
  features: { incrementalSync: true },
  syncRules: { basic: [KEPT] },
  customScheduling: { weekly: WEEKLY },
  apiKey: { keepers: { generation: "1" } },
};

const AFTER: Args = {
  ...BEFORE,
  name: "Films",
  description: "What there is to read",
  scheduling: {
    full: { enabled: true, interval: "0 0 2 * * ?" },
    incremental: { enabled: true, interval: "0 30 * * * ?" },
  },
  pipeline: { name: "p", reduceWhitespace: false },
  features: { incrementalSync: true, syncRules: { advanced: false } },
  syncRules: {
    basic: [
      { ...KEPT, value: "drama" },
      { ...KEPT, field: "year", value: "1999" },
    ],
  },
  customScheduling: { weekly: { ...WEEKLY, enabled: false } },
};

/** What keeps its key, which the lifecycles for it change in place. */
const LASTING = { ...BEFORE, apiKey: { metadata: { team: "films" }, expiration: "30d" } };
const LONGER = { ...BEFORE, apiKey: { metadata: { team: "movies" }, expiration: "60d" } };

interface Variety {
  title: string;
  server: ServerOptions;
  base: Args;
  configuration: Args;
  changed: Args;
}

const NATIVE: Variety = {
  title: "native on 8.19",
  server: { version: "8.19" },
  base: { serviceType: "mongodb", native: true },
  configuration: { host: "mongodb://one.example", database: "films", collection: "movies", password: "one" },
  changed: { host: "mongodb://two.example", database: "films", collection: "movies", password: "two" },
};

const TABLES = {
  host: "db.example",
  port: 5432,
  username: "reader",
  password: "one",
  database: "films",
  schema: "public",
  tables: "*",
};

const WIKI = {
  data_source: "confluence_cloud",
  account_email: "jane@example.com",
  api_token: "token",
  confluence_url: "https://wiki.example",
  spaces: "*",
};

const SECURED: Variety = {
  title: "with document-level security on 9.x",
  server: {},
  base: { serviceType: "confluence", documentLevelSecurity: true },
  configuration: WIKI,
  changed: { ...WIKI, spaces: "A,B" },
};

const TITLE = { properties: { title: { type: "text" } } };
const YEAR = { properties: { ...TITLE.properties, year: { type: "integer" } } };

/** Declarations of one variety: with an index that is kept, and with one that is deleted with its documents. */
function programs({ base, configuration }: Variety) {
  const declared = (args: Args): Declared[] => [
    { kind: "ContentConnector", name: "movies", args: { ...base, configuration, ...args } },
  ];
  return {
    kept: (args: Args, index: Args = {}) => declared({ ...args, index: { mappings: TITLE, ...index } }),
    forced: (args: Args, index: Args = {}) => declared({ ...BEFORE, ...args, index: { forceDestroy: true, ...index } }),
  };
}

type Make = (declare: ReturnType<typeof programs>, variety: Variety) => Omit<Lifecycle, "server">[];

function of(varieties: Variety[], make: Make): Lifecycle[] {
  return varieties.flatMap((variety) =>
    make(programs(variety), variety).map((lifecycle) => ({
      ...lifecycle,
      name: `${lifecycle.name}, ${variety.title}`,
      server: variety.server,
    })),
  );
}

const BOTH = [NATIVE, SECURED];

export const creations = of(BOTH, ({ kept, forced }) => [
  { name: "create", from: undefined, to: kept(BEFORE) },
  { name: "destroy", from: forced({}), to: forced({}), destroy: true },
]);

export const changes = [
  ...of(BOTH, ({ kept }, { changed }) => [
    {
      name: "update",
      from: kept(BEFORE),
      to: kept({ ...AFTER, configuration: changed }, { mappings: YEAR, settings: { refresh_interval: "5s" } }),
    },
  ]),
  ...of([NATIVE], ({ kept }) => [
    { name: "conversion", from: kept(BEFORE), to: kept({ ...BEFORE, native: false }) },
    {
      name: "another service type",
      from: kept(BEFORE),
      to: kept({ ...BEFORE, serviceType: "postgresql", configuration: TABLES }),
    },
    {
      name: "another service type with fewer fields, and conversion",
      from: kept({ ...BEFORE, serviceType: "mssql", configuration: TABLES }),
      to: kept({ ...BEFORE, serviceType: "postgresql", configuration: TABLES, native: false }),
    },
    {
      name: "a service type that nobody knows",
      from: kept(BEFORE),
      to: kept({ ...BEFORE, serviceType: "homemade", configuration: { url: "https://h.test", token: "t" } }),
    },
  ]),
  ...of([SECURED], ({ kept }) => [
    {
      name: "key and aliases in place",
      from: kept(LASTING, { aliases: { films: {} } }),
      to: kept(LONGER, { aliases: { films: { filter: { term: { seen: true } } }, movies: {} } }),
    },
    {
      name: "document-level security switched on",
      from: kept({ ...BEFORE, documentLevelSecurity: false }),
      to: kept(BEFORE),
    },
  ]),
];

export const rotations = of(BOTH, ({ kept, forced }) => [
  { name: "rotation", from: kept(BEFORE), to: kept({ ...BEFORE, apiKey: { keepers: { generation: "2" } } }) },
  { name: "new index", from: forced({}, { name: "content-one" }), to: forced({}, { name: "content-two" }) },
]);

export const onDemand = [
  ...of(BOTH, ({ kept }) => [onDemandOf("the key", kept(BEFORE), ["ApiKey"])]),
  ...of([NATIVE], ({ kept }) => [
    onDemandOf("the secret", kept(BEFORE), ["ConnectorSecret"]),
    onDemandOf("key and secret", kept(BEFORE), ["ApiKey", "ConnectorSecret"]),
    { ...onDemandOf("the connector, then a plain up", kept(BEFORE), ["Connector"]), thenPlain: true },
  ]),
];

export const replacements = of(BOTH, ({ kept, forced }) => [
  onDemandOf("the connector", kept(BEFORE), ["Connector"]),
  {
    name: "replacement under one name",
    from: forced({ language: "en" }, { name: "content-one" }),
    to: forced({ language: "de" }, { name: "content-one" }),
  },
]);

export const replacementsOfBoth = of(BOTH, ({ forced }) => [
  { name: "replacement of both", from: forced({ language: "en" }), to: forced({ language: "de" }) },
]);

function onDemandOf(what: string, program: Declared[], replace: string[]): Omit<Lifecycle, "server"> {
  return { name: `replacement of ${what}`, from: program, to: program, replace };
}
