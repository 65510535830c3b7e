// Advanced sync rules while a connectors service runs, played by the test: it accepts, refuses, or says nothing.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { act, change, filteringOf, handled, heard } from "../support/connectors";
import { hosted, made, planned, type Recorded, sent, updated } from "../support/hosted";

const FIND = { find: { filter: { year: 1999 } } };
const BASIC = { policy: "include", field: "genre", rule: "equals", value: "western" };
const VALID = { state: "valid", errors: [] };
const MINUTES = 60_000;

let server: Elasticsearch;
let provider: HostedProvider;
let notices: string[];
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
beforeEach(() => {
  notices = heard();
});
afterAll(() => server.close());

test("it accepts them while we wait: they count, and nothing is left to do", async () => {
  const before = await served("accepts");
  const deploying = deploy(before, FIND);
  await drafted("accepts");
  await validate("accepts", VALID);
  await act(server, "PUT", "/_connector/accepts/_filtering/_activate");
  const after = await deploying;
  expect(filteringOf(server, "accepts").active.advanced_snippet.value).toEqual(FIND);
  expect(notices).toEqual([]);
  await settled(after, FIND);
});

test("it has accepted them, but not activated yet: that is done here", async () => {
  const before = await served("halfway");
  const deploying = deploy(before, FIND);
  await drafted("halfway");
  await validate("halfway", VALID);
  const after = await deploying;
  expect(filteringOf(server, "halfway")).toMatchObject({
    active: { advanced_snippet: { value: FIND }, validation: VALID },
    draft: { advanced_snippet: { value: FIND }, validation: VALID },
  });
  expect(notices).toEqual([]);
  await settled(after, FIND);
});

test("it is so quick that the verdict is there when we first look", async () => {
  const before = await served("quick");
  const stop = server.control.afterRequest(async ({ method, path }) => {
    if (method === "PUT" && path === "/_connector/quick/_filtering") {
      stop();
      await validate("quick", { state: "invalid", errors: [{ ids: ["advanced_snippet"], messages: ["no"] }] });
    }
  });
  await expect(deploy(before, FIND)).rejects.toThrow(/refused them: syncRules\.advanced: no\./);
});

test("it refuses them: up fails with its reasons, everything else is done, and the next up tries again", async () => {
  const before = await served("refuses");
  const errors = [
    { ids: ["advanced_snippet"], messages: ["year is no field", "find is no operator"] },
    { ids: ["rule-1"], messages: ["genre is a number"] },
  ];
  const refused =
    /^could not activate the sync rules \(Connector 'refuses'\): the connectors service refused them: syncRules\.advanced: year is no field; find is no operator\. rule 'rule-1': genre is a number\. What to do: correct syncRules and run 'pulumi up' again; until then the former rules count\. This Connector exists; what was done until then is recorded\.$/;
  const news = args("refuses", {
    name: "Done",
    indexName: "content-refuses",
    syncRules: { basic: [BASIC], advanced: FIND },
  });
  let deploying = updated(provider, before, news);
  const [failure] = await Promise.all([error(deploying), refuse("refuses", errors)]);
  expect(failure.message).toMatch(refused);
  expect(failure).toMatchObject({ id: "refuses", properties: { name: "Done", indexName: "content-refuses" } });

  const recorded = { id: "refuses", inputs: news, outputs: (failure as unknown as { properties: Bag }).properties };
  expect((await planned(provider, recorded, news)).diff).toEqual({ replaces: [], deleteBeforeReplace: false });
  deploying = updated(provider, recorded, news);
  const [again] = await Promise.all([error(deploying), refuse("refuses", errors)]);
  expect(again.message).toMatch(refused);
  expect(filteringOf(server, "refuses").active).toMatchObject({ advanced_snippet: { value: {} }, rules: [BASIC, {}] });
});

test("it says nothing in time: that is told, and the draft stays", async () => {
  const before = await served("silent");
  const after = await deploy(before, FIND);
  expect(notices).toEqual([
    "the advanced sync rules are a draft that a connectors service has to check, which it has not done within 1s; until then the former ones count",
  ]);
  expect(filteringOf(server, "silent").draft).toMatchObject({
    advanced_snippet: { value: FIND },
    validation: { state: "edited" },
  });
  await settled(after, FIND);
});

test.each([
  ["never", () => ({})],
  ["too long ago", () => ({ last_seen: new Date(Date.now() - 7 * MINUTES).toISOString() })],
])("it was seen %s: nobody waits", async (when, doc) => {
  const id = when.replaceAll(" ", "-");
  const before = await made(provider, args(id, {}));
  await change(server, id, doc());
  server.control.clearRequests();
  await updated(provider, before, args(id, { syncRules: { advanced: FIND } }));
  expect(notices).toEqual([expect.stringContaining("which no service has done yet")]);
  const requests = server.control.requests.map(({ method, path }) => `${method} ${path}`);
  const afterDraft = requests.slice(requests.indexOf(`PUT /_connector/${id}/_filtering`) + 1);
  // One look at the service, one at what has become of it all.
  expect(afterDraft).toEqual([`GET /_connector/${id}`, `GET /_connector/${id}`]);
});

test("seen in the last round of its reports it still runs", async () => {
  const before = await made(provider, args("rounds", { timeouts: { syncRules: "1s" } }));
  await change(server, "rounds", { last_seen: new Date(Date.now() - 5.5 * MINUTES).toISOString() });
  await deploy(before, FIND);
  expect(notices).toEqual([expect.stringContaining("which it has not done within 1s")]);
});

/** A connector that a service has just looked after. */
async function served(id: string): Promise<Recorded> {
  const recorded = await made(provider, args(id, {}));
  await act(server, "PUT", `/_connector/${id}/_check_in`);
  return recorded;
}

function deploy(recorded: Recorded, advanced: object): Promise<Recorded> {
  const timeouts = { syncRules: recorded.id === "silent" || recorded.id === "rounds" ? "1s" : "1m" };
  return updated(provider, recorded, args(recorded.id, { syncRules: { advanced }, timeouts }));
}

async function settled(recorded: Recorded, advanced: object): Promise<void> {
  const news = args(recorded.id, { syncRules: { advanced }, timeouts: recorded.inputs.timeouts });
  expect((await planned(provider, recorded, news)).diff).toEqual({ changes: false });
}

function args(connectorId: string, more: Bag): Bag {
  return sent({ serviceType: "mongodb", connectorId, ...more });
}

/** The provider has written its draft and looked at it once: from then on it waits. */
async function drafted(id: string): Promise<void> {
  await handled(server, "PUT", `/_connector/${id}/_filtering`);
  await handled(server, "GET", `/_connector/${id}`);
}

async function refuse(id: string, errors: unknown[]): Promise<void> {
  await drafted(id);
  await validate(id, { state: "invalid", errors });
}

function validate(id: string, validation: object): Promise<never> {
  return act(server, "PUT", `/_connector/${id}/_filtering/_validation`, { validation });
}

function error(deploying: Promise<unknown>): Promise<Error> {
  return deploying.then(
    () => {
      throw new Error("it was deployed");
    },
    (failure: Error) => failure,
  );
}
