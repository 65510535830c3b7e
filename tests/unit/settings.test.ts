import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings, SettingsProblem } from "../../provider/elasticsearch/settings";

type Values = Record<string, string>;

const BASIC = { endpoint: "https://es.example.com:9200", username: "elastic", password: "pw" };

const read = (config: Values = {}, env: Values = {}) => readSettings((name) => config[name], env);

function problem(config: Values, env: Values = {}): string {
  try {
    read(config, env);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsProblem);
    return (error as Error).message;
  }
  throw new Error("the settings were accepted");
}

describe("where the connection comes from", () => {
  const env = {
    ELASTICSEARCH_ENDPOINT: "https://env.example.com",
    ELASTICSEARCH_API_KEY: "env-key",
    ELASTICSEARCH_CA_FINGERPRINT: "AA:BB",
  };

  test("the environment, when nothing else is there", () => {
    expect(read({}, env)).toEqual({
      endpoints: ["https://env.example.com"],
      auth: { apiKey: "env-key" },
      caFingerprint: "AA:BB",
      requestTimeout: 30_000,
      preflight: "error",
    });
  });

  test("the stack's configuration wins over the environment, as a whole", () => {
    const settings = read(BASIC, env);
    expect(settings.endpoints).toEqual(["https://es.example.com:9200"]);
    expect(settings.auth).toEqual({ username: "elastic", password: "pw" });
    expect(settings).not.toHaveProperty("caFingerprint");
  });

  test.each(["endpoint", "apiKey", "username", "caCertFile", "clientKey"])(
    "a single '%s' in the stack's configuration shuts the environment out",
    (name) => {
      expect(problem({ [name]: "https://es.example.com" }, env)).toContain("the stack's configuration");
    },
  );

  test("a key alone in the stack's configuration doesn't go to the environment's cluster", () => {
    expect(problem({ apiKey: "stack-key" }, env)).toMatch(/^no cluster is configured: .*the stack's configuration/);
  });

  test("an endpoint alone in the stack's configuration doesn't get the environment's key", () => {
    expect(problem({ endpoint: "https://es.example.com" }, env)).toMatch(
      /^no credentials: set elastic:apiKey.*the stack's configuration/,
    );
  });

  test("an explicit Provider doesn't look at the environment, not even for what it lacks", () => {
    const noise = { ...env, ELASTICSEARCH_REQUEST_TIMEOUT: "7", ELASTICSEARCH_DEBUG_LOG: "env.log" };
    expect(read({ explicit: "true", ...BASIC }, noise)).toEqual({
      endpoints: ["https://es.example.com:9200"],
      auth: { username: "elastic", password: "pw" },
      requestTimeout: 30_000,
      preflight: "error",
    });
    expect(problem({ explicit: "true" }, env)).toContain("the explicit Provider");
    expect(problem({ explicit: "true", endpoint: "https://es.example.com" }, env)).toMatch(
      /^no credentials: set apiKey, or username and password/,
    );
  });

  test("an explicit Provider with envPrefix takes all of it from variables of that prefix", () => {
    const both = { ...env, EU_ENDPOINT: "https://eu.example.com", EU_USERNAME: "eu", EU_PASSWORD: "eu-pw" };
    const settings = read({ explicit: "true", envPrefix: "EU" }, both);
    expect(settings.endpoints).toEqual(["https://eu.example.com"]);
    expect(settings.auth).toEqual({ username: "eu", password: "eu-pw" });
    expect(settings).not.toHaveProperty("caFingerprint");
    expect(problem({ explicit: "true", envPrefix: "US" }, both)).toBe(
      "no cluster is configured: set US_ENDPOINT or US_CLOUD_ID (looked in the environment)",
    );
  });

  test("what the explicit Provider lacks is named as its argument", () => {
    expect(problem({ explicit: "true" }, env)).toBe(
      "no cluster is configured: set endpoint or cloudId (looked in the explicit Provider)",
    );
    expect(problem({})).toMatch(/^no cluster is configured: set elastic:endpoint .*ELASTICSEARCH_ENDPOINT, or pass/);
  });

  test.each([
    ["endpiont", "Provider has no argument 'endpiont'; did you mean 'endpoint'?"],
    ["request_timeout,other", "Provider has no argument 'request_timeout'; did you mean 'requestTimeout'?"],
    ["x", /^Provider has no argument 'x'; known are endpoint, cloudId, .*requestTimeout, .*envPrefix$/],
  ])("an argument that an explicit Provider doesn't have is refused: %s", (unknown, message) => {
    expect(problem({ explicit: "true", ...BASIC, unknown })).toMatch(message);
  });

  test("envPrefix and a setting beside it exclude each other", () => {
    expect(problem({ explicit: "true", envPrefix: "EU", endpoint: "https://es.example.com" }, env)).toMatch(
      /^elastic:envPrefix and elastic:endpoint exclude each other/,
    );
  });

  test("an empty value counts as none", () => {
    expect(read({ endpoint: "", apiKey: "" }, env).auth).toEqual({ apiKey: "env-key" });
    expect(read({}, { ...env, ELASTICSEARCH_USERNAME: "", ELASTICSEARCH_CLOUD_ID: "" }).auth).toEqual({
      apiKey: "env-key",
    });
  });

  test("an empty variable for the timeout counts as none", () => {
    expect(read({}, { ...env, ELASTICSEARCH_REQUEST_TIMEOUT: "" }).requestTimeout).toBe(30_000);
  });

  test("timeout and log come from the environment where the stack doesn't set them", () => {
    const settings = read(BASIC, { ELASTICSEARCH_REQUEST_TIMEOUT: "7", ELASTICSEARCH_DEBUG_LOG: "requests.log" });
    expect(settings).toMatchObject({ requestTimeout: 7000, debugLog: "requests.log" });
    expect(read({ ...BASIC, requestTimeout: "9" }, { ELASTICSEARCH_REQUEST_TIMEOUT: "7" }).requestTimeout).toBe(9000);
  });

  test("problems name the setting as its source spells it", () => {
    expect(problem({}, { ELASTICSEARCH_ENDPOINT: "es:9200" })).toMatch(/^ELASTICSEARCH_ENDPOINT must be a URL/);
    expect(problem({ endpoint: "es" })).toMatch(/^elastic:endpoint must be a URL/);
    expect(problem({ explicit: "true", endpoint: "es" })).toMatch(/^endpoint must be a URL/);
    expect(problem({ explicit: "true", envPrefix: "EU" }, { EU_ENDPOINT: "es" })).toMatch(/^EU_ENDPOINT must be/);
    expect(problem({}, { ELASTICSEARCH_ENDPOINT: "https://es", ELASTICSEARCH_USERNAME: "u" })).toMatch(
      /^ELASTICSEARCH_PASSWORD is missing/,
    );
  });
});

describe("the address", () => {
  const at = (endpoint: string, more: Values = {}) => read({ ...BASIC, endpoint, ...more }).endpoints;

  test("several endpoints are separated by commas, a path prefix is kept", () => {
    expect(at("https://a:9200, https://b:9200/es")).toEqual(["https://a:9200", "https://b:9200/es"]);
  });

  test.each(["https://a:9200,", "https://a:9200 , ", ",https://a:9200,,"])(
    "a comma too many does no harm: %j",
    (list) => {
      expect(at(list)).toEqual(["https://a:9200"]);
    },
  );

  test.each(["http://localhost:9200", "http://127.0.0.1:9200", "http://127.1.2.3", "http://[::1]:9200"])(
    "plain http is fine for loopback: %s",
    (endpoint) => {
      expect(at(endpoint)).toEqual([endpoint]);
    },
  );

  test.each([
    "http://es.example.com:9200",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://10.0.0.1",
    "https://es.example.com, http://es.example.com",
  ])("plain http elsewhere is refused: %s", (endpoint) => {
    expect(problem({ ...BASIC, endpoint })).toMatch(/^elastic:endpoint is plain http to .*elastic:allowInsecure/);
    expect(at(endpoint, { allowInsecure: "true" })).toHaveLength(endpoint.split(",").length);
    expect(problem({ ...BASIC, endpoint, allowInsecure: "false" })).toMatch(/plain http/);
  });

  test.each(["es:9200", "ftp://es.example.com", ",", "//es.example.com"])("no URL: %s", (endpoint) => {
    expect(problem({ ...BASIC, endpoint })).toMatch(/^elastic:endpoint must be a URL such as https:\/\/host:9200/);
  });

  test("credentials in the URL are refused, and not repeated", () => {
    for (const endpoint of ["https://elastic:hunter2@es.example.com", "https://hunter2@es.example.com"]) {
      const message = problem({ ...BASIC, endpoint });
      expect(message).toMatch(/^elastic:endpoint must not hold credentials/);
      expect(message).not.toContain("hunter2");
    }
  });

  test("a cloud id stands instead of an endpoint", () => {
    const { endpoint: _, ...credentials } = BASIC;
    expect(read({ ...credentials, cloudId: "name:abc" })).toMatchObject({ endpoints: [], cloudId: "name:abc" });
    expect(problem({ ...BASIC, cloudId: "name:abc" })).toBe(
      "elastic:endpoint and elastic:cloudId exclude each other; set one",
    );
  });
});

describe("credentials", () => {
  const endpoint = BASIC.endpoint;

  test("one of three kinds", () => {
    expect(read({ endpoint, apiKey: "k" }).auth).toEqual({ apiKey: "k" });
    expect(read({ endpoint, bearerToken: "t" }).auth).toEqual({ bearer: "t" });
    expect(read({ endpoint, username: "u", password: "p" }).auth).toEqual({ username: "u", password: "p" });
  });

  test.each([
    [{ apiKey: "hunter2", username: "u", password: "hunter2" }, "apiKey, username"],
    [{ apiKey: "hunter2", bearerToken: "hunter2" }, "apiKey, bearerToken"],
    [{ username: "u", bearerToken: "hunter2" }, "username, bearerToken"],
    [{ password: "hunter2", apiKey: "hunter2" }, "apiKey, username"],
  ])("several at once are refused: %j", (given, names) => {
    const message = problem({ endpoint, ...given });
    expect(message).toBe(`the stack's configuration holds several credentials (${names}); keep one kind`);
  });

  test("half a pair is refused, with the name of the other half", () => {
    expect(problem({ endpoint, username: "u" })).toMatch(/^elastic:password is missing/);
    expect(problem({ endpoint, password: "hunter2" })).toMatch(/^elastic:username is missing/);
    expect(problem({ endpoint, password: "hunter2" })).not.toContain("hunter2");
    expect(problem({ explicit: "true", endpoint, username: "u" })).toMatch(/^password is missing/);
  });
});

describe("certificates", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "settings-"));
    writeFileSync(join(folder, "ca.pem"), "PEM OF THE FILE");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("caCert is text, caCertFile is a path", () => {
    expect(read({ ...BASIC, caCert: "PEM" }).caCert).toBe("PEM");
    expect(read({ ...BASIC, caCertFile: join(folder, "ca.pem") }).caCert).toBe("PEM OF THE FILE");
  });

  test("a file that can't be read is named", () => {
    const path = join(folder, "missing.pem");
    expect(problem({ ...BASIC, caCertFile: path })).toBe(`elastic:caCertFile names a file that can't be read: ${path}`);
    expect(problem({ ...BASIC, caCertFile: folder })).toContain("can't be read");
  });

  test("a fingerprint without TLS is refused in our own words", () => {
    const http = "https://es.example.com,http://127.0.0.1:9200";
    expect(problem({ ...BASIC, endpoint: http, caFingerprint: "AA:BB" })).toBe(
      "elastic:caFingerprint is of a certificate, and plain http to 127.0.0.1:9200 has none: use https in elastic:endpoint, or leave the fingerprint out",
    );
    const env = { EU_ENDPOINT: "http://127.0.0.1", EU_API_KEY: "k", EU_CA_FINGERPRINT: "AA:BB" };
    expect(problem({ explicit: "true", envPrefix: "EU" }, env)).toMatch(/^EU_CA_FINGERPRINT is of .*in EU_ENDPOINT,/);
    const { endpoint: _, ...credentials } = BASIC;
    expect(read({ ...credentials, cloudId: "name:abc", caFingerprint: "AA:BB" }).caFingerprint).toBe("AA:BB");
  });

  test("client certificate and key go together", () => {
    expect(read({ ...BASIC, clientCert: "C", clientKey: "K" })).toMatchObject({ clientCert: "C", clientKey: "K" });
    for (const half of [{ clientCert: "C" }, { clientKey: "hunter2" }]) {
      const message = problem({ ...BASIC, ...half } as Values);
      expect(message).toMatch(/clientCert and elastic:clientKey go together/);
      expect(message).not.toContain("hunter2");
    }
  });
});

