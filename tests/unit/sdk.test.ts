import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as elastic from "../../sdk";

/** What was registered or looked up, by `kind name`. */
const registered = new Map<string, pulumi.runtime.MockResourceArgs>();
const requests = new Map<string, RegisterResourceRequest>();

const { registerResource } = MockMonitor.prototype;

beforeEach(async () => {
  registered.clear();
  requests.clear();
  jest.spyOn(MockMonitor.prototype, "registerResource").mockImplementation(function (
    this: MockMonitor,
    request,
    answer,
  ) {
    requests.set(keyOf(request.getType(), request.getName()), request);
    return registerResource.call(this, request, answer);
  });
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        registered.set(keyOf(args.type, args.name), args);
        const id = args.id || `${args.name}-${kindOf(args.type).toLowerCase()}`;
        return { id, state: { ...args.inputs, encoded: "encoded-key" } };
      },
      call: () => ({}),
    },
    "proj",
    "dev",
    false,
  );
});

afterEach(() => jest.restoreAllMocks());

function resource(key: string): pulumi.runtime.MockResourceArgs & { request: RegisterResourceRequest } {
  const found = registered.get(key);
  const request = requests.get(key);
  if (!found || !request) {
    throw new Error(`${key} is not among ${[...registered.keys()].join(", ")}`);
  }
  return { ...found, request };
}

function keyOf(type: string, name: string): string {
  return `${kindOf(type)} ${name}`;
}

function kindOf(type: string): string {
  return type.replace(/^.*:/, "");
}

/** Waits until everything that a program has declared is registered. */
async function run(program: () => void): Promise<void> {
  program();
  await pulumi.runtime.disconnect();
}

function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

const MONGODB = {
  serviceType: "mongodb",
  configuration: { host: "h", database: "d", collection: "c" },
} as const;

describe("a resource", () => {
  test("registers its arguments, the provider's text and where it stands", async () => {
    await run(() => new elastic.Index("movies", { name: "search-movies", language: "en" }, { retainOnDelete: true }));
    const { inputs, custom } = resource("Index movies");
    expect(custom).toBe(true);
    expect(inputs).toEqual({
      name: "search-movies",
      language: "en",
      __provider: expect.stringMatching(/^exports\.handler=.*get\('Index'\)$/),
      __context: { project: "proj", stack: "dev", resource: "movies", retained: true },
    });
  });

  test("names outputs that are secrets, beside the user's own", async () => {
    const args = { name: "k", roleDescriptors: { r: { cluster: ["monitor"] } } };
    await run(() => new elastic.ApiKey("key", args, { additionalSecretOutputs: ["metadata"], protect: true }));
    const { request } = resource("ApiKey key");
    expect(request.getAdditionalsecretoutputsList().sort()).toEqual(["apiKey", "encoded", "metadata"]);
    expect(request.getProtect()).toBe(true);
  });

  test("every output is there, those that only the server knows too", async () => {
    let key: elastic.ApiKey | undefined;
    await run(() => {
      key = new elastic.ApiKey("key", { name: "k", inheritOwnerPrivileges: true });
    });
    for (const name of ["apiKey", "encoded", "createdAt", "expiresAt"] as const) {
      expect(pulumi.Output.isInstance(key?.[name])).toBe(true);
    }
  });

  test.each([
    ["Index", () => elastic.Index.get("x", "the-id")],
    ["ApiKey", () => elastic.ApiKey.get("x", "the-id")],
    ["ConnectorSecret", () => elastic.ConnectorSecret.get("x", "the-id")],
    ["Connector", () => elastic.Connector.get("x", "the-id")],
    ["SyncJob", () => elastic.SyncJob.get("x", "the-id")],
  ])("%s.get looks one up: the id and the text, and no arguments", async (kind, get) => {
    await run(get);
    const { id, inputs } = registered.get(`${kind} x`) ?? {};
    expect(id).toBe("the-id");
    expect(Object.keys(inputs ?? {})).toEqual(["__provider"]);
  });
});

