// One connector and its sync jobs, in memory: for waits that would take minutes on a server.

import type { Elasticsearch, Request } from "../../provider/elasticsearch/connection";
import type { WireConnector } from "../../provider/elasticsearch/connectors";
import { ProviderError } from "../../provider/elasticsearch/errors";
import { isActive, type WireSyncJob } from "../../provider/elasticsearch/sync-jobs";
import type { Clock } from "../../provider/model/clock";

export const START = Date.parse("2026-01-01T00:00:00Z");

export interface FakeServer {
  es: Elasticsearch;
  clock: Clock;
  connector: WireConnector | undefined;
  jobs: Map<string, WireSyncJob>;
  /** Requests that change something, as `METHOD path`. */
  writes: string[];
  /** Lists begin with the oldest job, as before 8.14. */
  oldestFirst: boolean;
  /** What a new job looks like. */
  fresh: Partial<WireSyncJob>;
  /** Called before each request; what it throws is the request's failure. */
  before(request: Request): void;
  /** Called after each request has taken effect; what it throws stands for a lost answer. */
  after(request: Request): void;
  /** Changes a job when so many seconds have passed since the start. */
  later(seconds: number, id: string, change: Partial<WireSyncJob>): void;
  seconds(): number;
}

export function fakeServer(): FakeServer {
  let now = START;
  const due: { at: number; id: string; change: Partial<WireSyncJob> }[] = [];
  const fake: FakeServer = {
    es: {
      endpoint: "nowhere",
      preflight: "error",
      info: async () => {
        const version = fake.oldestFirst ? { major: 8, minor: 13 } : { major: 9, minor: 1 };
        return { number: `${version.major}.${version.minor}.0`, version };
      },
      send: async <T>(request: Request) => {
        fake.before(request);
        if (request.method !== "GET") {
          fake.writes.push(`${request.method} /${request.path.join("/")}`);
        }
        const answer = structuredClone(answerTo(fake, request));
        fake.after(request);
        return answer as T;
      },
    },
    clock: {
      now: () => now,
      async pause(milliseconds) {
        now += milliseconds;
        for (const { id, change } of due.filter(({ at }) => at <= now)) {
          fake.jobs.set(id, { ...(fake.jobs.get(id) as WireSyncJob), ...change });
        }
        due.splice(0, due.length, ...due.filter(({ at }) => at > now));
      },
    },
    connector: { id: "c", index_name: "search-c", service_type: "mongodb" },
    jobs: new Map(),
    writes: [],
    oldestFirst: false,
    fresh: { status: "pending" },
    before: () => {},
    after: () => {},
    later: (seconds, id, change) => due.push({ at: START + seconds * 1000, id, change }),
    seconds: () => (now - START) / 1000,
  };
  return fake;
}

function answerTo(fake: FakeServer, { method, path, query, body, what }: Request): unknown {
  const [, second, id] = path;
  if (second !== "_sync_job") {
    return fake.connector ?? missing(what);
  }
  if (method === "POST") {
    const made = `job-${fake.jobs.size + 1}`;
    const { job_type } = body as { job_type: "full" };
    fake.jobs.set(made, { id: made, job_type, status: "pending", ...fake.fresh });
    return { id: made };
  }
  if (id === undefined) {
    return page(fake, query);
  }
  const job = fake.jobs.get(id) ?? missing(what);
  if (method === "PUT") {
    if (!isActive(job.status)) {
      throw new ProviderError("invalid", { what, why: "Invalid transition attempt" });
    }
    fake.jobs.set(id, { ...job, status: job.status === "pending" ? "canceled" : "canceling" });
  }
  return job;
}

function page(fake: FakeServer, query: Request["query"] = {}): { count: number; results: WireSyncJob[] } {
  const { status, job_type, from = 0, size = 100 } = query;
  const fitting = [...fake.jobs.values()].filter(
    (job) => (status ?? job.status) === job.status && (job_type ?? job.job_type) === job.job_type,
  );
  const ordered = fake.oldestFirst ? fitting : fitting.reverse();
  return { count: ordered.length, results: ordered.slice(Number(from), Number(from) + Number(size)) };
}

function missing(what: string): never {
  throw new ProviderError("not-found", { what, why: "there is none" });
}
