import type { ServiceType } from "../../catalogue";
import type { WireConnector, WireCustomSchedule, WireFeatures, WireSchedule } from "../../elasticsearch/connectors";
import { deepEqual, withoutUndefined } from "../../model/equality";
import type { View } from "../../model/resource";
import type { ConnectorInputs } from "./schema";
import { syncRulesFromWire } from "./sync-rules/wire";

type Scheduling = NonNullable<ConnectorInputs["scheduling"]>;
type CustomScheduling = NonNullable<ConnectorInputs["customScheduling"]>;
type Pipeline = NonNullable<ConnectorInputs["pipeline"]>;
type Features = NonNullable<ConnectorInputs["features"]>;

const KINDS = { full: "full", incremental: "incremental", accessControl: "access_control" } as const;

/** What the server gives a kind of sync that nobody has scheduled. */
const NEVER: WireSchedule = { enabled: false, interval: "0 0 0 * * ?" };

/** A connector's document in the user's terms. */
export function fromWire(connector: WireConnector): { [K in keyof ConnectorInputs]?: ConnectorInputs[K] | undefined } {
  return {
    connectorId: connector.id,
    name: connector.name || undefined,
    description: connector.description || undefined,
    serviceType: connector.service_type ?? undefined,
    native: connector.is_native === true,
    indexName: connector.index_name ?? undefined,
    language: (connector.language || undefined) as ConnectorInputs["language"],
    configuration: configurationFromWire(connector.configuration),
    scheduling: schedulingFromWire(connector.scheduling),
    customScheduling: customSchedulingFromWire(connector.custom_scheduling),
    syncRules: syncRulesFromWire(connector.filtering),
    pipeline: pipelineFromWire(connector.pipeline),
    features: featuresFromWire(connector.features),
    apiKeyId: connector.api_key_id ?? undefined,
    apiKeySecretId: connector.api_key_secret_id ?? undefined,
  };
}

/** Only the kinds that are declared are compared. */
export const schedulingView: View<Scheduling> = { equal: deepEqual, of: declaredKeys };

/** Only the schedules that are declared are compared. No overrides are none. */
export const customSchedulingView: View<CustomScheduling> = {
  equal: (a, b) => deepEqual(a && withOverrides(a), b && withOverrides(b)),
  of: declaredKeys,
};

/** Only the flags that are declared are compared. */
export const featuresView: View<Features> = {
  equal: deepEqual,
  of: (declared, live) => ({
    ...declaredKeys(declared, live),
    ...(declared.syncRules ? { syncRules: declaredKeys(declared.syncRules, live?.syncRules ?? {}) } : {}),
  }),
};

/** A flag that isn't declared means `true`: it shows only where it isn't. */
export const pipelineView: View<Pipeline> = {
  equal: (a, b) => deepEqual(a && pipelineToWire(a), b && pipelineToWire(b)),
  of: (declared, live) =>
    live &&
    (Object.fromEntries(Object.entries(live).filter(([key, on]) => key in declared || on !== true)) as Pipeline),
};

/** The built-in pipeline by the name that the server's version has for it. */
export function defaultPipeline(major: number): Record<string, unknown> {
  return pipelineToWire({ name: major >= 9 ? "search-default-ingestion" : "ent-search-generic-ingestion" });
}

export function pipelineToWire(pipeline: Pipeline): Record<string, unknown> {
  return {
    name: pipeline.name,
    extract_binary_content: pipeline.extractBinaryContent ?? true,
    reduce_whitespace: pipeline.reduceWhitespace ?? true,
    run_ml_inference: pipeline.runMlInference ?? true,
  };
}

/** Schedules to write: those that differ from the live ones, and the default for those that are declared no more. */
export function schedulesToWrite(
  desired: Scheduling | undefined,
  recorded: Scheduling | undefined,
  live: Record<string, WireSchedule>,
): Record<string, WireSchedule> {
  const wanted = Object.entries(KINDS).flatMap(([kind, name]) => {
    const schedule = desired?.[kind as keyof Scheduling] ?? (recorded?.[kind as keyof Scheduling] ? NEVER : undefined);
    return schedule && !deepEqual(schedule, live[name]) ? [[name, schedule] as const] : [];
  });
  const writes = Object.fromEntries(wanted);
  // The server refuses a body that names access_control only.
  return writes.access_control && wanted.length === 1 ? { full: live.full ?? NEVER, ...writes } : writes;
}

/** All custom schedules of the document: the declared ones as declared, those of nobody here as they are. */
export function customSchedulesToWrite(
  desired: CustomScheduling | undefined,
  recorded: CustomScheduling | undefined,
  live: Record<string, WireCustomSchedule>,
): Record<string, WireCustomSchedule> {
  const kept = Object.entries(live).filter(([key]) => !(key in (recorded ?? {})));
  const declared = Object.entries(desired ?? {}).map(([key, { configurationOverrides, ...schedule }]) => [
    key,
    // When it last ran is the service's to say.
    { ...live[key], ...schedule, configuration_overrides: configurationOverrides ?? {} },
  ]);
  return Object.fromEntries([...kept, ...declared]);
}

