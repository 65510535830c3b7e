import type { Elasticsearch } from "../../embedded/elasticsearch";
import type { Profile } from "./dsl";
import { appliesTo, startFor } from "./embedded-target";
import { entries } from "./entries";
import { runAndCleanUp, runEntry, type Target } from "./runner";

const profiles: Profile[] = ["8.14", "8.19", "9.x"];

describe.each(profiles)("embedded Elasticsearch %s", (version) => {
  let server: Elasticsearch;
  beforeAll(async () => {
    server = await startFor(version);
  });
  afterAll(() => server.close());

  const applicable = entries.filter((entry) => appliesTo(entry, version));
  test.each(applicable.map((entry) => [entry.id, entry.title, entry] as const))("%s %s", async (_id, _title, entry) => {
    expect(await runEntry(server, entry)).toEqual([]);
  });
});

const url = process.env.CONFORMANCE_URL;

// `CONFORMANCE_URL=https://user:password@host:9200` runs the same list on a real cluster, under a random prefix.
if (url !== undefined) {
  describe("the cluster at CONFORMANCE_URL", () => {
    const { origin, username, password } = new URL(url);
    const target = { endpoint: origin, username: decodeURIComponent(username), password: decodeURIComponent(password) };
    const eligible = entries.filter((entry) => entry.embeddedOnly === undefined);
    test.each(eligible.map((entry) => [entry.id, entry.title, entry] as const))("%s %s", async (_id, _title, entry) => {
      if (!appliesTo(entry, await profileOf(target))) return;
      expect(await runAndCleanUp(target, entry)).toEqual([]);
    });
  });
}

test("entries have ids of their own", () => {
  const ids = entries.map((entry) => entry.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

async function profileOf({ endpoint, username, password }: Target): Promise<Profile> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const answer = await fetch(endpoint, { headers: { authorization } });
  const { version } = (await answer.json()) as { version: { number: string } };
  const [major, minor = 0] = version.number.split(".").map(Number);
  if (major === 9) return "9.x";
  return minor >= 15 ? "8.19" : "8.14";
}
