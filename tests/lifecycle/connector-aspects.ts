// What a connector is made of, aspect by aspect: each is set, changed, meddled with and declared no more.

/** `_name` and the body that goes there. */
export type Write = [endpoint: string, body: unknown];

export interface Moment {
  /** Arguments beside the service type and the id. */
  args: Record<string, unknown>;
  /** Paths that the plan shows. */
  paths: string[];
  /** The requests that carry it out, in order. */
  writes: Write[];
}

export interface Aspect {
  set: Moment;
  changed: Moment;
  /** What somebody else writes, the path at which it shows, and the requests that repair it. */
  drift?: { by: Write; path: string; repair: Write[] };
  unset: Moment;
  /** Arguments that it has from its creation on. */
  from?: Record<string, unknown>;
}

const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies" };
const ONE = { enabled: true, interval: "0 0 1 * * ?" };
const TWO = { enabled: true, interval: "0 0 2 * * ?" };
const NEVER = { enabled: false, interval: "0 0 0 * * ?" };
const PIPELINE = { name: "p", extract_binary_content: true, reduce_whitespace: true, run_ml_inference: true };
const KEEP = { policy: "include", field: "genre", rule: "equals", value: "western" };
const DROP = { policy: "exclude", field: "genre", rule: "starts_with", value: "x" };
const FIND = { find: { filter: { year: 1999 } } };
const CRAWL = { name: "Weekly", enabled: true, interval: "0 0 0 ? * SUN" };
const ON = { enabled: true };
const OFF = { enabled: false };

const NATIVE: Aspect = {
  from: { native: true },
  set: { args: { native: true }, paths: [], writes: [] },
  changed: { args: { native: false }, paths: ["native"], writes: [["_native", { is_native: false }]] },
  unset: { args: { native: undefined }, paths: [], writes: [] },
};

