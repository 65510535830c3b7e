// Generated from the provider's schemas by `npm run generate`. Change the schema, not this file.
import * as pulumi from "@pulumi/pulumi";

/** Arguments of `ConnectorSecret`. */
export interface ConnectorSecretArgs {
  /**
   * The value to store: the `encoded` of the connector's API key.
   * @remarks A change is made in place. Sent by `PUT /_connector/_secret/{id}`.
   */
  value: pulumi.Input<string>;
  /**
   * Names the version of the value, such as the id of the API key. While it stays the same, a value that a preview doesn't know yet counts as unchanged.
   * @remarks A change is made in place.
   */
  valueVersion?: pulumi.Input<string> | undefined;
}

/** Outputs of `ConnectorSecret`. One that is named like an argument holds what was declared, and is absent where nothing was. */
export abstract class ConnectorSecretOutputs extends pulumi.CustomResource {
  /**
   * The value to store: the `encoded` of the connector's API key.
   * @remarks A change is made in place. Sent by `PUT /_connector/_secret/{id}`.
   */
  declare readonly value: pulumi.Output<string>;
  /**
   * Names the version of the value, such as the id of the API key. While it stays the same, a value that a preview doesn't know yet counts as unchanged.
   * @remarks A change is made in place.
   */
  declare readonly valueVersion: pulumi.Output<string | undefined>;
}

/** Names of the properties that only the server knows. */
export const CONNECTOR_SECRET_FACTS = [] as const;

/** Names of all properties that a look-up fills in. */
export const CONNECTOR_SECRET_INPUTS = ["value","valueVersion"] as const;

/** Outputs that are secrets although no input of their name is. */
export const CONNECTOR_SECRET_SECRETS: string[] = [];
