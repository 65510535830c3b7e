import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startElasticsearch } from "../../embedded/elasticsearch";
import { type DevServer, startDev } from "./dev-server";

let folder: string;
const running = new Set<DevServer>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-data-"));
});
afterEach(async () => {
  for (const server of running) await server.kill();
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function dev(...args: string[]): Promise<DevServer> {
  const server = await startDev("--data", folder, ...args);
  running.add(server);
  return server;
}

type Who = Pick<DevServer, "endpoint" | "username" | "password">;

async function send(to: Who, method: string, path: string, body?: unknown, authorization = basic(to)) {
  const answer = await fetch(`${to.endpoint}${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function basic({ username, password }: Who): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** What was acknowledged: how to ask for it, and what the answer must hold. */
interface Acknowledged {
  readonly path: string;
  readonly expected: Record<string, unknown>;
  readonly authorization?: string;
}

/** One write of each kind; only those that were answered are remembered. */
const writes: readonly ((to: Who, n: number) => Promise<Acknowledged>)[] = [
  async (to, n) => {
    await accepted(send(to, "PUT", `/_connector/c${n}`, { index_name: `i${n}`, name: `Connector ${n}` }));
    return { path: `/_connector/c${n}`, expected: { index_name: `i${n}`, name: `Connector ${n}`, status: "created" } };
  },
  async (to, n) => {
    await accepted(send(to, "PUT", `/_connector/_secret/s${n}`, { value: `value ${n}` }));
    return { path: `/_connector/_secret/s${n}`, expected: { id: `s${n}`, value: `value ${n}` } };
  },
  async (to, n) => {
    const role_descriptors = { r: { cluster: ["monitor"] } };
    const key = await accepted(send(to, "POST", "/_security/api_key", { name: `k${n}`, role_descriptors }));
    const authorization = `ApiKey ${String(key.encoded)}`;
    return { path: "/_security/_authenticate", expected: { api_key: { id: key.id, name: `k${n}` } }, authorization };
  },
  async (to, n) => {
    await accepted(send(to, "PUT", `/documents/_doc/d${n}`, { text: `Text ${n}` }));
    return { path: `/documents/_doc/d${n}`, expected: { found: true, _source: { text: `Text ${n}` } } };
  },
  async (to, n) => {
    await accepted(send(to, "PUT", `/index-${n}`, { settings: { number_of_shards: 2 } }));
    await accepted(send(to, "PUT", `/index-${n}/_settings`, { refresh_interval: `${n + 1}s` }));
    const index = { number_of_shards: "2", refresh_interval: `${n + 1}s` };
    return { path: `/index-${n}/_settings`, expected: { [`index-${n}`]: { settings: { index } } } };
  },
];

async function accepted(sent: ReturnType<typeof send>): Promise<Record<string, unknown>> {
  const { status, body } = await sent;
  if (status >= 300) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
  return body;
}

test("what was acknowledged survives being killed, whenever that happens", async () => {
  const acknowledged: Acknowledged[] = [];
  let password: string | undefined;
  let next = 0;
  for (let round = 0; round < 4; round++) {
    const server = await dev();
    password ??= server.password;
    expect(server.password).toBe(password);
    for (const { path, expected, authorization } of acknowledged) {
      expect({ path, ...(await send(server, "GET", path, undefined, authorization)) }).toMatchObject({
        path,
        status: 200,
        body: expected,
      });
    }

    // The kill comes while some of several writers wait for their answers.
    const enough = acknowledged.length + 20 + Math.floor(Math.random() * 60);
    let killed: Promise<void> | undefined;
    const writer = async (kind: number) => {
      while (killed === undefined) {
        const write = writes[kind++ % writes.length];
        try {
          if (write !== undefined) acknowledged.push(await write(server, next++));
        } catch (error) {
          // A connection that broke is what a kill looks like; anything else is a failure of its own.
          if (killed === undefined) throw error;
        }
        if (acknowledged.length >= enough) killed ??= server.kill();
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, kind) => writer(kind)));
    await killed;
    running.delete(server);
  }
  expect(acknowledged.length).toBeGreaterThan(80);
});

test("deletions and changes of state are kept as well, and sequence numbers go on", async () => {
  const first = await startElasticsearch({ data: folder });
  await send(first, "PUT", "/_connector/gone", { name: "Gone" });
  await send(first, "DELETE", "/_connector/gone?hard=true");
  await send(first, "PUT", "/_connector/soft", { name: "Soft" });
  await send(first, "DELETE", "/_connector/soft");
  await send(first, "PUT", "/documents/_doc/1", { a: 1 });
  await send(first, "DELETE", "/documents/_doc/1");
  await send(first, "PUT", "/dropped/_doc/1", { a: 1 });
  await send(first, "DELETE", "/dropped");
  await send(first, "PUT", "/_ingest/pipeline/p", { processors: [] });
  const { body: key } = await send(first, "POST", "/_security/api_key", { name: "k" });
  await send(first, "DELETE", "/_security/api_key", { ids: [key.id] });
  const { body: info } = await send(first, "GET", "/");
  await first.close();

  const second = await startElasticsearch({ data: folder });
  expect((await send(second, "GET", "/_connector/gone?include_deleted=true")).status).toBe(404);
  expect((await send(second, "GET", "/_connector?include_deleted=true")).body).toMatchObject({
    count: 1,
    results: [{ id: "soft", deleted: true }],
  });
  expect((await send(second, "PUT", "/documents/_doc/1", { a: 2 })).body).toMatchObject({
    _seq_no: 2,
    result: "created",
  });
  expect((await send(second, "GET", "/dropped")).status).toBe(404);
  expect((await send(second, "GET", "/_ingest/pipeline/p")).status).toBe(200);
  const invalidated = `ApiKey ${String(key.encoded)}`;
  expect((await send(second, "GET", "/", undefined, invalidated)).status).toBe(401);
  expect((await send(second, "GET", "/")).body.cluster_uuid).toBe(info.cluster_uuid);
  await second.close();
});

test("a second server on the same folder is refused in words; after the first one it may start", async () => {
  const first = await dev();
  await expect(dev()).rejects.toThrow(/^The data folder .* is in use by another server \(process \d+\)\. Stop it, or/);
  expect(await first.interrupt()).toBe(0);
  running.delete(first);
  const second = await dev();
  expect(second.password).toBe(first.password);
  expect((await send(second, "GET", "/")).status).toBe(200);
});

test("a given password wins over the kept one", async () => {
  const first = await startElasticsearch({ data: folder });
  await first.close();
  const second = await startElasticsearch({ data: folder, password: "given" });
  expect((await send(second, "GET", "/")).status).toBe(200);
  expect((await send({ ...second, password: first.password }, "GET", "/")).status).toBe(401);
  await second.close();
});

test("an older version doesn't open the data of a newer one; a newer one does", async () => {
  await (await startElasticsearch({ data: folder, version: "8.19" })).close();
  await (await startElasticsearch({ data: folder, version: "9.x" })).close();
  await expect(startElasticsearch({ data: folder, version: "8.19" })).rejects.toThrow(
    "The data was written by version 9.4.0 and can't be opened by 8.19.5",
  );
});
