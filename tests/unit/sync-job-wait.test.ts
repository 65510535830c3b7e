import { ProviderError } from "../../provider/elasticsearch/errors";
import type { WireSyncJob } from "../../provider/elasticsearch/sync-jobs";
import { milliseconds } from "../../provider/model/duration";
import { sendNoticesTo } from "../../provider/model/notice";
import { startSync, waitForSync } from "../../provider/resources/sync-job/run";
import { type FakeServer, fakeServer, START } from "../support/sync-jobs";

let server: FakeServer;
let said: string[];

beforeEach(() => {
  server = fakeServer();
  server.jobs.set("j", { id: "j", status: "pending" });
  said = [];
  sendNoticesTo(({ kind, id, text }) => said.push(`${kind} '${id}' at ${server.seconds()}: ${text}`));
});
afterEach(() => sendNoticesTo(() => {}));

function wait(timeouts?: { start?: string; complete?: string }): Promise<void> {
  return waitForSync(server.es, { jobId: "j", connectorId: "c", name: "first", timeouts }, server.clock);
}

async function failure(timeouts?: { start?: string; complete?: string }): Promise<string> {
  return wait(timeouts).then(
    () => "",
    (error: ProviderError) => error.message,
  );
}

const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const taken = (more: Partial<WireSyncJob> = {}): Partial<WireSyncJob> => ({
  status: "in_progress",
  started_at: iso(0),
  last_seen: iso(0),
  ...more,
});

describe("the end of a wait", () => {
  test("a completed job", async () => {
    server.later(10, "j", taken());
    server.later(100, "j", { status: "completed", indexed_document_count: 7, completed_at: iso(100) });
    await wait();
    expect(server.seconds()).toBeGreaterThanOrEqual(100);
    expect(server.seconds()).toBeLessThan(110);
    expect(server.writes).toEqual([]);
    expect(said.at(-1)).toMatch(/completed: 7 documents in 100 s$/);
  });

  test("a failed job, in its own words without the connector's passwords", async () => {
    const configuration = { password: { value: "hunter2-marker" }, own: { value: "second-marker", sensitive: true } };
    const error = "auth failed with hunter2-marker and second-marker";
    server.later(1, "j", { status: "error", error, connector: { id: "c", service_type: "mongodb", configuration } });
    expect(await failure()).toMatch(
      /^could not synchronise \(sync job 'j'\): the connectors service reports: auth failed with \[secret\] and \[secret\]\. What to do: .*'pulumi up' again/,
    );
  });

  test("a cancelled job", async () => {
    server.later(1, "j", { status: "canceled" });
    expect(await failure()).toContain("the sync was cancelled");
  });

  test("a job that somebody has deleted", async () => {
    server.jobs.clear();
    expect(await failure()).toContain("the job is not on the server any more");
  });

  test("an error that leaves no doubt", async () => {
    server.before = () => {
      throw new ProviderError("forbidden", { what: "read the sync job", why: "you may not" });
    };
    expect(await failure()).toBe("could not read the sync job: you may not.");
  });
});

describe("nobody takes the job", () => {
  test("after two minutes it is cancelled, and never any sooner", async () => {
    expect(await failure()).toBe(
      "could not synchronise (sync job 'j'): no connectors service took the job within 2m, so it was cancelled; no service has ever looked at this connector. What to do: see that a connectors service runs, lists this connector, reaches this cluster and isn't busy with other syncs; or raise timeouts.start.",
    );
    expect(server.seconds()).toBeGreaterThanOrEqual(120);
    expect(server.seconds()).toBeLessThan(130);
    expect(server.writes).toEqual(["PUT /_connector/_sync_job/j/_cancel"]);
    expect(server.jobs.get("j")?.status).toBe("canceled");
  });

  test("the limit is the user's, and the message tells when a service was there", async () => {
    server.connector = { id: "c", last_seen: iso(-3600) };
    expect(await failure({ start: "10m" })).toContain(
      "took the job within 10m, so it was cancelled; a service has last looked at this connector 70 min ago.",
    );
    expect(server.seconds()).toBeGreaterThanOrEqual(600);
  });

  test("while another sync of the connector runs, the time doesn't count", async () => {
    server.jobs.set("scheduled", { id: "scheduled", status: "in_progress" });
    server.later(1000, "scheduled", { status: "completed" });
    server.later(1030, "j", taken());
    server.later(1100, "j", { status: "completed" });
    await wait();
    expect(server.writes).toEqual([]);
    expect(said.join("\n")).toContain("waits for another sync of the connector to end");
  });

  test("a suspended job counts as one that nobody takes, from then on", async () => {
    server.later(10, "j", taken());
    server.later(300, "j", { status: "suspended" });
    expect(await failure()).toContain("no connectors service took the job within 2m");
    expect(server.seconds()).toBeGreaterThanOrEqual(420);
  });
});