describe("ContentConnector", () => {
  test("native: index, key, secret and connector, wired", async () => {
    await run(
      () =>
        new elastic.ContentConnector("movies", {
          ...MONGODB,
          native: true,
          language: "en",
          index: { name: "search-m" },
        }),
    );
    expect([...registered.keys()].sort()).toEqual([
      "ApiKey movies",
      "Connector movies",
      "ConnectorSecret movies",
      "ContentConnector movies",
      "Index movies",
    ]);
    expect(resource("Index movies").inputs).toMatchObject({
      name: "search-m",
      language: "en",
      __context: {
        native: true,
        siblings: [
          {
            kind: "ApiKey",
            inputs: { roleDescriptors: { connector: { cluster: ["monitor"], indices: [{ privileges: ["all"] }] } } },
          },
          { kind: "ConnectorSecret", inputs: {} },
          { kind: "Connector", inputs: {} },
        ],
      },
    });
    expect(resource("ApiKey movies").inputs).toMatchObject({
      name: "movies-connector-api-key",
      roleDescriptors: {
        "movies-connector-role": {
          cluster: ["monitor"],
          indices: [
            {
              names: ["search-m", ".search-acl-filter-search-m", ".elastic-connectors-v1*"],
              privileges: ["all"],
              allowRestrictedIndices: false,
            },
          ],
        },
      },
      keepers: { indexName: "search-m", native: "true" },
    });
    expect(resource("ConnectorSecret movies").inputs).toMatchObject({
      value: "encoded-key",
      valueVersion: "movies-apikey",
    });
    expect(resource("Connector movies").inputs).toMatchObject({
      ...MONGODB,
      name: "movies",
      native: true,
      language: "en",
      indexName: "search-m",
      apiKeyId: "movies-apikey",
      apiKeySecretId: "movies-connectorsecret",
    });
  });

  test("self-managed: no secret, a key for its own indices only, and the entry for the service as a secret", async () => {
    let component: elastic.ContentConnector<"mongodb"> | undefined;
    await run(() => {
      component = new elastic.ContentConnector("movies", { ...MONGODB, name: "Movies", index: { name: "search-m" } });
    });
    expect(registered.has("ConnectorSecret movies")).toBe(false);
    const { roleDescriptors } = resource("ApiKey movies").inputs;
    expect(roleDescriptors["Movies-connector-role"].indices[0].names).toEqual([
      "search-m",
      ".search-acl-filter-search-m",
    ]);
    expect(resource("Connector movies").inputs).not.toHaveProperty("apiKeySecretId");
    const entry = component?.serviceEntry as pulumi.Output<elastic.ServiceEntry>;
    expect(await pulumi.isSecret(entry)).toBe(true);
    expect(await value(entry)).toEqual({
      connector_id: "movies-connector",
      service_type: "mongodb",
      api_key: "encoded-key",
    });
  });

  test("an index without a name: key and connector follow its id", async () => {
    await run(() => new elastic.ContentConnector("movies", MONGODB));
    expect(resource("Index movies").inputs).not.toHaveProperty("name");
    expect(resource("Connector movies").inputs.indexName).toBe("movies-index");
    expect(resource("ApiKey movies").inputs.keepers).toEqual({ indexName: "movies-index" });
  });

  test("what is said of its key is passed on, but not what the connector decides", async () => {
    const apiKey = { rotateAfter: "30d", expiration: "90d", rotateBeforeExpiry: "14d", keepers: { a: "1" } };
    await run(() => new elastic.ContentConnector("movies", { ...MONGODB, apiKey }));
    const { inputs } = resource("ApiKey movies");
    expect(inputs).toMatchObject({ ...apiKey, keepers: { a: "1", indexName: "movies-index" } });
    expect(inputs).not.toHaveProperty("rotateAt");
  });

  test("an explicit name is passed on as such, with the index as a dependency: a replaced index leaves the key alone", async () => {
    await run(() => new elastic.ContentConnector("movies", { ...MONGODB, index: { name: "search-m" } }));
    const index = "urn:pulumi:dev::proj::elastic:index:ContentConnector$pulumi-nodejs:dynamic/elastic:Index::movies";
    for (const key of ["ApiKey movies", "Connector movies"]) {
      const { request } = resource(key);
      expect(request.getDependenciesList().map(String)).toContain(index);
      const perProperty = request.getPropertydependenciesMap();
      for (const name of ["indexName", "roleDescriptors", "keepers"]) {
        expect(perProperty.get(name)?.getUrnsList() ?? []).not.toContain(index);
      }
    }
  });

  test("an access-control index that a service has made already is taken over", async () => {
    const secured = { ...MONGODB, documentLevelSecurity: true, index: { name: "search-t" } };
    await run(() => new elastic.ContentConnector("secured", secured));
    const taken = { name: ".search-acl-filter-search-t", forceDestroy: true, adopt: true };
    expect(resource("Index secured-access-control").inputs).toMatchObject(taken);
  });

  test("the key keeps the name that it was made with, and the user's keepers", async () => {
    const args = { ...MONGODB, index: { name: "search-m" }, apiKey: { keepers: { rotation: "2" }, expiration: "30d" } };
    await run(() => new elastic.ContentConnector("movies", args));
    const { inputs, request } = resource("ApiKey movies");
    expect(inputs).toMatchObject({ keepers: { rotation: "2", indexName: "search-m" }, expiration: "30d" });
    expect(request.getIgnorechangesList()).toEqual(["name"]);
  });

  test("options for each child, beside the component's own", async () => {
    const childOptions = {
      index: { retainOnDelete: true },
      apiKey: { ignoreChanges: ["expiration"] },
      connector: { protect: true },
    };
    await run(() => new elastic.ContentConnector("movies", MONGODB, { childOptions }));
    expect(resource("Index movies").request.getRetainondelete()).toBe(true);
    expect(resource("Index movies").inputs.__context).toMatchObject({ retained: true });
    expect(resource("ApiKey movies").request.getIgnorechangesList().sort()).toEqual(["expiration", "name"]);
    expect(resource("Connector movies").request.getProtect()).toBe(true);
    expect(resource("Index movies").request.getProtect()).toBe(false);
  });

  test("retainOnDelete of the component reaches its index, which has to know; the index's own option wins", async () => {
    await run(() => {
      new elastic.ContentConnector("kept", MONGODB, { retainOnDelete: true });
      const childOptions = { index: { retainOnDelete: false } };
      new elastic.ContentConnector("own", MONGODB, { retainOnDelete: true, childOptions });
      new elastic.ContentConnector("plain", MONGODB);
    });
    expect(resource("Index kept").request.getRetainondelete()).toBe(true);
    expect(resource("Index kept").inputs.__context).toMatchObject({ retained: true });
    for (const name of ["own", "plain"]) {
      expect(resource(`Index ${name}`).request.getRetainondelete()).toBe(false);
      expect(resource(`Index ${name}`).inputs.__context).not.toHaveProperty("retained");
    }
  });

  test.each([
    [{ indexName: "i" }, "indexName"],
    [{ apiKeyId: "k", apiKeySecretId: "s" }, "apiKeyId, apiKeySecretId"],
    [{ index: { language: "en" } }, "index.language"],
    [
      { apiKey: { name: "n", roleDescriptors: {}, inheritOwnerPrivileges: true } },
      "apiKey.name, apiKey.roleDescriptors, apiKey.inheritOwnerPrivileges",
    ],
    [{ apiKey: { access: {}, certificateIdentity: "CN=a" } }, "apiKey.access, apiKey.certificateIdentity"],
  ])("what it sets itself is refused from a program that isn't compiled: %j", async (foreign, names) => {
    const args = { ...MONGODB, ...foreign } as elastic.ContentConnectorArgs<"mongodb">;
    let refusal: unknown;
    await run(() => {
      try {
        new elastic.ContentConnector("movies", args);
      } catch (error) {
        refusal = error;
      }
    });
    expect(String(refusal)).toContain(`ContentConnector 'movies' sets ${names} itself. Leave it out`);
    // Nothing of it is half made.
    expect([...registered.keys()].filter((key) => !key.startsWith("ContentConnector "))).toEqual([]);
  });
});

