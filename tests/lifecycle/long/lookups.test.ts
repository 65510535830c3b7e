// Look-ups in a program: over the stack's connection, over an explicit provider's, and over one that isn't known yet.

import { type Elasticsearch, startElasticsearch } from "../../../embedded";
import { ask, connectionTo, type Declared, engines, failure, openStage, type Stage } from "../../support/stage";

const PASSWORD = "hunter2-marker";
const MONGODB = { host: "mongodb://db", database: "d", collection: "c", password: PASSWORD };

describe.each(engines)("look-ups on the %s engine", (engine) => {
  let stage: Stage;
  let other: Elasticsearch;
  beforeAll(async () => {
    other = await startElasticsearch();
    stage = await openStage({ engine, others: [other] });
  });
  afterAll(() => stage.close());

  const source: Declared = {
    kind: "Connector",
    name: "source",
    args: { connectorId: "source-1", name: "Source", serviceType: "mongodb", configuration: MONGODB },
  };
  const byId: Declared = { kind: "getConnectorOutput", name: "seen", args: { connectorId: { $ref: "source.id" } } };
  const outputs = Object.fromEntries(
    ["status", "lastSyncStatus", "lastSyncError", "error", "configuration", "indexedDocumentCount"].map((name) => [
      name,
      { $ref: `seen.${name}` },
    ]),
  );

  test("a connector that a preview doesn't know yet is asked for when it is there", async () => {
    stage.declare([source, byId], outputs);
    expect(failure(await stage.preview())).toBe("");
    expect(reads(stage.server)).toEqual([]);
    await stage.deploy([source, byId], outputs);
    expect(await stage.stack.outputs()).toEqual({
      status: "configured",
      configuration: expect.objectContaining({ host: "mongodb://db", database: "d", password: "[secret]" }),
    });
    expect(await stage.stack.outputs(true)).toMatchObject({ configuration: { password: PASSWORD } });
  });

  test("what the service reports is there, without the connector's password", async () => {
    await stage.request("PUT", "/_connector/source-1/_last_sync", {
      last_sync_status: "error",
      last_sync_error: `login as ${PASSWORD} failed`,
      last_indexed_document_count: 42,
      last_synced: "2026-01-01T00:00:00Z",
    });
    await stage.request("PUT", "/_connector/source-1/_error", { error: `no route for ${PASSWORD}` });
    await stage.deploy([source, byId], outputs);
    expect(await stage.stack.outputs()).toMatchObject({
      status: "error",
      error: "no route for [secret]",
      lastSyncStatus: "error",
      lastSyncError: "login as [secret] failed",
      indexedDocumentCount: 42,
    });
    expect(stage.transcript()).not.toContain(PASSWORD);
  });

  test("an explicit provider's cluster is asked with its credentials, and nothing of it becomes secret", async () => {
    await ask(other, "PUT", "/_connector/elsewhere", { name: "Elsewhere", service_type: "mongodb" });
    const there = { opts: { provider: "there" } };
    await stage.deploy(
      [
        source,
        connectionTo("there", other, { username: other.username, password: { $secret: other.password } }),
        { kind: "getConnector", name: "one", args: { name: "Elsewhere" }, ...there },
        { kind: "getConnectorsOutput", name: "all", args: { serviceType: "mongodb", status: "created" }, ...there },
        { kind: "getConnectors", name: "none", args: { indexName: "search-nothing" }, ...there },
      ],
      { id: { $ref: "one.connectorId" }, all: { $ref: "all.length" }, none: { $ref: "none.length" } },
    );
    expect(await stage.stack.outputs()).toEqual({ id: "elsewhere", all: 1, none: 0 });
  });

  test("over a connection that a preview doesn't know, the result isn't known either", async () => {
    const computed: Declared[] = [
      { kind: "Index", name: "computed", args: { name: "computed" } },
      connectionTo("later", other, {
        username: other.username,
        password: { $after: ["computed.indexName", { $secret: other.password }] },
      }),
    ];
    const through = (kind: Declared["kind"]): Declared[] => [
      ...computed,
      { kind, name: "one", args: { connectorId: "elsewhere" }, opts: { provider: "later" } },
    ];
    stage.declare([source, ...through("getConnectorOutput")], { id: { $ref: "one.connectorId" } });
    expect(failure(await stage.preview())).toBe("");
    expect(reads(other)).toEqual([]);
    stage.declare([source, ...through("getConnector")]);
    expect(failure(await stage.preview())).toContain(
      "isn't known yet in this preview: use the look-up whose name ends in Output (getConnectorOutput)",
    );
    await stage.deploy([source, ...through("getConnectorOutput")], { id: { $ref: "one.connectorId" } });
    expect(await stage.stack.outputs()).toEqual({ id: "elsewhere" });
  });

  test("a connector that isn't there fails the program", async () => {
    stage.declare([source, { kind: "getConnector", name: "one", args: { connectorId: "nobody" } }]);
    expect(failure(await stage.preview())).toContain("there is no connector with the id 'nobody'");
  });
});

function reads({ control }: Elasticsearch): string[] {
  return control.requests.filter(({ path }) => path.startsWith("/_connector")).map(({ path }) => path);
}
