import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startElasticsearch } from "../../embedded/elasticsearch";
import { run } from "../support/processes";

const readme = readFileSync(join(__dirname, "../../embedded/elasticsearch/README.md"), "utf8");
const walk = /## A walk with curl.*?```sh\n(.*?)```/s.exec(readme)?.[1] ?? "";

test.each(["8.14", "8.19", "9.x"] as const)("the README's walk with curl works as written (%s)", async (version) => {
  const server = await startElasticsearch({ version });
  const before: unknown[] = [];
  server.control.afterRequest((request) => {
    // The last call before things are taken away again.
    if (request.path.endsWith("/_count?filter_path=count")) {
      before.push(...server.control.store.connectors(), ...server.control.store.secrets());
    }
  });
  const { code, stdout, stderr } = await run("bash", ["-euo", "pipefail", "-c", walk], __dirname, {
    ELASTICSEARCH_ENDPOINT: server.endpoint,
    ELASTICSEARCH_USERNAME: server.username,
    ELASTICSEARCH_PASSWORD: server.password,
  });
  const { requests, store } = server.control;
  await server.close();

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(requests.filter(({ status }) => status >= 300)).toEqual([]);
  expect(before).toMatchObject([
    {
      id: "shop",
      source: {
        index_name: "content-shop",
        is_native: true,
        status: "configured",
        api_key_id: expect.stringMatching(/^[\w-]{20}$/),
        api_key_secret_id: expect.stringMatching(/^[\w-]{20}$/),
        configuration: { password: { sensitive: true, value: "secret" } },
        scheduling: { full: { enabled: true, interval: "0 0 2 * * ?" } },
      },
    },
    { value: expect.stringMatching(/^[\w+/]+=*$/) },
  ]);
  expect(stdout).toContain('{"api_key":{"id":');
  expect(stdout).toContain('{"count":0}');
  expect(store.connectors().filter(({ source }) => source.deleted !== true)).toEqual([]);
  expect([store.syncJobs(), store.secrets(), store.apiKeys().filter((key) => !key.invalidated)]).toEqual([[], [], []]);
});
