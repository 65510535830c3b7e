// An index that goes while a sync runs on it would be made anew by the sync's next write.

import { type Elasticsearch, startElasticsearch } from "../../embedded";
import type { HostedProvider } from "../../provider/host/resource-provider";
import { act, handled, heard } from "../support/connectors";
import { hosted, made, opened, sent } from "../support/hosted";

let server: Elasticsearch;
let provider: HostedProvider;
beforeAll(async () => {
  server = await startElasticsearch();
  provider = await hosted("Index", server);
});
afterAll(() => server.close());

test.each([
  ["is waited for", undefined, ["is to go; waits up to 10m for a sync that runs with it (connector waited)"]],
  ["isn't waited for with a timeout of 0", "0s", []],
  [
    "that goes on is told of",
    "1s",
    [
      "is to go; waits up to 1s for a sync that runs with it (connector on-1s)",
      "deleted although a sync still ran on it after 1s: its next write may make it anew",
    ],
  ],
])("a sync %s", async (_, drainTimeout, told) => {
  const name = drainTimeout ? `on-${drainTimeout}` : "waited";
  const index = await made(provider, sent({ name, forceDestroy: true, ...(drainTimeout && { drainTimeout }) }));
  const notices = heard();
  await act(server, "PUT", `/_connector/${name}`, { index_name: name, service_type: "s3" });
  const job = (await act(server, "POST", "/_connector/_sync_job", { id: name })) as { id: string };
  await act(server, "PUT", `/_connector/_sync_job/${job.id}/_claim`, { worker_hostname: "tests" });
  const removal = provider.delete(index.id, opened(index.outputs));
  if (!drainTimeout) {
    await handled(server, "GET", "/_connector/_sync_job");
    expect(server.control.store.indices()).toContain(name);
    const doc = { status: "completed" };
    await act(server, "POST", `/.elastic-connectors-sync-jobs-v1/_update/${job.id}`, { doc });
  }
  await removal;
  expect(server.control.store.indices()).not.toContain(name);
  expect(notices).toEqual(told);
});
