// The table of privileges against what the embedded server enforces: with all of it a connector's whole life succeeds,
// and with any one removed the preflight of its first resource names it, before anything is written.

import * as pulumi from "@pulumi/pulumi";
import { type Elasticsearch as Server, type ServerOptions, startElasticsearch } from "../../embedded";
import type { Elasticsearch } from "../../provider/elasticsearch/connection";
import { parseVersion } from "../../provider/elasticsearch/version";
import { checkAgainstServer } from "../../provider/lifecycle/check";
import { create, refresh, update } from "../../provider/lifecycle/reconcile";
import type { Bag, Context } from "../../provider/model/resource";
import { type Need, needsOf, type Subject } from "../../provider/privileges/needs";
import { IMPLIED } from "../../provider/privileges/report";
import { GIVEN } from "../../provider/privileges/table";
import { type Kind, resources } from "../../provider/resources";
import { ContentConnector, type ContentConnectorArgs } from "../../sdk";
import { connected, writes } from "../support/hosted";

interface Profile {
  name: string;
  version: NonNullable<ServerOptions["version"]>;
  number: string;
  args: Pick<ContentConnectorArgs, "native" | "allowUnservedNative">;
}

const profiles: Profile[] = [
  { name: "8.14, native", version: "8.14", number: "8.14.0", args: { native: true } },
  { name: "8.19, native", version: "8.19", number: "8.19.0", args: { native: true } },
  { name: "8.19, self-managed", version: "8.19", number: "8.19.0", args: {} },
  { name: "9.x, native", version: "9.x", number: "9.4.0", args: { native: true, allowUnservedNative: true } },
  { name: "9.x, self-managed", version: "9.x", number: "9.4.0", args: {} },
];

/** Everything that a component can have. The index of a native connector has the prefix that 9.x asks for. */
const component = (more: Profile["args"]): ContentConnectorArgs => ({
  serviceType: "confluence",
  connectorId: "movies",
  index: { name: "content-movies", aliases: { films: {} } },
  documentLevelSecurity: true,
  configuration: {
    data_source: "confluence_server",
    username: "u",
    password: "p",
    confluence_url: "https://h",
    spaces: ["*"],
  },
  scheduling: { accessControl: { enabled: true, interval: "0 0 2 * * ?" } },
  customScheduling: { nightly: { name: "Nightly", enabled: true, interval: "0 0 3 * * ?" } },
  ...more,
});

