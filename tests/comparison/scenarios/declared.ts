// Small resources, enough to move through every scenario.

import type { Declared } from "../../support/stage";

type Args = Record<string, unknown>;

export const index = (name: string, args: Args = {}, opts: Args = {}): Declared => ({
  kind: "Index",
  name,
  args: { name, settings: { number_of_shards: 1, refresh_interval: "5s" }, ...args },
  opts,
});

export const key = (name: string, args: Args = {}, opts: Args = {}): Declared => ({
  kind: "ApiKey",
  name,
  args: { name, roleDescriptors: { reader: { cluster: ["monitor"] } }, ...args },
  opts,
});

export const secret = (name: string, value: unknown, args: Args = {}, opts: Args = {}): Declared => ({
  kind: "ConnectorSecret",
  name,
  args: { value, ...args },
  opts,
});

export const connector = (name: string, args: Args = {}, opts: Args = {}): Declared => ({
  kind: "Connector",
  name,
  args: {
    connectorId: name,
    serviceType: "mongodb",
    configuration: { host: "mongodb://one.example", database: "films", collection: "movies" },
    ...args,
  },
  opts,
});

export const ref = (path: string) => ({ $ref: path });

/** The value, unknown as a whole while the output is. */
export const after = (path: string, value: unknown) => ({ $after: [path, value] });

export function urn(kind: "Index" | "ApiKey" | "ConnectorSecret" | "Connector", name: string): string {
  return `urn:pulumi:dev::tests::pulumi-nodejs:dynamic/elastic:${kind}::${name}`;
}
