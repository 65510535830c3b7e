import { type Defect, type Elasticsearch, startElasticsearch } from "../../embedded/elasticsearch";
import type { Entry, Profile } from "./dsl";

/** A server with the further users that some entries ask for. */
export function startFor(version: Profile, defects: Defect[] = []): Promise<Elasticsearch> {
  return startElasticsearch({
    version,
    defects,
    password: "superuser-password",
    users: {
      second: { password: "second-password", roles: ["limited"] },
      third: { password: "third-password", roles: ["own-keys"] },
    },
    roles: {
      limited: { cluster: ["monitor"], indices: [{ names: ["limited-*"], privileges: ["read"] }] },
      "own-keys": { cluster: ["manage_own_api_key"] },
    },
  });
}

export function appliesTo(entry: Entry, version: Profile): boolean {
  return (entry.versions ?? ["8.19", "9.x"]).includes(version);
}