describe("a job that goes on", () => {
  test("is let go after the limit, and not cancelled", async () => {
    server.later(1, "j", taken());
    expect(await failure()).toMatch(
      /it has not ended within 1h; it goes on\. What to do: run 'pulumi up' again to go on/,
    );
    expect(server.seconds()).toBeGreaterThanOrEqual(3600);
    expect(server.seconds()).toBeLessThan(3601);
    expect(server.writes).toEqual([]);
  });

  test("an outage is survived, and isn't taken for a job that nobody takes", async () => {
    server.before = () => {
      if (server.seconds() > 5 && server.seconds() < 600) {
        throw new ProviderError("unavailable", { what: "read the sync job", why: "nothing listens" });
      }
    };
    server.later(650, "j", taken());
    server.later(700, "j", { status: "completed" });
    await wait();
    expect(server.seconds()).toBeGreaterThanOrEqual(700);
  });

  test("an outage without end ends the wait, telling so", async () => {
    server.before = () => {
      throw new ProviderError("answer-lost", { what: "read the sync job", why: "nowhere did not answer in time" });
    };
    expect(await failure({ complete: "5m" })).toContain(
      "its end was not seen within 5m; when last asked, nowhere did not answer in time.",
    );
  });
});

describe("what is told meanwhile", () => {
  test("the job and how to cancel it first, then documents, rate and when it was seen", async () => {
    server.later(20, "j", taken());
    server.later(40, "j", { indexed_document_count: 400, deleted_document_count: 2, last_seen: iso(39) });
    server.later(60, "j", { status: "completed", indexed_document_count: 1 });
    await wait();
    const texts = said.map((line) => line.replace(/ at [\d.]+:/, ":"));
    expect(texts[0]).toBe("SyncJob 'first': sync job j; to cancel it: npx pulumi-elastic-connectors sync cancel j");
    expect(texts[1]).toBe("SyncJob 'first': pending: waiting for a connectors service to take the job");
    expect(texts[2]).toMatch(/: in progress: 0 documents so far, last seen \d+ s ago$/);
    expect(texts[3]).toMatch(
      /: in progress: 400 documents, 2 deleted so far, (10|9\.\d) a second, last seen \d s ago$/,
    );
    expect(texts[4]).toBe("SyncJob 'first': completed: 1 document, 2 deleted");
    expect(texts).toHaveLength(5);
  });

  test("a line every five seconds at most, and every minute when nothing changes", async () => {
    server.later(1, "j", taken());
    for (let second = 1; second < 120; second++) {
      server.later(second, "j", { indexed_document_count: second });
    }
    server.later(720, "j", { status: "completed" });
    await wait();
    const times = said.slice(1, -1).map((line) => Number(/ at ([\d.]+):/.exec(line)?.[1]));
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5);
    expect(times.filter((time) => time > 130).length).toBeGreaterThanOrEqual(8);
    expect(times.filter((time) => time > 130).length).toBeLessThanOrEqual(10);
    expect(new Set(said).size).toBe(said.length);
  });
});

describe("a start", () => {
  const inputs = { connectorId: "c", jobType: "accessControl" } as const;

  test("names the type as the server does", async () => {
    expect(await startSync(server.es, inputs)).toBe("job-2");
    expect(server.jobs.get("job-2")?.job_type).toBe("access_control");
  });

  test("whose answer is lost finds the job, and makes no second one", async () => {
    await startSync(server.es, inputs);
    lose("after");
    expect(await startSync(server.es, inputs)).toBe("job-3");
    expect(server.jobs.size).toBe(3);
  });

  test("whose answer is lost finds the job among many, on a server that lists the oldest first too", async () => {
    server.oldestFirst = true;
    for (let i = 0; i < 120; i++) {
      await startSync(server.es, inputs);
    }
    lose("after");
    expect(await startSync(server.es, inputs)).toBe("job-122");
    expect(server.jobs.size).toBe(122);
  });

  test("that never arrived is sent again", async () => {
    lose("before");
    expect(await startSync(server.es, inputs)).toBe("job-2");
    expect(server.jobs.size).toBe(2);
  });

  function lose(when: "before" | "after"): void {
    server[when] = ({ method }) => {
      if (method === "POST") {
        server[when] = () => {};
        throw new ProviderError("answer-lost", { what: "start a sync", why: "the connection broke", doubt: true });
      }
    };
  }
});

test.each([
  ["90s", 90_000],
  ["2m", 120_000],
  ["3h", 10_800_000],
])("%s", (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});
