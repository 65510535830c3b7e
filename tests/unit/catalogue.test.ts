import {
  type Field,
  registrationSchema,
  type ServiceType,
  secretFields,
  serviceType,
  serviceTypes,
  wireValue,
} from "../../provider/catalogue";

const at = (text: string) => {
  const [major, minor] = text.split(".").map(Number);
  return { major: major ?? 0, minor: minor ?? 0 };
};

function known(name: string, version?: string): ServiceType {
  const type = serviceType(name, version === undefined ? undefined : at(version));
  if (type === undefined) {
    throw new Error(`no ${name} in ${version ?? "the newest version"}`);
  }
  return type;
}

function field(type: ServiceType, name: string): Field {
  const found = type.fields.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`${type.name} has no ${name}`);
  }
  return found;
}

const names = (type: ServiceType) => type.fields.map(({ name }) => name);
const allVersions = ["8.13", "8.15", "8.17", "8.19", "9.0", "9.1", "9.2", "9.3", "9.5", "9.6"];
const everyType = allVersions.flatMap((version) => serviceTypes(at(version)).map((name) => known(name, version)));

describe("versions", () => {
  const counts: [version: string, types: number, fields: number][] = [
    ["8.15", 29, 256],
    ["8.19", 29, 261],
    ["9.0", 29, 260],
    ["9.1", 29, 263],
    ["9.6", 31, 277],
  ];
  test.each(counts)("%s has %i service types with %i fields", (version, types, fields) => {
    const all = serviceTypes(at(version)).map((name) => known(name, version));
    expect(all).toHaveLength(types);
    expect(all.flatMap(names)).toHaveLength(fields);
  });

  const additions: [type: string, field: string | undefined, has: string[], lacks: string[]][] = [
    ["sandfly", undefined, ["9.2", "9.6", "10.0"], ["8.19", "9.1"]],
    ["gitlab", undefined, ["9.3"], ["8.19", "9.2"]],
    ["mongodb", "datetime_conversion", ["8.19", "9.3", "9.6"], ["8.13", "8.18", "9.0", "9.2"]],
    ["salesforce", "standard_objects_to_sync", ["9.1"], ["8.19", "9.0"]],
    ["sharepoint_online", "auth_method", ["8.17", "9.0"], ["8.15", "8.16"]],
    ["sharepoint_server", "authentication", ["8.17", "9.0"], ["8.16"]],
    ["gmail", "include_full_raw_message", ["9.5"], ["8.19", "9.4"]],
    ["jira", "data_center_auth_method", ["9.6"], ["8.19", "9.5"]],
    ["mongodb", "host", allVersions, []],
  ];
  test.each(additions)("%s %s", (name, fieldName, has, lacks) => {
    const there = (version: string) => {
      const type = serviceType(name, at(version));
      return type !== undefined && (fieldName === undefined || names(type).includes(fieldName));
    };
    expect(has.filter((version) => !there(version))).toEqual([]);
    expect(lacks.filter(there)).toEqual([]);
  });

  test("without a version it is the newest", () => {
    expect(serviceTypes()).toEqual(serviceTypes(at("9.6")));
    expect(known("jira")).toEqual(known("jira", "9.6"));
  });

  // These four changed within 9.x only, so the early 9.x definitions must come out as 8.19 has them.
  test.each([
    ["confluence", "9.5"],
    ["jira", "9.5"],
    ["gmail", "9.4"],
    ["salesforce", "9.0"],
  ])("%s of %s is as it was in 8.19, numbering and conditions included", (name, version) => {
    expect(known(name, version).fields).toEqual(known(name, "8.19").fields);
  });

  test("a condition on a field that a version lacks is gone with it", () => {
    expect(field(known("sharepoint_online", "8.16"), "secret_value").dependsOn).toEqual([]);
    expect(field(known("sharepoint_online", "8.17"), "secret_value").dependsOn).toEqual([
      { field: "auth_method", value: "secret" },
    ]);
  });

  test("API keys of native connectors are a feature up to 8.19", () => {
    for (const [version, enabled] of [
      ["8.19", true],
      ["9.0", false],
    ] as const) {
      const types = serviceTypes(at(version)).map((name) => known(name, version));
      expect(types.filter((type) => type.features.native_connector_api_keys.enabled !== enabled)).toEqual([]);
    }
  });

  test("names that aren't service types have no entry", () => {
    expect(["", "constructor", "toString", "__proto__", "MongoDB"].map((name) => serviceType(name))).toEqual(
      Array(5).fill(undefined),
    );
    expect(secretFields("constructor")).toEqual(new Set());
  });

  test("a caller can't change the catalogue", () => {
    const type = known("mongodb");
    field(type, "ssl_ca").dependsOn.pop();
    type.features.sync_rules.basic.enabled = false;
    expect(known("mongodb")).not.toEqual(type);
    expect(field(known("mongodb"), "ssl_ca").dependsOn).toHaveLength(1);
  });
});

