import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { ServerOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Request } from "../../provider/elasticsearch/connection";
import { type ErrorKind, isKind, type ProviderError } from "../../provider/elasticsearch/errors";
import type { ConnectionSettings } from "../../provider/elasticsearch/settings";
import { type Answer, type Answering, answering, deadEnd, ELASTICSEARCH, info, json } from "../support/answers";
import { inDays, selfSigned } from "../support/certificates";

const MARKER = "hunter2-marker";

const open: Answering[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function server(answer: Answer, tls?: ServerOptions): Promise<Answering> {
  const started = await answering(answer, tls);
  open.push(started);
  return started;
}

function client(endpoint: string, more: Partial<ConnectionSettings> = {}) {
  return connect({
    endpoints: [endpoint],
    auth: { username: "elastic", password: MARKER },
    requestTimeout: 10_000,
    preflight: "error",
    ...more,
  });
}

const ONCE: Request = { method: "PUT", path: ["x"], body: { value: MARKER }, what: "store the value", once: true };

async function failure(endpoint: string, more?: Partial<ConnectionSettings>, request = ONCE): Promise<ProviderError> {
  const error = await client(endpoint, more)
    .send(request)
    .then(
      () => {
        throw new Error("the request succeeded");
      },
      (reason) => reason as ProviderError,
    );
  expect(JSON.stringify([error.message, error.parts, error.stack])).not.toContain(MARKER);
  return error;
}

describe("problems of the connection", () => {
  test("nothing listens", async () => {
    const url = await deadEnd();
    expect(await failure(url)).toMatchObject({
      kind: "unavailable",
      message: `could not store the value: nothing listens at ${url} (connection refused). What to do: start Elasticsearch there, or correct elastic:endpoint (host and port).`,
    });
  });

  test("the connection breaks before the answer", async () => {
    const { url } = await server((response) => response.destroy());
    expect(await failure(url)).toMatchObject({
      kind: "answer-lost",
      message: expect.stringMatching(
        `^could not store the value: the connection to ${url} broke before the answer arrived\\. What to do: .*elastic:clientCert`,
      ),
    });
  });

  test("the answer is cut off", async () => {
    const cut: Answer = (response) => {
      response.writeHead(200, { ...ELASTICSEARCH, "content-length": "100" });
      response.write('{"a":', () => response.destroy());
    };
    const { url } = await server(cut);
    expect((await failure(url)).kind).toBe("answer-lost");
  });

  test("the answer isn't JSON although it says so", async () => {
    const { url } = await server((response) => {
      response.writeHead(200, ELASTICSEARCH);
      response.end(`{"a": ${MARKER}`);
    });
    expect(await failure(url)).toMatchObject({
      kind: "answer-lost",
      message: `could not store the value: ${url} sent an answer that was cut off or is not JSON. What to do: try again; if it stays so, look at the proxy in front of the cluster.`,
    });
  });

  test("no answer in time", async () => {
    const { url } = await server(() => {});
    const error = await failure(url, { requestTimeout: 20 });
    expect(error).toMatchObject({ kind: "answer-lost" });
    expect(error.message).toContain(`${url} did not answer in time. What to do: raise elastic:requestTimeout`);
  });

  test("what answers isn't Elasticsearch", async () => {
    const { url } = await server((response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"));
    const error = await failure(url);
    expect(error.kind).toBe("unsupported");
    expect(error.message).toContain(`what answers at ${url} is not Elasticsearch`);
  });

  test("the client's credentials go with each request, and our name", async () => {
    let headers: Record<string, unknown> = {};
    const { url } = await server((response, request) => {
      headers = request.headers;
      json(200, {})(response, request);
    });
    await client(url).send(ONCE);
    expect(headers.authorization).toBe(`Basic ${Buffer.from(`elastic:${MARKER}`).toString("base64")}`);
    const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };
    expect(headers["user-agent"]).toBe(`pulumi-elastic-connectors/${version}`);
  });

  test("a path prefix of the endpoint is kept, segments are escaped", async () => {
    const { url, requests } = await server(json(200, {}));
    await client(`${url}/es`).send({ ...ONCE, path: ["a/b", "c d"], query: { flag: true } });
    expect(requests).toEqual(["PUT /es/a%2Fb/c%20d?flag=true"]);
  });
});

describe("TLS", () => {
  const good = selfSigned();

  test("a trusted authority, by its certificate or its fingerprint", async () => {
    const { url } = await server(json(200, { ok: true }), good);
    await expect(client(url, { caCert: good.cert }).send(ONCE)).resolves.toEqual({ ok: true });
    await expect(client(url, { caFingerprint: good.fingerprint }).send(ONCE)).resolves.toEqual({ ok: true });
  });

  test("an authority that isn't trusted", async () => {
    const { url, requests } = await server(json(200, {}), good);
    const error = await failure(url);
    expect(error.kind).toBe("misconfigured");
    expect(error.message).toMatch(/signed by an authority that is not trusted here\. What to do: set elastic:caCert /);
    expect((await failure(url, { caCert: selfSigned().cert })).message).toContain("not trusted here");
    expect(requests).toEqual([]);
  });

  test("another fingerprint", async () => {
    const { url, requests } = await server(json(200, {}), good);
    const error = await failure(url, { caFingerprint: selfSigned().fingerprint });
    expect(error.kind).toBe("misconfigured");
    expect(error.message).toContain("does not match elastic:caFingerprint");
    expect(requests).toEqual([]);
  });

  test("a certificate for another host", async () => {
    const other = selfSigned({ host: "es.example.com" });
    const { url, requests } = await server(json(200, {}), other);
    const error = await failure(url, { caCert: other.cert });
    expect(error.kind).toBe("misconfigured");
    expect(error.message).toContain("is for another host name");
    expect(requests).toEqual([]);
  });

  test("an expired certificate", async () => {
    const old = selfSigned({ validUntil: inDays(-1) });
    const { url, requests } = await server(json(200, {}), old);
    const error = await failure(url, { caCert: old.cert });
    expect(error.kind).toBe("misconfigured");
    expect(error.message).toContain("has expired");
    expect(requests).toEqual([]);
  });

  test("https to a server that speaks plain http", async () => {
    const { url } = await server(json(200, {}));
    const error = await failure(url.replace("http:", "https:"));
    expect(error.kind).toBe("misconfigured");
    expect(error.message).toContain("does not speak TLS");
  });

  test("a client certificate, and none where one is asked for", async () => {
    const mine = selfSigned();
    const { url } = await server(json(200, {}), {
      ...good,
      requestCert: true,
      rejectUnauthorized: true,
      ca: mine.cert,
    });
    const trusted = { caCert: good.cert };
    await expect(client(url, { ...trusted, clientCert: mine.cert, clientKey: mine.key }).send(ONCE)).resolves.toEqual(
      {},
    );
    expect(isKind(await failure(url, trusted), "answer-lost", "misconfigured")).toBe(true);
  });
});

describe("answers of the server", () => {
  const envelope = (status: number, type: string, reason: string) => json(status, { error: { type, reason }, status });

  test.each<[number, string, ErrorKind]>([
    [400, "x_content_parse_exception", "invalid"],
    [400, "resource_already_exists_exception", "conflict"],
    [401, "security_exception", "unauthorized"],
    [403, "security_exception", "forbidden"],
    [404, "resource_not_found_exception", "not-found"],
    [405, "x", "unsupported"],
    [406, "x", "unsupported"],
    [409, "version_conflict_engine_exception", "conflict"],
    [410, "api_not_available_exception", "unsupported"],
    [429, "es_rejected_execution_exception", "unavailable"],
    [500, "null_pointer_exception", "unexpected"],
    [502, "x", "answer-lost"],
    [503, "x", "answer-lost"],
    [504, "x", "answer-lost"],
  ])("%d %s is '%s', with the server's reason", async (status, type, kind) => {
    const { url } = await server(envelope(status, type, "the server's own words"));
    const error = await failure(url);
    expect(error).toMatchObject({ kind, serverType: type });
    expect(error.message).toContain("could not store the value: the server's own words.");
  });

  test("401 and 403 say what to do", async () => {
    const { url } = await server(envelope(401, "security_exception", "unable to authenticate user [elastic]"));
    expect((await failure(url)).message).toMatch(
      /What to do: check elastic:username and elastic:password, or elastic:apiKey/,
    );
    const forbidden = await server(envelope(403, "security_exception", "action [x] is unauthorized"));
    expect((await failure(forbidden.url)).message).toMatch(/What to do: give the caller the privilege that is named/);
  });

  test("an error as text, and an answer of a proxy that isn't JSON", async () => {
    const text = await server(json(405, { error: "Incorrect HTTP method", status: 405 }));
    expect((await failure(text.url)).message).toContain(": Incorrect HTTP method.");
    const proxy = await server((response) =>
      response.writeHead(502, { "content-type": "text/html" }).end(`<html>${MARKER}</html>`),
    );
    const error = await failure(proxy.url);
    expect(error.kind).toBe("answer-lost");
    expect(error.message).toBe(
      `could not store the value: ${proxy.url} answered with status 502. What to do: the cluster, or a proxy in front of it, has trouble; try again, what was done already is found then.`,
    );
  });

  test("an empty error body", async () => {
    const { url } = await server((response) => response.writeHead(404, ELASTICSEARCH).end());
    expect((await failure(url)).message).toBe(`could not store the value: ${url} answered with status 404.`);
  });
});

describe("repeating", () => {
  const READ: Request = { method: "GET", path: ["x"], what: "read the value" };
  const overloaded = json(429, { error: { type: "x", reason: "busy" } }, { "retry-after": "0" });

  test("a request that may be repeated is, until it succeeds", async () => {
    let left = 2;
    const { url, requests } = await server((response, request) =>
      (left-- > 0 ? overloaded : json(200, { ok: true }))(response, request),
    );
    await expect(client(url).send(READ)).resolves.toEqual({ ok: true });
    expect(requests).toHaveLength(3);
  });

  test("but not for ever", async () => {
    const { url, requests } = await server(overloaded);
    expect(await failure(url, {}, READ)).toMatchObject({ kind: "unavailable", retryAfter: 0 });
    expect(requests).toHaveLength(4);
  });

  test.each<[string, Answer, number]>([
    ["is repeated when the server says that it did nothing", overloaded, 4],
    ["isn't when a gateway says so, behind which it may have been carried out", json(503, {}), 1],
  ])("a creating request %s", async (_, answer, times) => {
    const { url, requests } = await server(answer);
    await failure(url);
    expect(requests).toEqual(Array(times).fill("PUT /x"));
  });

  test.each([400, 401, 403, 404, 409, 500])("%d is final", async (status) => {
    const { url, requests } = await server(json(status, {}));
    await failure(url, {}, READ);
    expect(requests).toEqual(["GET /x"]);
  });
});

describe("what the server is", () => {
  const refusal = async (answer: Answer) => {
    const { url } = await server(answer);
    return client(url)
      .info()
      .then(
        () => "accepted",
        (error: ProviderError) => `${error.kind}: ${error.message.replace(url, "URL")}`,
      );
  };

  test.each(["8.13.0", "8.19.2", "9.0.0", "9.4.1", "10.0.0-SNAPSHOT"])("%s is accepted", async (number) => {
    const { url, requests } = await server(info(number));
    const es = client(url);
    const [major, minor] = number.split(".").map(Number);
    await expect(es.info()).resolves.toEqual({ number, version: { major, minor } });
    await es.info();
    expect(requests).toEqual(["GET /"]);
  });

  test("too old", async () => {
    expect(await refusal(info("8.12.2"))).toBe(
      "unsupported: could not use this server: URL runs Elasticsearch 8.12.2; API keys and secrets of connectors exist from 8.13 on. What to do: upgrade the cluster.",
    );
    expect(await refusal(info("7.17.0"))).toMatch(/runs Elasticsearch 7.17.0/);
  });

  test("Serverless", async () => {
    expect(await refusal(info("8.11.0", "serverless"))).toMatch(/^unsupported: .*Elastic Cloud Serverless/);
  });

  test("no version", async () => {
    expect(await refusal(json(200, { hello: "world" }))).toMatch(/^unsupported: .*does not tell a version/);
  });

  test("a failed question is asked again", async () => {
    let first = true;
    const { url } = await server((response, request) => {
      (first ? json(401, {}) : info("9.1.0"))(response, request);
      first = false;
    });
    const es = client(url);
    await expect(es.info()).rejects.toMatchObject({ kind: "unauthorized" });
    await expect(es.info()).resolves.toMatchObject({ number: "9.1.0" });
  });
});

describe("the request log", () => {
  const folder = mkdtempSync(join(tmpdir(), "connection-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("holds method, path, status and duration, and nothing secret", async () => {
    const debugLog = join(folder, "requests.log");
    const { url } = await server(json(200, { value: MARKER }));
    await client(url, { debugLog }).send({ ...ONCE, query: { token: MARKER } });
    await failure(await deadEnd(), { debugLog });
    const lines = readFileSync(debugLog, "utf8").trim().split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/^\d{4}-\S+Z PUT \/x 200 \d+ ms$/),
      ...Array(4).fill(expect.stringMatching(/^\d{4}-\S+Z PUT \/x unavailable \d+ ms$/)),
    ]);
  });

  test("one that can't be written stops nothing", async () => {
    const { url } = await server(json(200, {}));
    await expect(client(url, { debugLog: join(folder, "no", "such", "folder") }).send(ONCE)).resolves.toEqual({});
  });
});
