// Generated from the provider's schemas by `npm run generate`. Change the schema, not this file.
import * as pulumi from "@pulumi/pulumi";
import type { ConfigurationOf } from "./configurations";

/** Arguments of `Schedule`. */
export interface ScheduleArgs {
  /** Whether syncs of this kind are started by the schedule. */
  enabled: pulumi.Input<boolean>;
  /** When, as a Quartz cron expression in UTC of six or seven fields, seconds first: `0 0 2 * * ?` is two o'clock each night. The service looks once a minute and ignores the seconds. */
  interval: pulumi.Input<string>;
}

/** Arguments of `Scheduling`. */
export interface SchedulingArgs {
  /** Full syncs: everything is read again, what is gone is deleted. */
  full?: pulumi.Input<ScheduleArgs> | undefined;
  /** Incremental syncs: only what has changed, where the source can. */
  incremental?: pulumi.Input<ScheduleArgs> | undefined;
  /** Access-control syncs, for document-level security. */
  accessControl?: pulumi.Input<ScheduleArgs> | undefined;
}

/** Arguments of `CustomSchedule`. */
export interface CustomScheduleArgs {
  /** Name that is shown for it. */
  name: pulumi.Input<string>;
  /** Whether the schedule starts syncs. */
  enabled: pulumi.Input<boolean>;
  /** When, as a Quartz cron expression in UTC. */
  interval: pulumi.Input<string>;
  /** Values that differ from the configuration for these syncs, as the service spells them. */
  configurationOverrides?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
}

/** Arguments of `BasicSyncRule`. */
export interface BasicSyncRuleArgs {
  /** What becomes of a document that the rule matches. */
  policy: pulumi.Input<"include" | "exclude">;
  /** Field of the document that is compared. */
  field: pulumi.Input<string>;
  /** How it is compared. */
  rule: pulumi.Input<"equals" | "contains" | "starts_with" | "ends_with" | "regex" | ">" | "<">;
  /** What it is compared with. Numbers and dates are text as well. */
  value: pulumi.Input<string>;
  /**
   * Id of the rule, by which the service reports errors.
   * @default `rule-<position>`, or the id that an equal rule has already
   */
  id?: pulumi.Input<string> | undefined;
}

/** Arguments of `SyncRules`. */
export interface SyncRulesArgs {
  /** Basic rules, in the order in which they are tried: the first that matches a document decides. What none matches is included. They are checked as the service would, and count at once. */
  basic?: pulumi.Input<pulumi.Input<BasicSyncRuleArgs>[]> | undefined;
  /** Advanced rules, in the form that the service type asks for. Only a running connectors service can check them: until it has, they are a draft, and the former ones count. `up` waits for that when a service was seen lately, and fails with its reasons when it refuses them. */
  advanced?: pulumi.Input<Record<string, pulumi.Input<unknown>> | pulumi.Input<unknown>[]> | undefined;
}

/** Arguments of `Pipeline`. */
export interface PipelineArgs {
  /** Name of an ingest pipeline. It is not checked. */
  name: pulumi.Input<string>;
  /**
   * Extract text from binary content.
   * @default `true`
   */
  extractBinaryContent?: pulumi.Input<boolean> | undefined;
  /**
   * Reduce runs of white space.
   * @default `true`
   */
  reduceWhitespace?: pulumi.Input<boolean> | undefined;
  /**
   * Run inference processors.
   * @default `true`
   */
  runMlInference?: pulumi.Input<boolean> | undefined;
}

/** Arguments of `SyncRulesFeatures`. */
export interface SyncRulesFeaturesArgs {
  /** Basic sync rules. */
  basic?: pulumi.Input<boolean> | undefined;
  /** Advanced sync rules. */
  advanced?: pulumi.Input<boolean> | undefined;
}

/** Arguments of `Features`. */
export interface FeaturesArgs {
  /** Access-control syncs and restricted documents. */
  documentLevelSecurity?: pulumi.Input<boolean> | undefined;
  /** Incremental syncs. */
  incrementalSync?: pulumi.Input<boolean> | undefined;
  /** The connector has an API key of its own. Connectors made before 8.13 need it switched on. */
  nativeConnectorApiKeys?: pulumi.Input<boolean> | undefined;
  /** Kinds of sync rules. */
  syncRules?: pulumi.Input<SyncRulesFeaturesArgs> | undefined;
}

/** Arguments of `ConnectorTimeouts`. */
export interface ConnectorTimeoutsArgs {
  /**
   * How long to wait for a running connectors service to check advanced sync rules.
   * @default `1m`
   */
  syncRules?: pulumi.Input<string> | undefined;
  /**
   * How long to wait, before deleting, for running syncs to end after they have been cancelled.
   * @default `30s`
   */
  delete?: pulumi.Input<string> | undefined;
}