describe("Provider", () => {
  test("keys in our namespace, marked as explicit, credentials as secrets", async () => {
    const args = { endpoint: "https://eu.example.com", username: "u", password: "hunter2", requestTimeout: 5 };
    await run(() => new elastic.Provider("eu", args));
    const { request, inputs } = resource("pulumi-nodejs eu");
    expect(Object.keys(inputs).sort()).toEqual([
      "elastic:endpoint",
      "elastic:explicit",
      "elastic:password",
      "elastic:requestTimeout",
      "elastic:username",
    ]);
    const sent = request.getObject()?.toJavaScript() as Record<string, unknown>;
    expect(sent["elastic:explicit"]).toBe("true");
    expect(sent["elastic:password"]).toMatchObject({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    });
  });

  test("of an argument that it doesn't have only the name is sent, for the provider to refuse", async () => {
    const args = { endpoint: "https://eu.example.com", passwrod: "hunter2", other: 1 } as elastic.ProviderArgs;
    await run(() => new elastic.Provider("eu", args));
    expect(resource("pulumi-nodejs eu").inputs).toEqual({
      "elastic:endpoint": "https://eu.example.com",
      "elastic:explicit": "true",
      "elastic:unknown": "passwrod,other",
    });
  });

  test("every argument that it declares is known to it", async () => {
    const args: Required<elastic.ProviderArgs> = {
      endpoint: "a",
      cloudId: "a",
      apiKey: "a",
      username: "a",
      password: "a",
      bearerToken: "a",
      caCert: "a",
      caCertFile: "a",
      caFingerprint: "a",
      clientCert: "a",
      clientKey: "a",
      allowInsecure: true,
      requestTimeout: 1,
      debugLog: "a",
      preflight: "warn",
      envPrefix: "a",
    };
    await run(() => new elastic.Provider("eu", args));
    const { "elastic:explicit": _, ...sent } = resource("pulumi-nodejs eu").inputs;
    expect(Object.keys(sent).sort()).toEqual(
      Object.keys(args)
        .map((name) => `elastic:${name}`)
        .sort(),
    );
  });
});
