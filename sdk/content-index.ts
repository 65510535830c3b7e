import type * as pulumi from "@pulumi/pulumi";
import { INDEX_FACTS, INDEX_INPUTS, INDEX_SECRETS, type IndexArgs, IndexOutputs } from "./generated/index";
import { type RegistrationHints, registration } from "./registration";

/**
 * A content index: where a connector's documents go. Its id is its name.
 *
 * A change of the name or the language replaces it. An index that holds documents is neither deleted nor replaced unless
 * `forceDestroy` was applied before, or `retainOnDelete` keeps the old one.
 */
export class Index extends IndexOutputs {
  /** An index that exists already, by its name. Fails when there is none. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): Index {
    return new Index(name, {}, { ...opts, id });
  }

  constructor(name: string, args?: IndexArgs, opts?: pulumi.CustomResourceOptions);
  /** @internal */
  constructor(name: string, args?: IndexArgs, opts?: pulumi.CustomResourceOptions, hints?: RegistrationHints);
  constructor(
    name: string,
    args: IndexArgs = {},
    opts: pulumi.CustomResourceOptions = {},
    hints: RegistrationHints = {},
  ) {
    super(...registration(KIND, name, args, opts, hints));
  }
}

const KIND = { kind: "Index", inputs: INDEX_INPUTS, facts: INDEX_FACTS, secrets: INDEX_SECRETS };
