import { type Elasticsearch, startElasticsearch } from "../../embedded/elasticsearch";

let server: Elasticsearch;
beforeEach(async () => {
  server = await startElasticsearch({ password: "pw" });
});
afterEach(() => server.close());

function send(path: string, init: { method?: string; body?: unknown; authorization?: string } = {}): Promise<Response> {
  const authorization = init.authorization ?? `Basic ${Buffer.from("elastic:pw").toString("base64")}`;
  return fetch(`${server.endpoint}${path}`, {
    method: init.method ?? "GET",
    headers: { authorization, "content-type": "application/json" },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
}

async function makeKey(body: object): Promise<{ id: string; encoded: string }> {
  return (await (await send("/_security/api_key", { method: "POST", body })).json()) as { id: string; encoded: string };
}

describe("faults", () => {
  test.each(["refuse", "reset-before"] as const)("%s keeps the request from being handled", async (kind) => {
    server.control.fault({ method: "PUT", path: "/i" }, { kind });
    await expect(send("/i", { method: "PUT" })).rejects.toThrow();
    expect(server.control.store.indices()).toEqual([]);
    expect(server.control.requests.at(-1)).toMatchObject({ method: "PUT", path: "/i", status: 0, fault: kind });
    expect((await send("/i", { method: "PUT" })).status).toBe(200);
  });

  test("connections can be refused altogether, and accepted again on the same port", async () => {
    expect((await send("/")).status).toBe(200);
    const accept = await server.control.refuseConnections();
    await expect(send("/")).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    expect(server.control.requests).toHaveLength(1);
    await accept();
    expect((await send("/")).status).toBe(200);
  });

  test("reset-after handles the request and loses the answer", async () => {
    server.control.fault({ path: /^\/i/ }, { kind: "reset-after" });
    await expect(send("/i", { method: "PUT" })).rejects.toThrow();
    expect(server.control.store.indices()).toEqual(["i"]);
    expect(server.control.requests.at(-1)).toMatchObject({ status: 200, who: "elastic", fault: "reset-after" });
  });

  test("a status with Retry-After, from the second match on, twice", async () => {
    server.control.fault({ method: "GET", nth: 2, times: 2 }, { kind: "status", status: 429, retryAfterSeconds: 7 });
    const answers = [await send("/"), await send("/"), await send("/"), await send("/")];
    expect(answers.map((answer) => answer.status)).toEqual([200, 429, 429, 200]);
    expect(answers[1]?.headers.get("retry-after")).toBe("7");
  });

  test("a truncated body, a missing product header, a wrong media type", async () => {
    server.control.fault({ path: "/" }, { kind: "truncated-body" });
    await expect(send("/").then((answer) => answer.text())).rejects.toThrow();
    server.control.fault({ path: "/" }, { kind: "no-product-header" });
    server.control.fault({ path: "/", nth: 2 }, { kind: "wrong-media-type" });
    expect((await send("/")).headers.get("x-elastic-product")).toBeNull();
    expect((await send("/")).headers.get("content-type")).toContain("text/html");
  });

  test("a delay is still answered, and a fault can be taken back", async () => {
    server.control.fault({ path: "/" }, { kind: "delay", milliseconds: 1 });
    expect((await send("/")).status).toBe(200);
    const undo = server.control.fault({ path: "/" }, { kind: "refuse" });
    undo();
    expect((await send("/")).status).toBe(200);
  });
});

test("idle waits for a request that is being handled", async () => {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    server.control.afterRequest(() => {
      resolve();
      return held;
    });
  });
  const sent = send("/late", { method: "PUT" });
  await reached;
  const order: string[] = [];
  const idle = server.control.idle().then(() => order.push("idle"));
  for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
  order.push("released");
  release();
  await Promise.all([sent, idle]);
  expect(order).toEqual(["released", "idle"]);
});

test("the log names who asked, in order, and hooks run before the answer is sent", async () => {
  const seen: string[] = [];
  const remove = server.control.afterRequest(
    (request) => void seen.push(`${request.method} ${request.path} ${request.status}`),
  );
  const key = await makeKey({ name: "k", role_descriptors: { r: { cluster: ["monitor"] } } });
  await send("/?pretty", { authorization: `ApiKey ${key.encoded}` });
  remove();
  await send("/", { authorization: "Basic bm9ib2R5" });
  expect(seen).toEqual(["POST /_security/api_key 200", "GET /?pretty 200"]);
  expect(server.control.requests.map(({ who, status }) => [who, status])).toEqual([
    ["elastic", 200],
    ["api key k", 200],
    ["-", 401],
  ]);
  server.control.clearRequests();
  expect(server.control.requests).toEqual([]);
});

test("keys expire by the server's clock", async () => {
  const key = await makeKey({ name: "k", expiration: "1h", role_descriptors: { r: { cluster: ["monitor"] } } });
  const authorization = `ApiKey ${key.encoded}`;
  expect((await send("/", { authorization })).status).toBe(200);
  server.control.advanceClock(3_600_000);
  const refused = await send("/", { authorization });
  expect(refused.status).toBe(401);
  expect(await refused.text()).toContain("api key is expired");
});

test("the view of the store sees what the APIs hide", async () => {
  await send("/_connector/c", { method: "PUT", body: { name: "n" } });
  await send("/_connector/c", { method: "DELETE" });
  await send("/_connector/_secret/s", { method: "PUT", body: { value: "v" } });
  const key = await makeKey({ name: "k", metadata: { m: 1 } });
  await send("/_security/api_key", { method: "DELETE", body: { ids: [key.id] } });
  const { store } = server.control;
  expect(store.connectors()).toMatchObject([{ id: "c", source: { deleted: true } }]);
  expect(store.secrets()).toEqual([{ id: "s", value: "v" }]);
  expect(store.apiKeys()).toMatchObject([{ id: key.id, name: "k", invalidated: true, metadata: { m: 1 } }]);
  expect(store.indices()).toEqual([".elastic-connectors-v1"]);
  expect((await send("/.connector-secrets-1/_doc/s")).status).toBe(404);
});
