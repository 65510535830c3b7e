import type * as pulumi from "@pulumi/pulumi";
import {
  SYNC_JOB_FACTS,
  SYNC_JOB_INPUTS,
  SYNC_JOB_SECRETS,
  type SyncJobArgs,
  SyncJobOutputs,
} from "./generated/sync-job";
import { registration } from "./registration";

/**
 * Runs a sync of a connector when it is created, and again whenever its `triggers` change. By default the deployment waits
 * for the end of the sync, and fails when the sync fails.
 *
 * Deleting the resource cancels a sync that still runs; what was synchronised, and the job on the server, stay.
 */
export class SyncJob extends SyncJobOutputs {
  /** A sync job that exists already, by the id that it has on the server. Fails when there is none. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): SyncJob {
    return new SyncJob(name, { connectorId: "" }, { ...opts, id });
  }

  constructor(name: string, args: SyncJobArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(...registration(KIND, name, args, opts));
  }
}

const KIND = { kind: "SyncJob", inputs: SYNC_JOB_INPUTS, facts: SYNC_JOB_FACTS, secrets: SYNC_JOB_SECRETS };