/** Arguments of `Connector`. */
export interface ConnectorCommonArgs {
  /**
   * Id of the connector. An id that exists is refused: creating a connector over it would reset it.
   * @default a random id
   * @remarks A change replaces the resource. Sent by `PUT /_connector/{id}`.
   */
  connectorId?: pulumi.Input<string> | undefined;
  /**
   * Name that Kibana shows.
   * @default empty
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_name`.
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * What the connector is for. The API can't remove it; when you do, it becomes empty.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_name`.
   */
  description?: pulumi.Input<string> | undefined;
  /**
   * Whether an Elastic-managed service runs the connector. From 9.0 on none does, so there it is refused unless `allowUnservedNative` is set. `true` to `false` converts the connector to a self-managed one, which can't be undone.
   * @default `false`
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_native`.
   */
  native?: boolean | undefined;
  /**
   * Accept a native connector on 9.0 or later, which no service will run.
   * @default `false`
   * @remarks A change is made in place.
   */
  allowUnservedNative?: pulumi.Input<boolean> | undefined;
  /**
   * Index that the content goes to. One index belongs to one connector; another connector's is refused. Removing it detaches the index.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_index_name`.
   */
  indexName?: pulumi.Input<string> | undefined;
  /**
   * Language of the content, for a service that makes the index itself.
   * @remarks A change replaces the resource. Sent by `PUT /_connector/{id}`.
   */
  language?: pulumi.Input<"da" | "de" | "en" | "es" | "fr" | "it" | "ja" | "ko" | "nl" | "pt" | "pt-br" | "ru" | "th" | "zh"> | undefined;
  /**
   * When syncs start. A kind that you don't name is left alone; one that you remove returns to its default, which is off.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_scheduling`.
   */
  scheduling?: pulumi.Input<SchedulingArgs> | undefined;
  /**
   * Further schedules by a key of their own, as the web crawler has them. Those that you don't name are left alone. There is no endpoint for them: the connector's document is written, which takes `read` and `write` on `.elastic-connectors*`.
   * @remarks A change is made in place. Sent by `PUT /.elastic-connectors-v1/_doc/{id}`.
   */
  customScheduling?: pulumi.Input<Record<string, pulumi.Input<CustomScheduleArgs>>> | undefined;
  /**
   * Which documents a sync takes. A kind of rules that you don't name is left alone; one that you remove is emptied.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_filtering`.
   */
  syncRules?: pulumi.Input<SyncRulesArgs> | undefined;
  /**
   * Ingest pipeline that documents go through. The pipeline itself is made elsewhere.
   * @default the built-in pipeline for search, set at creation
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_pipeline`.
   */
  pipeline?: pulumi.Input<PipelineArgs> | undefined;
  /**
   * Features of the connector. A flag that you don't name is left to the service.
   * @default those of the service type, set at creation
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_features` (before 8.15: the connector's document).
   */
  features?: pulumi.Input<FeaturesArgs> | undefined;
  /**
   * Id of the API key that the connector uses.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_api_key_id`.
   */
  apiKeyId?: pulumi.Input<string> | undefined;
  /**
   * Id of the connector secret that holds the key, for a native connector. The API can't remove it: it stays when you convert the connector to a self-managed one.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_api_key_id`.
   */
  apiKeySecretId?: pulumi.Input<string> | undefined;
  /**
   * Take over the connector that has the `connectorId`, if there is one, instead of refusing. A preview lists what will be changed in it; what you don't declare stays. Counts when the resource is created.
   * @default `false`
   * @remarks A change is made in place.
   */
  adopt?: pulumi.Input<boolean> | undefined;
  /**
   * What deleting leaves. `hard`: nothing, the connector's sync jobs are deleted as well. `soft` (from 9.0 on): the document marked as deleted, and its jobs. Counts when it has been applied.
   * @default `hard`
   * @remarks A change is made in place.
   */
  deletion?: pulumi.Input<"hard" | "soft"> | undefined;
  /**
   * How long to wait.
   * @remarks A change is made in place.
   */
  timeouts?: pulumi.Input<ConnectorTimeoutsArgs> | undefined;
}

/** Arguments of `Connector`: the service type chooses the type of the configuration. */
export interface ConnectorArgs<T extends string = string> extends ConnectorCommonArgs {
  /**
   * Type of the source, such as `mongodb`. For the types of Elastic's catalogue the configuration is typed and checked; any other name is a connector of your own. A change asks for the configuration of the new type.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_service_type`.
   */
  serviceType: T;
  /**
   * Values of the service type's fields. Fields that you don't name are left alone; one that you remove returns to its default. Sensitive fields are secrets in state even when you pass plain text.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_configuration`.
   */
  configuration?: pulumi.Input<ConfigurationOf<T>> | undefined;
}

