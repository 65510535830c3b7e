import { serviceType } from "../../provider/catalogue";
import type { WireField } from "../../provider/elasticsearch/connectors";
import { checkLocally } from "../../provider/lifecycle/check";
import { UNKNOWN } from "../../provider/model/unknown";
import {
  type Configuration,
  configurationToWrite,
  configurationView,
  secretNames,
} from "../../provider/resources/connector/configuration";
import { connector } from "../../provider/resources/connector/resource";

const MONGODB = serviceType("mongodb");

describe("configuration", () => {
  const registered: Record<string, WireField> = {
    host: { value: "h", default_value: "" },
    port: { value: 1, default_value: 5 },
    list: { value: "a,b" },
  };
  const toWrite = (desired: Configuration, recorded: Configuration = {}, fields = registered, newType = false) =>
    configurationToWrite(undefined, desired, recorded, fields, newType);

  test("the schema goes along while the document has none", () => {
    const body = configurationToWrite(MONGODB, { host: "h", ssl_enabled: true }, {}, {}, false);
    const { configuration } = body as { configuration: Record<string, { value: unknown; label: string }> };
    expect(Object.keys(configuration)).toEqual(MONGODB?.fields.map(({ name }) => name));
    expect(configuration.host).toMatchObject({ value: "h", label: expect.any(String) });
    expect(configuration.ssl_enabled?.value).toBe(true);
  });

  test("and again for another service type", () => {
    expect(configurationToWrite(MONGODB, { host: "h" }, {}, registered, true)).toHaveProperty("configuration.database");
  });

  test("a type of the user's own gets a schema made from its values", () => {
    expect(toWrite({ url: "u", token: "t", depth: 3, deep: true, kinds: ["a", "b"] }, {}, {})).toEqual({
      configuration: {
        url: expect.objectContaining({ type: "str", value: "u", sensitive: false }),
        token: expect.objectContaining({ type: "str", value: "t", sensitive: true }),
        depth: expect.objectContaining({ type: "int", value: 3, display: "numeric" }),
        deep: expect.objectContaining({ type: "bool", value: true, display: "toggle" }),
        kinds: expect.objectContaining({ type: "list", value: "a,b" }),
      },
    });
  });

  test("afterwards only values that differ", () => {
    expect(toWrite({ host: "h", port: 1, list: ["a", "b"] })).toBeUndefined();
    expect(toWrite({ host: "h", port: 2, list: ["b"] })).toEqual({ values: { port: 2, list: "b" } });
  });

  test("a field that is declared no more returns to its default", () => {
    expect(toWrite({ host: "h" }, { host: "h", port: 1 })).toEqual({ values: { port: 5 } });
    expect(toWrite({}, { list: "a,b" })).toEqual({ values: { list: "" } });
    expect(toWrite({}, { gone: "x" })).toBeUndefined();
    const fields = { ssl_enabled: { value: true } };
    expect(configurationToWrite(MONGODB, {}, { ssl_enabled: true }, fields, false)).toEqual({
      values: { ssl_enabled: MONGODB?.fields.find(({ name }) => name === "ssl_enabled")?.value },
    });
  });

  test("a value whose field isn't registered brings the schema, and keeps the values of the others", () => {
    const body = toWrite({ host: "new", extra: "x" }) as { configuration: Record<string, WireField> };
    expect(body.configuration.host).toEqual({ value: "new", default_value: "" });
    expect(body.configuration.port).toEqual({ value: 1, default_value: 5 });
    expect(body.configuration.extra).toMatchObject({ value: "x", type: "str" });
  });

  test("a list equals its values separated by commas", () => {
    expect(configurationView.equal({ list: ["a", "b"] }, { list: "a,b" })).toBe(true);
    expect(configurationView.equal({ list: ["a", "b"] }, { list: "b,a" })).toBe(false);
    expect(configurationView.of?.({ list: ["a", "b"], gone: 1 }, { list: "a,b", theirs: 2 })).toEqual({
      list: ["a", "b"],
    });
    expect(configurationView.of?.({ list: ["a"] }, { list: "a,b" })).toEqual({ list: "a,b" });
  });

  test("secret fields: the catalogue's, and of other types those that sound like it", () => {
    expect(secretNames("mongodb", ["host", "password", "user"])).toEqual(["password"]);
    expect(secretNames("azure_blob_storage", ["account_name", "account_key"])).toEqual(["account_key"]);
    const own = ["url", "api_key", "apiKey", "db_password", "token", "client_secret", "private_key", "credentials"];
    expect(secretNames("my_own", own)).toEqual(own.slice(1));
    expect(secretNames(undefined, ["password", "host"])).toEqual(["password"]);
    expect(secretNames("constructor", ["password", "host"])).toEqual(["password"]);
  });
});

describe("rules that need no server", () => {
  const issues = (inputs: Record<string, unknown>) =>
    checkLocally(connector, inputs).map(({ path, message }) => `${path.join(".")}: ${message}`);
  const mongodb = { host: "h", database: "d", collection: "c" };

  test("fields by their service type", () => {
    expect(issues({ serviceType: "mongodb", configuration: mongodb })).toEqual([]);
    expect(issues({ serviceType: "mongodb", configuration: { ...mongodb, hots: "x" } })).toEqual([
      "configuration.hots: 'hots' is not a field of mongodb; did you mean 'host'?",
    ]);
    const { host: _, ...incomplete } = mongodb;
    expect(issues({ serviceType: "mongodb", configuration: incomplete })).toEqual(["configuration.host: is required"]);
    expect(issues({ serviceType: "mine", configuration: { anything: 1 } })).toEqual([]);
    expect(issues({ serviceType: "mongodb" })).toEqual([]);
  });

  test("what isn't known yet is left alone", () => {
    expect(issues({ serviceType: "mongodb", configuration: UNKNOWN })).toEqual([]);
    expect(issues({ serviceType: "mongodb", configuration: { ...mongodb, host: UNKNOWN } })).toEqual([]);
    expect(issues({ serviceType: UNKNOWN, configuration: { anything: 1 } })).toEqual([]);
    expect(issues({ serviceType: "mine", scheduling: { full: { enabled: UNKNOWN, interval: UNKNOWN } } })).toEqual([]);
  });

  test("a cron of five fields, an index with capitals, an id with a slash", () => {
    expect(issues({ serviceType: "mine", scheduling: { full: { enabled: true, interval: "0 2 * * ?" } } })).toEqual([
      expect.stringMatching(/^scheduling\.full\.interval: /),
    ]);
    expect(issues({ serviceType: "mine", indexName: "Search" })).toEqual(["indexName: must be lower case"]);
    expect(issues({ serviceType: "mine", connectorId: "a/b" })).toEqual([
      expect.stringMatching(/^connectorId: must be/),
    ]);
  });

  test.each([null, {}, [1]])("a value that fits no type (%j): a lower-case clause", (value) => {
    expect(issues({ serviceType: "mine", configuration: { field: value } })).toEqual([
      expect.stringMatching(/^configuration\.field(\.0)?: (must|is) [a-z]/),
    ]);
  });
});