describe("definitions", () => {
  test("every field is well formed", () => {
    for (const type of everyType) {
      const siblings = names(type);
      expect(new Set(siblings).size).toBe(siblings.length);
      for (const one of type.fields) {
        expect(["str", "int", "bool", "list"]).toContain(one.type);
        expect(["text", "textbox", "textarea", "numeric", "toggle", "dropdown"]).toContain(one.display);
        expect(one.label).not.toBe("");
        expect([one.value, one.defaultValue].filter((value) => value !== null && typeof value === "object")).toEqual(
          [],
        );
        expect(siblings).toEqual(expect.arrayContaining(one.dependsOn.map((condition) => condition.field)));
        expect(one.validations.filter((rule) => !["regex", "less_than", "greater_than"].includes(rule.type))).toEqual(
          [],
        );
      }
    }
  });

  test("fields come in their order", () => {
    for (const type of everyType) {
      expect(type.fields.map(({ order }) => order)).toEqual(
        type.fields.map(({ order }) => order).sort((a, b) => a - b),
      );
    }
  });

  test("what Elastic ran natively", () => {
    const never = serviceTypes().filter((name) => !known(name).nativeAvailable);
    expect(never).toEqual(["dir", "gitlab", "graphql", "redis", "sandfly"]);
  });

  test("a definition in full", () => {
    expect(field(known("azure_blob_storage"), "concurrent_downloads")).toEqual({
      name: "concurrent_downloads",
      label: "Maximum concurrent downloads",
      type: "int",
      display: "numeric",
      required: false,
      sensitive: false,
      secret: false,
      defaultValue: 100,
      value: "",
      dependsOn: [],
      options: [],
      validations: [{ type: "less_than", constraint: 101 }],
      tooltip: null,
      uiRestrictions: ["advanced"],
      order: 6,
    });
  });
});

describe("secrets", () => {
  test("all that is sensitive, and the account key that isn't marked", () => {
    for (const type of everyType) {
      const expected = type.fields.filter(({ name, sensitive }) => sensitive || name === "account_key");
      expect(type.fields.filter(({ secret }) => secret)).toEqual(expected);
      expect([...secretFields(type.name)]).toEqual(expect.arrayContaining(expected.map(({ name }) => name)));
    }
    expect(secretFields("azure_blob_storage")).toEqual(new Set(["account_key"]));
    expect(secretFields("mongodb")).toEqual(new Set(["password"]));
  });

  test("those of every version", () => {
    expect(secretFields("jira")).toContain("data_center_personal_access_token");
    expect(names(known("jira", "8.19"))).not.toContain("data_center_personal_access_token");
  });
});

describe("registration", () => {
  test("every field is there in wire form, which takes scalars only", () => {
    for (const type of everyType) {
      const schema = registrationSchema(type, {}) as Record<string, Record<string, unknown>>;
      expect(Object.keys(schema)).toEqual(names(type));
      for (const entry of Object.values(schema)) {
        expect(typeof entry.label).toBe("string");
        expect(typeof entry.display).toBe("string");
        expect(typeof entry.value).not.toBe("object");
        expect(Object.keys(entry).filter((key) => /[A-Z]/.test(key))).toEqual([]);
      }
    }
  });

  test("a given value takes the place of the field's own", () => {
    const schema = registrationSchema(known("mongodb"), { host: "mongodb://h", ssl_enabled: true, no_such: 1 });
    expect(schema).toMatchObject({
      host: { value: "mongodb://h", label: "Server hostname", order: 1, required: true, depends_on: [] },
      user: { value: "" },
      ssl_enabled: { value: true, type: "bool", display: "toggle" },
      datetime_conversion: { value: "DATETIME", options: expect.arrayContaining([expect.anything()]) },
      ssl_ca: { depends_on: [{ field: "ssl_enabled", value: true }], tooltip: expect.any(String) },
    });
    expect(schema).not.toHaveProperty("no_such");
    expect(schema.host).not.toHaveProperty("tooltip");
  });

  test("lists and computed values, which the API refuses, become text", () => {
    expect(registrationSchema(known("gitlab"), {})).toMatchObject({ projects: { value: "" } });
    expect(registrationSchema(known("gitlab"), { projects: ["a/b", "c"] })).toMatchObject({
      projects: { value: "a/b,c" },
    });
    expect(registrationSchema(known("dir"), {})).toMatchObject({
      directory: { value: "" },
      pattern: { value: "**/*.*" },
    });
  });

  test("start values that are stand-ins show what to give, and aren't sent as given", () => {
    expect(registrationSchema(known("sandfly"), {})).toMatchObject({
      username: { value: "", placeholder: "<username>" },
      password: { value: "", placeholder: "<password>" },
      verify_ssl: { value: true },
    });
  });

  test("numbers stay numbers", () => {
    expect(registrationSchema(known("mysql"), { port: 3306 })).toMatchObject({ port: { value: 3306 } });
    expect(registrationSchema(known("mysql"), {})).toMatchObject({ retry_count: { default_value: 3 } });
  });

  const wire: [type: string, field: string, value: unknown, expected: unknown][] = [
    ["redis", "database", [0, 1], "0,1"],
    ["redis", "database", "*", "*"],
    ["redis", "database", [], ""],
    ["mysql", "port", 3306, 3306],
    ["mysql", "ssl_enabled", false, false],
    ["mysql", "host", null, null],
    ["mysql", "host", undefined, null],
  ];
  test.each(wire)("%s.%s %j goes out as %j", (type, name, value, expected) => {
    expect(wireValue(field(known(type), name), value)).toBe(expected);
  });

  test("what no scalar can hold isn't sent, nor told", () => {
    const host = field(known("mysql"), "host");
    expect(() => wireValue(host, ["secret"])).toThrow(/^host can't hold a list$/);
    expect(() => wireValue(host, { a: "secret" })).toThrow(/^host can't hold a value of type object$/);
  });
});
