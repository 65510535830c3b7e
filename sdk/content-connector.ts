import * as pulumi from "@pulumi/pulumi";
import { ApiKey } from "./api-key";
import { Connector } from "./connector";
import { connectorRole } from "./connector-role";
import { ConnectorSecret } from "./connector-secret";
import { Index } from "./content-index";
import type { ApiKeyArgs } from "./generated/api-key";
import type { ConnectorArgs } from "./generated/connector";
import type { IndexArgs } from "./generated/index";
import { isPlain, merged } from "./merge";

/** Arguments of `ContentConnector`: those of a connector, and of the index and the key that it makes for it. */
export interface ContentConnectorArgs<T extends string = string>
  extends Omit<ConnectorArgs<T>, "indexName" | "apiKeyId" | "apiKeySecretId" | "language"> {
  /** Language of the content, for the index and the connector. A change replaces both. */
  language?: IndexArgs["language"];
  /** The content index. Its name may be left out; a change of it makes a new index and a new key. */
  index?: Omit<IndexArgs, "language"> | undefined;
  /**
   * Document-level security: syncs store with each document who may read it, and access-control syncs who may read what.
   * Makes the access-control index (`.search-acl-filter-<index>`) as well, maps the field that the filters of readers ask
   * for, and switches the feature and the service type's own setting on, unless they are declared otherwise.
   *
   * A service type that can't do it is refused. Access-control syncs need a platinum or trial licence. Switched off again,
   * the setting and the access-control index go; the feature returns to the service type's default, which is on.
   */
  documentLevelSecurity?: boolean | undefined;
  /**
   * The API key. Its name and rights come with the connector. That of a self-managed connector stands in its service's
   * `config.yml`: with `overlap` the old key lives on until the service has the new file.
   */
  apiKey?: Omit<ApiKeyArgs, (typeof OF_THE_KEY)[number]> | undefined;
}

/** What the connector decides about its key. */
const OF_THE_KEY = ["name", "roleDescriptors", "inheritOwnerPrivileges", "access", "certificateIdentity"] as const;

/** Options of `ContentConnector`, with options for each of its children. */
export interface ContentConnectorOptions extends pulumi.ComponentResourceOptions {
  childOptions?: {
    index?: pulumi.CustomResourceOptions;
    accessControlIndex?: pulumi.CustomResourceOptions;
    apiKey?: pulumi.CustomResourceOptions;
    secret?: pulumi.CustomResourceOptions;
    connector?: pulumi.CustomResourceOptions;
  };
}

/** One connector's entry in the `connectors:` list of a connectors service's `config.yml`. */
export interface ServiceEntry {
  connector_id: string;
  service_type: string;
  /** The connector's key, encoded. */
  api_key: string;
}

/**
 * A connector with all that it needs: its content index, an API key with just the rights for it, and, for a native
 * connector, the secret in which the service finds the key. A self-managed connector has no secret: `serviceEntry` holds
 * its key for the service that you run.
 *
 * A new index name makes a new key; secret and connector are updated, and the old key is invalidated last.
 */
export class ContentConnector<T extends string = string> extends pulumi.ComponentResource {
  readonly index: Index;
  /** Only a connector with document-level security has one. */
  readonly accessControlIndex: Index | undefined;
  readonly apiKey: ApiKey;
  /** Only a native connector has one. */
  readonly secret: ConnectorSecret | undefined;
  readonly connector: Connector<T>;
  /** Name of the content index. */
  readonly indexName: pulumi.Output<string>;
  /** Id of the connector. */
  readonly connectorId: pulumi.Output<string>;
  /** Id of the API key that is in use. */
  readonly apiKeyId: pulumi.Output<string>;
  /** The connector's entry for a connectors service, its key included. A secret. */
  readonly serviceEntry: pulumi.Output<ServiceEntry>;

