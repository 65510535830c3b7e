import { type Elasticsearch as Server, startElasticsearch } from "../../embedded/elasticsearch";
import { findConnector, findConnectors, findPrivileges, open } from "../../provider/lookups";
import { ask } from "../support/stage";

let server: Server;
beforeAll(async () => {
  server = await startElasticsearch();
  await put("one", { name: "Twin", service_type: "mongodb", index_name: "search-one" });
  await put("two", { name: "Twin", service_type: "mysql" });
});
afterAll(() => server.close());

async function put(id: string, body: object): Promise<void> {
  expect((await ask(server, "PUT", `/_connector/${id}`, body)).status).toBeLessThan(300);
}

const NOTHING = () => undefined;

/** A connection from the stack's configuration. */
function configured() {
  const { endpoint, username, password } = server;
  return open((name) => ({ endpoint, username, password })[name], {});
}

test("the connection is read as the provider reads it: from the environment when there is no configuration", async () => {
  const { endpoint, username, password } = server;
  const env = {
    ELASTICSEARCH_ENDPOINT: endpoint,
    ELASTICSEARCH_USERNAME: username,
    ELASTICSEARCH_PASSWORD: password,
  };
  expect(await findConnectors(open(NOTHING, env), {})).toHaveLength(2);
  // An explicit provider never looks at it.
  expect(() => open((name) => (name === "explicit" ? "true" : undefined), env)).toThrow(/no cluster is configured/);
});

test("by id, with everything that the server knows", async () => {
  await ask(server, "PUT", "/_connector/one/_last_sync", {
    last_sync_status: "completed",
    last_synced: "2026-01-01T00:00:00.000Z",
    last_indexed_document_count: 5,
    last_deleted_document_count: 0,
  });
  expect(await findConnector(configured(), { connectorId: "one" })).toMatchObject({
    connectorId: "one",
    name: "Twin",
    serviceType: "mongodb",
    native: false,
    indexName: "search-one",
    status: "created",
    error: undefined,
    lastSyncStatus: "completed",
    lastSynced: "2026-01-01T00:00:00.000Z",
    indexedDocumentCount: 5,
    deletedDocumentCount: 0,
    configuration: {},
    secretFields: [],
  });
});

test("a name that two have, one that nobody has, and neither name nor id", async () => {
  const es = configured();
  await expect(findConnector(es, { name: "Twin" })).rejects.toThrow(
    /2 connectors are named 'Twin': (one, two|two, one)\. What to do: look it up by its connectorId/,
  );
  await expect(findConnector(es, { name: "Nobody" })).rejects.toThrow(/there is no connector named 'Nobody'/);
  await expect(findConnector(es, {})).rejects.toThrow(/either connectorId or name has to be given/);
  await expect(findConnector(es, { connectorId: "one", name: "Twin" })).rejects.toThrow(/and not both/);
});

test("a name with a comma is one name, and an empty one isn't everybody's", async () => {
  const es = configured();
  await put("sales", { name: "Sales", service_type: "mysql" });
  await expect(findConnector(es, { name: "Sales, EMEA" })).rejects.toThrow(/no connector named 'Sales, EMEA'/);
  await put("emea", { name: "Sales, EMEA", service_type: "mysql" });
  expect(await findConnector(es, { name: "Sales, EMEA" })).toMatchObject({ connectorId: "emea" });
  await expect(findConnector(es, { name: "" })).rejects.toThrow(/no connector named ''/);
  await ask(server, "DELETE", "/_connector/sales");
  await ask(server, "DELETE", "/_connector/emea");
});

test.each([
  [{}, ["one", "two"]],
  [{ name: "Twin" }, ["one", "two"]],
  [{ serviceType: "mysql" }, ["two"]],
  [{ indexName: "search-one" }, ["one"]],
  [{ name: "Twin", serviceType: "mysql", indexName: "search-one" }, []],
  [{ status: "created" }, ["one", "two"]],
  [{ status: "connected" }, []],
])("those with %j", async (filters, expected) => {
  const found = await findConnectors(configured(), filters);
  expect(found.map(({ connectorId }) => connectorId).sort()).toEqual(expected);
});

test("more than a page of them", async () => {
  for (let i = 0; i < 150; i++) {
    await put(`many-${i}`, { name: "Many", service_type: "custom" });
  }
  expect(await findConnectors(configured(), { name: "Many" })).toHaveLength(150);
});

test("privileges: those of auto-named indices by default, by version, and everything that the caller is", async () => {
  const planned = { native: true, documentLevelSecurity: true, customScheduling: false, indices: [] };
  const keyRole = (index: string) => ({ indices: [{ names: [index], privileges: ["all"] }] });
  const found = await findPrivileges(configured(), { ...planned, keyRole });
  expect(found).toMatchObject({
    username: "elastic",
    authenticationType: "realm",
    licence: "trial",
    missing: [],
    problems: [],
  });
  expect(found.privileges.every(({ has }) => has)).toBe(true);
  expect(new Set(found.privileges.map(({ index }) => index))).toEqual(
    new Set([undefined, "content-*", ".search-acl-filter-content-*"]),
  );
  expect(found.role.cluster).toContain("manage_connector");
});
