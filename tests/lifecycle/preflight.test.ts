// A deployment by somebody who lacks rights ends at the preview, with one table for the whole component.

import { engines, failure, openStage, type Stage, told } from "../support/stage";

describe.each(engines)("preflight on the %s engine", (engine) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({
      engine,
      server: {
        version: "8.19",
        users: { deployer: { password: "deployer", roles: ["deployer"] } },
        roles: { deployer: { cluster: ["monitor"], indices: [{ names: ["search-*"], privileges: ["all"] }] } },
      },
    });
  });
  afterAll(() => stage.close());

  const component = {
    kind: "ContentConnector" as const,
    name: "movies",
    args: {
      serviceType: "mongodb",
      native: true,
      index: { name: "search-movies" },
      configuration: { host: "h", database: "d", collection: "c" },
    },
  };
  const as = (preflight: string) => ({
    kind: "Provider" as const,
    name: "deployer",
    args: { endpoint: stage.server.endpoint, username: "deployer", password: "deployer", preflight },
  });
  const by = { opts: { provider: "deployer" } };

  test("a component tells all that its children need, at its first resource, in a readable table", async () => {
    stage.declare([as("error"), { ...component, ...by }]);
    const refused = await stage.preview();
    const lines = failure(refused)
      .split("\n")
      .map((line) => line.trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/the caller 'deployer' lacks privileges that this takes on Elasticsearch 8\.19/),
        expect.stringMatching(/^NO +write_connector_secrets +\(cluster\) +store and delete connector secrets$/),
        expect.stringMatching(/^NO +manage_own_api_key +\(cluster\) +make, read and invalidate API keys$/),
        expect.stringMatching(/^yes +create_index +search-movies +create the index$/),
        expect.stringMatching(/^\{"cluster":\["manage_own_api_key","write_connector_secrets"\],/),
      ]),
    );
    expect(lines.filter((line) => /^has +privilege +on +needed for$/.test(line)).length).toBeGreaterThan(0);
    expect(stage.writes()).toEqual([]);
  });

  test("with preflight: warn a preview goes through and says so", async () => {
    const key = { name: "k", roleDescriptors: { r: { cluster: ["monitor"] } } };
    stage.declare([as("warn"), { kind: "ApiKey", name: "reader", args: key, ...by }]);
    const previewed = await stage.preview();
    expect(failure(previewed)).toBe("");
    expect(told(previewed)).toMatch(/ApiKey 'reader': the caller 'deployer' lacks privileges .*manage_own_api_key/);
  });
});
