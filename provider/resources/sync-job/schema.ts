import { z } from "zod";
import { duration } from "../../model/duration";
import { field, named } from "../../model/fields";

const CREATE = "POST /_connector/_sync_job";

const timeouts = named(
  "SyncTimeouts",
  z.strictObject({
    start: field(duration.optional(), {
      description:
        "How long to wait for a connectors service to take the job. After that the job is cancelled and the resource fails. While another sync of the connector runs, the time doesn't count: a service runs one at a time.",
      default: "`2m`",
    }),
    complete: field(duration.optional(), {
      description:
        "How long to wait for the end of the sync. After that the resource fails; the sync goes on, and the next `pulumi up` waits for it again.",
      default: "`1h`",
    }),
  }),
);

export const syncJobInputs = z.strictObject({
  connectorId: field(z.string().min(1, "must not be empty"), {
    description: "Id of the connector that is synchronised.",
    change: "replace",
    endpoint: CREATE,
  }),
  jobType: field(z.enum(["full", "incremental", "accessControl"]).optional(), {
    description:
      "What is synchronised. A change counts from the next sync on and doesn't run one. Access-control syncs need document-level security and a platinum or trial licence.",
    default: "`full`",
    change: "in place",
    endpoint: CREATE,
  }),
  triggers: field(z.record(z.string(), z.string()).optional(), {
    description: "Values of your own: any change of them runs a sync.",
    change: "in place",
    endpoint: CREATE,
  }),
  runOnCreate: field(z.boolean().optional(), {
    description: "Run a sync when the resource is created, and not only when `triggers` change.",
    default: "`true`",
    change: "in place",
  }),
  wait: field(z.boolean().optional(), {
    description:
      "Wait until the sync has ended. A failed one fails the resource with the job's own error, and the next `pulumi up` runs it again. With `false` the sync is only ordered.",
    default: "`true`",
    change: "in place",
  }),
  timeouts: field(timeouts.optional(), { description: "How long to wait.", change: "in place" }),
});

export const syncJobFacts = z.strictObject({
  jobId: field(z.string().optional(), { description: "Id of the last sync job; absent before the first." }),
  status: field(z.string().optional(), { description: "Status of that job when it was last looked at." }),
  indexedDocumentCount: field(z.number().optional(), { description: "Documents that it wrote." }),
  deletedDocumentCount: field(z.number().optional(), { description: "Documents that it deleted." }),
  totalDocumentCount: field(z.number().optional(), { description: "Documents in the index after it." }),
  durationSeconds: field(z.number().optional(), { description: "Seconds from its start to its end." }),
});

export type SyncJobInputs = z.infer<typeof syncJobInputs>;
export type SyncJobFacts = z.infer<typeof syncJobFacts>;