  constructor(name: string, args: ContentConnectorArgs<T>, opts: ContentConnectorOptions = {}) {
    const { childOptions = {}, ...own } = opts;
    super("elastic:index:ContentConnector", name, {}, own);
    const { index: indexArgs = {}, apiKey: keyArgs = {}, language, documentLevelSecurity, ...rest } = args;
    const secured = documentLevelSecurity === true;
    const connectorArgs = secured ? securedConnector(rest as ConnectorArgs) : rest;
    const child = (options: pulumi.CustomResourceOptions | undefined, more: pulumi.CustomResourceOptions = {}) =>
      pulumi.mergeOptions({ parent: this, ...more }, options ?? {});
    const native = args.native === true;
    refuseForeign(name, args);

    // The index has to know this option of the component: the engine applies it without telling the provider.
    const retained = opts.retainOnDelete === undefined ? {} : { retainOnDelete: opts.retainOnDelete };
    const mappings = secured ? withDefaults(indexArgs.mappings, ACCESS_CONTROL_MAPPINGS) : indexArgs.mappings;
    this.index = new Index(name, { ...indexArgs, mappings, language }, child(childOptions.index, retained), {
      native,
      siblings: siblingsOfIndex(args, native, secured),
    });
    // With a name of the user's own, key and connector depend on the name and not on the object: replacing the index
    // under the same name then leaves the key alone.
    const indexName =
      indexArgs.name === undefined ? this.index.id : pulumi.output(indexArgs.name as pulumi.Input<string>);
    const display = pulumi.output(args.name ?? name);
    // A sync can make all of it anew, so its documents are no reason to keep it.
    this.accessControlIndex = secured
      ? new Index(
          `${name}-access-control`,
          {
            name: pulumi.interpolate`.search-acl-filter-${indexName}`,
            forceDestroy: true,
            // A service makes it when it finds none, so it may be there already. It can belong to this index only.
            adopt: true,
          },
          child(childOptions.accessControlIndex, { dependsOn: [this.index], ...retained }),
        )
      : undefined;

    this.apiKey = new ApiKey(
      name,
      {
        ...keyArgs,
        name: pulumi.interpolate`${display}-connector-api-key`,
        roleDescriptors: pulumi
          .all([display, indexName])
          .apply(([title, index]) => ({ [`${title}-connector-role`]: connectorRole(index, native) })),
        // A converted connector gets a key that no Elastic-managed service has known.
        keepers: pulumi
          .all([keyArgs.keepers, indexName])
          .apply(([keepers, indexName]) => ({ ...keepers, indexName, ...(native ? { native: "true" } : {}) })),
      },
      // The key keeps the name it was made with: a new display name of the connector is no reason for a new key.
      child(childOptions.apiKey, { dependsOn: [this.index], ignoreChanges: ["name"] }),
    );
    this.secret = native
      ? new ConnectorSecret(
          name,
          { value: this.apiKey.encoded, valueVersion: this.apiKey.id },
          child(childOptions.secret),
        )
      : undefined;
    this.connector = new Connector<T>(
      name,
      {
        ...connectorArgs,
        name: display,
        language,
        indexName,
        apiKeyId: this.apiKey.id,
        apiKeySecretId: this.secret?.id,
      } as ConnectorArgs<T>,
      child(childOptions.connector, {
        dependsOn: this.accessControlIndex ? [this.index, this.accessControlIndex] : [this.index],
        // An index belongs to one connector only. A replacement on demand doesn't ask the provider for the order.
        deleteBeforeReplace: true,
      }),
    );

    this.indexName = pulumi.output(indexName);
    this.connectorId = this.connector.id;
    this.apiKeyId = this.apiKey.id;
    this.serviceEntry = pulumi.secret(
      pulumi
        .all([this.connector.id, this.apiKey.encoded])
        .apply(([connector_id, api_key]): ServiceEntry => ({ connector_id, service_type: args.serviceType, api_key })),
    );
    this.registerOutputs({
      indexName: this.indexName,
      connectorId: this.connectorId,
      apiKeyId: this.apiKeyId,
      serviceEntry: this.serviceEntry,
    });
  }
}

/** The field that says who may read a document, as the filters of its readers ask for it. */
const ACCESS_CONTROL_MAPPINGS = {
  properties: { _allow_access_control: { type: "keyword", fields: { enum: { type: "keyword" } } } },
};

function securedConnector<T extends ConnectorArgs>(args: T): T {
  return {
    ...args,
    features: withDefaults(args.features, { documentLevelSecurity: true }),
    configuration: withDefaults(args.configuration, { use_document_level_security: true }),
  };
}

/** The defaults, under what is declared. What is no output stays none: else one secret would make all of it secret. */
function withDefaults<V>(declared: pulumi.Input<V> | undefined, defaults: object): pulumi.Input<V> {
  const merge = (value: unknown) => merged(defaults, value ?? {}) as V;
  return pulumi.Output.isInstance(declared) || declared instanceof Promise
    ? pulumi.output(declared).apply(merge)
    : merge(declared);
}

/** Arguments that the component sets itself would be lost without a word when the compiler didn't see them. */
function refuseForeign(name: string, args: object): void {
  const { index = {}, apiKey = {} } = args as { index?: object; apiKey?: object };
  const foreign = [
    ...["indexName", "apiKeyId", "apiKeySecretId"].filter((key) => key in args),
    ...["language"].filter((key) => key in index).map((key) => `index.${key}`),
    ...OF_THE_KEY.filter((key) => key in apiKey).map((key) => `apiKey.${key}`),
  ];
  if (foreign.length > 0) {
    throw new pulumi.RunError(
      `ContentConnector '${name}' sets ${foreign.join(", ")} itself. Leave it out (language belongs beside index, the index's name into index.name), or use Index, ApiKey and Connector on their own.`,
    );
  }
}

/** What the component makes after the index, as far as rights depend on it: checked with it, before anything is written. */
function siblingsOfIndex(
  { scheduling, customScheduling, apiKey }: ContentConnectorArgs,
  native: boolean,
  secured: boolean,
) {
  const index = "<index>";
  const granted = apiKey !== undefined && "onBehalfOf" in apiKey && apiKey.onBehalfOf !== undefined;
  const accessControl = isPlain(scheduling) && isPlain(scheduling.accessControl) && scheduling.accessControl.enabled;
  return [
    ...(secured
      ? [{ kind: "Index", inputs: { name: `.search-acl-filter-${index}`, forceDestroy: true, adopt: true } }]
      : []),
    {
      kind: "ApiKey",
      inputs: {
        roleDescriptors: { connector: connectorRole(index, native) },
        ...(granted ? { onBehalfOf: true } : {}),
      },
    },
    ...(native ? [{ kind: "ConnectorSecret", inputs: {} }] : []),
    {
      kind: "Connector",
      inputs: {
        ...(secured ? { features: { documentLevelSecurity: true } } : {}),
        ...(accessControl === true ? { scheduling: { accessControl: { enabled: true } } } : {}),
        ...(customScheduling === undefined ? {} : { customScheduling: {} }),
      },
    },
  ];
}
