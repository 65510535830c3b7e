import { readFileSync } from "node:fs";
import { nearest } from "../text/nearest";
import { ProviderError } from "./errors";

/** Where the cluster is and who we are there. All of it comes from one source. */
export interface ConnectionSettings {
  endpoints: string[];
  cloudId?: string;
  auth: { apiKey: string } | { username: string; password: string } | { bearer: string };
  caCert?: string;
  caFingerprint?: string;
  clientCert?: string;
  clientKey?: string;
  /** Milliseconds. */
  requestTimeout: number;
  /** File for a redacted log of requests. */
  debugLog?: string;
  preflight: "error" | "warn" | "off";
  proxy?: string;
}

type ReadConfig = (name: string) => string | undefined;

/** The connection can't be set up as it is declared. The message says which setting, and what to do. */
export class SettingsProblem extends Error {}

/** The error that a user reads when the settings are at fault; every other error as it is. */
export function misconfigured(problem: unknown): unknown {
  return problem instanceof SettingsProblem
    ? new ProviderError("misconfigured", { what: "connect to Elasticsearch", why: problem.message })
    : problem;
}

const CONNECTION = [
  "endpoint",
  "cloudId",
  "apiKey",
  "username",
  "password",
  "bearerToken",
  "caCert",
  "caCertFile",
  "caFingerprint",
  "clientCert",
  "clientKey",
] as const;

/** The other arguments of an explicit `Provider`. */
const BESIDE = ["allowInsecure", "requestTimeout", "debugLog", "preflight", "envPrefix"] as const;

type Connection = Partial<Record<(typeof CONNECTION)[number], string>>;

/**
 * Settings of one provider. The connection comes whole from an explicit `Provider`, else from stack configuration, else
 * from the environment: mixing two sources could send one cluster's key to another. An explicit `Provider` looks at the
 * environment only when it names a prefix itself.
 *
 * @param read gives `elastic:<name>`: an explicit provider's values arrive as such, the stack's as text.
 * @throws SettingsProblem
 */
export function readSettings(read: (name: string) => unknown, env: NodeJS.ProcessEnv): ConnectionSettings {
  const config: ReadConfig = (name) => text(read(name));
  const explicit = config("explicit") === "true";
  refuseUnknown(config("unknown"));
  const fromEnv = (name: string) => (explicit ? undefined : env[`ELASTICSEARCH_${name}`] || undefined);
  const { connection, source } = chooseSource(config, env, explicit);
  const { endpoints, cloudId } = address(connection, source, config("allowInsecure") === "true");
  refuseUselessFingerprint(connection, endpoints, source);
  const caCert = connection.caCert ?? (connection.caCertFile && readPem(connection.caCertFile));
  if ((connection.clientCert === undefined) !== (connection.clientKey === undefined)) {
    throw new SettingsProblem("elastic:clientCert and elastic:clientKey go together; one of them is missing");
  }
  return defined({
    endpoints,
    cloudId,
    auth: credentials(connection, source),
    caCert: caCert || undefined,
    caFingerprint: connection.caFingerprint,
    clientCert: connection.clientCert,
    clientKey: connection.clientKey,
    requestTimeout: seconds(config("requestTimeout") ?? fromEnv("REQUEST_TIMEOUT")) * 1000,
    debugLog: config("debugLog") ?? fromEnv("DEBUG_LOG"),
    preflight: preflight(config("preflight")),
    proxy: proxyFor(endpoints, env),
  });
}

/** The SDK names arguments that it doesn't know; their values it keeps to itself, since any may be a secret. */
function refuseUnknown(names: string | undefined): void {
  const [name] = names?.split(",") ?? [];
  if (name) {
    const known = [...CONNECTION, ...BESIDE];
    const guess = nearest(name, known);
    throw new SettingsProblem(
      `Provider has no argument '${name}'; ${guess ? `did you mean '${guess}'?` : `known are ${known.join(", ")}`}`,
    );
  }
}

interface Source {
  /** How the user names it. */
  name: string;
  /** How one setting of it is spelled. */
  setting: (name: string) => string;
  /** The user chose it, so that the others can't help. */
  chosen?: boolean;
}

function chooseSource(
  config: ReadConfig,
  env: NodeJS.ProcessEnv,
  explicit: boolean,
): { connection: Connection; source: Source } {
  const configured = collect((name) => config(name));
  const prefix = config("envPrefix");
  const declared: Source = {
    name: explicit ? "the explicit Provider" : "the stack's configuration",
    setting: (name) => (explicit ? name : `elastic:${name}`),
    chosen: explicit,
  };
  if (prefix) {
    if (Object.keys(configured).length > 0) {
      throw new SettingsProblem(
        `elastic:envPrefix and elastic:${Object.keys(configured)[0]} exclude each other: the connection comes from one source`,
      );
    }
    const { connection, source } = fromEnvironment(env, prefix);
    return { connection, source: { ...source, chosen: true } };
  }
  if (explicit || Object.keys(configured).length > 0) {
    return { connection: configured, source: declared };
  }
  return fromEnvironment(env, "ELASTICSEARCH");
}

