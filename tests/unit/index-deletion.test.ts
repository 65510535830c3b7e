// Deletions whose answer is lost: sent again at once, the first one could come late and hit the next index of that name.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { systemClock } from "../../provider/model/clock";
import { act } from "../support/connectors";
import { hosted, made, opened, type Recorded, sent } from "../support/hosted";

let server: Elasticsearch;
let provider: HostedProvider;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Index", server);
});
afterAll(() => server.close());

beforeEach(() => {
  let now = 0;
  jest.spyOn(systemClock, "now").mockImplementation(() => now);
  jest.spyOn(systemClock, "pause").mockImplementation(async (milliseconds) => {
    now += milliseconds;
  });
});
afterEach(() => jest.restoreAllMocks());

test("carried out: sent once", async () => {
  const index = await made(provider, sent({ name: "done" }));
  server.control.fault({ method: "DELETE" }, { kind: "reset-after" });
  await remove(index);
  expect(deletions("done")).toBe(1);
  expect(server.control.store.indices()).toEqual([]);
});

test("carried out late: sent once, and what has taken the name meanwhile stays", async () => {
  const index = await made(provider, sent({ name: "late" }));
  server.control.fault({ method: "DELETE" }, { kind: "reset-before" });
  let looks = 0;
  const unhook = server.control.afterRequest(async ({ method, path }) => {
    if (method !== "GET" || path !== "/late" || deletions("late") === 0) return;
    looks += 1;
    if (looks === 2) {
      unhook();
      await act(server, "DELETE", "/late");
      await act(server, "PUT", "/late", {});
    }
  });
  await remove(index);
  expect(looks).toBe(2);
  // The provider's, and the one that plays its delay.
  expect(deletions("late")).toBe(2);
  expect(server.control.store.indices()).toEqual(["late"]);
  await act(server, "DELETE", "/late");
});

test("never carried out: sent once more", async () => {
  const index = await made(provider, sent({ name: "again" }));
  server.control.fault({ method: "DELETE" }, { kind: "reset-before" });
  await remove(index);
  expect(deletions("again")).toBe(2);
  expect(server.control.store.indices()).toEqual([]);
});

test("refused for good: said, with the index", async () => {
  const index = await made(provider, sent({ name: "refused" }));
  server.control.fault({ method: "DELETE", times: 2 }, { kind: "status", status: 503 });
  await expect(remove(index)).rejects.toThrow(/could not delete the index \(Index 'refused'\): .*What to do: /);
  await remove(index);
});

function remove({ id, outputs }: Recorded): Promise<void> {
  return provider.delete(id, opened(outputs));
}

function deletions(name: string): number {
  return server.control.requests.filter(({ method, path }) => method === "DELETE" && path === `/${name}`).length;
}
