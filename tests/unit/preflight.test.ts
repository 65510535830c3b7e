// What preflight says and asks: one table for a program, few requests, none for what is settled; keys, licence, security.

import { type Elasticsearch as Server, startElasticsearch } from "../../embedded";
import { connect, type Elasticsearch } from "../../provider/elasticsearch/connection";
import { host } from "../../provider/host/resource-provider";
import { checkAgainstServer } from "../../provider/lifecycle/check";
import { sendNoticesTo } from "../../provider/model/notice";
import type { Bag, Context } from "../../provider/model/resource";
import { UNKNOWN } from "../../provider/model/unknown";
import { type Kind, resources } from "../../provider/resources";
import { connected, sent, writes } from "../support/hosted";
import { ask } from "../support/stage";
import { CONTEXT } from "../support/stub";

const role = (cluster: string[], indices: { names: string[]; privileges: string[] }[] = []) => ({ cluster, indices });
const INDICES = ["create_index", "view_index_metadata", "maintenance", "read", "delete_index"];
const READER = { reader: { indices: [{ names: ["search-a"], privileges: ["read"] }] } };

let server: Server;
let basic: Server;
const users = {
  nobody: { password: "nobody", roles: ["nothing"] },
  monitor: { password: "monitor", roles: ["monitor"] },
  indices: { password: "indices", roles: ["indices"] },
  keys: { password: "keys", roles: ["keys"] },
  writer: { password: "writer", roles: ["writer"] },
};
const roles = {
  nothing: role([]),
  monitor: role(["monitor"]),
  indices: role(["monitor"], [{ names: ["search-*"], privileges: INDICES }]),
  keys: role(["monitor", "manage_api_key"], [{ names: ["search-a"], privileges: ["read"] }]),
  writer: role(["monitor", "write_connector_secrets"]),
};
beforeAll(async () => {
  server = await startElasticsearch({ users, roles });
  basic = await startElasticsearch({ license: "basic" });
});
afterAll(() => Promise.all([server.close(), basic.close()]));
beforeEach(() => server.control.clearRequests());

const notices: string[] = [];
beforeEach(() => {
  notices.length = 0;
  sendNoticesTo(({ kind, id, text }) => notices.push(`${kind} '${id}': ${text}`));
});

const as = (user: keyof typeof users, preflight: Elasticsearch["preflight"] = "error"): Elasticsearch =>
  connect({
    endpoints: [server.endpoint],
    auth: { username: user, password: user },
    requestTimeout: 10_000,
    preflight,
  });

interface Asked {
  olds?: Bag;
  context?: Partial<Context>;
}

async function check(es: Elasticsearch, kind: Kind, news: Bag, { olds = {}, context = {} }: Asked = {}) {
  const issues = await checkAgainstServer(resources[kind], es, { olds, news, context: { ...CONTEXT, ...context } });
  return issues.map(({ message }) => message);
}

/** Requests that ask for rights. */
function questions(of = server): string[] {
  const paths = of.control.requests.map(({ path }) => path);
  return paths.filter((path) => /_has_privileges|_authenticate|_license/.test(path));
}

test("the message: who, a table, a role with what is missing, and the ways on", async () => {
  const [message = ""] = await check(as("indices"), "Index", { name: "content-a", aliases: { films: {} } });
  expect(message.split("\n")).toEqual([
    "the caller 'indices' lacks privileges that this takes on Elasticsearch 9.4.0:",
    "  has  privilege            on                needed for",
    "  yes  monitor              (cluster)         ask for the server's version and licence",
    "  NO   create_index         content-a         create the index",
    "  NO   view_index_metadata  content-a         read the index",
    "  NO   manage               content-a, films  change mappings, settings and aliases",
    "  NO   maintenance, read    content-a         see whether there are documents before anything is deleted",
    "  NO   delete_index         content-a         delete the index",
    "What to do: give the caller a role with what is missing (PUT /_security/role/<name>, besides the roles it has):",
    '  {"cluster":[],"indices":[{"names":["content-a"],"privileges":["manage","read"]},{"names":["films"],"privileges":["manage"]}]}',
    "or use other credentials. With elastic:preflight set to 'warn' this is only told.",
  ]);
  expect(writes(server)).toEqual([]);
});

test("the role that is shown is what was missing", async () => {
  const [message = ""] = await check(as("monitor"), "Index", { name: "search-given", aliases: { films: {} } });
  const given = JSON.parse(message.split("\n").find((line) => line.startsWith("  {")) ?? "");
  const given1 = { ...given, cluster: ["monitor", ...given.cluster] };
  const other = await startElasticsearch({
    users: { given: { password: "given", roles: ["given"] } },
    roles: { given: given1 },
  });
  const es = connected(other, { username: "given", password: "given" });
  expect(await check(es, "Index", { name: "search-given", aliases: { films: {} } })).toEqual([]);
  await other.close();
});