/** By the id of the connector that goes through it; `pipeline` is what the server's version calls its own one. */
export function aspects(pipeline: string, servesNative: boolean): Record<string, Aspect> {
  return {
    name: {
      set: { args: { name: "Movies" }, paths: ["name"], writes: [["_name", { name: "Movies" }]] },
      changed: { args: { name: "Films" }, paths: ["name"], writes: [["_name", { name: "Films" }]] },
      drift: { by: ["_name", { name: "Theirs" }], path: "name", repair: [["_name", { name: "Films" }]] },
      unset: { args: {}, paths: ["name"], writes: [["_name", { name: "" }]] },
    },
    description: {
      set: { args: { description: "a" }, paths: ["description"], writes: [["_name", { description: "a" }]] },
      changed: { args: { description: "b" }, paths: ["description"], writes: [["_name", { description: "b" }]] },
      drift: {
        by: ["_name", { description: "theirs" }],
        path: "description",
        repair: [["_name", { description: "b" }]],
      },
      unset: { args: {}, paths: ["description"], writes: [["_name", { description: "" }]] },
    },
    configuration: {
      set: { args: { configuration: MONGODB }, paths: ["configuration"], writes: [registers(MONGODB)] },
      changed: {
        args: { configuration: { ...MONGODB, host: "mongodb://two.example" } },
        paths: ["configuration.host"],
        writes: [["_configuration", { values: { host: "mongodb://two.example" } }]],
      },
      drift: {
        by: ["_configuration", { values: { database: "theirs" } }],
        path: "configuration.database",
        repair: [["_configuration", { values: { database: "films" } }]],
      },
      unset: {
        args: {},
        paths: ["configuration"],
        writes: [["_configuration", { values: { host: "", database: "", collection: "" } }]],
      },
    },
    // A field that is declared no more returns to its default; one that never was declared is left alone.
    field: {
      set: {
        args: { configuration: { ...MONGODB, direct_connection: true } },
        paths: ["configuration"],
        writes: [registers({ ...MONGODB, direct_connection: true })],
      },
      changed: {
        args: { configuration: MONGODB },
        paths: ["configuration.direct_connection"],
        writes: [["_configuration", { values: { direct_connection: false } }]],
      },
      unset: { args: { configuration: MONGODB }, paths: [], writes: [] },
    },
    "own-type": {
      from: { serviceType: "our-source" },
      set: {
        args: { configuration: { url: "http://one.example", page_size: 10, strict: true, tags: ["a", "b"] } },
        paths: ["configuration"],
        writes: [registers({ url: "http://one.example", page_size: 10, strict: true, tags: "a,b" })],
      },
      changed: {
        args: { configuration: { url: "http://one.example", page_size: 20, strict: true, tags: ["a", "b"] } },
        paths: ["configuration.page_size"],
        writes: [["_configuration", { values: { page_size: 20 } }]],
      },
      drift: {
        by: ["_configuration", { values: { strict: false } }],
        path: "configuration.strict",
        repair: [["_configuration", { values: { strict: true } }]],
      },
      unset: {
        args: { configuration: { url: "http://one.example", page_size: 20, strict: true } },
        paths: ["configuration.tags"],
        writes: [["_configuration", { values: { tags: "" } }]],
      },
    },
    type: {
      set: { args: { configuration: MONGODB }, paths: ["configuration"], writes: [registers(MONGODB)] },
      changed: {
        args: { serviceType: "our-source", configuration: { url: "http://one.example" } },
        paths: [
          "configuration.collection",
          "configuration.database",
          "configuration.host",
          "configuration.url",
          "serviceType",
        ],
        writes: [["_service_type", { service_type: "our-source" }], registers({ url: "http://one.example" })],
      },
      drift: {
        by: ["_service_type", { service_type: "theirs" }],
        path: "serviceType",
        repair: [["_service_type", { service_type: "our-source" }], registers({ url: "http://one.example" })],
      },
      unset: {
        args: { serviceType: "our-source", configuration: { url: "http://one.example" } },
        paths: [],
        writes: [],
      },
    },
    full: scheduled("full", (schedule) => ({ full: schedule })),
    incremental: scheduled("incremental", (schedule) => ({ incremental: schedule })),
    // The server refuses a body with this kind alone.
    "access-control": scheduled("accessControl", (schedule) => ({ full: NEVER, access_control: schedule })),
    pipeline: {
      set: { args: { pipeline: { name: "p" } }, paths: ["pipeline"], writes: [["_pipeline", { pipeline: PIPELINE }]] },
      changed: {
        args: { pipeline: { name: "p", reduceWhitespace: false } },
        paths: ["pipeline.reduceWhitespace"],
        writes: [["_pipeline", { pipeline: { ...PIPELINE, reduce_whitespace: false } }]],
      },
      drift: {
        by: ["_pipeline", { pipeline: { ...PIPELINE, name: "theirs", reduce_whitespace: false } }],
        path: "pipeline.name",
        repair: [["_pipeline", { pipeline: { ...PIPELINE, reduce_whitespace: false } }]],
      },
      unset: {
        args: {},
        paths: ["pipeline"],
        writes: [["_pipeline", { pipeline: { ...PIPELINE, name: pipeline } }]],
      },
    },
    features: {
      set: {
        args: { features: { incrementalSync: true } },
        paths: ["features"],
        writes: [["_features", { features: { incremental_sync: ON } }]],
      },
      changed: {
        args: { features: { incrementalSync: true, syncRules: { advanced: false } } },
        paths: ["features.syncRules"],
        writes: [["_features", { features: { sync_rules: { advanced: OFF } } }]],
      },
      drift: {
        by: ["_features", { features: { sync_rules: { advanced: ON } } }],
        path: "features.syncRules.advanced",
        repair: [["_features", { features: { sync_rules: { advanced: OFF } } }]],
      },
      unset: {
        args: {},
        paths: ["features"],
        writes: [["_features", { features: { incremental_sync: OFF, sync_rules: { advanced: ON } } }]],
      },
    },
    rules: {
      set: { args: { syncRules: { basic: [KEEP] } }, paths: ["syncRules"], writes: [filters([KEEP])] },
      changed: {
        args: { syncRules: { basic: [DROP, KEEP] } },
        paths: [
          "syncRules.basic[0].policy",
          "syncRules.basic[0].rule",
          "syncRules.basic[0].value",
          "syncRules.basic[1]",
        ],
        writes: [filters([DROP, KEEP])],
      },
      drift: {
        by: theirRules({ ...KEEP, value: "theirs" }),
        path: "syncRules.basic[0].policy, syncRules.basic[0].rule, syncRules.basic[0].value, syncRules.basic[1]",
        repair: [filters([DROP, KEEP])],
      },
      unset: { args: {}, paths: ["syncRules"], writes: [filters([])] },
    },
    // No service runs that could check them: they stay a draft, and the active ones are none.
    advanced: {
      set: { args: { syncRules: { advanced: FIND } }, paths: ["syncRules"], writes: [drafts(FIND)] },
      changed: {
        args: { syncRules: { advanced: { find: { filter: { year: 2000 } } } } },
        paths: ["syncRules.advanced.find.filter.year"],
        writes: [drafts({ find: { filter: { year: 2000 } } })],
      },
      drift: {
        by: ["_filtering", { advanced_snippet: { value: FIND } }],
        path: "syncRules.advanced.find.filter.year",
        repair: [drafts({ find: { filter: { year: 2000 } } })],
      },
      unset: { args: {}, paths: ["syncRules"], writes: [drafts({})] },
    },
    "custom-schedule": {
      set: {
        args: { customScheduling: { weekly: CRAWL } },
        paths: ["customScheduling"],
        writes: [document({ weekly: { ...CRAWL, configuration_overrides: {} } })],
      },
      changed: {
        args: { customScheduling: { weekly: { ...CRAWL, configurationOverrides: { max_crawl_depth: 2 } } } },
        paths: ["customScheduling.weekly.configurationOverrides"],
        writes: [document({ weekly: { ...CRAWL, configuration_overrides: { max_crawl_depth: 2 } } })],
      },
      unset: { args: {}, paths: ["customScheduling"], writes: [document({})] },
    },
    key: named("_api_key_id", "apiKeyId", "api_key_id"),
    secret: named("_api_key_id", "apiKeySecretId", "api_key_secret_id"),
    index: {
      ...named("_index_name", "indexName", "index_name"),
      unset: { args: {}, paths: ["indexName"], writes: [["_index_name", { index_name: null }]] },
    },
    ...(servesNative ? { native: NATIVE } : {}),
  };
}

