import { z } from "zod";
import { parseCron } from "../../cron";
import { duration } from "../../model/duration";
import { field, named } from "../../model/fields";
import { LANGUAGES } from "../index/analysis";
import { indexName } from "../index/schema";
import { syncRules } from "./sync-rules/schema";

const CREATE = "PUT /_connector/{id}";

const interval = z.string().superRefine((text, context) => {
  const verdict = parseCron(text);
  if (!verdict.ok) {
    context.addIssue({
      code: "custom",
      message: verdict.field ? `${verdict.field}: ${verdict.reason}` : verdict.reason,
    });
  }
});

const schedule = named(
  "Schedule",
  z.strictObject({
    enabled: field(z.boolean(), { description: "Whether syncs of this kind are started by the schedule." }),
    interval: field(interval, {
      description:
        "When, as a Quartz cron expression in UTC of six or seven fields, seconds first: `0 0 2 * * ?` is two o'clock each night. The service looks once a minute and ignores the seconds.",
    }),
  }),
);

const scheduling = named(
  "Scheduling",
  z.strictObject({
    full: field(schedule.optional(), { description: "Full syncs: everything is read again, what is gone is deleted." }),
    incremental: field(schedule.optional(), {
      description: "Incremental syncs: only what has changed, where the source can.",
    }),
    accessControl: field(schedule.optional(), { description: "Access-control syncs, for document-level security." }),
  }),
);

const customSchedule = named(
  "CustomSchedule",
  z.strictObject({
    name: field(z.string().min(1, "must not be empty"), { description: "Name that is shown for it." }),
    enabled: field(z.boolean(), { description: "Whether the schedule starts syncs." }),
    interval: field(interval, { description: "When, as a Quartz cron expression in UTC." }),
    configurationOverrides: field(z.record(z.string(), z.unknown()).optional(), {
      description: "Values that differ from the configuration for these syncs, as the service spells them.",
    }),
  }),
);

const timeouts = named(
  "ConnectorTimeouts",
  z.strictObject({
    syncRules: field(duration.optional(), {
      description: "How long to wait for a running connectors service to check advanced sync rules.",
      default: "`1m`",
    }),
    delete: field(duration.optional(), {
      description: "How long to wait, before deleting, for running syncs to end after they have been cancelled.",
      default: "`30s`",
    }),
  }),
);

const pipeline = named(
  "Pipeline",
  z.strictObject({
    name: field(z.string().min(1, "must not be empty"), {
      description: "Name of an ingest pipeline. It is not checked.",
    }),
    extractBinaryContent: field(z.boolean().optional(), {
      description: "Extract text from binary content.",
      default: "`true`",
    }),
    reduceWhitespace: field(z.boolean().optional(), { description: "Reduce runs of white space.", default: "`true`" }),
    runMlInference: field(z.boolean().optional(), { description: "Run inference processors.", default: "`true`" }),
  }),
);

const syncRulesFeatures = named(
  "SyncRulesFeatures",
  z.strictObject({
    basic: field(z.boolean().optional(), { description: "Basic sync rules." }),
    advanced: field(z.boolean().optional(), { description: "Advanced sync rules." }),
  }),
);

const features = named(
  "Features",
  z.strictObject({
    documentLevelSecurity: field(z.boolean().optional(), {
      description: "Access-control syncs and restricted documents.",
    }),
    incrementalSync: field(z.boolean().optional(), { description: "Incremental syncs." }),
    nativeConnectorApiKeys: field(z.boolean().optional(), {
      description: "The connector has an API key of its own. Connectors made before 8.13 need it switched on.",
    }),
    syncRules: field(syncRulesFeatures.optional(), { description: "Kinds of sync rules." }),
  }),
);