function fromEnvironment(env: NodeJS.ProcessEnv, prefix: string): { connection: Connection; source: Source } {
  const variable = (name: string) => `${prefix}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
  return {
    connection: collect((name) => env[variable(name)]),
    source: { name: "the environment", setting: variable },
  };
}

function collect(read: (name: string) => string | undefined): Connection {
  return Object.fromEntries(
    CONNECTION.map((name) => [name, read(name)] as const).filter(([, value]) => value !== undefined && value !== ""),
  );
}

function address(
  connection: Connection,
  source: Source,
  allowInsecure: boolean,
): { endpoints: string[]; cloudId?: string } {
  const { endpoint, cloudId } = connection;
  if (endpoint && cloudId) {
    throw new SettingsProblem(
      `${source.setting("endpoint")} and ${source.setting("cloudId")} exclude each other; set one`,
    );
  }
  if (cloudId) {
    return { endpoints: [], cloudId };
  }
  if (!endpoint) {
    const ways = source.chosen
      ? `${source.setting("endpoint")} or ${source.setting("cloudId")}`
      : "elastic:endpoint ('pulumi config set elastic:endpoint https://...'), or elastic:cloudId, or ELASTICSEARCH_ENDPOINT, or pass an explicit Provider";
    throw new SettingsProblem(`no cluster is configured: set ${ways} (looked in ${source.name})`);
  }
  const texts = endpoint.split(",").map((text) => text.trim());
  // A comma too many does no harm; nothing but commas is no address.
  const endpoints = texts.some((text) => text !== "") ? texts.filter((text) => text !== "") : texts;
  for (const text of endpoints) {
    checkEndpoint(text, source.setting("endpoint"), allowInsecure);
  }
  return { endpoints };
}

function refuseUselessFingerprint({ caFingerprint }: Connection, endpoints: string[], source: Source): void {
  const plain = endpoints.find((text) => new URL(text).protocol === "http:");
  if (caFingerprint && plain) {
    throw new SettingsProblem(
      `${source.setting("caFingerprint")} is of a certificate, and plain http to ${new URL(plain).host} has none: use https in ${source.setting("endpoint")}, or leave the fingerprint out`,
    );
  }
}

function checkEndpoint(text: string, setting: string, allowInsecure: boolean): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new SettingsProblem(`${setting} must be a URL such as https://host:9200 (several are separated by commas)`);
  }
  if (url.username || url.password) {
    throw new SettingsProblem(
      `${setting} must not hold credentials; set username and password (as a secret) beside it`,
    );
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowInsecure) {
    throw new SettingsProblem(
      `${setting} is plain http to ${url.hostname}: credentials and content would travel readable. Use https, or set elastic:allowInsecure to true if the network is trusted`,
    );
  }
}

function credentials(
  { apiKey, username, password, bearerToken }: Connection,
  source: Source,
): ConnectionSettings["auth"] {
  const given = [apiKey && "apiKey", (username || password) && "username", bearerToken && "bearerToken"].filter(
    Boolean,
  );
  if (given.length > 1) {
    throw new SettingsProblem(`${source.name} holds several credentials (${given.join(", ")}); keep one kind`);
  }
  if (apiKey) {
    return { apiKey };
  }
  if (bearerToken) {
    return { bearer: bearerToken };
  }
  if (username && password) {
    return { username, password };
  }
  const missing = username ? "password" : password ? "username" : undefined;
  throw new SettingsProblem(
    missing
      ? `${source.setting(missing)} is missing: the connection comes whole from ${source.name}`
      : `no credentials: set ${source.setting("apiKey")}, or ${source.setting("username")} and ${source.setting("password")} (they come from the same source as the endpoint: ${source.name})`,
  );
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null || value === "" ? undefined : String(value);
}

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new SettingsProblem(`elastic:caCertFile names a file that can't be read: ${path}`);
  }
}

function seconds(text: string | undefined): number {
  const value = text === undefined ? 30 : Number(text);
  if (!(value > 0 && value <= 3600)) {
    throw new SettingsProblem("elastic:requestTimeout must be a number of seconds between 0 and 3600");
  }
  return value;
}

function preflight(text: string | undefined): ConnectionSettings["preflight"] {
  if (text === undefined || text === "error" || text === "warn" || text === "off") {
    return text ?? "error";
  }
  throw new SettingsProblem("elastic:preflight must be one of error, warn, off");
}

function proxyFor(endpoints: string[], env: NodeJS.ProcessEnv): string | undefined {
  const proxy = env.HTTPS_PROXY || env.https_proxy || undefined;
  const urls = endpoints.map((text) => new URL(text));
  const direct = (env.NO_PROXY || env.no_proxy || "").split(",").map((host) => host.trim());
  const excluded = (host: string) =>
    direct.some(
      (entry) => entry !== "" && (entry === "*" || host === entry || host.endsWith(`.${entry.replace(/^\*?\./, "")}`)),
    );
  return urls.some((url) => url.protocol === "http:" || isLoopback(url.hostname) || excluded(url.hostname))
    ? undefined
    : proxy;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