test("an index whose name is chosen later, and one whose name isn't known yet", async () => {
  expect(await check(as("indices"), "Index", {}, { context: { resource: "My Films" } })).toEqual([]);
  const [message] = await check(as("indices"), "Index", {}, { context: { resource: "films", native: true } });
  expect(message).toMatch(/NO +create_index +content-films-\* /);
  expect(await check(as("monitor"), "Index", { name: UNKNOWN })).toEqual([]);
});

test("a caller that may not even ask for the version", async () => {
  const [message] = await check(as("nobody"), "ConnectorSecret", { value: "x" });
  expect(message).toMatch(/^the caller 'nobody' lacks privileges that this takes:\n/);
  expect(message).toMatch(/NO +monitor, write_connector_secrets|NO +monitor /);
  expect(message).toContain('"cluster":["monitor","write_connector_secrets"]');
});

describe("few requests", () => {
  test("what is asked at once is one request, and what has been answered isn't asked again", async () => {
    const es = as("indices");
    const names = Array.from({ length: 20 }, (_, i) => `search-${i}`);
    expect((await Promise.all(names.map((name) => check(es, "Index", { name })))).flat()).toEqual([]);
    expect(questions()).toEqual(["/_security/user/_has_privileges"]);
    await check(es, "Index", { name: "search-7" });
    expect(questions()).toHaveLength(1);
  });

  test("what is settled isn't asked about", async () => {
    const news = { name: "search-a" };
    await ask(server, "PUT", "/search-a");
    expect(await check(as("monitor"), "Index", news, { olds: news })).toEqual([]);
    expect(questions()).toEqual([]);
    const settings = { refresh_interval: "5s" };
    expect(await check(as("monitor"), "Index", { ...news, settings }, { olds: news })).toHaveLength(1);
  });

  test("nor is a change that sends nothing", async () => {
    const news = { name: "quiet" };
    expect(await check(as("monitor"), "Index", { ...news, forceDestroy: true }, { olds: news })).toEqual([]);
    expect(questions()).toEqual([]);
  });

  test("a request that failed is asked again by the next resource", async () => {
    const es = as("indices");
    const healed = server.control.fault({ path: "/_security/user/_has_privileges" }, { kind: "status", status: 401 });
    await expect(check(es, "Index", { name: "search-a" })).rejects.toThrow(/ask what the caller may do/);
    healed();
    expect(await check(es, "Index", { name: "search-a" })).toEqual([]);
  });
});

test("the table comes once; the next resource refers to it and adds what is new", async () => {
  const es = as("monitor");
  const films = await check(es, "ConnectorSecret", { value: "x" }, { context: { resource: "films" } });
  const books = await check(es, "ConnectorSecret", { value: "y" }, { context: { resource: "books" } });
  const index = await check(es, "SyncJob", { connectorId: "c" }, { context: { resource: "sync" } });
  expect(films[0]).toContain("needed for");
  const see = "see the message about ConnectorSecret 'films'";
  expect(books).toEqual([`the caller lacks write_connector_secrets: ${see}`]);
  expect(index).toEqual([
    `the caller lacks manage_connector: ${see}; also add {"cluster":["manage_connector"],"indices":[]}`,
  ]);
});

describe("what a component makes is looked at with its first resource", () => {
  const siblings = [
    { kind: "ApiKey", inputs: { roleDescriptors: { r: { indices: [{ names: ["<index>"], privileges: ["all"] }] } } } },
    { kind: "ConnectorSecret", inputs: {} },
    { kind: "Connector", inputs: {} },
  ];

  test("rights of all of them are told", async () => {
    const [message] = await check(as("indices"), "Index", { name: "search-a" }, { context: { siblings } });
    expect(message).toMatch(/NO +manage_own_api_key +\(cluster\) /);
    expect(message).toMatch(/NO +write_connector_secrets +\(cluster\) /);
    expect(message).toMatch(/NO +manage_connector +\(cluster\) /);
    expect(message).toMatch(/NO +all +search-a +give it to the key/);
  });

  test("an index that exists speaks for itself only", async () => {
    const olds = { name: "search-a" };
    await ask(server, "PUT", "/search-a");
    const news = { ...olds, forceDestroy: true };
    expect(await check(as("indices"), "Index", news, { olds, context: { siblings } })).toEqual([]);
  });

  test("none of it is recorded", async () => {
    const provider = host(resources.Index);
    const values: Bag = {
      "elastic:endpoint": server.endpoint,
      "elastic:username": server.username,
      "elastic:password": server.password,
    };
    await provider.configure({ config: { get: (key) => values[key] } });
    const { inputs, failures } = await provider.check({}, sent({ name: "search-b" }, { siblings }));
    expect([failures, inputs.__context]).toEqual([[], CONTEXT]);
  });
});

