// Every example is deployed as it stands: `up` succeeds, a second preview is empty, destroy leaves nothing.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { failure, openStage, type Stage, type StageOptions, told } from "../support/stage";

const EXAMPLES = join(__dirname, "..", "..", "examples");

let stage: Stage;
afterEach(() => stage.close());

const deployedExamples = new Set(["quickstart", "policy"]); // the demo's; rules, which have a test of their own

test("SharePoint Online with document-level security", async () => {
  stage = await example("sharepoint-online", {
    config: { tenantId: "t", tenantName: "contoso", clientId: "c" },
    secretConfig: { clientSecret: "sp-secret" },
  });
  await deployed();
  expect(stage.server.control.store.indices()).toEqual(
    expect.arrayContaining([".search-acl-filter-search-sharepoint", "search-sharepoint"]),
  );
  const [connector] = connectors();
  expect(connector).toMatchObject({
    features: { document_level_security: { enabled: true } },
    configuration: { use_document_level_security: { value: true }, site_collections: { value: "*" } },
    scheduling: { access_control: { enabled: true, interval: "0 0/15 * * * ?" } },
  });
  const mapping = await stage.request("GET", "/search-sharepoint/_mapping");
  expect(mapping.body).toHaveProperty(
    ["search-sharepoint", "mappings", "properties", "_allow_access_control", "fields", "enum", "type"],
    "keyword",
  );
  expect(await stage.stack.outputs()).toMatchObject({ accessControlIndex: ".search-acl-filter-search-sharepoint" });
  await destroyed();
});

test("PostgreSQL by a service of one's own: the config.yml holds working keys, and is a secret", async () => {
  stage = await example("postgresql-self-managed", {
    config: {
      databaseHost: "db.example",
      databaseCa: "-----BEGIN CERTIFICATE-----",
      elasticsearchHost: "https://es.example:9200",
    },
    secretConfig: { databasePassword: "pg-secret" },
  });
  await deployed();
  expect(await stage.stack.outputs()).toMatchObject({ configYml: "[secret]" });
  const { configYml } = (await stage.stack.outputs(true)) as { configYml: string };
  const { elasticsearch, connectors: entries } = parse(configYml);
  expect(elasticsearch).toMatchObject({ host: "https://es.example:9200", ssl: true });
  expect(entries).toEqual([expect.objectContaining({ service_type: "postgresql", connector_id: connectors()[0]?.id })]);
  const status = async (path: string, key: string) => (await stage.request("GET", path, undefined, key)).status;
  expect(await status("/.elastic-connectors-v1/_search", elasticsearch.api_key)).toBe(200);
  expect(await status("/search-orders/_search", entries[0].api_key)).toBe(200);
  expect(await status("/.elastic-connectors-v1/_search", entries[0].api_key)).toBe(403);
  await destroyed();
});

test("GitHub with sync rules: the basic ones count, the advanced ones are a draft", async () => {
  stage = await example("github-sync-rules", {
    config: { organization: "elastic" },
    secretConfig: { githubToken: "gh-secret" },
  });
  const up = await deployed();
  expect(told(up)).toContain("the advanced sync rules are a draft that a connectors service has to check");
  const [{ filtering } = { filtering: [] }] = connectors() as { filtering?: unknown[] }[];
  expect(filtering).toMatchObject([
    {
      active: {
        rules: [{ field: "path", order: 0 }, { field: "size", order: 1 }, { id: "DEFAULT" }],
        advanced_snippet: { value: {} },
      },
      draft: { advanced_snippet: { value: [{ repository: "handbook" }, {}] }, validation: { state: "edited" } },
    },
  ]);
  await destroyed();
});

