import { type Defect, type Elasticsearch, startElasticsearch } from "../../embedded/elasticsearch";
import type { Entry, Profile } from "./dsl";
import { basic, runEntry, type Target } from "./runner";

/** A server with the further users that some entries ask for. */
export function startFor(version: Profile, defects: Defect[] = []): Promise<Elasticsearch> {
  return startElasticsearch({
    version,
    defects,
    password: "superuser-password",
    users: {
      second: { password: "second-password", roles: ["limited"] },
      third: { password: "third-password", roles: ["own-keys"] },
      fourth: { password: "fourth-password", roles: ["keys"] },
    },
    roles: {
      limited: { cluster: ["monitor"], indices: [{ names: ["limited-*"], privileges: ["read"] }] },
      "own-keys": { cluster: ["manage_own_api_key"] },
      keys: { cluster: ["manage_api_key"] },
    },
  });
}

/** Runs an entry there; one that needs a cluster to itself gets another server of the same kind. */
export async function runOn(
  server: Elasticsearch,
  entry: Entry,
  version: Profile,
  defects: Defect[] = [],
): Promise<string[]> {
  if (entry.dedicated === undefined) return runEntry(targetOf(server), entry);
  const own = await startFor(version, defects);
  try {
    return await runEntry(targetOf(own), entry);
  } finally {
    await own.close();
  }
}

export function appliesTo(entry: Entry, version: Profile): boolean {
  return (entry.versions ?? ["8.19", "9.x"]).includes(version);
}

function targetOf({ endpoint, username, password }: Elasticsearch): Target {
  return { endpoint, authorization: basic(`${username}:${password}`) };
}
