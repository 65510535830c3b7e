// The life of connectors on 8.19 and 9.x at once: each aspect is written when it differs, with one request, and only then.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { ask, connectionTo, type Declared, engines, failure, openStage, planOf, type Stage } from "../support/stage";
import { type Aspect, aspects, type Moment, type Write } from "./connector-aspects";

/** Of a MongoDB connector; only on 8.x its service type has keys of its own from the start. */
const FEATURES = (keys: boolean) => ({
  document_level_security: { enabled: false },
  incremental_sync: { enabled: false },
  native_connector_api_keys: { enabled: keys },
  sync_rules: { basic: { enabled: true }, advanced: { enabled: true } },
});

describe.each(engines)("connectors on the %s engine", (engine) => {
  let stage: Stage;
  let servers: { version: string; server: Elasticsearch; table: Record<string, Aspect> }[];
  beforeAll(async () => {
    const old = await startElasticsearch({ version: "8.19" });
    stage = await openStage({ engine, quick: engine === "embedded", others: [old] });
    servers = [
      { version: "v8", server: old, table: aspects("ent-search-generic-ingestion", true) },
      { version: "v9", server: stage.server, table: aspects("search-default-ingestion", false) },
    ];
  });
  afterAll(() => stage.close());

  test("up creates each with what Kibana gives it, in one step with its configuration", async () => {
    const configuration = { host: "mongodb://one.example", database: "films", collection: "movies" };
    const minimal = servers.map(({ version }) => ({
      ...connector("minimal", version, { configuration }),
      args: { serviceType: "mongodb", configuration },
    }));
    const outputs = { id: { $ref: "minimal-v9.id" } };
    await stage.deploy([...program(({ from }) => from ?? {}), ...minimal], outputs);
    const { id } = await stage.stack.outputs();
    expect(id).toMatch(/^[\w-]{20}$/);
    for (const { version, server, table } of servers) {
      const made = server.control.store.connectors().filter((each) => !(each.id in table));
      expect(made).toHaveLength(1);
      expect(writesTo(server, made[0]?.id ?? "").map(([endpoint]) => endpoint)).toEqual([
        "",
        "_features",
        "_configuration",
        "_pipeline",
      ]);
      const name = table.pipeline?.unset.writes[0]?.[1];
      expect(writesTo(server, "name").slice(1)).toEqual([
        ["_features", { features: FEATURES(version === "v8") }],
        ["_pipeline", name],
      ]);
      expect(made[0]?.source).toMatchObject({
        features: FEATURES(version === "v8"),
        is_native: false,
        status: "configured",
      });
    }
    await stage.settled();
  });

  test("what appears is set", () => expectMoment(({ set }) => set));

  test("what changes is written, and nothing else; a native connector becomes self-managed with a notice", async () => {
    for (const { server } of servers) {
      await meddle(server, "field", ["_configuration", { values: { ssl_enabled: true } }]);
      await meddle(server, "full", [
        "_scheduling",
        { scheduling: { incremental: { enabled: true, interval: "0 0 9 * * ?" } } },
      ]);
    }
    const changed = await expectMoment(({ changed }) => changed);
    expect(changed.diagnostics.map(({ message }) => message).join("\n")).toContain(
      "Connector 'native': is self-managed from now on, which can't be undone; your own connectors service has to run it",
    );
  });

  test("drift is seen with its path and repaired with one write, the undeclared is left alone", async () => {
    const before = servers.map(documents);
    for (const { server, table } of servers) {
      for (const [id, { drift }] of Object.entries(table)) {
        if (drift) {
          await meddle(server, id, drift.by);
        }
      }
    }
    const seen = await stage.preview({ refresh: true });
    expect(failure(seen)).toBe("");
    const paths = servers.flatMap(({ version, table }) =>
      Object.entries(table).flatMap(([id, { drift }]) =>
        drift ? ["refresh", "update"].map((op) => `${op} Connector ${id}-${version}: ${drift.path}`) : [],
      ),
    );
    expect(planOf(seen)).toEqual(paths.sort());

    expect(failure(await stage.up({ refresh: true }))).toBe("");
    for (const { server, table } of servers) {
      for (const [id, { drift }] of Object.entries(table)) {
        expect([id, writesTo(server, id)]).toEqual([id, drift?.repair ?? []]);
      }
    }
    const after = servers.map(documents);
    for (const [at, { table }] of servers.entries()) {
      for (const id of Object.keys(table)) {
        expect([id, after[at]?.[id]]).toEqual([id, before[at]?.[id]]);
      }
    }
    const { field, full } = after[1] ?? {};
    expect(field).toMatchObject({
      configuration: { ssl_enabled: { value: true }, direct_connection: { value: false } },
    });
    expect(full).toMatchObject({ scheduling: { incremental: { interval: "0 0 9 * * ?" } } });
  });

  test("what is declared no more returns to its default", async () => {
    for (const { server } of servers) {
      const job = await ask(server, "POST", "/_connector/_sync_job", { id: "index", job_type: "full" });
      expect(job.status).toBe(201);
    }
    await expectMoment(({ unset }) => unset);
  });

  test("an existing connector is never overwritten, and keeps its index", async () => {
    const body = { name: "Foreign one", service_type: "mysql", index_name: "content-taken" };
    expect((await stage.request("PUT", "/_connector/foreign", body)).status).toBe(201);
    const foreign = () => stage.server.control.store.connectors().find(({ id }) => id === "foreign");
    const before = foreign();
    const settled = program(({ unset }) => unset.args);

    stage.declare([...settled, connector("foreign", "v9", {})]);
    expect(failure(await stage.up())).toMatch(
      /could not create the connector \(Connector 'foreign'\): a connector with this id exists already, named 'Foreign one'.*What to do: set adopt: true to take it over, choose another connectorId/,
    );
    expect(stage.writes()).toEqual([]);

    stage.declare([...settled, connector("thief", "v9", { indexName: "content-taken" })]);
    expect(failure(await stage.up())).toMatch(
      /could not create the connector \(Connector 'thief'\): .*content-taken.*What to do: .*connector 'Foreign one' \(id foreign\)/,
    );
    expect(foreign()).toEqual(before);
    expect(stage.server.control.store.connectors().filter(({ id }) => id === "thief")).toEqual([]);
  });

  test("destroy leaves nothing, deleted connectors and jobs included", async () => {
    expect(failure(await stage.destroy())).toBe("");
    const [old, current] = servers.map(({ server }) => server);
    expect(old && stage.writes(old)).toContain("DELETE /_connector/index?delete_sync_jobs=true");
    expect(current && stage.writes(current)).toContain("DELETE /_connector/index?delete_sync_jobs=true&hard=true");
    expect(old?.control.store.connectors()).toEqual([]);
    expect(current?.control.store.connectors().map(({ id }) => id)).toEqual(["foreign"]);
    expect(servers.flatMap(({ server }) => server.control.store.syncJobs())).toEqual([]);
  });

  /** Brings every connector to a moment of its aspect: the plan shows just that, and the requests are just those. */
  async function expectMoment(of: (aspect: Aspect) => Moment) {
    const changed = await stage.deploy(program((aspect) => of(aspect).args));
    const moments = servers.flatMap(({ version, server, table }) =>
      Object.entries(table).map(([id, aspect]) => ({ id, version, server, ...of(aspect) })),
    );
    const plan = moments
      .filter(({ paths }) => paths.length > 0)
      .map(({ id, version, paths }) => `update Connector ${id}-${version}: ${paths.join(", ")}`);
    expect(planOf(changed).filter((line) => !/ minimal-/.test(line))).toEqual(plan.sort());
    for (const { id, version, server, writes } of moments) {
      expect([id, version, writesTo(server, id)]).toEqual([id, version, writes]);
    }
    return changed;
  }

  function program(args: (aspect: Aspect) => Record<string, unknown>): Declared[] {
    return servers.flatMap(({ version, server, table }) => [
      connectionTo(version, server),
      ...Object.entries(table).map(([id, aspect]) => connector(id, version, { ...aspect.from, ...args(aspect) })),
    ]);
  }
});

