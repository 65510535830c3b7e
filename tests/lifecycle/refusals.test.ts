// What is refused at preview: bad input with path and rule, and a connection that can't work with what to do about it.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { connectionTo, type Declared, engines, openStage, refusal, type Stage } from "../support/stage";

const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies" };

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  let fromEnvironment: Elasticsearch;
  beforeAll(async () => {
    fromEnvironment = await startElasticsearch();
    const { endpoint, username, password } = fromEnvironment;
    stage = await openStage({
      engine,
      others: [fromEnvironment],
      unconnected: true,
      env: { ELASTICSEARCH_ENDPOINT: endpoint, ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password },
    });
  });
  afterAll(() => stage.close());

  test("a connector's faults are told all at once, each with its path and rule", async () => {
    const { host: _, ...incomplete } = MONGODB;
    const said = await refused({
      kind: "Connector",
      name: "faulty",
      args: {
        serviceType: "mongodb",
        indexName: "Search-Films",
        scheduling: { full: { enabled: true, interval: "0 2 * * *" } },
        configuration: { ...incomplete, colection: "movies" },
        schedulling: {},
      },
    });
    expect(said).toContain("scheduling.full.interval: has 5 fields");
    expect(said).toContain("indexName: must be lower case");
    expect(said).toContain("schedulling: is not a known property; did you mean 'scheduling'?");
    expect(said).toContain(
      "configuration.colection: 'colection' is not a field of mongodb; did you mean 'collection'?",
    );
    expect(said).toContain("configuration.host: is required");
  });

  test("an index name with capitals", async () => {
    const said = await refused({ kind: "Index", name: "faulty", args: { name: "Films" } });
    expect(said).toContain("name: must be lower case");
  });

  test("a misspelt member of a role descriptor", async () => {
    const roleDescriptors = { reader: { indices: [{ names: ["films"], priviliges: ["read"] }] } };
    const said = await refused({ kind: "ApiKey", name: "faulty", args: { name: "reader", roleDescriptors } });
    expect(said).toContain(
      "roleDescriptors.reader.indices[0].priviliges: is not a known property; did you mean 'privileges'?",
    );
    expect(said).toContain("roleDescriptors.reader.indices[0].privileges: is required");
  });

  test("the password is wrong", async () => {
    const { endpoint, username } = stage.server;
    expect(await refusedConnection({ endpoint, username, password: "wrong" })).toMatch(
      /unable to authenticate user \[elastic\].*What to do: check elastic:username and elastic:password/,
    );
  });

  test("an explicit Provider takes nothing from the environment", async () => {
    expect(await refusedConnection({ endpoint: stage.server.endpoint })).toMatch(
      /no credentials: set apiKey, or username and password \(they come from the same source.*: the explicit Provider\)/,
    );
  });

  test("the environment serves what has no Provider of its own", async () => {
    await stage.deploy([
      connectionTo("explicit", stage.server),
      { kind: "Index", name: "there", args: { name: "there" }, opts: { provider: "explicit" } },
      { kind: "Index", name: "here", args: { name: "here" } },
    ]);
    expect(stage.writes(fromEnvironment)).toEqual(["PUT /here"]);
    expect(stage.writes()).toEqual(["PUT /there"]);
  });

  /** What a preview of it says, and nothing has been written to either server. */
  async function refused(declared: Declared): Promise<string> {
    const said = await refusal(stage, declared);
    expect(stage.writes(fromEnvironment)).toEqual([]);
    return said;
  }

  function refusedConnection(connection: Record<string, unknown>): Promise<string> {
    return refusal(stage, { kind: "Provider", name: "broken", args: connection }, SOME);
  }
});

const SOME: Declared = { kind: "Index", name: "some", opts: { provider: "broken" } };