export const connectorInputs = z.strictObject({
  connectorId: field(
    z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
        "must be 1 to 100 letters, digits, '_', '-' or '.', starting with a letter or digit",
      )
      .optional(),
    {
      description: "Id of the connector. An id that exists is refused: creating a connector over it would reset it.",
      default: "a random id",
      change: "replace",
      endpoint: CREATE,
    },
  ),
  name: field(z.string().optional(), {
    description: "Name that Kibana shows.",
    default: "empty",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_name",
  }),
  description: field(z.string().optional(), {
    description: "What the connector is for. The API can't remove it; when you do, it becomes empty.",
    confidential: true,
    change: "in place",
    endpoint: "PUT /_connector/{id}/_name",
  }),
  serviceType: field(z.string().min(1, "must not be empty"), {
    description:
      "Type of the source, such as `mongodb`. For the types of Elastic's catalogue the configuration is typed and checked; any other name is a connector of your own. A change asks for the configuration of the new type.",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_service_type",
    plain: true,
  }),
  native: field(z.boolean().optional(), {
    description:
      "Whether an Elastic-managed service runs the connector. From 9.0 on none does, so there it is refused unless `allowUnservedNative` is set. `true` to `false` converts the connector to a self-managed one, which can't be undone.",
    default: "`false`",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_native",
    plain: true,
  }),
  allowUnservedNative: field(z.boolean().optional(), {
    description: "Accept a native connector on 9.0 or later, which no service will run.",
    default: "`false`",
    change: "in place",
  }),
  indexName: field(indexName.optional(), {
    description:
      "Index that the content goes to. One index belongs to one connector; another connector's is refused. Removing it detaches the index.",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_index_name",
  }),
  language: field(z.enum(LANGUAGES).optional(), {
    description: "Language of the content, for a service that makes the index itself.",
    change: "replace",
    endpoint: CREATE,
  }),
  configuration: field(
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
    {
      description:
        "Values of the service type's fields. Fields that you don't name are left alone; one that you remove returns to its default. Sensitive fields are secrets in state even when you pass plain text.",
      confidential: true,
      change: "in place",
      endpoint: "PUT /_connector/{id}/_configuration",
    },
  ),
  scheduling: field(scheduling.optional(), {
    description:
      "When syncs start. A kind that you don't name is left alone; one that you remove returns to its default, which is off.",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_scheduling",
  }),
  customScheduling: field(z.record(z.string().min(1), customSchedule).optional(), {
    description:
      "Further schedules by a key of their own, as the web crawler has them. Those that you don't name are left alone. There is no endpoint for them: the connector's document is written, which takes `read` and `write` on `.elastic-connectors*`.",
    confidential: true,
    change: "in place",
    endpoint: "PUT /.elastic-connectors-v1/_doc/{id}",
  }),
  syncRules: field(syncRules.optional(), {
    description:
      "Which documents a sync takes. A kind of rules that you don't name is left alone; one that you remove is emptied.",
    confidential: true,
    change: "in place",
    endpoint: "PUT /_connector/{id}/_filtering",
  }),
  pipeline: field(pipeline.optional(), {
    description: "Ingest pipeline that documents go through. The pipeline itself is made elsewhere.",
    default: "the built-in pipeline for search, set at creation",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_pipeline",
  }),
  features: field(features.optional(), {
    description: "Features of the connector. A flag that you don't name is left to the service.",
    default: "those of the service type, set at creation",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_features (before 8.15: the connector's document)",
  }),
  apiKeyId: field(z.string().optional(), {
    description: "Id of the API key that the connector uses.",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_api_key_id",
  }),
  apiKeySecretId: field(z.string().optional(), {
    description:
      "Id of the connector secret that holds the key, for a native connector. The API can't remove it: it stays when you convert the connector to a self-managed one.",
    change: "in place",
    endpoint: "PUT /_connector/{id}/_api_key_id",
  }),
  adopt: field(z.boolean().optional(), {
    description:
      "Take over the connector that has the `connectorId`, if there is one, instead of refusing. A preview lists what will be changed in it; what you don't declare stays. Counts when the resource is created.",
    default: "`false`",
    change: "in place",
  }),
  deletion: field(z.enum(["hard", "soft"]).optional(), {
    description:
      "What deleting leaves. `hard`: nothing, the connector's sync jobs are deleted as well. `soft` (from 9.0 on): the document marked as deleted, and its jobs. Counts when it has been applied.",
    default: "`hard`",
    change: "in place",
  }),
  timeouts: field(timeouts.optional(), { description: "How long to wait.", change: "in place" }),
});

export const connectorFacts = z.strictObject({
  formerServiceType: field(z.string().optional(), {
    description:
      "While a change of the service type isn't finished: the former type, whose fields are still registered. The next update replaces them.",
  }),
});

export type ConnectorInputs = z.infer<typeof connectorInputs>;
export type ConnectorFacts = z.infer<typeof connectorFacts>;
