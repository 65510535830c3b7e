// A changed service type: the type and its fields are two requests, and whatever comes in between, the fields follow.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { serviceType } from "../../provider/catalogue";
import type { HostedProvider } from "../../provider/host/resource-provider";
import type { Bag } from "../../provider/model/resource";
import { act, documentOf } from "../support/connectors";
import { hosted, made, opened, planned, refreshed, sent, updated, writes } from "../support/hosted";

const FILMS = {
  serviceType: "mongodb",
  configuration: { host: "mongodb://h", user: "u", password: "old secret", database: "d", collection: "c" },
};
const DATABASE = { host: "h", port: 5432, username: "u", password: "p", database: "d", tables: ["*"], schema: "s" };
const POSTGRESQL = { serviceType: "postgresql", configuration: DATABASE };
const HOMEMADE = { serviceType: "homemade", configuration: { url: "https://h", token: "t" } };
const { schema: _, ...server2 } = DATABASE;
const MSSQL = { serviceType: "mssql", configuration: { ...server2, port: 1433, database: "e", schema: "dbo" } };

let server: Elasticsearch;
let provider: HostedProvider;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Connector", server);
});
afterAll(() => server.close());

type Made = Awaited<ReturnType<typeof made>>;

/** The fields of a connector that had no other type before, with their values. */
async function fieldsOfNew(args: Bag): Promise<Bag> {
  const { id } = await made(provider, sent(args));
  return valuesOf(id);
}

function valuesOf(id: string): Bag {
  const fields = documentOf(server, id)?.configuration as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
}

/** The change breaks off after the type; answers what the engine has recorded by then. */
async function brokenOff(before: Made, args: Bag): Promise<Made> {
  const { inputs } = await planned(provider, before, sent(args));
  const heal = server.control.fault({ method: "PUT", path: /_configuration$/ }, { kind: "status", status: 400 });
  const failed = await provider.update(before.id, opened(before.outputs), opened(inputs)).catch((error) => error);
  heal();
  expect(failed.message).toMatch(/_configuration/);
  expect(documentOf(server, before.id)?.service_type).toBe(args.serviceType);
  return { ...before, inputs, outputs: failed.properties };
}

const PAIRS: [string, Bag & { serviceType: string }, Bag & { serviceType: string }][] = [
  ["another type's", FILMS, POSTGRESQL],
  ["those of a type that the catalogue doesn't know", FILMS, HOMEMADE],
  ["fewer", MSSQL, POSTGRESQL],
  ["more", POSTGRESQL, MSSQL],
  ["those of a known type", HOMEMADE, POSTGRESQL],
];

describe.each(PAIRS)("to %s", (_title, from, to) => {
  test("without a failure", async () => {
    const before = await made(provider, sent(from));
    const after = await updated(provider, before, sent(to));
    expect(valuesOf(before.id)).toEqual(await fieldsOfNew(to));
    expect(after.outputs.formerServiceType).toBeUndefined();
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ["", async () => {}],
    [
      ", although its status says something else by now",
      (id) => act(server, "PUT", `/_connector/${id}/_error`, { error: "unreachable" }),
    ],
  ])("broken off after the type, the next update does the rest%s", async (_, meanwhile) => {
    const failed = await brokenOff(await made(provider, sent(from)), to);
    await meanwhile(failed.id);
    const after = await updated(provider, failed, sent(to));
    expect(valuesOf(failed.id)).toEqual(await fieldsOfNew(to));
    expect(documentOf(server, failed.id)?.status).toBe("configured");
    expect((await planned(provider, after, sent(to))).diff).toEqual({ changes: false });
  });

  test("broken off and refreshed, the next preview says that there is something to do", async () => {
    const failed = await brokenOff(await made(provider, sent(from)), to);
    const seen = await refreshed(provider, failed);
    expect((await planned(provider, { ...failed, ...seen }, sent(to))).diff.changes).not.toBe(false);
    await updated(provider, { ...failed, ...seen }, sent(to));
    expect(valuesOf(failed.id)).toEqual(await fieldsOfNew(to));
  });
});

test("of a killed update only a refresh hears, and knows the fields of the recorded type", async () => {
  const before = await made(provider, sent(FILMS));
  await act(server, "PUT", `/_connector/${before.id}/_service_type`, { service_type: "postgresql" });
  const seen = await refreshed(provider, before);
  expect(seen.outputs).toMatchObject({ serviceType: "postgresql", formerServiceType: "mongodb" });
  await updated(provider, { ...before, ...seen }, sent(POSTGRESQL));
  expect(valuesOf(before.id)).toEqual(await fieldsOfNew(POSTGRESQL));
});

