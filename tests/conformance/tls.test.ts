import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Elasticsearch, startElasticsearch } from "../../embedded/elasticsearch";
import { connect } from "../../provider/elasticsearch/connection";
import type { ConnectionSettings } from "../../provider/elasticsearch/settings";
import { startDev } from "./dev-server";

let folder: string;
let server: Elasticsearch;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tls-"));
  server = await startElasticsearch({ tls: true, data: folder });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function info(
  settings: Partial<ConnectionSettings>,
  at: Pick<Elasticsearch, "endpoint" | "username" | "password"> = server,
) {
  const auth = { username: at.username, password: at.password };
  const connection = connect({
    endpoints: [at.endpoint],
    auth,
    requestTimeout: 10_000,
    preflight: "error",
    ...settings,
  });
  return connection.send({ method: "GET", path: [], what: "ask who is there" });
}

test("the provider connects with the authority's certificate, or with its fingerprint", async () => {
  const { cert = "", fingerprint = "" } = server.ca ?? {};
  expect(server.endpoint).toMatch(/^https:/);
  expect(await info({ caCert: cert })).toMatchObject({ tagline: "You Know, for Search" });
  expect(await info({ caFingerprint: fingerprint })).toMatchObject({ tagline: "You Know, for Search" });
});

test("without either, or with another authority's, it refuses", async () => {
  await expect(info({})).rejects.toMatchObject({ message: expect.stringContaining("certificate") });
  const other = await startElasticsearch({ tls: true });
  const { cert = "", fingerprint = "" } = other.ca ?? {};
  await other.close();
  expect(fingerprint).not.toBe(server.ca?.fingerprint);
  await expect(info({ caCert: cert })).rejects.toMatchObject({ message: expect.stringContaining("certificate") });
  await expect(info({ caFingerprint: fingerprint })).rejects.toMatchObject({
    message: expect.stringContaining("does not match elastic:caFingerprint"),
  });
});

test("the authority stays the same with the data", async () => {
  await server.close();
  const before = server.ca;
  server = await startElasticsearch({ tls: true, data: folder });
  expect(server.ca).toEqual(before);
});

test("the command prints a file and a fingerprint that work, and takes the file away with it", async () => {
  const dev = await startDev("--tls");
  const file = dev.variables.get("ELASTICSEARCH_CA_CERT_FILE") ?? "";
  const fingerprint = dev.variables.get("ELASTICSEARCH_CA_FINGERPRINT") ?? "";
  try {
    expect(await info({ caCert: readFileSync(file, "utf8") }, dev)).toMatchObject({ version: {} });
    expect(await info({ caFingerprint: fingerprint }, dev)).toMatchObject({ version: {} });
  } finally {
    expect(await dev.interrupt()).toBe(0);
  }
  expect(() => readFileSync(file)).toThrow("ENOENT");
});
