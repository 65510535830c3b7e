// A secret whose creation gets no answer: it is recorded when it may be there, so that nothing is left behind.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import { create, Unfinished } from "../../provider/lifecycle/reconcile";
import { resources } from "../../provider/resources";
import { act, heard } from "../support/connectors";
import { connected } from "../support/hosted";
import { CONTEXT } from "../support/stub";

const WRITER = { username: "writer", password: "pass of the writer" };
const ALWAYS = 100;

let server: Elasticsearch;
const heal: (() => void)[] = [];
beforeAll(async () => {
  server = await startElasticsearch({
    users: { writer: { password: WRITER.password, roles: ["writer"] } },
    roles: { writer: { cluster: ["monitor", "write_connector_secrets"] } },
  });
});
afterEach(() => {
  for (const undo of heal.splice(0)) {
    undo();
  }
});
afterAll(() => server.close());

test("stored, its answers lost: recorded", async () => {
  fault("PUT", "reset-after");
  const error = await failure();
  expect(error).toBeInstanceOf(Unfinished);
  expect(error).toMatchObject({ id: storedIds()[0], outputs: { value: "v" } });
  expect((error as Unfinished).reason).toMatch(/^could not .* \(ConnectorSecret '\S+'\): the connection to .* broke/);
});

test("not stored: nothing is recorded", async () => {
  const before = storedIds();
  fault("PUT", "reset-before");
  const error = await failure();
  expect(error).not.toBeInstanceOf(Unfinished);
  expect(error).toMatchObject({ kind: "answer-lost", message: expect.stringContaining("ConnectorSecret '") });
  expect(storedIds()).toEqual(before);
});

test("refused for good: nothing is recorded, and nobody looks", async () => {
  heal.push(server.control.fault({ method: "PUT", path: SECRETS }, { kind: "status", status: 400 }));
  server.control.clearRequests();
  expect(await failure()).not.toBeInstanceOf(Unfinished);
  expect(server.control.requests.filter(({ method, path }) => method === "GET" && SECRETS.test(path))).toEqual([]);
});

test("a caller that may not look: recorded, since it may be there", async () => {
  const before = storedIds();
  fault("PUT", "reset-after");
  const error = await failure(WRITER);
  const [made] = storedIds().filter((id) => !before.includes(id));
  expect(error).toMatchObject({ id: made, outputs: { value: "v" } });
});

test("an attempt for the same key that nobody could record is found again", async () => {
  const before = storedIds().length;
  const { id } = await attempt(secretOf("key"));
  expect((await attempt(secretOf("key"))).id).toBe(id);
  expect((await attempt(secretOf("another"))).id).not.toBe(id);
  expect((await attempt(secretOf("key"), "other")).id).not.toBe(id);
  expect(storedIds()).toHaveLength(before + 3);
});

test("a replacement for the same key leaves the secret alone that a connector uses, and is found again as well", async () => {
  const { id } = await attempt(secretOf("k"));
  await act(server, "PUT", "/_connector/user", { name: "User", is_native: true, index_name: "content-user" });
  await act(server, "PUT", "/_connector/user/_api_key_id", { api_key_secret_id: id });
  const { id: replacement } = await attempt(secretOf("k"));
  expect(replacement).not.toBe(id);
  expect((await attempt(secretOf("k"))).id).toBe(replacement);
  // Neither what is used now nor what a state may say was used before.
  await act(server, "PUT", "/_connector/user/_api_key_id", { api_key_secret_id: replacement });
  const { id: third } = await attempt(secretOf("k"));
  expect([id, replacement]).not.toContain(third);
  await act(server, "PUT", "/_connector/user/_api_key_id", { api_key_secret_id: third });
  expect((await attempt(secretOf("k"))).id).toBe(id);
});

test("a caller that may not look never stores over anything", async () => {
  const { id } = await attempt(secretOf("unseen"), "thing", WRITER);
  expect((await attempt(secretOf("unseen"), "thing", WRITER)).id).not.toBe(id);
});

test("one that a connector uses isn't deleted", async () => {
  const { id } = await attempt(secretOf("used"));
  await act(server, "PUT", "/_connector/using", { name: "Using", is_native: true, index_name: "content-using" });
  await act(server, "PUT", "/_connector/using/_api_key_id", { api_key_secret_id: id });
  const notices = heard();
  await resources.ConnectorSecret.remove(connected(server), id, {});
  expect(notices).toEqual(["left alone: connector 'using' uses it"]);
  expect(storedIds()).toContain(id);
  await act(server, "DELETE", "/_connector/using");
  await resources.ConnectorSecret.remove(connected(server), id, {});
  expect(storedIds()).not.toContain(id);
});

test("what isn't a key's may be stored by another stack of the same name too: it never meets that one", async () => {
  const { id } = await attempt({ value: "v", valueVersion: "1" });
  expect((await attempt({ value: "v", valueVersion: "1" })).id).not.toBe(id);
});

/** What is stored for the API key with this id. */
function secretOf(key: string) {
  return { value: Buffer.from(`${key}:its secret`).toString("base64"), valueVersion: key };
}

function attempt(inputs: { value: string; valueVersion: string }, resource = "thing", user?: typeof WRITER) {
  return create(resources.ConnectorSecret, connected(server, user), inputs, { ...CONTEXT, resource });
}

const SECRETS = /^\/_connector\/_secret\//;

function fault(method: string, kind: "reset-before" | "reset-after"): void {
  heal.push(server.control.fault({ method, path: SECRETS, times: ALWAYS }, { kind }));
}

function failure(user?: typeof WRITER): Promise<unknown> {
  return create(resources.ConnectorSecret, connected(server, user), { value: "v" }, CONTEXT).then(
    () => {
      throw new Error("the secret was created");
    },
    (error: unknown) => error,
  );
}

function storedIds(): string[] {
  return server.control.store.secrets().map(({ id }) => id);
}
