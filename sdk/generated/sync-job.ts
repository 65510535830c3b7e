// Generated from the provider's schemas by `npm run generate`. Change the schema, not this file.
import * as pulumi from "@pulumi/pulumi";

/** Arguments of `SyncTimeouts`. */
export interface SyncTimeoutsArgs {
  /**
   * How long to wait for a connectors service to take the job. After that the job is cancelled and the resource fails. While another sync of the connector runs, the time doesn't count: a service runs one at a time.
   * @default `2m`
   */
  start?: pulumi.Input<string> | undefined;
  /**
   * How long to wait for the end of the sync. After that the resource fails; the sync goes on, and the next `pulumi up` waits for it again.
   * @default `1h`
   */
  complete?: pulumi.Input<string> | undefined;
}

/** Arguments of `SyncJob`. */
export interface SyncJobArgs {
  /**
   * Id of the connector that is synchronised.
   * @remarks A change replaces the resource. Sent by `POST /_connector/_sync_job`.
   */
  connectorId: pulumi.Input<string>;
  /**
   * What is synchronised. A change counts from the next sync on and doesn't run one. Access-control syncs need document-level security and a platinum or trial licence.
   * @default `full`
   * @remarks A change is made in place. Sent by `POST /_connector/_sync_job`.
   */
  jobType?: pulumi.Input<"full" | "incremental" | "accessControl"> | undefined;
  /**
   * Values of your own: any change of them runs a sync.
   * @remarks A change is made in place. Sent by `POST /_connector/_sync_job`.
   */
  triggers?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * Run a sync when the resource is created, and not only when `triggers` change.
   * @default `true`
   * @remarks A change is made in place.
   */
  runOnCreate?: pulumi.Input<boolean> | undefined;
  /**
   * Wait until the sync has ended. A failed one fails the resource with the job's own error, and the next `pulumi up` runs it again. With `false` the sync is only ordered.
   * @default `true`
   * @remarks A change is made in place.
   */
  wait?: pulumi.Input<boolean> | undefined;
  /**
   * How long to wait.
   * @remarks A change is made in place.
   */
  timeouts?: pulumi.Input<SyncTimeoutsArgs> | undefined;
}

/** Outputs of `SyncJob`. One that is named like an argument holds what was declared, and is absent where nothing was. */
export abstract class SyncJobOutputs extends pulumi.CustomResource {
  /**
   * Id of the connector that is synchronised.
   * @remarks A change replaces the resource. Sent by `POST /_connector/_sync_job`.
   */
  declare readonly connectorId: pulumi.Output<string>;
  /**
   * What is synchronised. A change counts from the next sync on and doesn't run one. Access-control syncs need document-level security and a platinum or trial licence.
   * @default `full`
   * @remarks A change is made in place. Sent by `POST /_connector/_sync_job`.
   */
  declare readonly jobType: pulumi.Output<"full" | "incremental" | "accessControl" | undefined>;
  /**
   * Values of your own: any change of them runs a sync.
   * @remarks A change is made in place. Sent by `POST /_connector/_sync_job`.
   */
  declare readonly triggers: pulumi.Output<Record<string, string> | undefined>;
  /**
   * Run a sync when the resource is created, and not only when `triggers` change.
   * @default `true`
   * @remarks A change is made in place.
   */
  declare readonly runOnCreate: pulumi.Output<boolean | undefined>;
  /**
   * Wait until the sync has ended. A failed one fails the resource with the job's own error, and the next `pulumi up` runs it again. With `false` the sync is only ordered.
   * @default `true`
   * @remarks A change is made in place.
   */
  declare readonly wait: pulumi.Output<boolean | undefined>;
  /**
   * How long to wait.
   * @remarks A change is made in place.
   */
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<SyncTimeoutsArgs> | undefined>;
  /** Id of the last sync job; absent before the first. */
  declare readonly jobId: pulumi.Output<string | undefined>;
  /** Status of that job when it was last looked at. */
  declare readonly status: pulumi.Output<string | undefined>;
  /** Documents that it wrote. */
  declare readonly indexedDocumentCount: pulumi.Output<number | undefined>;
  /** Documents that it deleted. */
  declare readonly deletedDocumentCount: pulumi.Output<number | undefined>;
  /** Documents in the index after it. */
  declare readonly totalDocumentCount: pulumi.Output<number | undefined>;
  /** Seconds from its start to its end. */
  declare readonly durationSeconds: pulumi.Output<number | undefined>;
}

/** Names of the properties that only the server knows. */
export const SYNC_JOB_FACTS = ["jobId","status","indexedDocumentCount","deletedDocumentCount","totalDocumentCount","durationSeconds"] as const;

/** Names of all properties that a look-up fills in. */
export const SYNC_JOB_INPUTS = ["connectorId","jobType","triggers","runOnCreate","wait","timeouts"] as const;

/** Outputs that are secrets although no input of their name is. */
export const SYNC_JOB_SECRETS: string[] = [];
