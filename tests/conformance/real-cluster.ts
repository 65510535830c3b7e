import type { Entry, Profile } from "./dsl";
import { appliesTo } from "./embedded-target";
import { basic, type Target } from "./runner";

/** A cluster that the environment names, and what is known about it. */
export interface RealCluster extends Target {
  readonly profile: Profile;
  readonly version: string;
  readonly uuid: string;
  /** Whether its owner said that it is there for nothing but this suite. */
  readonly isDedicated: boolean;
  readonly byApiKey: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads `CONFORMANCE_*` and asks the cluster who it is. Nothing else of the environment is looked at. */
export async function realCluster(environment: Environment): Promise<RealCluster> {
  const url = new URL(environment.CONFORMANCE_URL ?? "");
  const user = environment.CONFORMANCE_USERNAME ?? decodeURIComponent(url.username);
  const password = environment.CONFORMANCE_PASSWORD ?? decodeURIComponent(url.password);
  const key = environment.CONFORMANCE_API_KEY;
  const endpoint = url.origin + url.pathname.replace(/\/+$/, "");
  const authorization = key === undefined ? basic(`${user}:${password}`) : `ApiKey ${key}`;
  const answer = await fetch(endpoint, { headers: { authorization } });
  if (!answer.ok) throw new Error(`${endpoint} answers ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  const { cluster_uuid: uuid, version } = (await answer.json()) as Info;
  return {
    endpoint,
    authorization,
    uuid,
    version: version.number,
    profile: profileOf(version.number),
    isDedicated: environment.CONFORMANCE_DEDICATED === uuid,
    byApiKey: key !== undefined,
  };
}

interface Info {
  readonly cluster_uuid: string;
  readonly version: { readonly number: string };
}

/** Why an entry isn't run there; undefined when it is. */
export function reasonToSkip(entry: Entry, cluster: Omit<RealCluster, keyof Target>): string | undefined {
  if (!appliesTo(entry, cluster.profile)) return `is about ${(entry.versions ?? ["8.19", "9.x"]).join(" and ")}`;
  if (entry.embeddedOnly !== undefined) return entry.embeddedOnly;
  if (entry.dedicated !== undefined && !cluster.isDedicated) {
    return `${entry.dedicated}; set CONFORMANCE_DEDICATED=${cluster.uuid} if the cluster is there for this alone`;
  }
  if (cluster.byApiKey && entry.steps.some((step) => makesKeys.test(step.call))) {
    return "makes API keys, which takes a user and not a key";
  }
  return undefined;
}

const makesKeys = /^(POST|PUT) \/_security\/(cross_cluster\/)?api_key/;

function profileOf(version: string): Profile {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major >= 9) return "9.x";
  return minor >= 15 ? "8.19" : "8.14";
}