test("after a killed update the type isn't sent again; another failure records the former one, whatever its fields were", async () => {
  const before = await made(provider, sent(FILMS));
  const fields = documentOf(server, before.id)?.configuration as Bag;
  const configuration = { ...fields, region: { label: "Region", type: "str", value: "old" } };
  await act(server, "PUT", `/_connector/${before.id}/_configuration`, { configuration });
  await act(server, "PUT", `/_connector/${before.id}/_service_type`, { service_type: "postgresql" });
  server.control.clearRequests();
  const failed = await brokenOff(before, POSTGRESQL);
  expect(writes(server)).toEqual([`PUT /_connector/${before.id}/_configuration`]);
  expect(failed.outputs.formerServiceType).toBe("mongodb");
  await provider.update(failed.id, opened(failed.outputs), opened(failed.inputs));
  expect(valuesOf(before.id)).toEqual(await fieldsOfNew(POSTGRESQL));
});

test("once a service has registered the new type's fields, nothing is left to do", async () => {
  const failed = await brokenOff(await made(provider, sent(FILMS)), POSTGRESQL);
  const other = await made(provider, sent(POSTGRESQL));
  const configuration = documentOf(server, other.id)?.configuration;
  await act(server, "PUT", `/_connector/${failed.id}/_configuration`, { configuration });
  const seen = await refreshed(provider, failed);
  expect([seen.outputs.formerServiceType, seen.outputs.__unfinished]).toEqual([undefined, undefined]);
});

test("without a configuration in the program, the former type's values go too", async () => {
  const before = await made(provider, sent({ serviceType: "mssql" }));
  const fields = Object.fromEntries(
    (serviceType("mssql")?.fields ?? []).map(({ name, label }) => [name, { label, type: "str", value: "old secret" }]),
  );
  await act(server, "PUT", `/_connector/${before.id}/_configuration`, { configuration: fields });
  const failed = await brokenOff(before, { serviceType: "postgresql" });
  // No input differs: the engine goes by the error, or by what a refresh has seen.
  expect((await refreshed(provider, failed)).outputs.__unfinished).toBe(true);
  await provider.update(failed.id, opened(failed.outputs), opened(failed.inputs));
  expect(Object.keys(valuesOf(before.id))).toEqual(serviceType("postgresql")?.fields.map(({ name }) => name));
  expect(Object.values(valuesOf(before.id))).not.toContain("old secret");
});

test.each<[string, Bag, Bag]>([
  ["declared", { configuration: { host: "h", database: "d", collection: "c", region: "us" } }, { region: "us" }],
  ["not declared", { name: "renamed" }, { region: "old" }],
])("a service's own fields, %s, aren't taken for another type's", async (_, args, kept) => {
  const before = await made(provider, sent({ serviceType: "mongodb" }));
  const fields = Object.fromEntries(
    ["host", "database", "collection", "region"].map((name) => [name, { label: name, type: "str", value: "old" }]),
  );
  await act(server, "PUT", `/_connector/${before.id}/_configuration`, { configuration: fields });
  // The status that a service gives to a connector whose fields it has registered.
  await act(server, "PUT", `/_connector/${before.id}/_status`, { status: "needs_configuration" });
  const seen = await refreshed(provider, before);
  expect((await planned(provider, { ...before, ...seen }, sent({ serviceType: "mongodb" }))).diff.changes).toBe(false);
  const after = await updated(provider, before, sent({ serviceType: "mongodb", ...args }));
  expect(valuesOf(before.id)).toMatchObject(kept);
  expect(Object.keys(valuesOf(before.id))).toHaveLength(4);
  expect((await planned(provider, after, sent({ serviceType: "mongodb", ...args }))).diff.changes).toBe(false);
});

test("somebody else's change of the type alone is taken back, and values that aren't declared stay", async () => {
  const { user: _user, password: _password, ...declared } = FILMS.configuration;
  const args = { serviceType: "mongodb", configuration: declared };
  const before = await made(provider, sent(args));
  await act(server, "PUT", `/_connector/${before.id}/_configuration`, { values: { user: "by hand" } });
  await act(server, "PUT", `/_connector/${before.id}/_service_type`, { service_type: "postgresql" });
  await updated(provider, { ...before, ...(await refreshed(provider, before)) }, sent(args));
  expect(documentOf(server, before.id)).toMatchObject({ service_type: "mongodb", status: "configured" });
  expect(valuesOf(before.id)).toMatchObject({ ...declared, user: "by hand" });
});

test("is sent once when its answer is lost: sent again it could reset what follows", async () => {
  const before = await made(provider, sent({ serviceType: "mongodb", connectorId: "late" }));
  server.control.fault({ method: "PUT", path: /late\/_service_type$/ }, { kind: "reset-before" });
  let looks = 0;
  const unhook = server.control.afterRequest(async ({ method, path }) => {
    const asked = writes(server).includes("PUT /_connector/late/_service_type");
    if (method !== "GET" || path !== "/_connector/late" || !asked || looks++ > 0) return;
    await act(server, "PUT", "/_connector/late/_service_type", { service_type: "s3" });
  });
  server.control.clearRequests();
  await updated(provider, before, sent({ serviceType: "s3", connectorId: "late" }));
  unhook();
  // The provider's, and the one that plays its delay.
  expect(writes(server).filter((write) => write === "PUT /_connector/late/_service_type")).toHaveLength(2);
});
