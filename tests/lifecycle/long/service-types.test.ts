// Every service type of the catalogue, with the fewest fields and with all of them: deployed by one `up`, and settled.

import { type Elasticsearch, type ServerOptions, startElasticsearch } from "../../../embedded";
import { type ServiceType, serviceType, serviceTypes } from "../../../provider/catalogue";
import { parseVersion, type ServerVersion } from "../../../provider/elasticsearch/version";
import { full, minimal, type Values } from "../../support/configurations";
import { documentOf } from "../../support/connectors";
import { connectionTo, type Declared, engines, openStage, planOf, type Stage } from "../../support/stage";

const KINDS = { minimal, full } as const;
const VERSIONS: NonNullable<ServerOptions["version"]>[] = ["8.19", "9.x"];

describe.each(engines)("on the %s engine", (engine) => {
  let stage: Stage;
  let servers: Map<string, Elasticsearch>;
  beforeAll(async () => {
    const old = await startElasticsearch({ version: "8.19" });
    stage = await openStage({ engine, others: [old] });
    servers = new Map([
      ["8.19", old],
      ["9.x", stage.server],
    ]);
  });
  afterAll(() => stage.close());

  test.each(VERSIONS.flatMap((version) => Object.entries(KINDS).map(([kind, of]) => [version, kind, of] as const)))(
    "%s: each service type, %s",
    async (name, kind, valuesFor) => {
      const server = servers.get(name) as Elasticsearch;
      const version = parseVersion(server.version) as ServerVersion;
      const types = serviceTypes(version).map((each) => serviceType(each, version) as ServiceType);
      expect(types.length).toBeGreaterThan(25);
      const declared = types.map((type) => ({ type, id: `${kind}-${type.name}`, values: valuesFor(type) }));

      const done = await stage.deploy([
        connectionTo("there", server),
        ...declared.map(
          ({ type, id, values }): Declared => ({
            kind: "Connector",
            name: id,
            args: { connectorId: id, serviceType: type.name, configuration: values },
            opts: { provider: "there" },
          }),
        ),
      ]);
      const made = planOf(done).filter((line) => line.startsWith("create Connector "));
      expect(made.map((line) => line.split(/[ :]/)[2]).sort()).toEqual(declared.map(({ id }) => id).sort());
      for (const { type, id, values } of declared) {
        const { configuration = {}, features } = documentOf(server, id) ?? {};
        expect([id, Object.keys(configuration).sort()]).toEqual([id, type.fields.map((field) => field.name).sort()]);
        const expected = Object.entries(values).map(([field, value]) => [field, { value: wire(value) }]);
        expect([id, configuration]).toMatchObject([id, Object.fromEntries(expected)]);
        expect([id, features]).toEqual([id, type.features]);
      }
      await stage.settled();
    },
  );
});

function wire(value: Values[string]): unknown {
  return Array.isArray(value) ? value.join(",") : value;
}