describe.each(profiles)("$name", ({ version, number, args: more }) => {
  let declared: Map<string, Declared>;
  let needs: Need[];
  let server: Server;
  beforeAll(async () => {
    declared = await declaredBy(component(more));
    needs = requiredNeeds(declared, number);
    const cases = needs.map((need, i) => [`without-${i}`, without(needs, need)] as const);
    server = await startElasticsearch({
      version,
      users: Object.fromEntries(["all", ...cases.map(([name]) => name)].map((name) => [name, as(name)])),
      roles: Object.fromEntries([["all", roleWith(needs)], ...cases.map(([name, rest]) => [name, roleWith(rest)])]),
    });
  });
  afterAll(() => server.close());

  const by = (user: string): Elasticsearch => connected(server, { username: user, password: user });

  test("with exactly these privileges everything succeeds", async () => {
    expect(needs.length).toBeGreaterThan(15);
    await life(by("all"), declared, connected(server), { checked: true });
    // Secrets are read where that is allowed.
    const refused = server.control.requests.filter(({ status, path }) => status === 403 && !/\/_secret\//.test(path));
    expect(
      refused.map(({ method, path }) => `${method} ${path}`).filter((one) => !/^\w+ \/_security\/api_key/.test(one)),
    ).toEqual([]);
    const { connectors, secrets, apiKeys } = server.control.store;
    expect([connectors(), secrets(), apiKeys().filter(({ invalidated }) => !invalidated)]).toEqual([[], [], []]);
  });

  test("with any one removed, preflight names it before the first write; and it is needed", async () => {
    const idle: string[] = [];
    for (const [i, need] of needs.entries()) {
      const es = by(`without-${i}`);
      server.control.clearRequests();
      const said = (await checked(es, declared, "Index movies")).map(({ message }) => message).join("\n");
      expect(said).toMatch(rowOf(need));
      expect(writes(server)).toEqual([]);
      if (need.neededFor === GIVEN) {
        continue;
      }
      // Without preflight the server refuses something of it, so the row isn't there for nothing.
      const refused = (await refusalOf(es, false)) || (await refusalOf(es, true));
      idle.push(...(/unauthorized/.test(refused) ? [] : [`${need.privilege} on ${need.index}: ${refused}`]));
    }
    expect(idle).toEqual([]);
  });

  async function refusalOf(es: Elasticsearch, foundIndex: boolean): Promise<string> {
    const admin = connected(server);
    const said = await life(es, declared, admin, { foundIndex }).then(
      () => "",
      ({ message }: Error) => message,
    );
    await clear(admin);
    return said;
  }
});

/** Inputs of a resource as the component declares it, with its hidden context. */
interface Declared {
  kind: Kind;
  inputs: Bag;
  context: Context;
}

async function declaredBy(args: ContentConnectorArgs): Promise<Map<string, Declared>> {
  const found = new Map<string, Declared>();
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, id }) {
        const kind = type.replace(/^.*:/, "");
        if (kind in resources) {
          const { __context, __provider, ...values } = inputs;
          found.set(`${kind} ${name}`, { kind: kind as Kind, inputs: values, context: __context });
        }
        return { id: id || `${kind}-id`, state: { ...inputs, encoded: "encoded" } };
      },
      call: () => ({}),
    },
    "proj",
    "dev",
    false,
  );
  new ContentConnector("movies", args);
  await pulumi.runtime.disconnect();
  return found;
}

/** What the first resource and its siblings need, without what is optional. */
function requiredNeeds(declared: Map<string, Declared>, number: string): Need[] {
  const version = parseVersion(number);
  const subjects = [...declared.values()].map(
    ({ kind, inputs, context }): Subject => ({
      kind,
      inputs,
      olds: {},
      resource: context.resource,
      native: context.native,
    }),
  );
  return needsOf(subjects, version).filter(({ optional }) => !optional);
}

/** All but one, and without those that hold it as well. */
function without(needs: Need[], removed: Need): Need[] {
  return needs.filter((need) => need !== removed && !holds(need, removed));
}