function scheduled(kind: string, body: (schedule: unknown) => Record<string, unknown>): Aspect {
  const write = (schedule: unknown): Write => ["_scheduling", { scheduling: body(schedule) }];
  const theirs = { enabled: true, interval: "0 0 3 * * ?" };
  return {
    set: { args: { scheduling: { [kind]: ONE } }, paths: ["scheduling"], writes: [write(ONE)] },
    changed: {
      args: { scheduling: { [kind]: TWO } },
      paths: [`scheduling.${kind}.interval`],
      writes: [write(TWO)],
    },
    drift: { by: write(theirs), path: `scheduling.${kind}.interval`, repair: [write(TWO)] },
    unset: { args: {}, paths: ["scheduling"], writes: [write(NEVER)] },
  };
}

/** A plain name or id. The API can't remove those of key and secret: they stay, and nobody is told that they changed. */
function named(endpoint: string, argument: string, member: string): Aspect {
  const write = (value: string): Write => [endpoint, { [member]: value }];
  return {
    set: { args: { [argument]: "one" }, paths: [argument], writes: [write("one")] },
    changed: { args: { [argument]: "two" }, paths: [argument], writes: [write("two")] },
    drift: { by: write("theirs"), path: argument, repair: [write("two")] },
    unset: { args: {}, paths: [argument], writes: [] },
  };
}

/** The whole schema with these values in it. */
function registers(values: Record<string, unknown>): Write {
  const fields = Object.entries(values).map(([name, value]) => [name, expect.objectContaining({ value })]);
  return ["_configuration", { configuration: expect.objectContaining(Object.fromEntries(fields)) }];
}

/** Draft and active rules at once, the rule for everything else last. */
function filters(rules: (typeof KEEP)[]): Write {
  const expected = [...rules.map((rule) => expect.objectContaining(rule)), expect.objectContaining({ id: "DEFAULT" })];
  const part = expect.objectContaining({ rules: expected, validation: { state: "valid", errors: [] } });
  return ["_filtering", { filtering: [{ domain: "DEFAULT", active: part, draft: part }] }];
}

/** Advanced rules that nobody has checked yet; none need no check. */
function drafts(value: object): Write {
  const none = Object.keys(value).length === 0;
  const draft = expect.objectContaining({
    advanced_snippet: expect.objectContaining({ value }),
    validation: { state: none ? "valid" : "edited", errors: [] },
  });
  const active = expect.objectContaining({ advanced_snippet: expect.objectContaining({ value: {} }) });
  return ["_filtering", { filtering: [{ domain: "DEFAULT", active, draft }] }];
}

function theirRules(rule: typeof KEEP): Write {
  const part = {
    rules: [{ ...rule, id: "theirs", order: 0 }],
    advanced_snippet: { value: {} },
    validation: { state: "valid", errors: [] },
  };
  return ["_filtering", { filtering: [{ active: part, draft: part }] }];
}

/** The whole document, for what has no endpoint. */
function document(custom_scheduling: object): Write {
  return ["_doc", expect.objectContaining({ custom_scheduling })];
}
