import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Elasticsearch, type JsonObject, startElasticsearch } from "../../embedded";
import { type Answer, ask } from "../support/stage";
import { configurationOf, type Entry, type Modes, type RunningService, startService } from "./process";
import { unexpectedAnswers } from "./requests";
import type { ServiceUnderTest } from "./under-test";
import { until } from "./until";

/** One embedded server, one connector in it, and the real service working on it. */
export interface Scene {
  server: Elasticsearch;
  /** For the files of the scene; removed with it. */
  folder: string;
  /** Makes an API key with these role descriptors and answers it encoded. */
  key(name: string, roles: JsonObject): Promise<string>;
  /** Starts the service with its own key; it is stopped with the scene. */
  start(key: string, connectors: Entry[], modes?: Modes): RunningService;
  /** The same with the text of a configuration file. */
  startWith(configYml: string): RunningService;
  request(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
  connector(id: string): Promise<JsonObject>;
  /** Waits until the connector's status is this one. */
  status(id: string, wanted: string): Promise<JsonObject>;
  /** Waits for the service's registration, gives the configuration, and waits until the service has accepted it. */
  configure(id: string, values: JsonObject): Promise<void>;
  /** Orders a sync on demand; answers the job's id. */
  order(id: string, type?: string): Promise<string>;
  job(id: string): Promise<JsonObject>;
  /** Waits until the job is in this state; fails as soon as it ends in another. */
  reached(job: string, wanted: string): Promise<JsonObject>;
  /** Orders a sync and waits until it is completed. */
  sync(id: string, type?: string): Promise<JsonObject>;
  /** The documents of an index, by id. */
  documents(index: string): Map<string, JsonObject>;
}

/**
 * Plays a scene on a server of its own and cleans up. At its end, no request of the service may have had an unexpected
 * answer. What fails tells the end of the service's log.
 */
export async function playScene(under: ServiceUnderTest, play: (scene: Scene) => Promise<void>): Promise<void> {
  const server = await startElasticsearch({ version: under.profile });
  try {
    await playOn(server, under, play);
  } finally {
    await server.close();
  }
}

/** The same on a server that somebody else closes. */
export async function playOn(
  server: Elasticsearch,
  under: ServiceUnderTest,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pec-service-"));
  const services: RunningService[] = [];
  try {
    await play(sceneOn(server, under, folder, services));
    await Promise.all(services.map((service) => service.stop()));
    expect(unexpectedAnswers(server)).toEqual([]);
  } catch (error) {
    throw withLog(error, services);
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

const ENDS = ["completed", "error", "canceled", "suspended"];

function sceneOn(server: Elasticsearch, under: ServiceUnderTest, folder: string, services: RunningService[]): Scene {
  const request: Scene["request"] = (method, path, body, key) => ask(server, method, path, body, key);
  async function expected(method: string, path: string, body?: unknown): Promise<JsonObject> {
    const answer = await request(method, path, body);
    if (answer.status > 299) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
  function alive<T>(value: T | undefined | false): T | undefined | false {
    if (!value && services.every((service) => service.ended())) {
      throw new Error("the service has ended by itself");
    }
    return value;
  }
  const scene: Scene = {
    server,
    folder,
    request,
    async key(name, roles) {
      return String((await expected("PUT", "/_security/api_key", { name, role_descriptors: roles })).encoded);
    },
    start: (key, connectors, modes = {}) =>
      scene.startWith(configurationOf({ endpoint: server.endpoint, key, connectors, ...modes })),
    startWith(configYml) {
      const service = startService(under, folder, configYml);
      services.push(service);
      return service;
    },
    connector: (id) => expected("GET", `/_connector/${id}`),
    status(id, wanted) {
      const check = async () => {
        const connector = await scene.connector(id);
        return alive(connector.status === wanted && connector);
      };
      return until(`status ${wanted} of ${id}`, check, 30_000, async () => shown(await scene.connector(id)));
    },
    async configure(id, values) {
      // A native connector has this status from the start, before its service has told the fields.
      await until("the registration", async () => {
        const { configuration } = await scene.status(id, "needs_configuration");
        return Object.keys(configuration as JsonObject).length > 0;
      });
      await expected("PUT", `/_connector/${id}/_configuration`, { values });
      await scene.status(id, "connected");
    },
    async order(id, type = "full") {
      return String((await expected("POST", "/_connector/_sync_job", { id, job_type: type })).id);
    },
    job: (id) => expected("GET", `/_connector/_sync_job/${id}`),
    reached(id, wanted) {
      const check = async () => {
        const job = await scene.job(id);
        if (job.status !== wanted && ENDS.includes(String(job.status))) {
          throw new Error(`the job is ${job.status} instead of ${wanted}: ${job.error}`);
        }
        return alive(job.status === wanted && job);
      };
      return until(`job ${wanted}`, check, 60_000, async () => shown(await scene.job(id)));
    },
    sync: async (id, type) => scene.reached(await scene.order(id, type), "completed"),
    documents: (index) => new Map(server.control.store.documents(index).map(({ id, source }) => [id, source])),
  };
  return scene;
}

/** What may be printed of a connector or a job: neither has its configuration, with passwords, in it. */
function shown({ status, error }: JsonObject): JsonObject {
  return { status: status ?? null, error: error ?? null };
}

function withLog(error: unknown, services: RunningService[]): unknown {
  if (error instanceof Error) {
    const tails = services.map((service) => service.log().split("\n").slice(-60).join("\n"));
    error.message += `\n\nLast lines of the service:\n${tails.join("\n---\n")}`;
  }
  return error;
}
