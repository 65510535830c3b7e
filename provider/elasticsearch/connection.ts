import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client, type ClientOptions, HttpConnection } from "@elastic/elasticsearch";
import { requestLog } from "./debug-log";
import { explain, fromClient, isKind, leavesDoubt, ProviderError } from "./errors";
import type { ConnectionSettings } from "./settings";
import { abilities, atLeast, parseVersion, type ServerVersion } from "./version";

export interface ServerInfo {
  version: ServerVersion;
  /** The version as the server spells it. */
  number: string;
}

export interface Request {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** Segments are escaped and joined. */
  path: readonly string[];
  query?: Record<string, string | number | boolean>;
  body?: unknown;
  /** What the request is for, as an infinitive: `create the API key`. */
  what: string;
  /** Carried out twice it could make two objects or undo something: it is repeated only when surely nothing was done. */
  once?: boolean;
}

/** One cluster, as this process talks to it. */
export interface Elasticsearch {
  /** Where it is, for messages. */
  readonly endpoint: string;
  /** @throws ProviderError */
  send<T>(request: Request): Promise<T>;
  /** Version of the server, asked once. Refuses servers that the provider can't work with. */
  info(): Promise<ServerInfo>;
  readonly preflight: ConnectionSettings["preflight"];
}

const ATTEMPTS = 4;
const LONGEST_PAUSE = 20_000;

export function connect(settings: ConnectionSettings): Elasticsearch {
  const client = new Client(clientOptions(settings));
  const endpoint = settings.cloudId ? "the Elastic Cloud deployment" : settings.endpoints.join(", ");
  const log = requestLog(settings.debugLog);
  let info: Promise<ServerInfo> | undefined;

  async function attempt<T>({ method, path, query, body, what }: Request): Promise<T> {
    const started = Date.now();
    const url = `/${path.map(encodeURIComponent).join("/")}`;
    try {
      const answer = await client.transport.request(
        {
          method,
          path: url,
          ...(query ? { querystring: query } : {}),
          ...(body === undefined ? {} : { body: body as object }),
        },
        { meta: true },
      );
      log(method, url, answer.statusCode ?? 0, Date.now() - started);
      return answer.body as T;
    } catch (error) {
      const failure = fromClient(error, what, endpoint);
      log(method, url, (error as { statusCode?: number }).statusCode ?? failure.kind, Date.now() - started);
      throw changesNothing(method, path) ? explain(failure, { doubt: false }) : failure;
    }
  }

  const es: Elasticsearch = {
    endpoint,
    preflight: settings.preflight,
    send: (request) => withRetries(() => attempt(request), request.once === true),
    info() {
      info ??= askInfo(es).catch((error) => {
        info = undefined;
        throw error;
      });
      return info;
    },
  };
  return es;
}

/** Repeats a request that may be repeated, a few times, with growing pauses; the server's Retry-After counts. */
async function withRetries<T>(attempt: () => Promise<T>, once: boolean): Promise<T> {
  let doubt = false;
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      doubt ||= leavesDoubt(error);
      if ((once && doubt) || tries === ATTEMPTS || !isKind(error, "unavailable", "answer-lost")) {
        throw explain(error, { doubt });
      }
      await pause(error, tries);
    }
  }
}

function changesNothing(method: string, path: readonly string[]): boolean {
  return method === "GET" || path.some((segment) => ["_refresh", "_has_privileges", "_query"].includes(segment));
}

function pause(error: ProviderError, tries: number): Promise<void> {
  const growing = 100 * 2 ** tries * (0.5 + Math.random());
  const wait = Math.min(LONGEST_PAUSE, error.retryAfter === undefined ? growing : error.retryAfter * 1000);
  return new Promise((resolve) => setTimeout(resolve, wait));
}

async function askInfo(es: Elasticsearch): Promise<ServerInfo> {
  const what = "ask the server for its version";
  const answer = await es.send<{ version?: { number?: string; build_flavor?: string } }>({
    method: "GET",
    path: [],
    what,
  });
  const number = answer.version?.number ?? "";
  const version = parseVersion(number);
  if (answer.version?.build_flavor === "serverless") {
    throw new ProviderError("unsupported", {
      what: "use this server",
      why: `${es.endpoint} is Elastic Cloud Serverless, which has no API for connector secrets`,
      next: "use a hosted deployment or your own cluster",
    });
  }
  if (!version) {
    throw new ProviderError("unsupported", {
      what: "use this server",
      why: `${es.endpoint} does not tell a version as Elasticsearch does`,
      next: "check elastic:endpoint",
    });
  }
  if (!atLeast(version, abilities.minimum.major, abilities.minimum.minor)) {
    throw new ProviderError("unsupported", {
      what: "use this server",
      why: `${es.endpoint} runs Elasticsearch ${number}; API keys and secrets of connectors exist from 8.13 on`,
      next: "upgrade the cluster",
    });
  }
  return { version, number };
}

function clientOptions(settings: ConnectionSettings): ClientOptions {
  const { auth, cloudId, endpoints, caCert, caFingerprint, clientCert, clientKey, proxy } = settings;
  return {
    ...(cloudId ? { cloud: { id: cloudId } } : { nodes: endpoints }),
    auth,
    maxRetries: 0,
    requestTimeout: settings.requestTimeout,
    headers: { "user-agent": `pulumi-elastic-connectors/${packageVersion()}` },
    tls: {
      ...(caCert ? { ca: caCert } : {}),
      ...(clientCert ? { cert: clientCert } : {}),
      ...(clientKey ? { key: clientKey } : {}),
      // The client compares the authority's fingerprint itself; without its certificate nothing else can be verified.
      ...(caFingerprint && !caCert ? { rejectUnauthorized: false } : {}),
    },
    ...(caFingerprint ? { caFingerprint } : {}),
    // Only this connection class can go through a proxy.
    ...(proxy ? { Connection: HttpConnection, proxy } : {}),
  };
}

function packageVersion(): string {
  // The same distance from the sources and from the build is not given, so both places are tried.
  for (const up of ["../..", "../../.."]) {
    try {
      const text = readFileSync(join(__dirname, up, "package.json"), "utf8");
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      // The other place holds it.
    }
  }
  return "unknown";
}
