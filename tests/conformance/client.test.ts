import { Client, type ClientOptions, errors } from "@elastic/elasticsearch";
import { Client as Client9, errors as errors9 } from "elasticsearch-9";
import { type Elasticsearch, startElasticsearch } from "../../embedded/elasticsearch";

/** What the tests use of a client is the same in both majors; the types of the older one do for both. */
const clients = {
  "8.19": (options: Pick<ClientOptions, "node" | "auth" | "maxRetries">) => new Client(options),
  "9.x": (options: Pick<ClientOptions, "node" | "auth" | "maxRetries">) =>
    new Client9(options as ConstructorParameters<typeof Client9>[0]) as unknown as Client,
};

describe.each([
  ["8.19", "8.19"],
  ["8.19", "9.x"],
  ["9.x", "9.x"],
] as const)("the official %s client against %s", (major, version) => {
  const newClient = clients[major];
  const { ProductNotSupportedError, ResponseError } = major === "9.x" ? errors9 : errors;
  let server: Elasticsearch;
  let client: Client;
  beforeAll(async () => {
    server = await startElasticsearch({ version });
    const auth = { username: server.username, password: server.password };
    client = newClient({ node: server.endpoint, auth, maxRetries: 0 });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  test("index, connector, key, secret", async () => {
    expect((await client.info()).version.number).toBe(server.version);
    expect(await client.indices.exists({ index: "i" })).toBe(false);
    await client.indices.create({ index: "i", settings: { number_of_shards: 2 } });
    expect(await client.indices.exists({ index: "i" })).toBe(true);
    await client.connector.put({ connector_id: "c", index_name: "i", service_type: "mongodb", name: "n" });
    await client.connector.updateScheduling({
      connector_id: "c",
      scheduling: { full: { enabled: true, interval: "0 0 2 * * ?" } },
    });
    await client.connector.checkIn({ connector_id: "c" });
    const key = await client.security.createApiKey({ name: "k", role_descriptors: { r: { cluster: ["monitor"] } } });
    const secret = await client.connector.secretPost({ body: { value: key.encoded } } as never);
    expect(secret).toMatchObject({ id: expect.any(String) });
    await client.connector.updateApiKeyId({ connector_id: "c", api_key_id: key.id });
    expect(await client.connector.get({ connector_id: "c" })).toMatchObject({
      api_key_id: key.id,
      scheduling: { full: { enabled: true } },
    });
    const byKey = newClient({ node: server.endpoint, auth: { apiKey: key.encoded }, maxRetries: 0 });
    expect((await byKey.security.authenticate()).authentication_type).toBe("api_key");
    await client.security.invalidateApiKey({ ids: [key.id] });
    await expect(byKey.info()).rejects.toMatchObject({ statusCode: 401 });
    await byKey.close();
  });

  test("errors arrive with type and reason", async () => {
    const error = await client.connector.get({ connector_id: "none" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResponseError);
    expect(error).toMatchObject({ statusCode: 404, message: expect.stringContaining("connector [none] not found") });
  });

  test("bulk and search", async () => {
    const operations = [{ index: { _index: "b", _id: "1" } }, { t: "x" }];
    expect((await client.bulk({ operations, refresh: true })).errors).toBe(false);
    expect((await client.count({ index: "b" })).count).toBe(1);
    const found = await client.search({ index: "b", query: { match: { t: "x" } } });
    expect(found.hits.hits[0]?._source).toEqual({ t: "x" });
  });

  test("an answer without the product header is refused by the client", async () => {
    server.control.fault({ path: "/" }, { kind: "no-product-header" });
    await expect(client.info()).rejects.toBeInstanceOf(ProductNotSupportedError);
  });
});

describe("the official 9.x client against 8.19", () => {
  let server: Elasticsearch;
  let client: Client9;
  beforeAll(async () => {
    server = await startElasticsearch({ version: "8.19" });
    const auth = { username: server.username, password: server.password };
    client = new Client9({ node: server.endpoint, auth, maxRetries: 0 });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  test("a request with a body fails, and changes nothing", async () => {
    const error = await client.connector.put({ connector_id: "c", name: "n" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(errors9.ResponseError);
    expect(error).toMatchObject({
      statusCode: 400,
      body: {
        error: {
          type: "media_type_header_exception",
          caused_by: { reason: expect.stringContaining("version must be either version 8 or 7, but found 9") },
        },
      },
    });
    expect(server.control.store.connectors()).toEqual([]);
  });

  test("one without gets through: its Accept is a list, which counts as no version at all", async () => {
    expect((await client.info()).version.number).toBe(server.version);
  });

  test("plain JSON headers make it work", async () => {
    const headers = { accept: "application/json", "content-type": "application/json" };
    expect(await client.connector.put({ connector_id: "c", name: "n" }, { headers })).toMatchObject({ id: "c" });
  });
});
