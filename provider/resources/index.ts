import type { ResourceDefinition } from "../model/resource";
import { apiKey } from "./api-key/resource";
import { connector } from "./connector/resource";
import { connectorSecret } from "./connector-secret/resource";
import { index } from "./index/resource";
import { syncJob } from "./sync-job/resource";

/** Every kind of resource, by the name that its type token ends with. */
export const resources = {
  Index: index,
  ApiKey: apiKey,
  ConnectorSecret: connectorSecret,
  Connector: connector,
  SyncJob: syncJob,
} satisfies Record<string, ResourceDefinition>;

export type Kind = keyof typeof resources;
