// What the fault matrix runs: the lifecycles of a full ContentConnector, native on 8.19 and self-managed on 9.x.

import type { ServerOptions } from "../../embedded";
import type { Declared } from "../support/stage";

export interface Lifecycle {
  name: string;
  server: ServerOptions;
  /** What is deployed before; the index gets documents then. */
  from: Declared[] | undefined;
  to: Declared[];
  /** Replaces the connector on demand. */
  replace?: boolean;
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

function all(variety: Variety): Lifecycle[] {
  const { title, server, configuration, changed } = variety;
  const declared = (args: Args): Declared[] => [
    { kind: "ContentConnector", name: "movies", args: { ...variety.base, configuration, ...args } },
  ];
  const forced = (args: Args, index: Args = {}) =>
    declared({ ...BEFORE, ...args, index: { forceDestroy: true, ...index } });
  const kept = (args: Args, index: Args = {}) => declared({ ...args, index: { mappings: TITLE, ...index } });
  return [
    { name: "create", from: undefined, to: kept(BEFORE) },
    {
      name: "update",
      from: kept(BEFORE),
      to: kept({ ...AFTER, configuration: changed }, { mappings: YEAR, settings: { refresh_interval: "5s" } }),
    },
    { name: "rotation", from: kept(BEFORE), to: kept({ ...BEFORE, apiKey: { keepers: { generation: "2" } } }) },
    { name: "new index", from: forced({}, { name: "content-one" }), to: forced({}, { name: "content-two" }) },
    { name: "replacement of the connector", from: kept(BEFORE), to: kept(BEFORE), replace: true },
    { name: "replacement of both", from: forced({ language: "en" }), to: forced({ language: "de" }) },
    {
      name: "replacement under one name",
      from: forced({ language: "en" }, { name: "content-one" }),
      to: forced({ language: "de" }, { name: "content-one" }),
    },
    { name: "destroy", from: forced({}), to: forced({}), destroy: true },
  ].map((lifecycle) => ({ ...lifecycle, name: `${lifecycle.name}, ${title}`, server }));
}

export const native: Lifecycle[] = all(NATIVE);
export const secured: Lifecycle[] = all(SECURED);
