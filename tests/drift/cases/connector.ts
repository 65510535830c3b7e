import { type Bag, type Case, OURS, SECRET, type Sent, type Table } from "../model";

const ID = "/_connector/{id}";
const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies", user: "reader" };
const SECRETS = { ...MONGODB, password: "canary-declared" };
const ONE = { enabled: true, interval: "0 0 1 * * ?" };
const CRAWL = { name: "Weekly", enabled: true, interval: "0 0 0 ? * SUN", configurationOverrides: { depth: 2 } };
const RULE = { id: "western", policy: "include", field: "genre", rule: "equals", value: "western" };
const FLAGS = {
  documentLevelSecurity: "document_level_security",
  incrementalSync: "incremental_sync",
  nativeConnectorApiKeys: "native_connector_api_keys",
};

export const connectors: Table = {
  kind: "Connector",
  cases: [
    plain("name", "_name", "name", "Films"),
    plain("description", "_name", "description", "All of them"),
    plain("indexName", "_index_name", "index_name", "content-declared", "content-theirs"),
    plain("apiKeyId", "_api_key_id", "api_key_id", "one"),
    plain("apiKeySecretId", "_api_key_id", "api_key_secret_id", "one"),
    {
      field: "serviceType",
      args: { serviceType: "our-source" },
      theirs: [["PUT", `${ID}/_service_type`, { service_type: "theirs" }]],
      seen: { serviceType: ["our-source", "theirs"] },
    },
    {
      field: "language",
      args: { serviceType: "mongodb", language: "en" },
      theirs: [["POST", "/.elastic-connectors-v1/_update/{id}", { doc: { language: "de" } }]],
      seen: { language: ["en", "de"] },
      // There is no endpoint for it.
      replaced: [
        `DELETE ${ID}?delete_sync_jobs=true&hard=true`,
        `PUT ${ID}`,
        `PUT ${ID}/_features`,
        `PUT ${ID}/_pipeline`,
      ],
    },
    value("plain", MONGODB, { database: "theirs" }, { "configuration.database": ["films", "theirs"] }),
    value("sensitive", SECRETS, { password: "canary-theirs" }, { "configuration.password": SECRET }),
    value(
      "boolean",
      { ...MONGODB, direct_connection: true },
      { direct_connection: false },
      { "configuration.direct_connection": [true, false] },
    ),
    {
      ...value("number", { page_size: 10 }, { page_size: 20 }, { "configuration.page_size": [10, 20] }, "our-source"),
    },
    value("list", { tags: ["a", "b"] }, { tags: "a,c" }, { "configuration.tags": [["a", "b"], "a,c"] }, "our-source"),
    ...["full", "incremental", "accessControl"].flatMap(schedule),
    custom("name", { name: "Theirs" }, ["Weekly", "Theirs"]),
    custom("enabled", { enabled: false }, [true, false]),
    custom("interval", { interval: "0 0 5 * * ?" }, ["0 0 0 ? * SUN", "0 0 5 * * ?"]),
    custom("configurationOverrides.*", { configuration_overrides: { depth: 3 } }, [2, 3], ".depth"),
    rule("policy", "exclude"),
    rule("field", "theirs"),
    rule("rule", "contains"),
    rule("value", "theirs"),
    rule("id", "theirs"),
    {
      field: "syncRules.advanced",
      args: { serviceType: "mongodb", syncRules: { advanced: { find: { filter: { year: 1999 } } } } },
      theirs: [["PUT", `${ID}/_filtering`, { advanced_snippet: { value: { find: { filter: { year: 2000 } } } } }]],
      seen: { "syncRules.advanced.find.filter.year": [1999, 2000] },
    },
    pipeline("name", "name", "declared", "theirs"),
    pipeline("extractBinaryContent", "extract_binary_content", false, true),
    pipeline("reduceWhitespace", "reduce_whitespace", false, true),
    pipeline("runMlInference", "run_ml_inference", false, true),
    ...Object.entries(FLAGS).map(([flag, wire]) => feature(flag, { [wire]: { enabled: false } }, { [flag]: true })),
    ...["basic", "advanced"].map((flag) =>
      feature(`syncRules.${flag}`, { sync_rules: { [flag]: { enabled: false } } }, { syncRules: { [flag]: true } }),
    ),
  ],
  undeclared: [
    {
      what: "fields, schedules, flags and rules beside the declared ones",
      args: {
        serviceType: "mongodb",
        configuration: MONGODB,
        scheduling: { full: ONE },
        customScheduling: { weekly: CRAWL },
        features: { nativeConnectorApiKeys: true },
        syncRules: { advanced: {} },
      },
      theirs: [
        ["PUT", `${ID}/_name`, { name: "Theirs", description: "Theirs" }],
        ["PUT", `${ID}/_configuration`, { values: { direct_connection: true, password: "canary-theirs" } }],
        ["PUT", `${ID}/_scheduling`, { scheduling: { incremental: ONE } }],
        ["PUT", `${ID}/_features`, { features: { incremental_sync: { enabled: true } } }],
        ["PUT", `${ID}/_pipeline`, { pipeline: wirePipeline({ name: "theirs" }) }],
        ["PUT", `${ID}/_index_name`, { index_name: "content-undeclared" }],
        ["PUT", `${ID}/_api_key_id`, { api_key_id: "theirs", api_key_secret_id: "theirs" }],
        ["PUT", `${ID}/_filtering`, filtering({ policy: "exclude" })],
        document({ custom_scheduling: { theirs: wireSchedule({}) }, language: "de" }),
      ],
    },
    {
      what: "what the service reports",
      args: { serviceType: "mongodb", configuration: MONGODB },
      theirs: [
        ["PUT", `${ID}/_check_in`],
        ["PUT", `${ID}/_last_sync`, { last_sync_status: "completed", last_indexed_document_count: 3 }],
        ["PUT", `${ID}/_error`, { error: "Connection refused" }],
        ["PUT", `${ID}/_status`, { status: "connected" }],
      ],
    },
  ],
  fixed: {
    connectorId: "is the identity: another id is another connector",
    native:
      "can't be repaired: nobody makes a self-managed connector native again (a test of its own shows what is said)",
    allowUnservedNative: OURS,
    adopt: OURS,
    deletion: OURS,
    "timeouts.syncRules": OURS,
    "timeouts.delete": OURS,
  },
};

