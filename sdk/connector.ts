import type * as pulumi from "@pulumi/pulumi";
import {
  CONNECTOR_FACTS,
  CONNECTOR_INPUTS,
  CONNECTOR_SECRETS,
  type ConnectorArgs,
  ConnectorOutputs,
} from "./generated/connector";
import { registration } from "./registration";

/**
 * A connector: what is synchronised, from where, when and into which index.
 *
 * An existing connector is never overwritten. Deleting leaves nothing behind: from 9.0 on, where a deleted connector
 * stays as a marked document by default, the deletion is a hard one.
 */
export class Connector<T extends string = string> extends ConnectorOutputs<T> {
  /** A connector that exists already, by its id. Fails when there is none. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): Connector {
    return new Connector<string>(name, { serviceType: "" }, { ...opts, id });
  }

  constructor(name: string, args: ConnectorArgs<T>, opts: pulumi.CustomResourceOptions = {}) {
    super(...registration(KIND, name, args, opts));
  }
}

const KIND = { kind: "Connector", inputs: CONNECTOR_INPUTS, facts: CONNECTOR_FACTS, secrets: CONNECTOR_SECRETS };
