// Connections that can't work: each is refused at preview by its own message, with what to do about it.

import { type Elasticsearch, startElasticsearch } from "../../../embedded";
import { type Answering, answering, deadEnd, info } from "../../support/answers";
import { selfSigned } from "../../support/certificates";
import { type Declared, engines, openStage, refusal, type Stage } from "../../support/stage";

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  let secured: Elasticsearch;
  let fakes: Record<"web" | "serverless" | "old", Answering>;
  let nowhere: string;
  beforeAll(async () => {
    secured = await startElasticsearch({ tls: selfSigned() });
    nowhere = await deadEnd();
    fakes = {
      web: await answering((response) => response.end("<h1>hello</h1>")),
      serverless: await answering(info("8.11.0", "serverless")),
      old: await answering(info("8.12.2")),
    };
    stage = await openStage({
      engine,
      others: [secured],
      unconnected: true,
      server: { users: { nobody: { password: "pass of nobody", roles: [] } } },
    });
  });
  afterAll(async () => {
    await stage.close();
    await Promise.all(Object.values(fakes).map((fake) => fake.close()));
  });

  test("nothing listens there", async () => {
    expect(await refusedConnection({ endpoint: nowhere, apiKey: "x" })).toMatch(
      `nothing listens at ${nowhere} (connection refused). What to do: start Elasticsearch there, or correct elastic:endpoint`,
    );
  });

  test("the user has no privileges", async () => {
    const { endpoint } = stage.server;
    expect(await refusedConnection({ endpoint, username: "nobody", password: "pass of nobody" })).toMatch(
      /the caller 'nobody' lacks privileges that this takes:.*NO {3}monitor .*What to do: give the caller a role with what is missing/s,
    );
  });

  test("plain http to another machine", async () => {
    const said = await refusedConnection({ endpoint: "http://search.example:9200", apiKey: "x" });
    // The embedded engine goes nowhere else at all.
    expect(said).toMatch(
      engine === "cli"
        ? /endpoint is plain http to search\.example: .*Use https, or set elastic:allowInsecure to true/
        : /works with a server on this machine only \(elastic:endpoint names the host search\.example\)/,
    );
  });

  test("what answers is not Elasticsearch", async () => {
    expect(await refusedConnection({ endpoint: fakes.web.url, apiKey: "x" })).toMatch(
      /what answers at \S+ is not Elasticsearch \(the answer lacks its product header\)\. What to do: check elastic:endpoint/,
    );
  });

  test("it is Serverless", async () => {
    expect(await refusedConnection({ endpoint: fakes.serverless.url, apiKey: "x" })).toMatch(
      /is Elastic Cloud Serverless, which has no API for connector secrets\. What to do: use a hosted deployment/,
    );
  });

  test("it is too old", async () => {
    expect(await refusedConnection({ endpoint: fakes.old.url, apiKey: "x" })).toMatch(
      /runs Elasticsearch 8\.12\.2; .* exist from 8\.13 on\. What to do: upgrade the cluster/,
    );
  });

  test("its certificate is of an authority that nobody knows here", async () => {
    const { endpoint, username, password } = secured;
    expect(await refusedConnection({ endpoint, username, password })).toMatch(
      /is signed by an authority that is not trusted here\. What to do: set elastic:caCert \(PEM text\)/,
    );
  });

  /** What a preview of it says; no server was asked for more than what it is. */
  async function refusedConnection(connection: Record<string, unknown>): Promise<string> {
    const said = await refusal(stage, { kind: "Provider", name: "broken", args: connection }, SOME);
    const asked = Object.values(fakes).flatMap(({ requests }) => requests.filter((line) => line !== "GET /"));
    expect([...stage.writes(secured), ...asked]).toEqual([]);
    return said;
  }
});

const SOME: Declared = { kind: "Index", name: "some", opts: { provider: "broken" } };
