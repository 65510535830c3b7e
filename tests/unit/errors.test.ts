import { errors } from "@elastic/elasticsearch";
import {
  describe as describeError,
  explain,
  fromClient,
  isKind,
  naming,
  ProviderError,
} from "../../provider/elasticsearch/errors";
import { unlessMissing } from "../../provider/elasticsearch/not-found";

const AT = "https://es.example.com:9200";
const MARKER = "hunter2-marker";

const translate = (error: unknown) => fromClient(error, "read the index", AT);

// These can't be provoked on loopback; the client passes Node's code and message on like this.
function broken(code: string, message = `${code} es.example.com`): errors.ConnectionError {
  return new errors.ConnectionError(message, undefined, {
    cause: Object.assign(new Error(message), { code }),
  } as never);
}

describe("what the client throws, as the user reads it", () => {
  test.each([
    ["ENOTFOUND", "unavailable", "the host name of https://es.example.com:9200 is not known"],
    ["EAI_AGAIN", "unavailable", "the host name of https://es.example.com:9200 is not known"],
    ["ECONNREFUSED", "unavailable", "nothing listens at https://es.example.com:9200"],
    ["EHOSTUNREACH", "unavailable", "can't be reached over the network"],
    ["ENETUNREACH", "unavailable", "can't be reached over the network"],
    ["ETIMEDOUT", "unavailable", "can't be reached over the network"],
    ["UND_ERR_CONNECT_TIMEOUT", "unavailable", "can't be reached over the network"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "misconfigured", "signed by an authority that is not trusted"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "misconfigured", "signed by an authority that is not trusted"],
    ["ECONNRESET", "answer-lost", "the connection to https://es.example.com:9200 broke"],
    ["UND_ERR_SOCKET", "answer-lost", "the connection to https://es.example.com:9200 broke"],
  ])("%s", (code, kind, text) => {
    const error = translate(broken(code));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(`could not read the index: `);
    expect(error.message).toContain(text);
  });

  test("the message alone is enough where there is no code", () => {
    const error = new errors.ConnectionError("getaddrinfo ENOTFOUND es.example.com");
    expect(translate(error)).toMatchObject({ kind: "unavailable" });
  });

  test("a timeout, an unknown product, and what nobody foresaw", () => {
    expect(translate(new errors.TimeoutError("late")).kind).toBe("answer-lost");
    expect(translate(new errors.ProductNotSupportedError("Elasticsearch")).kind).toBe("unsupported");
    expect(translate(new TypeError("x is not a function"))).toMatchObject({
      kind: "unexpected",
      message: "could not read the index: x is not a function.",
    });
    expect(translate({ [MARKER]: MARKER }).message).toBe("could not read the index: unexpected failure.");
  });

  test("a server that fails without a reason: its log, then again", () => {
    const meta = { body: { error: { type: "runtime", reason: "boom" } }, headers: {}, statusCode: 500 };
    const { kind, message } = translate(new errors.ResponseError(meta as never));
    expect(kind).toBe("unexpected");
    expect(message).toMatch(
      /^could not read the index: boom\. What to do: look for the reason in the log .*; then try again\.$/,
    );
  });

  test("a connection that broke: again first, and https only where it is plain http", () => {
    const secure = translate(broken("ECONNRESET")).message;
    expect(secure).toMatch(
      /What to do: try again, .* If it stays so, .*log.*; if it has never worked, .*elastic:clientCert/,
    );
    expect(secure).not.toContain("https:// in elastic:endpoint");
    const plain = fromClient(broken("ECONNRESET"), "read the index", "http://es.example.com:9200").message;
    expect(plain).toMatch(
      /What to do: try again, .*if it has never worked, the server may want https:\/\/ in elastic:endpoint/,
    );
  });

  test("an error of ours stays as it is", () => {
    const error = new ProviderError("conflict", { what: "x", why: "y" });
    expect(translate(error)).toBe(error);
  });

  test("headers and bodies of the failed request don't come along", () => {
    const meta = {
      body: { value: MARKER },
      headers: {},
      meta: { request: { params: { body: MARKER } } },
      statusCode: 400,
    };
    const error = translate(new errors.ResponseError(meta as never));
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain(MARKER);
  });
});

describe("the error that the user reads", () => {
  const parts = { what: "create the API key", why: "the reason" };

  test("says what, on which object, why, and what to do", () => {
    expect(new ProviderError("invalid", parts).message).toBe("could not create the API key: the reason.");
    expect(new ProviderError("invalid", { ...parts, object: "ApiKey 'a'", next: "do this" }).message).toBe(
      "could not create the API key (ApiKey 'a'): the reason. What to do: do this.",
    );
  });

  test("explain adds what only the caller knows, and keeps the rest", () => {
    const error = new ProviderError("unavailable", parts, "server_type", 3);
    const explained = explain(error, { object: "ApiKey 'a'" });
    expect(explained).toMatchObject({ kind: "unavailable", serverType: "server_type", retryAfter: 3 });
    expect((explained as Error).message).toBe("could not create the API key (ApiKey 'a'): the reason.");
    const foreign = new TypeError("x");
    expect(explain(foreign, { object: "ApiKey 'a'" })).toBe(foreign);
  });

  test("naming adds the object, unless the error names one already", () => {
    const error = new ProviderError("forbidden", parts);
    expect((naming(error, "ApiKey 'a'") as Error).message).toBe(
      "could not create the API key (ApiKey 'a'): the reason.",
    );
    const named = new ProviderError("forbidden", { ...parts, object: "Index 'i'" });
    expect(naming(named, "ApiKey 'a'")).toBe(named);
    const foreign = new TypeError("x");
    expect(naming(foreign, "ApiKey 'a'")).toBe(foreign);
  });

  test("isKind knows our errors only", () => {
    const error = new ProviderError("not-found", parts);
    expect(isKind(error, "not-found", "conflict")).toBe(true);
    expect(isKind(error, "conflict")).toBe(false);
    expect(isKind({ kind: "not-found" }, "not-found")).toBe(false);
    expect(isKind(undefined, "not-found")).toBe(false);
  });

  test("describe never dumps what was thrown", () => {
    expect(describeError(new Error("text"))).toBe("text");
    expect(describeError({ password: MARKER })).toBe("unexpected failure");
    expect(describeError(MARKER)).toBe("unexpected failure");
  });
});

describe("missing is not forbidden", () => {
  test("404 is no object; everything else stays an error", async () => {
    const failing = (kind: "not-found" | "forbidden" | "unavailable") =>
      unlessMissing(Promise.reject(new ProviderError(kind, { what: "x", why: "y" })));
    await expect(unlessMissing(Promise.resolve(0))).resolves.toBe(0);
    await expect(failing("not-found")).resolves.toBeUndefined();
    await expect(failing("forbidden")).rejects.toMatchObject({ kind: "forbidden" });
    await expect(failing("unavailable")).rejects.toMatchObject({ kind: "unavailable" });
  });
});
