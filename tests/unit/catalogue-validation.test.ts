import {
  type Field,
  type ServiceType,
  serviceType,
  serviceTypes,
  validateConfiguration,
} from "../../provider/catalogue";
import { nearest } from "../../provider/text/nearest";

const unknown = Symbol("unknown");
const isUnknown = (value: unknown) => value === unknown;
const newest = { isUnknown };
const at = (major: number, minor: number) => ({ isUnknown, version: { major, minor } });

function known(name: string): ServiceType {
  const type = serviceType(name);
  if (type === undefined) {
    throw new Error(`no ${name}`);
  }
  return type;
}

function sample(field: Field): unknown {
  const fixed: Record<string, unknown> = { host: "https://github.example.com", recording_age: 1 };
  const isEmail = field.validations.some(({ constraint }) => String(constraint).includes("@"));
  const byType = { str: isEmail ? "someone@example.com" : "text", int: 1, bool: true, list: ["a", "b"] };
  return fixed[field.name] ?? byType[field.type];
}

/** What a user must give at least: the required fields without a value of their own whose conditions hold at the start. */
function minimal(type: ServiceType): Record<string, unknown> {
  const starts = new Map(type.fields.map(({ name, value }) => [name, value]));
  const needed = type.fields.filter(
    (field) =>
      field.required &&
      field.value === "" &&
      field.dependsOn.every(({ field: name, value }) => starts.get(name) === value),
  );
  return Object.fromEntries(needed.map((field) => [field.name, sample(field)]));
}

describe.each(serviceTypes())("%s", (name) => {
  const type = known(name);
  const least = minimal(type);

  test("its minimal configuration is valid", () => {
    expect(validateConfiguration(name, least, newest)).toEqual([]);
  });

  test("each member of that is needed", () => {
    const all = Object.keys(least);
    expect(all).not.toEqual([]);
    for (const left of all) {
      const { [left]: _, ...rest } = least;
      expect(validateConfiguration(name, rest, newest)).toEqual([
        { path: [left], message: expect.stringMatching(/^is required/) },
      ]);
    }
    expect(validateConfiguration(name, {}, newest).map(({ path }) => path[0])).toEqual(all);
  });

  test("nothing is said of unknown values", () => {
    const all = Object.fromEntries(type.fields.map((field) => [field.name, unknown]));
    expect(validateConfiguration(name, all, newest)).toEqual([]);
  });

  test("every field refuses the wrong type, without telling the value", () => {
    const secret = "5ecret-Value";
    for (const field of type.fields) {
      for (const wrong of [{ secret }, field.type === "str" || field.type === "list" ? 5 : secret]) {
        const issues = validateConfiguration(name, { ...least, [field.name]: wrong }, newest);
        expect(issues).toContainEqual({ path: [field.name], message: expect.stringMatching(/^must be/) });
        expect(JSON.stringify(issues)).not.toContain(secret);
      }
    }
  });
});

const mongodb = { host: "mongodb://h", database: "d", collection: "c" };
const mysql = { host: "h", port: 3306, user: "u", password: "p", database: "d", tables: "*" };
const server = { auth_method: "personal_access_token", token: "t", repositories: ["o/r"] };