/** Features to write: flags that differ from the live ones, and the type's default for those that are declared no more. */
export function featuresToWrite(
  desired: Features | undefined,
  recorded: Features | undefined,
  live: WireFeatures,
  type: ServiceType | undefined,
): WireFeatures {
  const defaults = flags(featuresFromWire(type?.features as WireFeatures | undefined));
  const present = flags(featuresFromWire(live));
  const wanted = flags(desired);
  for (const name of Object.keys(flags(recorded)).filter((flag) => !(flag in wanted) && flag in defaults)) {
    wanted[name] = defaults[name] as boolean;
  }
  return wireFeatures(Object.fromEntries(Object.entries(wanted).filter(([name, on]) => present[name] !== on)));
}

/** Features as they are set at creation: the service type's, overlaid with the declared ones. */
export function creationFeatures(desired: Features | undefined, type: ServiceType | undefined): WireFeatures {
  return wireFeatures({ ...flags(featuresFromWire(type?.features as WireFeatures | undefined)), ...flags(desired) });
}

const FLAGS: Record<string, readonly string[]> = {
  documentLevelSecurity: ["document_level_security"],
  incrementalSync: ["incremental_sync"],
  nativeConnectorApiKeys: ["native_connector_api_keys"],
  basic: ["sync_rules", "basic"],
  advanced: ["sync_rules", "advanced"],
};

/** All flags on one level. */
function flags(features: Features | undefined): Record<string, boolean> {
  const { syncRules, ...rest } = features ?? {};
  return withoutUndefined({ ...rest, ...syncRules }) as Record<string, boolean>;
}

function wireFeatures(on: Record<string, boolean>): WireFeatures {
  const wire: Record<string, Record<string, unknown>> = {};
  for (const [name, enabled] of Object.entries(on)) {
    const [outer = name, inner] = FLAGS[name] ?? [];
    wire[outer] = inner ? { ...wire[outer], [inner]: { enabled } } : { enabled };
  }
  return wire as WireFeatures;
}

function featuresFromWire(wire: WireFeatures | null | undefined): Features | undefined {
  const syncRules = withoutUndefined({
    basic: wire?.sync_rules?.basic?.enabled,
    advanced: wire?.sync_rules?.advanced?.enabled,
  });
  const features = withoutUndefined({
    documentLevelSecurity: wire?.document_level_security?.enabled,
    incrementalSync: wire?.incremental_sync?.enabled,
    nativeConnectorApiKeys: wire?.native_connector_api_keys?.enabled,
    syncRules: Object.keys(syncRules).length > 0 ? syncRules : undefined,
  });
  return Object.keys(features).length > 0 ? (features as Features) : undefined;
}

function configurationFromWire(fields: WireConnector["configuration"]): ConnectorInputs["configuration"] | undefined {
  const entries = Object.entries(fields ?? {}).filter(
    ([, field]) => field?.value !== undefined && field.value !== null,
  );
  return entries.length > 0
    ? (Object.fromEntries(entries.map(([name, field]) => [name, field.value])) as ConnectorInputs["configuration"])
    : undefined;
}

function schedulingFromWire(wire: WireConnector["scheduling"]): Scheduling | undefined {
  const kinds = Object.entries(KINDS).map(([kind, name]) => [kind, wire?.[name]] as const);
  return withoutUndefined(Object.fromEntries(kinds)) as Scheduling;
}

function customSchedulingFromWire(wire: WireConnector["custom_scheduling"]): CustomScheduling | undefined {
  const entries = Object.entries(wire ?? {}).map(([key, { name, enabled, interval, configuration_overrides }]) => {
    const overrides = Object.keys(configuration_overrides ?? {}).length > 0 ? configuration_overrides : undefined;
    return [key, { name, enabled, interval, configurationOverrides: overrides }];
  });
  return entries.length > 0 ? withoutUndefined(Object.fromEntries(entries)) : undefined;
}

function withOverrides(schedules: CustomScheduling): CustomScheduling {
  const entries = Object.entries(schedules).map(([key, schedule]) => [
    key,
    { configurationOverrides: {}, ...schedule },
  ]);
  return Object.fromEntries(entries);
}

function pipelineFromWire(wire: WireConnector["pipeline"]): Pipeline | undefined {
  return wire
    ? (withoutUndefined({
        name: wire.name,
        extractBinaryContent: wire.extract_binary_content,
        reduceWhitespace: wire.reduce_whitespace,
        runMlInference: wire.run_ml_inference,
      }) as Pipeline)
    : undefined;
}

function declaredKeys<T extends object>(declared: T, live: T | undefined): T {
  const entries = Object.keys(declared).map((key) => [key, live?.[key as keyof T]]);
  return withoutUndefined(Object.fromEntries(entries)) as T;
}
