// ^C in the middle of a creation: the running step ends and is recorded, no other begins, and the next `up` goes on.
// On the embedded engine only: it runs in this process, which can be told of a ^C at any request.

import { type Declared, failure, openStage, planOf, type Stage } from "../../support/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ engine: "embedded", server: { version: "8.19" } });
});
afterEach(() => stage.close());

const PROGRAM: Declared[] = [
  {
    kind: "ContentConnector",
    name: "films",
    args: {
      serviceType: "mongodb",
      native: true,
      configuration: { host: "mongodb://one.example", database: "films", collection: "movies" },
    },
  },
];

const MOMENTS = [
  { during: /^PUT \/search-films-/, made: ["Index"], left: ["ApiKey", "Connector", "ConnectorSecret"] },
  { during: /^POST \/_security\/api_key$/, made: ["Index", "ApiKey"], left: ["Connector", "ConnectorSecret"] },
  {
    during: /^PUT \/_connector\/[\w-]+$/,
    made: ["Index", "ApiKey", "ConnectorSecret", "Connector"],
    left: [],
  },
];

test.each(MOMENTS)("during $during", async ({ during, made, left }) => {
  const { control } = stage.server;
  const stop = control.afterRequest(({ method, path }) => {
    // The answer is still on its way.
    if (during.test(`${method} ${path}`)) process.emit("SIGINT", "SIGINT");
  });
  stage.declare(PROGRAM);
  const stopped = await stage.up();
  stop();
  expect(failure(stopped)).toBe("canceled: steps that were running were finished and saved, no others were begun");
  const { resources = [], pending_operations = [] } = (await stage.stack.exportState()).deployment;
  const types = resources.map(({ type }) => type).filter((type) => type.includes("dynamic/"));
  expect(types.map((type) => type.split(":").at(-1))).toEqual(made);
  expect(pending_operations).toEqual([]);

  const resumed = await stage.up();
  expect([failure(resumed), planOf(resumed)]).toEqual(["", left.map((kind) => `create ${kind} films`)]);
  const { store } = control;
  const counts = [
    store.indices().filter((name) => !name.startsWith(".")),
    store.apiKeys(),
    store.secrets(),
    store.connectors(),
  ];
  expect(counts.map((list) => list.length)).toEqual([1, 1, 1, 1]);
  const [key, connector] = [store.apiKeys()[0], store.connectors()[0]?.source];
  expect(connector).toMatchObject({ api_key_id: key?.id, api_key_secret_id: store.secrets()[0]?.id });
  const seen = await stage.preview({ refresh: true });
  expect([failure(seen), planOf(seen)]).toEqual(["", []]);
});
