// `--replace` of a connector's secret: whatever happens, the connector's secret is there and holds its key.

import { type Declared, failure, openStage, type Stage } from "../support/stage";

const CONFIGURATION = { host: "mongodb://one.example", database: "films", collection: "movies" };
const MOVIES: Declared = {
  kind: "ContentConnector",
  name: "movies",
  args: { serviceType: "mongodb", native: true, configuration: CONFIGURATION },
};

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ quick: true, server: { version: "8.19" } });
});
afterEach(() => stage.close());

test("repeated after it failed half-way, and once more after it went well", async () => {
  await stage.deploy([MOVIES]);
  const [first] = stored();
  const heal = stage.server.control.fault(
    { method: "PUT", path: /_api_key_id$/, times: 100 },
    { kind: "status", status: 401 },
  );
  expect(failure(await stage.up({ replace: await secrets() }))).toMatch(/Connector/);
  expect(stored()).toHaveLength(2);
  heal();

  expect(failure(await stage.up({ replace: await secrets() }))).toBe("");
  const [second] = stored();
  expect(second).not.toBe(first);
  await whole();

  expect(failure(await stage.up({ replace: await secrets() }))).toBe("");
  expect(stored()).not.toEqual([second]);
  await whole();
});

test("of a key that no connector uses", async () => {
  const rights = { reader: { cluster: ["monitor"] } };
  await stage.deploy([
    { kind: "ApiKey", name: "key", args: { name: "key", roleDescriptors: rights } },
    {
      kind: "ConnectorSecret",
      name: "secret",
      args: { value: { $ref: "key.encoded" }, valueVersion: { $ref: "key.id" } },
    },
  ]);
  for (let times = 0; times < 2; times++) {
    expect(failure(await stage.up({ replace: await secrets() }))).toBe("");
    expect(stored()).toEqual(await recorded());
  }
});

/** One secret, recorded, in use, with the connector's key in it; and nothing to do. */
async function whole(): Promise<void> {
  const [connector] = stage.server.control.store.connectors();
  const [secret, ...more] = stage.server.control.store.secrets();
  expect(more).toEqual([]);
  expect(await recorded()).toEqual([secret?.id]);
  expect(connector?.source.api_key_secret_id).toBe(secret?.id);
  const key = Buffer.from(secret?.value ?? "", "base64")
    .toString("utf8")
    .split(":")[0];
  expect(connector?.source.api_key_id).toBe(key);
  await stage.settled();
}

function stored(): string[] {
  return stage.server.control.store.secrets().map(({ id }) => id);
}

async function recorded(): Promise<(string | undefined)[]> {
  return (await resources()).map(({ id }) => id);
}

async function secrets(): Promise<string[]> {
  return (await resources()).filter((each) => !each.delete).map(({ urn }) => urn);
}

async function resources() {
  const { resources = [] } = (await stage.stack.exportState()).deployment;
  return resources.filter(({ type }) => /:ConnectorSecret$/.test(type));
}
