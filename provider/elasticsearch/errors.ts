import { errors } from "@elastic/elasticsearch";

/** What went wrong, as far as the code handles it. */
export type ErrorKind =
  | "not-found"
  | "conflict"
  | "invalid"
  | "forbidden"
  | "unauthorized"
  | "unsupported"
  | "misconfigured"
  /** Nothing was sent, or the server said that it did nothing: sending again is safe. */
  | "unavailable"
  /** The request may or may not have been carried out. */
  | "answer-lost"
  | "unexpected";

export interface ErrorParts {
  /** What failed, as an infinitive: `create the API key`. */
  what: string;
  /** On which object: `Connector 'abc'`. */
  object?: string;
  /** The server's own words, or ours. Never a secret value. */
  why: string;
  /** What the user can do. */
  next?: string;
  /** Whether the request may have been carried out all the same. */
  doubt?: boolean;
  /** What a failed operation has left: a sentence. */
  standing?: string;
}

/** The one error that a user reads: what failed, on what, why, and what to do next. */
export class ProviderError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly parts: ErrorParts,
    /** The server's `error.type`, where it gave one. */
    readonly serverType?: string,
    /** Seconds that the server asks to wait. */
    readonly retryAfter?: number,
  ) {
    super(sentence(parts));
  }
}

export function isKind(error: unknown, ...kinds: ErrorKind[]): error is ProviderError {
  return error instanceof ProviderError && kinds.includes(error.kind);
}

/** Text for the user. Errors of our own code keep their message; nothing is ever dumped. */
export function describe(error: unknown): string {
  return error instanceof Error ? error.message : "unexpected failure";
}

/** The same error with the object and the advice that only the caller knows. */
export function explain(error: unknown, parts: Partial<ErrorParts>): unknown {
  return error instanceof ProviderError
    ? new ProviderError(error.kind, { ...error.parts, ...parts }, error.serverType, error.retryAfter)
    : error;
}

/** The same error, naming the object unless it does already. */
export function naming(error: unknown, object: string): unknown {
  return error instanceof ProviderError && error.parts.object === undefined ? explain(error, { object }) : error;
}

/** Whether what the failed request asked for may have happened all the same; of an error that isn't ours nobody knows. */
export function leavesDoubt(error: unknown): boolean {
  return !(error instanceof ProviderError) || error.parts.doubt === true;
}

/** Turns whatever the client throws into a `ProviderError`. The only place that looks at status codes and messages. */
export function fromClient(error: unknown, what: string, endpoint: string): ProviderError {
  if (error instanceof ProviderError) {
    return error;
  }
  if (error instanceof errors.ProductNotSupportedError) {
    return new ProviderError("unsupported", {
      what,
      why: `what answers at ${endpoint} is not Elasticsearch (the answer lacks its product header)`,
      next: "check elastic:endpoint; a proxy in between must pass the header X-elastic-product on",
    });
  }
  if (error instanceof errors.ResponseError) {
    return fromResponse(error, what, endpoint);
  }
  if (error instanceof errors.DeserializationError) {
    return new ProviderError("answer-lost", {
      doubt: true,
      what,
      why: `${endpoint} sent an answer that was cut off or is not JSON`,
      next: "try again; if it stays so, look at the proxy in front of the cluster",
    });
  }
  if (error instanceof errors.TimeoutError) {
    return new ProviderError("answer-lost", {
      doubt: true,
      what,
      why: `${endpoint} did not answer in time`,
      next: "raise elastic:requestTimeout (seconds), or look at the load of the cluster",
    });
  }
  if (error instanceof errors.ConnectionError) {
    return fromConnection(error, what, endpoint);
  }
  return new ProviderError("unexpected", { what, why: describe(error), doubt: true });
}

function fromConnection(error: errors.ConnectionError, what: string, endpoint: string): ProviderError {
  const text = `${(error as { cause?: { code?: string } }).cause?.code ?? ""} ${error.message}`;
  const connection = CONNECTION_PROBLEMS.find(({ matches }) => matches.test(text));
  return connection
    ? new ProviderError(connection.kind, { what, why: connection.why(endpoint), next: connection.next })
    : new ProviderError("answer-lost", {
        doubt: true,
        what,
        why: `the connection to ${endpoint} broke before the answer arrived`,
        next: afterBreak(endpoint),
      });
}

/** A connection breaks in the middle of a run for other reasons than one that never worked. */
function afterBreak(endpoint: string): string {
  const tls = endpoint.includes("http://") ? "https:// in elastic:endpoint, or " : "";
  return (
    "try again, what was done already is found then. If it stays so, look at the cluster's log and at what is in between " +
    `(proxy, firewall, VPN); if it has never worked, the server may want ${tls}a client certificate (elastic:clientCert)`
  );
}

