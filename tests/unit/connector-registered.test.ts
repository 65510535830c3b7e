// Fields that the catalogue doesn't know, but a running service has registered: it knows better.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { act, bodies, heard } from "../support/connectors";
import { hosted, made, planned, type Recorded, refreshed, sent, updated, writes } from "../support/hosted";

const MONGODB = { host: "mongodb://one.example", database: "films", collection: "movies" };
const REDIS = { host: "one.example", port: 6379 };
const UNKNOWN_FIELD = "configuration.tuning: 'tuning' is not a field of mongodb; its fields are host, ";

let server: Elasticsearch;
let provider: HostedProvider;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
  heard();
});
afterAll(() => server.close());

test("of an existing connector they are accepted and sent, and secret where they sound so", async () => {
  const before = await registered({ connectorId: "by-id" });
  const configuration = { ...MONGODB, tuning: "fast", vault_token: "hush-hush" };
  server.control.clearRequests();
  const after = await updated(provider, before, args({ connectorId: "by-id", configuration }));
  expect(bodies(server, "by-id", "_configuration")).toEqual([{ values: { tuning: "fast", vault_token: "hush-hush" } }]);
  for (const bag of [after.inputs, after.outputs, (await refreshed(provider, after)).outputs]) {
    expect(bag.configuration).toMatchObject({ tuning: "fast", vault_token: { value: "hush-hush" } });
  }
  const settled = await planned(provider, after, args({ connectorId: "by-id", configuration }));
  expect([settled.failures, settled.diff]).toEqual([[], { changes: false }]);

  server.control.clearRequests();
  await updated(provider, after, args({ connectorId: "by-id", configuration: MONGODB }));
  expect(bodies(server, "by-id", "_configuration")).toEqual([{ values: { tuning: "slow", vault_token: "" } }]);
});

test("the connector is found by its index as well", async () => {
  const before = await registered({ indexName: "content-registered" });
  const news = args({ indexName: "content-registered", configuration: { ...MONGODB, tuning: "fast" } });
  expect((await planned(provider, before, news)).failures).toEqual([]);
});

test("one of which the inputs tell neither is judged when its id is known, at the latest by the update", async () => {
  const notices = heard();
  const before = await registered({});
  const fine = args({ configuration: { ...MONGODB, tuning: "fast" } });
  expect((await planned(provider, before, fine)).failures).toEqual([]);
  expect(notices).toEqual([]);
  await updated(provider, before, fine);

  const misspelt = args({ name: "renamed", configuration: { ...MONGODB, hots: "h" } });
  const { failures, diff } = await planned(provider, before, misspelt);
  const reason = "configuration.hots: 'hots' is not a field of mongodb; did you mean 'host'?";
  expect([failures, diff.replaces, notices]).toEqual([[], [], [`'pulumi up' will fail: ${reason}`]]);
  server.control.clearRequests();
  await expect(updated(provider, before, misspelt)).rejects.toThrow(reason);
  expect(writes(server)).toEqual([]);
});

test("also one that only a later version of the catalogue has", async () => {
  const field = { include_full_raw_message: { label: "raw", value: false } };
  const gmail = { service_account_credentials: "{}", subject: "a@b.example", customer_id: "c" };
  const declared = (more: Bag) =>
    sent({ serviceType: "gmail", connectorId: "gmail", configuration: { ...gmail, ...more } });
  const before = await made(provider, declared({}));
  const news = declared({ include_full_raw_message: true });
  expect((await planned(provider, before, news)).failures).toEqual([
    "configuration.include_full_raw_message: 'include_full_raw_message' is a field of gmail only from Elasticsearch 9.5 on; the server is 9.4",
  ]);
  await register("gmail", field);
  expect((await planned(provider, before, news)).failures).toEqual([]);
});

test("what neither knows is refused; so is everything of the kind for a new connector", async () => {
  const before = await registered({ connectorId: "misspelt" });
  const misspelt = args({ connectorId: "misspelt", configuration: { ...MONGODB, hots: "h", tuning: "fast" } });
  expect((await planned(provider, before, misspelt)).failures).toEqual([
    "configuration.hots: 'hots' is not a field of mongodb; did you mean 'host'?",
  ]);
  const inherited = args({ connectorId: "misspelt", configuration: { ...MONGODB, constructor: "x" } });
  expect((await planned(provider, before, inherited)).failures).toHaveLength(1);

  const { failures } = await provider.check({}, misspelt);
  expect(failures.map(({ reason }) => reason)).toEqual([
    "configuration.hots: 'hots' is not a field of mongodb; did you mean 'host'?",
    expect.stringContaining(UNKNOWN_FIELD),
  ]);
});

test("another service type starts anew", async () => {
  const before = await registered({ connectorId: "other-type" });
  const news = sent({ serviceType: "redis", connectorId: "other-type", configuration: { ...REDIS, tuning: "fast" } });
  expect((await planned(provider, before, news)).failures).toContainEqual(
    expect.stringMatching(/^configuration\.tuning: 'tuning' is not a field of redis/),
  );
});

test("one that is taken over counts as existing; one that isn't there has nothing registered", async () => {
  await registered({ connectorId: "adopted" });
  const check = async (connectorId: string) => {
    const news = args({ connectorId, adopt: true, configuration: { ...MONGODB, tuning: "fast" } });
    return (await provider.check({}, news)).failures.map(({ reason }) => reason);
  };
  expect(await check("adopted")).toEqual([]);
  expect(await check("missing")).toEqual([expect.stringContaining(UNKNOWN_FIELD)]);
});

/** A connector with fields that a service has added to its schema. */
async function registered(id: Bag): Promise<Recorded> {
  const recorded = await made(provider, args({ ...id, configuration: MONGODB }));
  await register(recorded.id, {
    tuning: { label: "tuning", value: "slow", default_value: "slow" },
    vault_token: { label: "token", value: "" },
  });
  return recorded;
}

async function register(id: string, fields: object): Promise<void> {
  const { configuration } = (await act(server, "GET", `/_connector/${id}`)) as { configuration: object };
  await act(server, "PUT", `/_connector/${id}/_configuration`, { configuration: { ...configuration, ...fields } });
}

function args(more: Bag): Bag {
  return sent({ serviceType: "mongodb", ...more });
}
