import { type HostedProvider, host } from "./host/resource-provider";
import { type Kind, resources } from "./resources";

const hosted = new Map<string, HostedProvider>();

/**
 * The provider of one kind of resource. The text that every resource carries in the state calls this and nothing else,
 * so it has to work for states written by every earlier version.
 */
export function get(kind: string): HostedProvider {
  let provider = hosted.get(kind);
  if (!provider) {
    if (!Object.hasOwn(resources, kind)) {
      throw new Error(
        `this version of pulumi-elastic-connectors has no resource '${kind}'; known are ${Object.keys(resources).join(", ")}`,
      );
    }
    provider = host(resources[kind as Kind]);
    hosted.set(kind, provider);
  }
  return provider;
}
