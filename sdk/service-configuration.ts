import * as pulumi from "@pulumi/pulumi";
import type { ServiceEntry } from "./content-connector";
import { isPlain, merged } from "./merge";

/** What a program says of a service, beside keys and connectors. */
export interface ServiceSettings {
  endpoint: string;
  caCertFile?: string | undefined;
  logLevel?: string | undefined;
  extra?: Record<string, unknown> | undefined;
}

/** The part of a service's configuration that needs no keys, so that a preview can refuse it. */
export function keylessConfiguration(service: string, settings: ServiceSettings): Record<string, unknown> {
  const { endpoint, caCertFile, logLevel, extra = {} } = settings;
  const refuse = refusal(service);
  const own = {
    elasticsearch: { host: endpoint, ssl: isHttps(endpoint, refuse), ca_certs: caCertFile },
    service: logLevel === undefined ? undefined : { log_level: logLevel },
  };
  const further = nested(extra);
  const foreign = Object.entries(FOREIGN).find(([path]) => valueAt(further, path) !== undefined);
  if (foreign) {
    refuse(`extra can't set ${foreign[0]}: ${foreign[1]}`);
  }
  for (const section of ["elasticsearch", "service"]) {
    if (further[section] !== undefined && !isPlain(further[section])) {
      refuse(`extra.${section} has to be an object, with the settings of that section.`);
    }
  }
  return merged(own, further) as Record<string, unknown>;
}

/** The whole configuration: with the service's own key, encoded, and the connectors with theirs. */
export function completeConfiguration(
  service: string,
  keyless: Record<string, unknown>,
  key: string,
  connectors: readonly ServiceEntry[],
): Record<string, unknown> {
  const ids = connectors.map(({ connector_id }) => connector_id);
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice !== undefined) {
    refusal(service)(`connectors has '${twice}' twice. List each connector once.`);
  }
  const mute = connectors.find(({ api_key }) => typeof api_key !== "string" || api_key === "");
  if (mute) {
    refusal(service)(
      `the key of connector '${mute.connector_id}' isn't known to this program: one that was imported has to be rotated first (keepers, or pulumi up --replace).`,
    );
  }
  const { elasticsearch, ...sections } = keyless;
  const { host, ...connection } = elasticsearch as Record<string, unknown>;
  return { elasticsearch: { host, api_key: key, ...connection }, ...sections, connectors };
}

function refusal(service: string) {
  return (what: string): never => {
    throw new pulumi.RunError(`ConnectorService '${service}': ${what}`);
  };
}

const BY_KEYS = "the service uses the key that is made for it.";

/** What would make it the configuration of another service. */
const FOREIGN: Record<string, string> = {
  "elasticsearch.host": "that is endpoint.",
  "elasticsearch.api_key": BY_KEYS,
  "elasticsearch.username": BY_KEYS,
  "elasticsearch.password": BY_KEYS,
  connectors: "pass them as connectors.",
  connector_id: "pass it in connectors.",
  service_type: "pass it in connectors.",
};

function isHttps(endpoint: string, refuse: (what: string) => never): boolean {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  // Not shown: it may hold a password.
  if (url?.username || url?.password) {
    refuse("endpoint holds a user name or a password. Leave them out: the service uses the key that is made for it.");
  }
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    refuse("endpoint has to be one URL that begins with https:// or http://, such as https://my-cluster:9200.");
  }
  return url?.protocol === "https:";
}

/** The service reads dots at the top level as nesting. */
function nested(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.entries(settings).reduce<Record<string, unknown>>((above, [name, value]) => {
    const one = name.split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
    return merged(above, one) as Record<string, unknown>;
  }, {});
}

function valueAt(settings: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, part) => (isPlain(at) ? at[part] : undefined), settings);
}