describe("other settings", () => {
  test.each([
    ["1", 1000],
    ["0.5", 500],
    ["3600", 3_600_000],
  ])("requestTimeout %s is in seconds", (text, milliseconds) => {
    expect(read({ ...BASIC, requestTimeout: text }).requestTimeout).toBe(milliseconds);
  });

  test.each(["0", "-1", "3601", "soon", "30s", "NaN", "Infinity"])("requestTimeout %s is refused", (text) => {
    expect(problem({ ...BASIC, requestTimeout: text })).toBe(
      "elastic:requestTimeout must be a number of seconds between 0 and 3600",
    );
  });

  test("preflight", () => {
    expect(read(BASIC).preflight).toBe("error");
    expect(read({ ...BASIC, preflight: "warn" }).preflight).toBe("warn");
    expect(read({ ...BASIC, preflight: "off" }).preflight).toBe("off");
    expect(problem({ ...BASIC, preflight: "maybe" })).toBe("elastic:preflight must be one of error, warn, off");
  });
});

describe("the proxy", () => {
  const PROXY = { HTTPS_PROXY: "http://proxy.example.com:3128" };
  const proxy = (endpoint: string, env: Values, more: Values = {}) => read({ ...BASIC, endpoint, ...more }, env).proxy;

  test("of the environment, for https elsewhere", () => {
    expect(proxy("https://es.example.com", PROXY)).toBe(PROXY.HTTPS_PROXY);
    expect(proxy("https://es.example.com", { https_proxy: "http://lower:1" })).toBe("http://lower:1");
    expect(proxy("https://es.example.com", {})).toBeUndefined();
  });

  test("for a cloud id too", () => {
    const { endpoint: _, ...credentials } = BASIC;
    expect(read({ ...credentials, cloudId: "name:abc" }, PROXY).proxy).toBe(PROXY.HTTPS_PROXY);
  });

  test("never for loopback or plain http", () => {
    expect(proxy("https://127.0.0.1:9200", PROXY)).toBeUndefined();
    expect(proxy("https://localhost:9200", PROXY)).toBeUndefined();
    expect(proxy("http://es.example.com", PROXY, { allowInsecure: "true" })).toBeUndefined();
  });

  test.each([
    ["es.example.com", true],
    ["example.com", true],
    [".example.com", true],
    ["other.org, example.com", true],
    ["*", true],
    ["ample.com", false],
    ["other.org", false],
    ["", false],
  ])("NO_PROXY=%s excludes es.example.com: %s", (list, excluded) => {
    const expected = excluded ? undefined : PROXY.HTTPS_PROXY;
    expect(proxy("https://es.example.com", { ...PROXY, NO_PROXY: list })).toBe(expected);
    expect(proxy("https://es.example.com", { ...PROXY, no_proxy: list })).toBe(expected);
  });
});
