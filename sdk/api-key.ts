import type * as pulumi from "@pulumi/pulumi";
import { API_KEY_FACTS, API_KEY_INPUTS, API_KEY_SECRETS, type ApiKeyArgs, ApiKeyOutputs } from "./generated/api-key";
import { registration } from "./registration";

/**
 * An API key. Its value is known only to the run that creates it, and is a secret in the state.
 *
 * Rights, metadata and expiration are changed in place, and the key stays valid. Where the caller may not do that (it is an
 * API key itself, or the key is another user's), and for every other change, a new key is made; the old one is invalidated
 * after everything that uses the key has been updated. `rotateAfter` and `rotateBeforeExpiry` have a new key proposed in time.
 *
 * Deleting invalidates. A key that somebody has invalidated, or that has expired, counts as gone when the state is refreshed.
 */
export class ApiKey extends ApiKeyOutputs {
  /** A key that exists already, by its id. Its value can't be read back. Fails when there is none. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): ApiKey {
    return new ApiKey(name, { name: "" }, { ...opts, id });
  }

  constructor(name: string, args: ApiKeyArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(...registration(KIND, name, args, opts));
  }
}

const KIND = { kind: "ApiKey", inputs: API_KEY_INPUTS, facts: API_KEY_FACTS, secrets: API_KEY_SECRETS };
