// The last sentence of a failed operation's error: what is there now, and what is recorded of it.

import { type Elasticsearch, type Fault, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import type { Kind } from "../../provider/resources";
import { hosted, made, opened, sent } from "../support/hosted";

const ALWAYS = { times: 100 };
const REFUSED: Fault = { kind: "status", status: 400 };
const BROKEN: Fault = { kind: "status", status: 500 };
const UNAUTHORIZED: Fault = { kind: "status", status: 401 };
const BUSY: Fault = { kind: "status", status: 429 };
const LOST: Fault = { kind: "reset-after" };
const NEVER_SENT: Fault = { kind: "reset-before" };

const THEN = { nth: 2 };

const UP = "the next 'pulumi up'";
const NIGHTLY = { full: { enabled: true, interval: "0 0 2 * * ?" } };
const KEY = { name: "k", roleDescriptors: { reader: { cluster: ["monitor"] } } };
const CONNECTOR = { serviceType: "mongodb", configuration: { host: "h", database: "d", collection: "c" } };

let server: Elasticsearch;
const undo: (() => void)[] = [];
beforeAll(async () => {
  server = await startElasticsearch({ version: "8.19" });
});
afterEach(() => {
  for (const each of undo.splice(0)) each();
});
afterAll(() => server.close());

/** A method and a path, what happens to such requests, and to which of them: by default the first. */
type Fate = [string, RegExp, Fault, { nth?: number; times?: number }?];

const GONE_DARK: Fate = ["GET", /./, UNAUTHORIZED, ALWAYS];

test.each<[string, Kind, Bag, Fate[], string]>([
  ["refused", "ApiKey", KEY, [["POST", /api_key/, REFUSED]], "Nothing was made."],
  ["refused for now, each time", "ApiKey", KEY, [["POST", /api_key/, BUSY, ALWAYS], GONE_DARK], "Nothing was made."],
  ["never got through, and looked", "ApiKey", KEY, [["POST", /api_key/, NEVER_SENT, ALWAYS]], "Nothing was made."],
  [
    "lost, and can't look",
    "ApiKey",
    KEY,
    [["POST", /api_key/, LOST], GONE_DARK],
    "Whether it was made is unknown: the command 'npx pulumi-elastic-connectors keys' finds it.",
  ],
  [
    "failed inside the server",
    "Index",
    { name: "broken" },
    [["PUT", /broken/, BROKEN]],
    `Whether it was made is unknown: ${UP} looks for it.`,
  ],
  [
    "lost, and can't look",
    "Index",
    {},
    [
      ["PUT", /thing/, LOST],
      ["GET", /thing/, UNAUTHORIZED, ALWAYS],
    ],
    "Whether it was made is unknown: the command 'npx pulumi-elastic-connectors indices' finds it.",
  ],
  [
    "refused after the connector was made",
    "Connector",
    { ...CONNECTOR, scheduling: NIGHTLY },
    [["PUT", /_scheduling/, REFUSED]],
    `This Connector exists and is recorded: ${UP} goes on with it.`,
  ],
  [
    "lost, and found",
    "ConnectorSecret",
    { value: "v" },
    [["PUT", /_secret/, LOST, ALWAYS]],
    `This ConnectorSecret exists and is recorded: ${UP} goes on with it.`,
  ],
  [
    "lost, and can't look",
    "ConnectorSecret",
    { value: "v" },
    [
      ["PUT", /_secret/, LOST, ALWAYS],
      ["GET", /_secret/, UNAUTHORIZED, ALWAYS],
    ],
    `This ConnectorSecret may exist and is recorded: ${UP} looks for it.`,
  ],
  [
    "lost, then refused, and not found",
    "ConnectorSecret",
    { value: "v" },
    [
      ["PUT", /_secret/, NEVER_SENT],
      ["PUT", /_secret/, REFUSED, THEN],
    ],
    "Nothing was made.",
  ],
])("a creation, %s: %s", async (_, kind, args, fates, last) => {
  const provider = await hosted(kind, server);
  const { inputs } = await provider.check({}, sent(args));
  befall(fates);
  expect(await sentenceOf(provider.create(opened(inputs)))).toBe(last);
});

test.each<[string, Kind, Bag, Bag, Fate[], string]>([
  [
    "refused before anything is sent",
    "Index",
    {},
    { aliases: { a: {} } },
    [["GET", /thing/, UNAUTHORIZED]],
    "Nothing was changed.",
  ],
  [
    "refused, and can't look any more",
    "Connector",
    CONNECTOR,
    { ...CONNECTOR, scheduling: NIGHTLY },
    [
      ["PUT", /_scheduling/, REFUSED],
      ["GET", /_connector/, UNAUTHORIZED, THEN],
    ],
    `This Connector exists; ${UP} looks at what was done until then, and does the rest.`,
  ],
  [
    "refused",
    "Connector",
    CONNECTOR,
    { ...CONNECTOR, scheduling: NIGHTLY },
    [["PUT", /_scheduling/, REFUSED]],
    `This Connector exists; what was done until then is recorded, and ${UP} does the rest.`,
  ],
])("a change, %s: %s", async (_, kind, olds, news, fates, last) => {
  const provider = await hosted(kind, server);
  const recorded = await made(provider, sent(olds));
  const { inputs } = await provider.check(opened(recorded.inputs), sent(news));
  befall(fates);
  expect(await sentenceOf(provider.update(recorded.id, opened(recorded.outputs), opened(inputs)))).toBe(last);
});

test.each<[string, Fate[], string]>([
  [
    "refused",
    [["DELETE", /api_key/, REFUSED]],
    "This ApiKey is still there and recorded: the same command tries again.",
  ],
  [
    "lost",
    [["DELETE", /api_key/, LOST, ALWAYS]],
    "Whether this ApiKey is still there is unknown; it stays recorded: the same command tries again.",
  ],
  [
    "lost, then refused",
    [
      ["DELETE", /api_key/, LOST],
      ["DELETE", /api_key/, REFUSED, THEN],
    ],
    "Whether this ApiKey is still there is unknown; it stays recorded: the same command tries again.",
  ],
])("a deletion, %s", async (_, fates, last) => {
  const provider = await hosted("ApiKey", server);
  const { id, outputs } = await made(provider, sent(KEY));
  befall(fates);
  expect(await sentenceOf(provider.delete(id, opened(outputs)))).toBe(last);
});

test("advice that names the next operation isn't repeated", async () => {
  const connector = await made(await hosted("Connector", server), sent({ ...CONNECTOR, indexName: "search-synced" }));
  const provider: HostedProvider = await hosted("SyncJob", server);
  const { inputs } = await provider.check({}, sent({ connectorId: connector.id, timeouts: { complete: "1s" } }));
  const failed = provider.create(opened(inputs));
  expect(await sentenceOf(failed)).toBe("This SyncJob exists and is recorded.");
  await expect(failed).rejects.toThrow("run 'pulumi up' again to go on waiting");
});

function befall(fates: Fate[]): void {
  for (const [method, path, fault, which] of fates) {
    undo.push(server.control.fault({ method, path, ...which }, fault));
  }
}

/** What stands behind the advice, or behind the reason where there is none. */
async function sentenceOf(failing: Promise<unknown>): Promise<string | undefined> {
  const { message } = (await failing.then(
    () => ({ message: "did not fail" }),
    (error: unknown) => error,
  )) as Error;
  return /(?:^|\. )((?:Nothing|Whether|This) .*)$/.exec(message)?.[1] ?? message;
}