function plain(field: string, endpoint: string, member: string, declared: string, theirs = "theirs"): Case {
  return {
    field,
    args: { serviceType: "mongodb", [field]: declared },
    theirs: [["PUT", `${ID}/${endpoint}`, { [member]: theirs }]],
    seen: { [field]: [declared, theirs] },
  };
}

function value(what: string, configuration: Bag, values: Bag, seen: Case["seen"], serviceType = "mongodb"): Case {
  return {
    field: `configuration.* (${what})`,
    args: { serviceType, configuration },
    theirs: [["PUT", `${ID}/_configuration`, { values }]],
    seen,
  };
}

function schedule(kind: string): Case[] {
  const declared = { enabled: true, interval: "0 0 1 * * ?" };
  const of = (member: "enabled" | "interval", found: unknown): Case => {
    // The server refuses a body with access_control alone.
    const theirs =
      kind === "accessControl"
        ? { full: { enabled: false, interval: "0 0 0 * * ?" }, access_control: { ...declared, [member]: found } }
        : { [kind]: { ...declared, [member]: found } };
    return {
      field: `scheduling.${kind}.${member}`,
      args: { serviceType: "mongodb", scheduling: { [kind]: declared } },
      theirs: [["PUT", `${ID}/_scheduling`, { scheduling: theirs }]],
      seen: { [`scheduling.${kind}.${member}`]: [declared[member], found] },
    };
  };
  return [of("enabled", false), of("interval", "0 0 3 * * ?")];
}

/** There is no endpoint for custom schedules. */
function custom(member: string, theirs: Bag, [declared, found]: [unknown, unknown], deeper = ""): Case {
  const shown = member.replace(".*", "");
  return {
    field: `customScheduling.*.${member}`,
    args: { serviceType: "mongodb", customScheduling: { weekly: CRAWL } },
    theirs: [document({ custom_scheduling: { weekly: wireSchedule(theirs) } })],
    seen: { [`customScheduling.weekly.${shown}${deeper}`]: [declared, found] },
    repair: "PUT /.elastic-connectors-v1/_doc/{id}",
  };
}

function wireSchedule(theirs: Bag): Bag {
  const { configurationOverrides, ...rest } = CRAWL;
  return { ...rest, configuration_overrides: configurationOverrides, ...theirs };
}

function document(doc: Bag): Sent {
  return ["POST", "/.elastic-connectors-v1/_update/{id}", { doc }];
}

function rule(member: keyof typeof RULE, found: string): Case {
  return {
    field: `syncRules.basic[].${member}`,
    args: { serviceType: "mongodb", syncRules: { basic: [RULE] } },
    theirs: [["PUT", `${ID}/_filtering`, filtering({ ...RULE, [member]: found })]],
    seen: { [`syncRules.basic[0].${member}`]: [RULE[member], found] },
  };
}

/** Active rules at once, as the service activates them. */
function filtering(theirs: Bag): Bag {
  const part = {
    rules: [{ ...RULE, order: 0, ...theirs }],
    advanced_snippet: { value: {} },
    validation: { state: "valid", errors: [] },
  };
  return { filtering: [{ active: part, draft: part }] };
}

function pipeline(field: string, wire: string, declared: unknown, found: unknown): Case {
  const base = { name: "p" };
  return {
    field: `pipeline.${field}`,
    args: { serviceType: "mongodb", pipeline: { ...base, [field]: declared } },
    theirs: [["PUT", `${ID}/_pipeline`, { pipeline: wirePipeline({ ...base, [wire]: found }) }]],
    seen: { [`pipeline.${field}`]: [declared, found] },
  };
}

function wirePipeline(theirs: Bag): Bag {
  return { extract_binary_content: true, reduce_whitespace: true, run_ml_inference: true, ...theirs };
}

function feature(flag: string, theirs: Bag, features: Bag): Case {
  return {
    field: `features.${flag}`,
    args: { serviceType: "sharepoint_online", features },
    theirs: [["PUT", `${ID}/_features`, { features: theirs }]],
    seen: { [`features.${flag}`]: [true, false] },
  };
}