function connector(id: string, version: string, args: Record<string, unknown>): Declared {
  const name = `${id}-${version}`;
  return {
    kind: "Connector",
    name,
    args: { connectorId: id, serviceType: "mongodb", ...args },
    opts: { provider: version },
  };
}

/** Endpoint and body of every request that changed a connector. */
function writesTo({ control }: Elasticsearch, id: string): Write[] {
  const [path, document] = [`/_connector/${id}`, `/.elastic-connectors-v1/_doc/${id}`];
  return control.requests
    .filter(({ method }) => method === "PUT")
    .flatMap(({ path: at, body }): Write[] => {
      if (at.startsWith(`${document}?`)) {
        return [["_doc", body]];
      }
      return at === path || at.startsWith(`${path}/`) ? [[at.slice(path.length + 1), body]] : [];
    });
}

async function meddle(server: Elasticsearch, id: string, [endpoint, body]: Write): Promise<void> {
  expect((await ask(server, "PUT", `/_connector/${id}/${endpoint}`, body)).status).toBe(200);
}

/**
 * The connectors by id, without their status (that is the service's, although registering a configuration touches it)
 * and without the times of their sync rules and the ids that nobody declared: a rule that somebody removed gets a new one.
 */
function documents({ server }: { server: Elasticsearch }): Record<string, Record<string, unknown>> {
  const entries = server.control.store.connectors().map(({ id, source: { status: _, ...rest } }) => [id, rest]);
  const lasting = (key: string, value: unknown) =>
    /^(created|updated)_at$/.test(key) || (key === "id" && /^rule-\d+$/.test(String(value))) ? undefined : value;
  return JSON.parse(JSON.stringify(Object.fromEntries(entries), lasting));
}