describe("warn", () => {
  test("tells on one line, without a table, and refuses nothing", async () => {
    const es = as("monitor", "warn");
    expect(await check(es, "ConnectorSecret", { value: "x" }, { context: { resource: "films" } })).toEqual([]);
    expect(notices).toEqual([
      "ConnectorSecret 'films': the caller 'monitor' lacks privileges that this takes on Elasticsearch 9.4.0: write_connector_secrets. 'pulumi up' will fail. A role with them: {\"cluster\":[\"write_connector_secrets\"],\"indices\":[]}",
    ]);
  });

  test("what a reader may not read is told too", async () => {
    // A process has one connection, and this one is another process'.
    let warned: ReturnType<typeof host> | undefined;
    jest.isolateModules(() => {
      const isolated = jest.requireActual<typeof import("../../provider")>("../../provider");
      warned = isolated.get("Index");
    });
    const values: Bag = {
      "elastic:endpoint": server.endpoint,
      "elastic:username": "monitor",
      "elastic:password": "monitor",
      "elastic:preflight": "warn",
    };
    await warned?.configure({ config: { get: (key) => values[key] } });
    const printed = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    const answer = await warned?.check({}, sent({ name: "search-a", adopt: true }));
    const lines = printed.mock.calls.map(([text]) => String(text));
    printed.mockRestore();
    expect(answer?.failures).toEqual([]);
    expect(lines).toEqual([expect.stringContaining("lacks privileges"), expect.stringContaining("indices:admin/get")]);
  });
});

test("a right without which only drift isn't seen is told as a notice", async () => {
  expect(await check(as("writer"), "ConnectorSecret", { value: "x" })).toEqual([]);
  expect(notices).toEqual([
    "Preflight 'read_connector_secrets': the caller lacks it; nobody will see that a connector secret has changed or is gone",
  ]);
});

describe("keys", () => {
  test("manage_api_key serves as well as manage_own_api_key", async () => {
    expect(await check(as("keys"), "ApiKey", { name: "k", roleDescriptors: READER })).toEqual([]);
  });

  test("rights that the caller can't give, and a privilege that nobody knows", async () => {
    const roleDescriptors = { r: { cluster: ["manage_ml"], indices: [{ names: "search-b", privileges: ["red"] }] } };
    const [unknown, message] = await check(as("keys"), "ApiKey", { name: "k", roleDescriptors });
    expect(unknown).toBe("the server knows no privilege 'red'. What to do: look for a misspelling.");
    expect(message).toMatch(/NO +manage_ml +\(cluster\) +give it to the key/);
    expect(message).toMatch(/yes +monitor /);
  });

  test("a caller that is a key itself can't make one, unless for a user", async () => {
    const body = {
      name: "ci",
      role_descriptors: { all: { cluster: ["all"], indices: [{ names: ["*"], privileges: ["all"] }] } },
    };
    const { body: key } = await ask(server, "POST", "/_security/api_key", body);
    const { encoded } = key as { encoded: string };
    const es = connect({
      endpoints: [server.endpoint],
      auth: { apiKey: encoded },
      requestTimeout: 10_000,
      preflight: "error",
    });
    const said = await check(es, "ApiKey", { name: "k", roleDescriptors: READER }, { context: { resource: "one" } });
    expect(said).toEqual([
      "the caller is itself the API key 'ci', and a key can't make keys that have rights. What to do: (1) use a user (elastic:username and elastic:password), or (2) a token (elastic:bearerToken), or (3) let an administrator make the key, or have it made for a user (onBehalfOf).",
    ]);
    const again = await check(es, "ApiKey", { name: "l", roleDescriptors: READER }, { context: { resource: "two" } });
    expect(again[0]).toMatch(/can't make keys that have rights: see the message about ApiKey 'one'$/);
    expect(questions().filter((path) => /_authenticate/.test(path))).toHaveLength(1);
    const granted = { name: "k", roleDescriptors: READER, onBehalfOf: { username: "keys" } };
    expect(await check(es, "ApiKey", granted)).toEqual([]);
  });
});

describe("the licence", () => {
  const secured = { serviceType: "confluence", indexName: "a", features: { documentLevelSecurity: true } };

  test("is asked for only by what needs one", async () => {
    const es = connected(basic);
    expect(await check(es, "Connector", { ...secured, features: undefined })).toEqual([]);
    expect(questions(basic)).toEqual(["/_security/user/_has_privileges"]);
    const scheduling = { accessControl: { enabled: true, interval: "0 0 2 * * ?" } };
    expect([
      ...(await check(es, "Connector", secured)),
      ...(await check(es, "Connector", { ...secured, features: undefined, scheduling })),
    ]).toEqual(
      Array(2).fill(
        "the cluster's licence is 'basic', and document-level security and access-control syncs need platinum, enterprise or trial. What to do: change the licence (a trial of 30 days starts with POST /_license/start_trial), or leave documentLevelSecurity and scheduling.accessControl out.",
      ),
    );
    expect(questions(basic).filter((path) => path === "/_license")).toHaveLength(1);
  });

  test("a trial is enough", async () => {
    expect(await check(connected(server), "Connector", secured)).toEqual([]);
  });
});

test.each([400, 405, 500])("a server without security (status %i) is left in peace", async (status) => {
  const healed = server.control.fault({ path: /^\/_security\/(user|_auth)/, times: 9 }, { kind: "status", status });
  expect(await check(connected(server), "ApiKey", { name: "k", roleDescriptors: READER })).toEqual([]);
  expect(notices).toEqual([]);
  healed();
});
