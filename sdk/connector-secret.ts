import type * as pulumi from "@pulumi/pulumi";
import {
  CONNECTOR_SECRET_FACTS,
  CONNECTOR_SECRET_INPUTS,
  CONNECTOR_SECRET_SECRETS,
  type ConnectorSecretArgs,
  ConnectorSecretOutputs,
} from "./generated/connector-secret";
import { registration } from "./registration";

/**
 * A connector secret: where a native connector's key is stored for the service that runs it.
 *
 * A new value is written in place, under the same id, so that nothing that refers to the secret changes.
 */
export class ConnectorSecret extends ConnectorSecretOutputs {
  /** A secret that exists already, by its id. Fails when there is none. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): ConnectorSecret {
    return new ConnectorSecret(name, { value: "" }, { ...opts, id });
  }

  constructor(name: string, args: ConnectorSecretArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(...registration(KIND, name, args, opts));
  }
}

const KIND = {
  kind: "ConnectorSecret",
  inputs: CONNECTOR_SECRET_INPUTS,
  facts: CONNECTOR_SECRET_FACTS,
  secrets: CONNECTOR_SECRET_SECRETS,
};
