import * as pulumi from "@pulumi/pulumi";
import { ApiKey } from "./api-key";
import type { ContentConnector, ServiceEntry } from "./content-connector";
import type { ApiKeyArgs } from "./generated/api-key";
import { completeConfiguration, keylessConfiguration } from "./service-configuration";
import { serviceRole } from "./service-role";
import { toYaml } from "./yaml";

/** A connector of one's own making, for a `ConnectorService`. A `ContentConnector` is passed as it is. */
export interface ServedConnectorArgs {
  /** Id of the connector. */
  connectorId: pulumi.Input<string>;
  /** Its service type. */
  serviceType: pulumi.Input<string>;
  /** The connector's own key, encoded: `encoded` of an `ApiKey`. */
  apiKey: pulumi.Input<string>;
  /** Name of its content index. */
  indexName: pulumi.Input<string>;
}

/** Arguments of `ConnectorService`. */
export interface ConnectorServiceArgs {
  /** The connectors that the service runs: any number, all of them self-managed. */
  connectors: readonly (ServedContentConnector | pulumi.Input<ServedConnectorArgs>)[];
  /** URL of the cluster, as the service reaches it. */
  endpoint: pulumi.Input<string>;
  /** Path of a certificate authority's PEM file, where the service runs. By default it trusts the system's. */
  caCertFile?: pulumi.Input<string> | undefined;
  /** How much the service logs; `INFO` by default. */
  logLevel?: pulumi.Input<"DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL"> | undefined;
  /** The service's own API key. Its name and rights come with the service. */
  apiKey?: Omit<ApiKeyArgs, "name" | "roleDescriptors" | "inheritOwnerPrivileges"> | undefined;
  /**
   * Further settings of the service, under the names that its documentation gives them: nested, or with dots at the top
   * level (`"service.idling": 10`). They win over the ones above, but can't name another cluster, key or connector.
   */
  extra?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
}

/** What a service needs of a `ContentConnector`, whatever its service type. */
export type ServedContentConnector = Pick<ContentConnector, "indexName" | "serviceEntry" | "secret">;

/** Options of `ConnectorService`, with options for its child. */
export interface ConnectorServiceOptions extends pulumi.ComponentResourceOptions {
  childOptions?: { apiKey?: pulumi.CustomResourceOptions };
}

/**
 * One connectors service that you run, for any number of self-managed connectors: its own API key, with the least rights
 * that work, and the complete text of its `config.yml`, with the key of each connector.
 *
 * Another connector widens the service's key in place; a new key of a connector changes nothing but the text. Needs
 * Elasticsearch 8.15 or later.
 */
export class ConnectorService extends pulumi.ComponentResource {
  /** The service's own key. */
  readonly apiKey: ApiKey;
  /** Id of the service's own key. */
  readonly apiKeyId: pulumi.Output<string>;
  /** The text of the service's `config.yml`, keys included. A secret. */
  readonly configYml: pulumi.Output<string>;

  constructor(name: string, args: ConnectorServiceArgs, opts: ConnectorServiceOptions = {}) {
    const { childOptions = {}, ...own } = opts;
    super("elastic:index:ConnectorService", name, {}, own);
    const { connectors, endpoint, caCertFile, logLevel, extra } = args;
    refuseForeign(name, args.apiKey);
    const served = connectors.map((connector, i) => servedConnector(name, i, connector));
    // Sorted, since the order of connectors is no reason to change the key.
    const indexNames = pulumi
      .all(served.map(({ indexName }) => indexName))
      .apply((names) => [...new Set(names)].sort());

    this.apiKey = new ApiKey(
      name,
      {
        ...args.apiKey,
        name: `${name}-service-api-key`,
        roleDescriptors: { [`${name}-service-role`]: serviceRole(served.length > 0 ? [indexNames] : []) },
      },
      pulumi.mergeOptions({ parent: this }, childOptions.apiKey ?? {}),
    );

    this.apiKeyId = this.apiKey.id;
    const keyless = pulumi
      .output({ endpoint, caCertFile, logLevel, extra })
      .apply((settings) => keylessConfiguration(name, settings));
    this.configYml = pulumi.secret(
      pulumi
        .all([keyless, this.apiKey.encoded, pulumi.all(served.map(({ entry }) => entry))])
        .apply(([known, key, entries]) => HEADING + toYaml(completeConfiguration(name, known, key, entries))),
    );
    this.registerOutputs({ apiKeyId: this.apiKeyId, configYml: this.configYml });
  }
}

const HEADING = "# Made by pulumi-elastic-connectors, and made anew with every change of the program. Holds keys.\n";

interface Served {
  indexName: pulumi.Output<string>;
  entry: pulumi.Output<ServiceEntry>;
}

function servedConnector(
  service: string,
  position: number,
  connector: ConnectorServiceArgs["connectors"][number],
): Served {
  if (!pulumi.Resource.isInstance(connector)) {
    return ofEntry(connector as pulumi.Input<ServedConnectorArgs>);
  }
  const { indexName, serviceEntry, secret } = connector as ServedContentConnector;
  const refused = `ConnectorService '${service}': connectors[${position}]`;
  if (serviceEntry === undefined) {
    throw new pulumi.RunError(
      `${refused} is no ContentConnector. Of other resources pass { connectorId, serviceType, apiKey, indexName }.`,
    );
  }
  if (secret !== undefined) {
    throw new pulumi.RunError(
      `${refused} is native: an Elastic-managed service runs it, with the key in its connector secret. Leave it out, or make it self-managed (without native: true).`,
    );
  }
  return { indexName, entry: serviceEntry };
}

function ofEntry(args: pulumi.Input<ServedConnectorArgs>): Served {
  // Member by member where that can be: the index's name is no secret because the key beside it is one.
  const whole = pulumi.Output.isInstance(args) || args instanceof Promise;
  const { connectorId, serviceType, apiKey, indexName } = whole ? pulumi.output(args) : args;
  return {
    indexName: pulumi.output(indexName),
    entry: pulumi
      .all([connectorId, serviceType, apiKey])
      .apply(([connector_id, service_type, api_key]) => ({ connector_id, service_type, api_key })),
  };
}

/** Arguments that the component sets itself would be lost without a word when the compiler didn't see them. */
function refuseForeign(name: string, apiKey: object = {}): void {
  const foreign = ["name", "roleDescriptors", "inheritOwnerPrivileges"].filter((key) => key in apiKey);
  if (foreign.length > 0) {
    const names = foreign.map((key) => `apiKey.${key}`).join(", ");
    throw new pulumi.RunError(
      `ConnectorService '${name}' sets ${names} itself. Leave it out, or make the key with ApiKey and write the configuration yourself.`,
    );
  }
}