function holds(wider: Need, narrower: Need): boolean {
  if (wider.index === undefined || narrower.index === undefined) {
    return false;
  }
  const covers = new RegExp(`^${wider.index.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(narrower.index);
  return (
    covers && (wider.privilege === narrower.privilege || (IMPLIED[wider.privilege] ?? []).includes(narrower.privilege))
  );
}

function roleWith(needs: Need[]) {
  return {
    cluster: needs.filter(({ index }) => index === undefined).map(({ privilege }) => privilege),
    indices: needs.flatMap(({ index, privilege }) =>
      index === undefined ? [] : [{ names: [index], privileges: [privilege] }],
    ),
  };
}

function as(name: string) {
  return { password: name, roles: [name] };
}

/** The row of the table that says that it is missing; several share one where all else is the same. */
function rowOf({ privilege, index = "(cluster)" }: Need): RegExp {
  const plain = index.replace(/[.*()]/g, "\\$&");
  return new RegExp(`^  NO +([a-z_]+, )*${privilege}(, [a-z_]+)* +(\\S+, )*${plain}(, \\S+)* `, "m");
}

function one(declared: Map<string, Declared>, key: string): Declared {
  const found = declared.get(key);
  if (!found) {
    throw new Error(`${key} is not among ${[...declared.keys()].join(", ")}`);
  }
  return found;
}

function checked(es: Elasticsearch, declared: Map<string, Declared>, key: string, news?: Bag, olds: Bag = {}) {
  const { kind, inputs, context } = one(declared, key);
  return checkAgainstServer(resources[kind], es, { olds, news: news ?? inputs, context });
}

interface Made {
  key: string;
  id: string;
  inputs: Bag;
  outputs: Bag;
}

interface Variant {
  /** Preflight is asked before each change. */
  checked?: boolean;
  /** A service has made the access-control index already. */
  foundIndex?: boolean;
}

/** Create, refresh, change of everything that can change, rotation of the key, delete while a sync waits. */
async function life(
  es: Elasticsearch,
  declared: Map<string, Declared>,
  admin: Elasticsearch,
  { checked: preflight = false, foundIndex = false }: Variant,
): Promise<void> {
  const made: Made[] = [];

  async function make(key: string, more: Bag = {}): Promise<Made> {
    const { kind, inputs, context } = one(declared, key);
    const news = { ...inputs, ...more };
    if (preflight) {
      expect(await checked(es, declared, key, news)).toEqual([]);
    }
    const { siblings: _, ...kept } = context;
    const { id, outputs } = await create(resources[kind], es, news, kept);
    const done = { key, id, inputs: news, outputs };
    made.push(done);
    return done;
  }

  async function change(done: Made, more: Bag): Promise<void> {
    const { kind, context } = one(declared, done.key);
    const news = { ...done.inputs, ...more };
    if (preflight) {
      expect(await checked(es, declared, done.key, news, done.inputs)).toEqual([]);
    }
    done.outputs = await update(resources[kind], es, done.id, done.outputs, news, context);
    done.inputs = news;
  }

  async function remove(done: Made): Promise<void> {
    made.splice(made.indexOf(done), 1);
    await resources[one(declared, done.key).kind].remove(es, done.id, done.outputs);
  }

  const index = await make("Index movies");
  if (foundIndex) {
    await admin.send({ method: "PUT", path: [".search-acl-filter-content-movies"], what: "create an index" });
  }
  await make("Index movies-access-control");
  const key = await make("ApiKey movies");
  const secret = declared.has("ConnectorSecret movies")
    ? await make("ConnectorSecret movies", { value: key.outputs.encoded })
    : undefined;
  const connector = await make("Connector movies", { apiKeyId: key.id, apiKeySecretId: secret?.id });

  for (const { key: of, id, outputs } of made) {
    expect(await refresh(resources[one(declared, of).kind], es, id, outputs)).toBeDefined();
  }

  await change(index, {
    mappings: { properties: { title: { type: "keyword" } } },
    settings: { refresh_interval: "5s" },
    aliases: { films: { isHidden: true } },
  });
  await change(connector, {
    name: "Movies!",
    description: "new",
    configuration: { ...(connector.inputs.configuration as Bag), username: "v" },
    scheduling: { full: { enabled: true, interval: "0 0 4 * * ?" } },
    customScheduling: { nightly: { name: "Nightly", enabled: false, interval: "0 0 3 * * ?" } },
    syncRules: { basic: [{ id: "a", policy: "exclude", field: "title", rule: "contains", value: "x" }] },
    pipeline: { name: "own", extractBinaryContent: true, reduceWhitespace: true, runMlInference: false },
    features: { documentLevelSecurity: true, incrementalSync: false },
  });

  const next = await make("ApiKey movies", { keepers: { round: "2" } });
  if (secret) {
    await change(secret, { value: next.outputs.encoded, valueVersion: next.id });
  }
  await change(connector, { apiKeyId: next.id });
  await remove(key);

  await admin.send({ method: "POST", path: ["_connector", "_sync_job"], body: { id: "movies" }, what: "start a sync" });
  for (const done of [...made].reverse()) {
    await remove(done);
  }
}

/** Whatever a life that failed has left. */
async function clear(admin: Elasticsearch): Promise<void> {
  for (const path of [["_connector", "movies"], ["content-movies"], [".search-acl-filter-content-movies"]]) {
    await admin.send({ method: "DELETE", path, what: "clear" }).catch(() => undefined);
  }
}
