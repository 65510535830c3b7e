import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { parse } from "yaml";
import * as elastic from "../../sdk";
import { completeConfiguration, keylessConfiguration, type ServiceSettings } from "../../sdk/service-configuration";
import { toYaml } from "../../sdk/yaml";
import { leaksIn } from "../support/canary";

const registered = new Map<string, MockResourceArgs>();
const SERVICE_KEY = "canary-service-key-3c1d";
const CONNECTOR_KEY = "canary-connector-key-9e27";

async function start(preview = false): Promise<void> {
  registered.clear();
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        const kind = args.type.replace(/^.*:/, "");
        registered.set(`${kind} ${args.name}`, args);
        const encoded = args.inputs.name === "own-service-api-key" ? SERVICE_KEY : CONNECTOR_KEY;
        const id = preview ? "" : `${args.name}-${kind.toLowerCase()}`;
        return { id, state: preview ? args.inputs : { ...args.inputs, encoded } };
      },
      call: () => ({}),
    },
    "proj",
    "dev",
    preview,
  );
}
beforeEach(() => start());

const MONGODB = { serviceType: "mongodb", configuration: { host: "h", database: "d", collection: "c" } } as const;
const ENDPOINT = "https://es.example:9200";

const movies = () => new elastic.ContentConnector("movies", { ...MONGODB, index: { name: "search-movies" } });
const plain = (args: Partial<elastic.ServedConnectorArgs> = {}) => ({
  ...{ connectorId: "wiki", serviceType: "confluence", apiKey: pulumi.secret(CONNECTOR_KEY), indexName: "search-wiki" },
  ...args,
});

/** Declares a service, and waits until everything is registered. */
async function service(declare: () => Partial<elastic.ConnectorServiceArgs>): Promise<elastic.ConnectorService> {
  const made = new elastic.ConnectorService("own", { endpoint: ENDPOINT, connectors: [], ...declare() });
  await pulumi.runtime.disconnect();
  return made;
}

function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

const keyInputs = () => registered.get("ApiKey own")?.inputs ?? {};

/** What the service reads: its parser knows YAML 1.1. */
const read = async (made: elastic.ConnectorService) => parse(await value(made.configYml), { version: "1.1" });

/** What a declaration is refused with at once. */
function refusal(args: Partial<elastic.ConnectorServiceArgs>): string {
  try {
    new elastic.ConnectorService("own", { endpoint: ENDPOINT, connectors: [], ...args });
    return "";
  } catch (error) {
    return String(error);
  }
}

test("the text as a person reads it", async () => {
  const made = await service(() => ({ connectors: [movies(), plain()], caCertFile: "/etc/ca.pem", logLevel: "DEBUG" }));
  expect(await value(made.configYml)).toBe(`\
# Made by pulumi-elastic-connectors, and made anew with every change of the program. Holds keys.
elasticsearch:
  host: "https://es.example:9200"
  api_key: "${SERVICE_KEY}"
  ssl: true
  ca_certs: "/etc/ca.pem"
service:
  log_level: "DEBUG"
connectors:
  - connector_id: "movies-connector"
    service_type: "mongodb"
    api_key: "${CONNECTOR_KEY}"
  - connector_id: "wiki"
    service_type: "confluence"
    api_key: "${CONNECTOR_KEY}"
`);
});

test("the text is a secret, and no key stands anywhere in plain text", async () => {
  const made = await service(() => ({ connectors: [movies(), plain()] }));
  expect(await pulumi.isSecret(made.configYml)).toBe(true);
  const inputs = JSON.stringify([...registered].filter(([key]) => /Service|ApiKey/.test(key)));
  expect(leaksIn(inputs, [SERVICE_KEY, CONNECTOR_KEY])).toEqual([]);
  // Of the component's own outputs too.
  expect([...registered.keys()].sort()).toEqual([
    "ApiKey movies",
    "ApiKey own",
    "Connector movies",
    "ConnectorService own",
    "ContentConnector movies",
    "Index movies",
  ]);
});

test("one key, with the rights that are needed and on each index once, in an order of its own", async () => {
  const apiKey = { expiration: "30d", keepers: { rotation: "1" } };
  const connectors = () => [plain({ connectorId: "b" }), movies(), plain({ connectorId: "c" })];
  const made = await service(() => ({ connectors: connectors(), apiKey }));
  expect(keyInputs()).toMatchObject({
    ...apiKey,
    name: "own-service-api-key",
    roleDescriptors: {
      "own-service-role": {
        cluster: ["monitor", "manage_connector"],
        indices: [
          { names: [".elastic-connectors*"], privileges: ["view_index_metadata", "create_index", "read", "write"] },
          { names: ["search-movies", "search-wiki"], privileges: ["read", "maintenance"] },
        ],
      },
    },
  });
  expect(await value(made.apiKeyId)).toBe("own-apikey");
});

test("a service that runs nothing yet", async () => {
  const made = await service(() => ({}));
  expect(keyInputs().roleDescriptors["own-service-role"].indices).toHaveLength(1);
  expect(await read(made)).toMatchObject({ connectors: [] });
});

test("entries as outputs, wholly or in part", async () => {
  const made = await service(() => ({
    endpoint: pulumi.output("http://localhost:9200"),
    connectors: [pulumi.output(plain()), plain({ connectorId: pulumi.output("other") })],
  }));
  const entry = { service_type: "confluence", api_key: CONNECTOR_KEY };
  expect(await read(made)).toEqual({
    elasticsearch: { host: "http://localhost:9200", api_key: SERVICE_KEY, ssl: false },
    connectors: [
      { connector_id: "wiki", ...entry },
      { connector_id: "other", ...entry },
    ],
  });
});

