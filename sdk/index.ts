export { ApiKey } from "./api-key";
export { Connector } from "./connector";
export { ConnectorSecret } from "./connector-secret";
export {
  ConnectorService,
  type ConnectorServiceArgs,
  type ConnectorServiceOptions,
  type ServedConnectorArgs,
  type ServedContentConnector,
} from "./connector-service";
export {
  ContentConnector,
  type ContentConnectorArgs,
  type ContentConnectorOptions,
  type ServiceEntry,
} from "./content-connector";
export { Index } from "./content-index";
export type {
  ApiKeyArgs,
  ApplicationPrivilegesArgs,
  FieldSecurityArgs,
  IndexPrivilegesArgs,
  RestrictionArgs,
  RoleDescriptorArgs,
} from "./generated/api-key";
export type * from "./generated/configurations";
export type {
  ConnectorArgs,
  FeaturesArgs,
  PipelineArgs,
  ScheduleArgs,
  SchedulingArgs,
  SyncRulesFeaturesArgs,
} from "./generated/connector";
export type { ConnectorSecretArgs } from "./generated/connector-secret";
export type { IndexArgs } from "./generated/index";
export type { SyncJobArgs, SyncTimeoutsArgs } from "./generated/sync-job";
export {
  type GetConnectorArgs,
  type GetConnectorOutputArgs,
  type GetConnectorResult,
  type GetConnectorsArgs,
  type GetConnectorsOutputArgs,
  type GetPrivilegesArgs,
  type GetPrivilegesOutputArgs,
  type GetPrivilegesResult,
  getConnector,
  getConnectorOutput,
  getConnectors,
  getConnectorsOutput,
  getPrivileges,
  getPrivilegesOutput,
  type Privilege,
} from "./lookups";
export { Provider, type ProviderArgs } from "./provider";
export { SyncJob } from "./sync-job";