const cases: [about: string, type: string, values: Record<string, unknown>, issues: [string, string | RegExp][]][] = [
  [
    "a mistyped name",
    "mongodb",
    { ...mongodb, hots: "x" },
    [["hots", "'hots' is not a field of mongodb; did you mean 'host'?"]],
  ],
  ["another style", "mongodb", { ...mongodb, sslEnabled: true }, [["sslEnabled", /did you mean 'ssl_enabled'\?$/]]],
  [
    "a strange name",
    "dir",
    { directory: "/d", quota: 1 },
    [["quota", "'quota' is not a field of dir; its fields are directory, pattern"]],
  ],
  ["a name of every object", "dir", { directory: "/d", constructor: 1 }, [["constructor", /is not a field of dir/]]],
  ["an undefined value of any name", "mongodb", { ...mongodb, hots: undefined }, []],
  ["null for an optional field", "mongodb", { ...mongodb, user: null }, []],
  ["null for a required field", "mongodb", { ...mongodb, host: null }, [["host", "is required"]]],
  ["an empty required field", "mongodb", { ...mongodb, host: "" }, [["host", "is required"]]],
  [
    "an empty field that starts with a value",
    "oracle",
    { host: "h", port: 1, username: "u", password: "p", sid: "s", tables: "*", oracle_protocol: "" },
    [["oracle_protocol", "is required"]],
  ],
  ["false is not empty", "mongodb", { ...mongodb, direct_connection: false }, []],
  ["a number as text", "mysql", { ...mysql, port: "3306" }, [["port", "must be a whole number"]]],
  ["a fraction", "mysql", { ...mysql, port: 33.06 }, [["port", "must be a whole number"]]],
  ["zero", "redis", { host: "h", port: 0, database: "0" }, []],
  ["text for a toggle", "mongodb", { ...mongodb, ssl_enabled: "false" }, [["ssl_enabled", "must be true or false"]]],
  ["a list for a text", "mongodb", { ...mongodb, host: ["a"] }, [["host", "must be a string"]]],
  ["a list", "mysql", { ...mysql, tables: ["a", "b"] }, []],
  ["a list of numbers", "redis", { host: "h", port: 1, database: [0, 1] }, []],
  ["a list with an unknown member", "mysql", { ...mysql, tables: [unknown] }, []],
  ["a list of blanks", "mysql", { ...mysql, tables: ["", " "] }, [["tables", "is required"]]],
  ["a text of blanks", "mysql", { ...mysql, tables: " , " }, [["tables", "is required"]]],
  ["a comma in a list's member", "mysql", { ...mysql, tables: ["a,b"] }, [["tables", /^must not have a comma/]]],
  ["an object in a list", "mysql", { ...mysql, tables: [{}] }, [["tables", "must be a list of strings"]]],
  [
    "an option in another case",
    "graphql",
    { http_endpoint: "u", graphql_query: "q", graphql_object_to_id_map: "m", http_method: "GET" },
    [["http_method", 'must be one of "get", "post"; did you mean "get"?']],
  ],
  [
    "no option at all",
    "mongodb",
    { ...mongodb, datetime_conversion: "never" },
    [["datetime_conversion", /^must be one of "DATETIME", [^;]*$/]],
  ],
  [
    "a condition that holds",
    "mysql",
    { ...mysql, ssl_enabled: true },
    [["ssl_ca", "is required when ssl_enabled is true"]],
  ],
  ["a condition that is met", "mysql", { ...mysql, ssl_enabled: true, ssl_ca: "pem" }, []],
  ["an unknown condition", "mysql", { ...mysql, ssl_enabled: unknown }, []],
  ["a condition on a start value", "github", server, [["host", 'is required when data_source is "github_server"']]],
  ["that condition's other side", "github", { ...server, data_source: "github_cloud" }, []],
  [
    "two conditions",
    "jira",
    { data_source: "jira_data_center", jira_url: "u", projects: "*" },
    [
      [
        "data_center_username",
        'is required when data_source is "jira_data_center" and data_center_auth_method is "basic"',
      ],
      ["data_center_password", /^is required when/],
    ],
  ],
  [
    "one unknown of two conditions",
    "jira",
    { data_source: "jira_data_center", data_center_auth_method: unknown, jira_url: "u", projects: "*" },
    [],
  ],
  ["a pattern", "github", { ...server, host: "http://h" }, [["host", "must match ^https://.*"]]],
  [
    "a pattern for all of a text",
    "github",
    { ...server, host: "https://h\nnext" },
    [["host", "must match ^https://.*"]],
  ],
  [
    "a pattern where the field doesn't count",
    "github",
    { ...server, host: "http://h", data_source: "github_cloud" },
    [],
  ],
  [
    "a number too large",
    "azure_blob_storage",
    { account_name: "a", account_key: "k", blob_endpoint: "b", containers: "*", concurrent_downloads: 101 },
    [["concurrent_downloads", "must be less than 101"]],
  ],
  [
    "the largest number",
    "azure_blob_storage",
    { account_name: "a", account_key: "k", blob_endpoint: "b", containers: "*", concurrent_downloads: 100 },
    [],
  ],
  [
    "a number too small",
    "zoom",
    { account_id: "a", client_id: "c", client_secret: "s", recording_age: -1 },
    [["recording_age", "must be greater than -1"]],
  ],
  ["lists that start as lists", "gitlab", { token: "t" }, [["projects", "is required"]]],
  ["values that the service computes", "dir", {}, [["directory", "is required"]]],
  ["a service type of the user's own", "my_own", { anything: { at: "all" } }, []],
  ["a service type named like a property", "constructor", { anything: 1 }, []],
];

test.each(cases)("%s (%s)", (_about, type, values, issues) => {
  expect(validateConfiguration(type, values, newest)).toEqual(
    issues.map(([name, message]) => ({
      path: [name],
      message: typeof message === "string" ? message : expect.stringMatching(message),
    })),
  );
});

describe("on an older server", () => {
  test("a field of a later version says from when on it is there", () => {
    const values = { ...mongodb, datetime_conversion: "DATETIME" };
    const messages = [at(8, 18), at(8, 19), at(9, 1), at(9, 3)].map((options) =>
      validateConfiguration("mongodb", values, options).map(({ message }) => message),
    );
    const told = (since: string, here: string) => [
      `'datetime_conversion' is a field of mongodb only from Elasticsearch ${since} on; the server is ${here}`,
    ];
    expect(messages).toEqual([told("8.19", "8.18"), [], told("9.3", "9.1"), []]);
  });

  test("so does one of a later major version", () => {
    const values = { domain: "d", client_id: "i", client_secret: "s", sync_custom_objects: false };
    expect(validateConfiguration("salesforce", values, at(8, 19))).toEqual([
      { path: ["sync_custom_objects"], message: expect.stringContaining("only from Elasticsearch 9.1 on") },
    ]);
    expect(validateConfiguration("salesforce", values, at(9, 1))).toEqual([]);
  });

  test("a service type of a later version is judged as the user's own", () => {
    expect(validateConfiguration("gitlab", {}, at(8, 19))).toEqual([]);
    expect(validateConfiguration("gitlab", {}, at(9, 3))).not.toEqual([]);
  });
});

describe("the nearest name", () => {
  const names = ["host", "port", "password", "ssl_enabled", "api_token"];
  test.each([
    ["hots", "host"],
    ["Host", "host"],
    ["pasword", "password"],
    ["passwrod", "password"],
    ["sslEnabled", "ssl_enabled"],
    ["apitokn", "api_token"],
    ["", undefined],
    ["quota", undefined],
    ["completely_else", undefined],
  ])("%j means %j", (word, expected) => {
    expect(nearest(word, names)).toBe(expected);
  });

  test("the closest wins over the first", () => {
    expect(nearest("posts", ["ports", "posts_", "post"])).toBe("posts_");
    expect(nearest("host", [])).toBeUndefined();
  });
});