test("a native connector becomes self-managed in place, with a word about it in the preview", async () => {
  stage = await example("conversion", {
    server: { version: "8.19" },
    config: { accountEmail: "jane@example.com", confluenceUrl: "https://wiki.example" },
    secretConfig: { apiToken: "wiki-secret" },
  });
  await deployed();
  const [native] = connectors();
  expect(native).toMatchObject({ is_native: true });
  expect(stage.server.control.store.secrets()).toHaveLength(1);

  await stage.stack.setConfig("conversion:selfManaged", "true");
  await stage.stack.setConfig("conversion:elasticsearchHost", "https://es.example:9200");
  const planned = await stage.preview();
  expect(told(planned)).toMatch(/becomes self-managed, which can't be undone/);
  await deployed();
  expect(connectors()).toMatchObject([{ id: native?.id, is_native: false }]);
  expect(connectors()[0]?.api_key_id).not.toBe(native?.api_key_id);
  expect(stage.server.control.store.secrets()).toEqual([]);
  const { configYml } = (await stage.stack.outputs(true)) as { configYml: string };
  const { connectors: entries } = parse(configYml);
  expect(entries).toMatchObject([{ connector_id: native?.id, service_type: "confluence" }]);
  const asKey = (path: string) => stage.request("GET", path, undefined, entries[0].api_key);
  expect((await asKey("/search-wiki/_search")).status).toBe(200);
  expect((await asKey("/.elastic-connectors-v1/_search")).status).toBe(403);
  await destroyed();
});

test("a native connector from before 8.13 is taken over with its index, and gets a key", async () => {
  stage = await example("upgraded-native", {
    server: { version: "8.19" },
    config: { connectorId: "legacy", connectorName: "Movies", indexName: "search-movies" },
  });
  // Made by hand, as such a connector was: without a key of its own.
  await stage.request("PUT", "/search-movies", { settings: { number_of_shards: 2 } });
  await stage.request("PUT", "/search-movies/_doc/1", { title: "Alien" });
  const body = { name: "Movies", service_type: "mongodb", is_native: true, index_name: "search-movies" };
  await stage.request("PUT", "/_connector/legacy", body);
  const configuration = { host: { label: "Host", value: "mongodb://theirs" } };
  await stage.request("PUT", "/_connector/legacy/_configuration", { configuration });
  await stage.request("PUT", "/_connector/legacy/_features", { features: { incremental_sync: { enabled: true } } });

  const planned = await stage.preview();
  expect(failure(planned)).toBe("");
  expect(told(planned)).toMatch(
    /Connector 'legacy': exists and is taken over, and changed: features\.nativeConnectorApiKeys: nothing -> true/,
  );
  expect(told(planned)).toMatch(/Index 'search-movies': exists and is taken over/);
  await deployed();
  const [secret] = stage.server.control.store.secrets();
  expect(connectors()).toMatchObject([
    {
      id: "legacy",
      configuration: { host: { value: "mongodb://theirs" } },
      features: { native_connector_api_keys: { enabled: true }, incremental_sync: { enabled: true } },
      api_key_secret_id: secret?.id,
    },
  ]);
  const key = Buffer.from(secret?.value ?? "", "base64").toString();
  expect(key).toMatch(`${connectors()[0]?.api_key_id}:`);
  expect((await stage.request("GET", "/search-movies/_doc/1", undefined, secret?.value)).status).toBe(200);

  expect(failure(await stage.destroy())).toBe("");
  expect(connectors()).toHaveLength(1);
  expect(stage.server.control.store.documents("search-movies")).toHaveLength(1);
});

test("no example is forgotten", () => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...deployedExamples].sort());
});

async function example(name: string, options: StageOptions): Promise<Stage> {
  deployedExamples.add(name);
  return openStage({ example: name, ...options });
}

async function deployed() {
  const up = await stage.up();
  expect(failure(up)).toBe("");
  await stage.settled();
  return up;
}

async function destroyed(): Promise<void> {
  expect(failure(await stage.destroy())).toBe("");
  const { store } = stage.server.control;
  expect(store.connectors()).toEqual([]);
  expect(store.secrets()).toEqual([]);
  expect(store.apiKeys().filter(({ invalidated }) => !invalidated)).toEqual([]);
  expect(store.indices().filter((name) => !name.startsWith(".elastic-connectors"))).toEqual([]);
}

function connectors(): Record<string, unknown>[] {
  return stage.server.control.store.connectors().map(({ id, source }) => ({ id, ...source }));
}