/** Outputs of `Connector`. One that is named like an argument holds what was declared, and is absent where nothing was. */
export abstract class ConnectorOutputs<T extends string = string> extends pulumi.CustomResource {
  /**
   * Id of the connector. An id that exists is refused: creating a connector over it would reset it.
   * @default a random id
   * @remarks A change replaces the resource. Sent by `PUT /_connector/{id}`.
   */
  declare readonly connectorId: pulumi.Output<string | undefined>;
  /**
   * Name that Kibana shows.
   * @default empty
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_name`.
   */
  declare readonly name: pulumi.Output<string | undefined>;
  /**
   * What the connector is for. The API can't remove it; when you do, it becomes empty.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_name`.
   */
  declare readonly description: pulumi.Output<string | undefined>;
  /**
   * Type of the source, such as `mongodb`. For the types of Elastic's catalogue the configuration is typed and checked; any other name is a connector of your own. A change asks for the configuration of the new type.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_service_type`.
   */
  declare readonly serviceType: pulumi.Output<T>;
  /**
   * Whether an Elastic-managed service runs the connector. From 9.0 on none does, so there it is refused unless `allowUnservedNative` is set. `true` to `false` converts the connector to a self-managed one, which can't be undone.
   * @default `false`
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_native`.
   */
  declare readonly native: pulumi.Output<boolean | undefined>;
  /**
   * Accept a native connector on 9.0 or later, which no service will run.
   * @default `false`
   * @remarks A change is made in place.
   */
  declare readonly allowUnservedNative: pulumi.Output<boolean | undefined>;
  /**
   * Index that the content goes to. One index belongs to one connector; another connector's is refused. Removing it detaches the index.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_index_name`.
   */
  declare readonly indexName: pulumi.Output<string | undefined>;
  /**
   * Language of the content, for a service that makes the index itself.
   * @remarks A change replaces the resource. Sent by `PUT /_connector/{id}`.
   */
  declare readonly language: pulumi.Output<"da" | "de" | "en" | "es" | "fr" | "it" | "ja" | "ko" | "nl" | "pt" | "pt-br" | "ru" | "th" | "zh" | undefined>;
  /**
   * Values of the service type's fields. Fields that you don't name are left alone; one that you remove returns to its default. Sensitive fields are secrets in state even when you pass plain text.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_configuration`.
   */
  declare readonly configuration: pulumi.Output<pulumi.Unwrap<ConfigurationOf<T>> | undefined>;
  /**
   * When syncs start. A kind that you don't name is left alone; one that you remove returns to its default, which is off.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_scheduling`.
   */
  declare readonly scheduling: pulumi.Output<pulumi.Unwrap<SchedulingArgs> | undefined>;
  /**
   * Further schedules by a key of their own, as the web crawler has them. Those that you don't name are left alone. There is no endpoint for them: the connector's document is written, which takes `read` and `write` on `.elastic-connectors*`.
   * @remarks A change is made in place. Sent by `PUT /.elastic-connectors-v1/_doc/{id}`.
   */
  declare readonly customScheduling: pulumi.Output<pulumi.Unwrap<Record<string, CustomScheduleArgs>> | undefined>;
  /**
   * Which documents a sync takes. A kind of rules that you don't name is left alone; one that you remove is emptied.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_filtering`.
   */
  declare readonly syncRules: pulumi.Output<pulumi.Unwrap<SyncRulesArgs> | undefined>;
  /**
   * Ingest pipeline that documents go through. The pipeline itself is made elsewhere.
   * @default the built-in pipeline for search, set at creation
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_pipeline`.
   */
  declare readonly pipeline: pulumi.Output<pulumi.Unwrap<PipelineArgs> | undefined>;
  /**
   * Features of the connector. A flag that you don't name is left to the service.
   * @default those of the service type, set at creation
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_features` (before 8.15: the connector's document).
   */
  declare readonly features: pulumi.Output<pulumi.Unwrap<FeaturesArgs> | undefined>;
  /**
   * Id of the API key that the connector uses.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_api_key_id`.
   */
  declare readonly apiKeyId: pulumi.Output<string | undefined>;
  /**
   * Id of the connector secret that holds the key, for a native connector. The API can't remove it: it stays when you convert the connector to a self-managed one.
   * @remarks A change is made in place. Sent by `PUT /_connector/{id}/_api_key_id`.
   */
  declare readonly apiKeySecretId: pulumi.Output<string | undefined>;
  /**
   * Take over the connector that has the `connectorId`, if there is one, instead of refusing. A preview lists what will be changed in it; what you don't declare stays. Counts when the resource is created.
   * @default `false`
   * @remarks A change is made in place.
   */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /**
   * What deleting leaves. `hard`: nothing, the connector's sync jobs are deleted as well. `soft` (from 9.0 on): the document marked as deleted, and its jobs. Counts when it has been applied.
   * @default `hard`
   * @remarks A change is made in place.
   */
  declare readonly deletion: pulumi.Output<"hard" | "soft" | undefined>;
  /**
   * How long to wait.
   * @remarks A change is made in place.
   */
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<ConnectorTimeoutsArgs> | undefined>;
  /** While a change of the service type isn't finished: the former type, whose fields are still registered. The next update replaces them. */
  declare readonly formerServiceType: pulumi.Output<string | undefined>;
}

/** Names of the properties that only the server knows. */
export const CONNECTOR_FACTS = ["formerServiceType"] as const;

/** Names of all properties that a look-up fills in. */
export const CONNECTOR_INPUTS = ["connectorId","name","description","serviceType","native","allowUnservedNative","indexName","language","configuration","scheduling","customScheduling","syncRules","pipeline","features","apiKeyId","apiKeySecretId","adopt","deletion","timeouts"] as const;

/** Outputs that are secrets although no input of their name is. */
export const CONNECTOR_SECRETS: string[] = [];
