import { execFileSync } from "node:child_process";
import { type Declared, failure, openStage, type Stage } from "../support/stage";
import type { Entry } from "./process";
import { connectorRole, serviceRole } from "./roles";
import { playOn, playScene, type Scene } from "./scene";
import { journey } from "./under-test";

const INDEX = "search-guests";
const NEEDS = { POSTGRES_TEST_URL: "postgresql://user:password@host:port/database of a server to make a schema on" };

journey(
  "postgresql: a table is synchronised, changed, and synchronised again",
  (service) => withSchema((schema) => playScene(service, (scene) => playTable(scene, schema))),
  { variables: NEEDS },
);

async function playTable(scene: Scene, schema: string): Promise<void> {
  sql(`CREATE TABLE ${schema}.guests (id int PRIMARY KEY, name text, arrived date)`);
  sql(`INSERT INTO ${schema}.guests VALUES (1, 'Ada', '2026-01-05'), (2, 'Bo', NULL), (3, 'Cy', '2026-01-07')`);
  const connector = { index_name: INDEX, service_type: "postgresql", name: "Guests" };
  expect((await scene.request("PUT", "/_connector/guests", connector)).status).toBe(201);
  const api_key = await scene.key("guests", connectorRole(INDEX));
  const key = await scene.key("service", serviceRole([INDEX]));
  scene.start(key, [{ connector_id: "guests", service_type: "postgresql", api_key }]);

  const registered = await scene.status("guests", "needs_configuration");
  expect(registered.configuration).toMatchObject({ password: { sensitive: true, type: "str", required: true } });
  const { database, ...connection } = connectionValues();
  await scene.configure("guests", { ...connection, database, schema, tables: "guests" });
  expect(await scene.sync("guests")).toMatchObject({ indexed_document_count: 3, total_document_count: 3, error: null });
  const column = (name: string) => `${schema}_guests_${name}`;
  const id = (row: number) => `${database}_${schema}_guests_${row}`;
  expect(scene.documents(INDEX).get(id(1))).toMatchObject({ [column("name")]: "Ada", [column("id")]: 1 });

  sql(`DELETE FROM ${schema}.guests WHERE id = 2`);
  sql(`UPDATE ${schema}.guests SET name = 'Ada L.' WHERE id = 1`);
  expect(await scene.sync("guests")).toMatchObject({ deleted_document_count: 1, total_document_count: 2, error: null });
  expect([...scene.documents(INDEX).keys()].sort()).toEqual([id(1), id(3)]);
  expect(scene.documents(INDEX).get(id(1))).toMatchObject({ [column("name")]: "Ada L." });
}

journey(
  "postgresql: advanced sync rules of a program are accepted and sync just their rows; what the service refuses fails",
  (service) =>
    withSchema(async (schema) => {
      const stage = await openStage({ server: { version: service.profile } });
      try {
        await playRules(stage, schema, (play) => playOn(stage.server, service, play));
      } finally {
        await stage.close();
      }
    }),
  { variables: NEEDS },
);

async function playRules(
  stage: Stage,
  schema: string,
  playing: (play: (scene: Scene) => Promise<void>) => Promise<void>,
): Promise<void> {
  sql(`CREATE TABLE ${schema}.guests (id int PRIMARY KEY, name text)`);
  sql(`INSERT INTO ${schema}.guests VALUES (1, 'Ada'), (2, 'Bo'), (3, 'Cy')`);
  const outputs = { service: { $ref: "service.encoded" }, entry: { $ref: "guests.serviceEntry" } };
  await stage.deploy(program(schema), outputs);
  const { service, entry } = (await stage.stack.outputs(true)) as { service: string; entry: Entry };
  const { connector_id: id } = entry;

  await playing(async (scene) => {
    scene.start(service, [entry]);
    await scene.status(id, "connected");
    expect(await scene.sync(id)).toMatchObject({ indexed_document_count: 3, error: null });

    const rule = { tables: ["guests"], query: `SELECT * FROM ${schema}.guests WHERE id > 1` };
    await stage.deploy(program(schema, [rule]), outputs);
    expect(await filtering(scene, id)).toMatchObject({
      active: { advanced_snippet: { value: [rule] }, validation: { state: "valid", errors: [] } },
    });
    await stage.settled();
    expect(await scene.sync(id)).toMatchObject({ deleted_document_count: 1, total_document_count: 2, error: null });
    const names = [...scene.documents(INDEX).values()].map((row) => row[`${schema}_guests_name`] ?? row.name);
    expect(names.sort()).toEqual(["Bo", "Cy"]);

    stage.declare(program(schema, [{ ...rule, tables: ["visitors"] }]), outputs);
    expect(failure(await stage.up())).toMatch(/the connectors service refused them: .*Tables not found.*visitors/s);
    expect(await filtering(scene, id)).toMatchObject({
      active: { advanced_snippet: { value: [rule] } },
      draft: { advanced_snippet: { value: [{ tables: ["visitors"] }] }, validation: { state: "invalid" } },
    });
    stage.declare(program(schema, [{ tables: ["guests"] }]), outputs);
    expect(failure(await stage.up())).toMatch(/the connectors service refused them: .*query/s);
    expect(await scene.sync(id)).toMatchObject({ total_document_count: 2, error: null });
  });
}

function program(schema: string, advanced?: object[]): Declared[] {
  const { database, ...connection } = connectionValues();
  const args = {
    serviceType: "postgresql",
    index: { name: INDEX },
    configuration: { ...connection, database, schema, tables: ["guests"] },
    ...(advanced && { syncRules: { advanced } }),
  };
  const roleDescriptors = serviceRole([INDEX]);
  return [
    { kind: "ContentConnector", name: "guests", args },
    { kind: "ApiKey", name: "service", args: { name: "service", roleDescriptors } },
  ];
}

async function filtering(scene: Scene, id: string): Promise<unknown> {
  return ((await scene.connector(id)).filtering as unknown[])[0];
}

/** A schema of its own, dropped afterwards. */
async function withSchema(play: (schema: string) => Promise<void>): Promise<void> {
  const schema = `connectors_test_${process.pid}`;
  sql(`CREATE SCHEMA ${schema}`);
  try {
    await play(schema);
  } finally {
    sql(`DROP SCHEMA ${schema} CASCADE`);
  }
}

/** The connection goes by the environment: a failure tells the command line. */
function sql(statement: string): void {
  const { host, port, username, password, database } = connectionValues();
  execFileSync("psql", ["--quiet", "--set=ON_ERROR_STOP=1", "--command", statement], {
    stdio: "pipe",
    env: {
      PATH: process.env.PATH,
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: username,
      PGPASSWORD: password,
      PGDATABASE: database,
    },
  });
}

function connectionValues() {
  const url = new URL(process.env.POSTGRES_TEST_URL ?? "");
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  };
}