test("extra: nested or with dots, over the service's own settings, verbatim", async () => {
  const nasty = {
    ...{
      yes: "no",
      "012": "1e3",
      "a: b": "# no comment",
      "~": "~",
      empty: "",
      text: "a\n\tb\u0000\u0085\u2028\u200b\ud83d\ude80",
    },
    ...{
      home: ["$HOME $$ $1", "$" + "{HOME}"],
      quote: "\"'\\",
      numbers: [1, -0.5, 1e21, 1e-7],
      flags: [true, null],
      none: {},
    },
    ...{ lists: [[1, [2]], [], [{ a: 1, b: [{ c: "d" }] }]], umlaut: "Größe" },
  };
  const extra = {
    "service.idling": 10,
    elasticsearch: { verify_certs: pulumi.output(false), bulk: { chunk_size: 100 } },
    "elasticsearch.bulk.max_concurrency": 2,
    extraction_service: nasty,
    skipped: undefined,
  };
  const made = await service(() => ({ logLevel: "ERROR", extra: extra as Record<string, unknown> }));
  expect(await read(made)).toEqual({
    elasticsearch: {
      host: ENDPOINT,
      api_key: SERVICE_KEY,
      ssl: true,
      verify_certs: false,
      bulk: { chunk_size: 100, max_concurrency: 2 },
    },
    service: { log_level: "ERROR", idling: 10 },
    extraction_service: nasty,
    connectors: [],
  });
  // The service would put variables of its environment there.
  expect(await value(made.configYml)).not.toContain("$");
});

test("at preview, of connectors that aren't there yet, nothing is known and nothing fails", async () => {
  await start(true);
  const made = await service(() => ({ connectors: [new elastic.ContentConnector("films", MONGODB)] }));
  const { isKnown, isSecret } = made.configYml as unknown as { isKnown: Promise<boolean>; isSecret: Promise<boolean> };
  expect([await isKnown, await isSecret]).toEqual([false, true]);
  const [own, content] = keyInputs().roleDescriptors?.["own-service-role"]?.indices ?? [];
  expect(own).toMatchObject({ names: [".elastic-connectors*"] });
  expect(content?.names).not.toEqual(expect.arrayContaining([expect.anything()]));
});

describe("what is refused at once", () => {
  const native = () => new elastic.ContentConnector("movies", { ...MONGODB, native: true });
  const low = () =>
    new elastic.Connector("low", { serviceType: "custom" }) as unknown as elastic.ServedContentConnector;
  const apiKey = { roleDescriptors: {} } as NonNullable<elastic.ConnectorServiceArgs["apiKey"]>;

  test("a native connector, another resource, and what the component sets itself; no key is made", async () => {
    expect(refusal({ connectors: [plain(), native()] })).toMatch(
      /'own': connectors\[1\] is native: an Elastic-managed service runs it, with the key in its connector secret/,
    );
    expect(refusal({ connectors: [low()] })).toMatch(
      /connectors\[0\] is no ContentConnector\. Of other resources pass/,
    );
    expect(refusal({ apiKey })).toMatch(/sets apiKey\.roleDescriptors itself/);
    await pulumi.runtime.disconnect();
    expect(registered.has("ApiKey own")).toBe(false);
  });
});

describe("what is refused when it is known", () => {
  const entry = { connector_id: "wiki", service_type: "confluence", api_key: CONNECTOR_KEY };
  const known = (more: Partial<ServiceSettings>) =>
    toYaml(keylessConfiguration("own", { endpoint: ENDPOINT, ...more }));

  test("a connector twice", () => {
    const keyless = keylessConfiguration("own", { endpoint: ENDPOINT });
    const twice = () => completeConfiguration("own", keyless, SERVICE_KEY, [entry, entry]);
    expect(twice).toThrow(/'own': connectors has 'wiki' twice/);
  });

  test.each<[string, Partial<ServiceSettings>, RegExp]>([
    ["no URL", { endpoint: "es:9200" }, /endpoint has to be one URL that begins with https/],
    ["a list of URLs", { endpoint: "https://a:9200,https://b:9200" }, /endpoint has to be one URL/],
    [
      "another key",
      { extra: { elasticsearch: { api_key: "k" } } },
      /can't set elasticsearch\.api_key: the service uses the key/,
    ],
    ["another cluster", { extra: { "elasticsearch.host": "h" } }, /can't set elasticsearch\.host: that is endpoint/],
    ["more connectors", { extra: { connectors: [] } }, /can't set connectors: pass them as connectors/],
    ["no section", { extra: { service: "fast" } }, /extra\.service has to be an object/],
    ["no value of a file", { extra: { a: 1n } }, /a bigint .*can't be written to a configuration file/],
    ["no number", { extra: { a: Number.NaN } }, /NaN can't be written to a configuration file/],
  ])("%s", (_, settings, message) => {
    expect(() => known(settings)).toThrow(message);
  });

  test("a password in the endpoint, which isn't shown", () => {
    const withPassword = () => known({ endpoint: "https://elastic:canary-word@es:9200" });
    expect(withPassword).toThrow(/endpoint holds a user name or a password/);
    expect(withPassword).not.toThrow(/canary-word/);
  });
});
