// Every service type of the catalogue, with the fewest fields and with all of them: deployed by one `up`, and settled.

import { type Elasticsearch, type ServerOptions, startElasticsearch } from "../../../embedded";
import { type Field, type ServiceType, serviceType, serviceTypes } from "../../../provider/catalogue";
import { parseVersion, type ServerVersion } from "../../../provider/elasticsearch/version";
import { documentOf } from "../../support/connectors";
import { connectionTo, type Declared, engines, openStage, planOf, type Stage } from "../../support/stage";

type Values = Record<string, string | number | boolean | string[]>;

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

/** Only what has to be said: the active fields that are required and start out empty. */
function minimal(type: ServiceType): Values {
  return filled(type, (field) => field.required && (field.value === "" || field.value === null));
}

/** A value for every field, the inactive ones included, and none that is the field's own where another is allowed. */
function full(type: ServiceType): Values {
  return Object.fromEntries(type.fields.map((field) => [field.name, example(field)]));
}

/** Values of the fields that are wanted and active, given those of the fields that they depend on. */
function filled(type: ServiceType, wanted: (field: Field) => boolean): Values {
  const values: Values = {};
  const inEffect = (name: string) => {
    const field = type.fields.find((each) => each.name === name);
    return values[name] ?? field?.value;
  };
  // A field may depend on one that comes later.
  for (const _ of type.fields) {
    for (const field of type.fields) {
      if (wanted(field) && field.dependsOn.every((condition) => inEffect(condition.field) === condition.value)) {
        values[field.name] ??= example(field);
      }
    }
  }
  return values;
}

function example(field: Field): Values[string] {
  const option = field.options.find(({ value }) => value !== field.value);
  if (option) {
    return option.value;
  }
  switch (field.type) {
    case "bool":
      return field.value !== true;
    case "int":
      return number(field);
    case "list":
      return ["one", "two"];
    case "str":
      return text(field);
  }
}

/** Another number than the default that keeps to the bounds. */
function number({ defaultValue, value, validations }: Field): number {
  const bound = (type: string) => validations.find((each) => each.type === type)?.constraint as number | undefined;
  const [above, below] = [bound("greater_than") ?? 0, bound("less_than") ?? Number.POSITIVE_INFINITY];
  const fitting = [above + 1, above + 2, above + 3].filter((each) => each < below);
  return fitting.find((each) => each !== defaultValue && each !== value) ?? above + 1;
}

const TEXTS = ["some text", "someone@example.com", "https://one.example", "https://one.example/", "abc", "/", "12"];

function text({ name, validations }: Field): string {
  const patterns = validations.filter(({ type }) => type === "regex").map(({ constraint }) => `^(?:${constraint})$`);
  const found = TEXTS.find((each) => patterns.every((pattern) => new RegExp(pattern).test(each)));
  if (found === undefined) {
    throw new Error(`no example for ${name}: ${patterns.join(", ")}`);
  }
  return found;
}

function wire(value: Values[string]): unknown {
  return Array.isArray(value) ? value.join(",") : value;
}