const CONNECTION_PROBLEMS: { matches: RegExp; kind: ErrorKind; why: (endpoint: string) => string; next: string }[] = [
  {
    matches: /ECONNREFUSED/,
    kind: "unavailable",
    why: (endpoint) => `nothing listens at ${endpoint} (connection refused)`,
    next: "start Elasticsearch there, or correct elastic:endpoint (host and port)",
  },
  {
    matches: /ENOTFOUND|EAI_AGAIN/,
    kind: "unavailable",
    why: (endpoint) => `the host name of ${endpoint} is not known`,
    next: "correct elastic:endpoint, or check name resolution and VPN",
  },
  {
    matches: /EHOSTUNREACH|ENETUNREACH|ConnectTimeout|UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT/i,
    kind: "unavailable",
    why: (endpoint) => `${endpoint} can't be reached over the network`,
    next: "check elastic:endpoint, firewall and VPN",
  },
  {
    matches: /fingerprint/i,
    kind: "misconfigured",
    why: (endpoint) => `the certificate of ${endpoint} does not match elastic:caFingerprint`,
    next: "compare the fingerprint with the one that the cluster prints; don't go on if you can't explain it",
  },
  {
    matches: /self.signed|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|unable to (verify|get)/i,
    kind: "misconfigured",
    why: (endpoint) => `the certificate of ${endpoint} is signed by an authority that is not trusted here`,
    next: "set elastic:caCert (PEM text), elastic:caCertFile (a path) or elastic:caFingerprint",
  },
  {
    matches: /ERR_TLS_CERT_ALTNAME|altnames/i,
    kind: "misconfigured",
    why: (endpoint) => `the certificate of ${endpoint} is for another host name`,
    next: "use the host name that the certificate is for in elastic:endpoint",
  },
  {
    matches: /CERT_HAS_EXPIRED|certificate has expired/i,
    kind: "misconfigured",
    why: (endpoint) => `the certificate of ${endpoint} has expired`,
    next: "renew it on the cluster",
  },
  {
    matches: /wrong version number|EPROTO|packet length too long|http_request/i,
    kind: "misconfigured",
    why: (endpoint) => `${endpoint} does not speak TLS`,
    next: "use http:// in elastic:endpoint, or switch TLS on at the server",
  },
];

function fromResponse(error: errors.ResponseError, what: string, endpoint: string): ProviderError {
  const status = error.statusCode ?? 0;
  const { type, reason } = envelope(error.body);
  const why = reason ?? `${endpoint} answered with status ${status}`;
  const kind = kindOf(status, type);
  const retryAfter = Number(error.headers?.["retry-after"]);
  const next = ADVICE[kind];
  return new ProviderError(
    kind,
    { what, why, ...(next === undefined ? {} : { next }), doubt: status >= 500 },
    type,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

function kindOf(status: number, type: string | undefined): ErrorKind {
  switch (status) {
    case 400:
      return type === "resource_already_exists_exception" ? "conflict" : "invalid";
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 409:
      return "conflict";
    case 405:
    case 406:
    case 410:
      return "unsupported";
    case 429:
      return "unavailable";
    case 502:
    case 503:
    case 504:
      return "answer-lost";
    default:
      return "unexpected";
  }
}

const ADVICE: Partial<Record<ErrorKind, string>> = {
  unauthorized:
    "check elastic:username and elastic:password, or elastic:apiKey; an API key may have expired or been invalidated",
  forbidden: "give the caller the privilege that is named, or use other credentials",
  unavailable: "the cluster is overloaded; try again later",
  conflict: "somebody else may be changing it right now; try again",
  "answer-lost": "the cluster, or a proxy in front of it, has trouble; try again, what was done already is found then",
  unexpected:
    "look for the reason in the log of the cluster, or of a proxy in front of it, at the time of this request; then try again",
};

function envelope(body: unknown): { type?: string; reason?: string } {
  const error = (body as { error?: unknown } | undefined)?.error;
  if (typeof error === "string") {
    return { reason: error };
  }
  const { type, reason } = (error ?? {}) as { type?: unknown; reason?: unknown };
  return {
    ...(typeof type === "string" ? { type } : {}),
    ...(typeof reason === "string" ? { reason } : {}),
  };
}

function sentence({ what, object, why: reason, next, standing }: ErrorParts): string {
  const why = reason.replace(/\.+$/, "");
  const failed = object ? `could not ${what} (${object})` : `could not ${what}`;
  const told = next ? `${failed}: ${why}. What to do: ${next}.` : `${failed}: ${why}.`;
  return standing ? `${told} ${standing}` : told;
}
