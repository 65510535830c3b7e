// What is refused at preview: bad input with path and rule, and connections that can't work with what to do about it.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { type Answering, answering, deadEnd, info } from "../support/answers";
import { selfSigned } from "../support/certificates";
import { connectionTo, type Declared, engines, failure, openStage, type Stage } from "../support/stage";

const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies" };

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  let fromEnvironment: Elasticsearch;
  let secured: Elasticsearch;
  let fakes: Record<"web" | "serverless" | "old", Answering>;
  let nowhere: string;
  beforeAll(async () => {
    fromEnvironment = await startElasticsearch();
    secured = await startElasticsearch({ tls: selfSigned() });
    nowhere = await deadEnd();
    fakes = {
      web: await answering((response) => response.end("<h1>hello</h1>")),
      serverless: await answering(info("8.11.0", "serverless")),
      old: await answering(info("8.12.2")),
    };
    const { endpoint, username, password } = fromEnvironment;
    stage = await openStage({
      engine,
      others: [fromEnvironment, secured],
      unconnected: true,
      server: { users: { nobody: { password: "pass of nobody", roles: [] } } },
      env: { ELASTICSEARCH_ENDPOINT: endpoint, ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password },
    });
  });
  afterAll(async () => {
    await stage.close();
    await Promise.all(Object.values(fakes).map((fake) => fake.close()));
  });

  test("a connector's faults are told all at once, each with its path and rule", async () => {
    const { host: _, ...incomplete } = MONGODB;
    const refused = await refusal({
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
    expect(refused).toContain("scheduling.full.interval: has 5 fields");
    expect(refused).toContain("indexName: must be lower case");
    expect(refused).toContain("schedulling: is not a known property; did you mean 'scheduling'?");
    expect(refused).toContain(
      "configuration.colection: 'colection' is not a field of mongodb; did you mean 'collection'?",
    );
    expect(refused).toContain("configuration.host: is required");
  });

  test("an index name with capitals", async () => {
    const refused = await refusal({ kind: "Index", name: "faulty", args: { name: "Films" } });
    expect(refused).toContain("name: must be lower case");
  });

  test("a misspelt member of a role descriptor", async () => {
    const roleDescriptors = { reader: { indices: [{ names: ["films"], priviliges: ["read"] }] } };
    const refused = await refusal({ kind: "ApiKey", name: "faulty", args: { name: "reader", roleDescriptors } });
    expect(refused).toContain(
      "roleDescriptors.reader.indices[0].priviliges: is not a known property; did you mean 'privileges'?",
    );
    expect(refused).toContain("roleDescriptors.reader.indices[0].privileges: is required");
  });

  test("nothing listens there", async () => {
    expect(await refusalOf({ endpoint: nowhere, apiKey: "x" })).toMatch(
      `nothing listens at ${nowhere} (connection refused). What to do: start Elasticsearch there, or correct elastic:endpoint`,
    );
  });

  test("the password is wrong", async () => {
    const { endpoint, username } = stage.server;
    expect(await refusalOf({ endpoint, username, password: "wrong" })).toMatch(
      /unable to authenticate user \[elastic\].*What to do: check elastic:username and elastic:password/,
    );
  });

  test("the user has no privileges", async () => {
    const { endpoint } = stage.server;
    expect(await refusalOf({ endpoint, username: "nobody", password: "pass of nobody" })).toMatch(
      /\[cluster:monitor\/main\] is unauthorized for user \[nobody\].*\[monitor,manage,all\].*What to do: give the caller the privilege/,
    );
  });

  test("plain http to another machine", async () => {
    const refused = await refusalOf({ endpoint: "http://search.example:9200", apiKey: "x" });
    // The embedded engine goes nowhere else at all.
    expect(refused).toMatch(
      engine === "cli"
        ? /endpoint is plain http to search\.example: .*Use https, or set elastic:allowInsecure to true/
        : /works with a server on this machine only \(elastic:endpoint names the host search\.example\)/,
    );
  });

  test("what answers is not Elasticsearch", async () => {
    expect(await refusalOf({ endpoint: fakes.web.url, apiKey: "x" })).toMatch(
      /what answers at \S+ is not Elasticsearch \(the answer lacks its product header\)\. What to do: check elastic:endpoint/,
    );
  });

  test("it is Serverless", async () => {
    expect(await refusalOf({ endpoint: fakes.serverless.url, apiKey: "x" })).toMatch(
      /is Elastic Cloud Serverless, which has no API for connector secrets\. What to do: use a hosted deployment/,
    );
  });

  test("it is too old", async () => {
    expect(await refusalOf({ endpoint: fakes.old.url, apiKey: "x" })).toMatch(
      /runs Elasticsearch 8\.12\.2; .* exist from 8\.13 on\. What to do: upgrade the cluster/,
    );
  });

  test("its certificate is of an authority that nobody knows here", async () => {
    const { endpoint, username, password } = secured;
    expect(await refusalOf({ endpoint, username, password })).toMatch(
      /is signed by an authority that is not trusted here\. What to do: set elastic:caCert \(PEM text\)/,
    );
  });

  test("an explicit Provider takes nothing from the environment", async () => {
    expect(await refusalOf({ endpoint: stage.server.endpoint })).toMatch(
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

  /** What a preview of it says, and nothing has been written. */
  async function refusal(...declared: Declared[]): Promise<string> {
    stage.declare(declared);
    const refused = await stage.preview();
    expect(refused.ok).toBe(false);
    const sent = [stage.server, fromEnvironment, secured].flatMap((server) => stage.writes(server));
    const asked = Object.values(fakes).flatMap(({ requests }) => requests.filter((line) => line !== "GET /"));
    expect([...sent, ...asked]).toEqual([]);
    return failure(refused);
  }

  function refusalOf(connection: Record<string, unknown>): Promise<string> {
    const index: Declared = { kind: "Index", name: "some", opts: { provider: "broken" } };
    return refusal({ kind: "Provider", name: "broken", args: connection }, index);
  }
});
