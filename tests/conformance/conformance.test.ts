import type { Elasticsearch } from "../../embedded/elasticsearch";
import { corrections, type Profile } from "./dsl";
import { appliesTo, runOn, startFor } from "./embedded-target";
import { entries } from "./entries";
import { type RealCluster, realCluster, reasonToSkip } from "./real-cluster";
import { basic, runAndCleanUp } from "./runner";

const profiles: Profile[] = ["8.14", "8.19", "9.x"];

describe.each(profiles)("embedded Elasticsearch %s", (version) => {
  const applicable = entries.filter((entry) => appliesTo(entry, version));
  let passed = 0;
  let server: Elasticsearch;
  beforeAll(async () => {
    server = await startFor(version);
  });
  afterAll(async () => {
    await server.close();
    const others = entries.length - applicable.length;
    say(`embedded ${version}: ${passed} of ${applicable.length} items passed, ${others} are about other versions`);
  });

  test.each(applicable.map((entry) => [entry.id, entry.title, entry] as const))("%s %s", async (_id, _title, entry) => {
    expect(await runOn(server, entry, version)).toEqual([]);
    passed += 1;
  });
});

// The same list on a real cluster, under a random prefix; README.md tells how.
if (process.env.CONFORMANCE_URL !== undefined) {
  test("the cluster at CONFORMANCE_URL", async () => {
    const cluster = await realCluster(process.env);
    const failed: Record<string, string[]> = {};
    let passed = 0;
    for (const entry of entries) {
      const reason = reasonToSkip(entry, cluster);
      if (reason !== undefined) {
        say(`skipped ${entry.id}: ${reason}`);
        continue;
      }
      const problems = await runAndCleanUp(cluster, entry);
      if (problems.length === 0) passed += 1;
      else failed[`${entry.id} [${entry.source}]`] = problems;
    }
    say(`Elasticsearch ${cluster.version}: ${passed} items passed, ${Object.keys(failed).length} failed`);
    expect(failed).toEqual({});
  }, 900_000);
}

test.each(["8.19", "9.x"] as const)("a run on a cluster leaves nothing behind (%s)", async (version) => {
  const server = await startFor(version);
  const { endpoint, username, password, control } = server;
  const target = { endpoint, authorization: basic(`${username}:${password}`) };
  for (const entry of entries.filter((each) => appliesTo(each, version) && each.embeddedOnly === undefined)) {
    await runAndCleanUp(target, entry);
  }
  await server.close();
  const { store } = control;
  expect(store.connectors().map(({ source }) => source.index_name)).toEqual([]);
  expect([store.syncJobs(), store.secrets()]).toEqual([[], []]);
  expect(store.apiKeys().filter((key) => !key.invalidated)).toEqual([]);
  expect(store.indices()).toEqual([".elastic-connectors-sync-jobs-v1", ".elastic-connectors-v1"]);
});

describe("the list", () => {
  const ids = entries.map((entry) => entry.id);

  test("entries have ids of their own", () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("every behaviour of the contract has an entry under its own id", () => {
    const sizes = { C: 18, L: 10, X: 7, U: 17, F: 10, R: 7, S: 5, J: 14, K: 13, I: 4, P: 5 };
    const numbers = (size: number) => Array.from({ length: size }, (_, index) => String(index + 1).padStart(2, "0"));
    const wanted = Object.entries(sizes).flatMap(([letter, size]) => numbers(size).map((number) => letter + number));
    expect(wanted).toHaveLength(110);
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("every correction of the contract has an entry", () => {
    const corrected = entries.map((entry) => entry.corrects);
    expect(corrections.filter((correction) => !corrected.includes(correction))).toEqual([]);
  });

  test("whatever doesn't run on a real cluster says why", () => {
    const cluster: Omit<RealCluster, "endpoint" | "authorization"> = {
      profile: "9.x",
      version: "9.4.0",
      uuid: "u",
      isDedicated: false,
      byApiKey: false,
    };
    const reasons = entries.map((entry) => reasonToSkip(entry, cluster));
    expect(reasons.filter((reason) => reason === "")).toEqual([]);
    const dedicated = entries.filter((entry) => entry.dedicated !== undefined);
    expect(dedicated.map((entry) => reasonToSkip(entry, cluster))).toEqual(
      dedicated.map((entry) => expect.stringContaining(`${entry.dedicated}; set CONFORMANCE_DEDICATED=u`)),
    );
    expect(dedicated.map((entry) => reasonToSkip(entry, { ...cluster, isDedicated: true }))).toEqual(
      dedicated.map(() => undefined),
    );
  });
});

/** Past jest, which would put a stack beside every line. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
