import * as pulumi from "@pulumi/pulumi";

/** What a resource class tells about itself. The names come from the generated module of its kind. */
export interface Registration {
  kind: string;
  inputs: readonly string[];
  facts: readonly string[];
  secrets: readonly string[];
}

/** Options that this package reads besides Pulumi's own. */
export interface RegistrationHints {
  /** The index belongs to a native connector. */
  native?: boolean;
  /** What is made after this resource, with the inputs that decide about the rights it takes. Never secrets or outputs. */
  siblings?: { kind: string; inputs: Record<string, unknown> }[];
}

/** Type token of a kind. Frozen: it is part of every URN. */
export function typeToken(kind: string): string {
  return `pulumi-nodejs:dynamic/elastic:${kind}`;
}

/**
 * The text that the engine evaluates to get the provider of a kind. Frozen: it is part of every state, and must never
 * hold a version, a path or code. Resolving from the working directory finds an installed package, a workspace, and the
 * package's own clone.
 */
export function providerText(kind: string): string {
  return `exports.handler=()=>require('module').createRequire(process.cwd()+'/x')('pulumi-elastic-connectors/provider').get('${kind}')`;
}

/** Everything that Pulumi's constructor takes, for a new resource and for a look-up. */
export function registration(
  { kind, inputs, facts, secrets }: Registration,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions,
  hints: RegistrationHints = {},
): [type: string, name: string, props: pulumi.Inputs, opts: pulumi.CustomResourceOptions] {
  const lookup = opts.id !== undefined;
  // Pulumi makes an output for each key that is present.
  const absent = Object.fromEntries([...(lookup ? inputs : []), ...facts].map((key) => [key, undefined]));
  const props = {
    ...absent,
    ...(lookup ? {} : args),
    ...(lookup ? {} : { __context: context(name, opts, hints) }),
    __provider: providerText(kind),
  };
  return [typeToken(kind), name, props, pulumi.mergeOptions(opts, { additionalSecretOutputs: [...secrets] })];
}

function context(
  name: string,
  opts: pulumi.CustomResourceOptions,
  { native, siblings }: RegistrationHints,
): Record<string, unknown> {
  return {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    resource: name,
    ...(opts.retainOnDelete ? { retained: true } : {}),
    ...(native ? { native: true } : {}),
    ...(siblings ? { siblings } : {}),
  };
}
