import * as pulumi from "@pulumi/pulumi";

/**
 * A cluster, for programs that work with several. All of the connection comes from here: the environment and the stack's
 * configuration are not looked at, unless `envPrefix` names variables.
 */
export interface ProviderArgs {
  /** URL of the cluster, such as `https://host:9200`; several are separated by commas. A path prefix is kept. */
  endpoint?: pulumi.Input<string> | undefined;
  /** Cloud id of a hosted deployment, instead of `endpoint`. */
  cloudId?: pulumi.Input<string> | undefined;
  /** API key (`encoded`) of the caller. A secret. Such a caller can't create API keys. */
  apiKey?: pulumi.Input<string> | undefined;
  /** User name, together with `password`. */
  username?: pulumi.Input<string> | undefined;
  /** Password. A secret. */
  password?: pulumi.Input<string> | undefined;
  /** Access or service token. A secret. */
  bearerToken?: pulumi.Input<string> | undefined;
  /** Certificate authority as PEM text. */
  caCert?: pulumi.Input<string> | undefined;
  /** Path of a file with the certificate authority in PEM form. */
  caCertFile?: pulumi.Input<string> | undefined;
  /** SHA-256 fingerprint of the certificate authority. */
  caFingerprint?: pulumi.Input<string> | undefined;
  /** Client certificate as PEM text, together with `clientKey`. */
  clientCert?: pulumi.Input<string> | undefined;
  /** Key of the client certificate as PEM text. A secret. */
  clientKey?: pulumi.Input<string> | undefined;
  /** Accept plain http to an endpoint that isn't loopback. @default `false` */
  allowInsecure?: pulumi.Input<boolean> | undefined;
  /** Seconds until a request without an answer fails. @default `30` */
  requestTimeout?: pulumi.Input<number> | undefined;
  /** File for a log of requests, without bodies and headers. */
  debugLog?: pulumi.Input<string> | undefined;
  /** What the checks against the server do at preview: fail, print, or nothing. @default `"error"` */
  preflight?: pulumi.Input<"error" | "warn" | "off"> | undefined;
  /** Take the connection from environment variables of this prefix: `EU` reads `EU_ENDPOINT`, `EU_API_KEY` and so on. */
  envPrefix?: pulumi.Input<string> | undefined;
}

const SECRETS: ReadonlySet<string> = new Set(["apiKey", "password", "bearerToken", "clientKey"]);

/** A connection to one cluster, to be passed as `provider` in resource options. A change of it replaces nothing. */
export class Provider extends pulumi.ProviderResource {
  /**
   * The connection, for look-ups that run in the program.
   * @internal
   */
  readonly connection: pulumi.Output<Record<string, unknown>>;

  constructor(name: string, args: ProviderArgs, opts: pulumi.ResourceOptions = {}) {
    super("pulumi-nodejs", name, configuration(args), opts);
    this.connection = pulumi.secret(configuration(args));
  }
}

/** Complete by its type. */
const NAMES: Record<keyof ProviderArgs, true> = {
  endpoint: true,
  cloudId: true,
  apiKey: true,
  username: true,
  password: true,
  bearerToken: true,
  caCert: true,
  caCertFile: true,
  caFingerprint: true,
  clientCert: true,
  clientKey: true,
  allowInsecure: true,
  requestTimeout: true,
  debugLog: true,
  preflight: true,
  envPrefix: true,
};

function configuration(args: ProviderArgs): pulumi.Inputs {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const known = given
    .filter(([key]) => Object.hasOwn(NAMES, key))
    .map(([key, value]) => [`elastic:${key}`, SECRETS.has(key) ? pulumi.secret(value) : value]);
  // The provider refuses these. Only their names are sent: a misspelt password would stand in the state as plain text.
  const unknown = given.map(([key]) => key).filter((key) => !Object.hasOwn(NAMES, key));
  return {
    ...Object.fromEntries(known),
    ...(unknown.length > 0 ? { "elastic:unknown": unknown.join(",") } : {}),
    "elastic:explicit": "true",
  };
}
