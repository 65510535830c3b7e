import { type Field, registrationSchema, serviceType } from "../../provider/catalogue";
import type { WireConnector } from "../../provider/elasticsearch/connectors";
import { abilities, type ServerVersion } from "../../provider/elasticsearch/version";
import { deepEqual } from "../../provider/model/equality";
import type { Bag } from "../../provider/model/resource";
import { isRecord } from "../../provider/model/unknown";
import { secretNames, sensitiveNames } from "../../provider/resources/connector/configuration";
import type { ConnectorInputs } from "../../provider/resources/connector/schema";
import { defaultPipeline, fromWire, pipelineToWire } from "../../provider/resources/connector/wire";
import { Setting } from "./model";

type Inputs = ReturnType<typeof fromWire>;

/**
 * What a program has to declare of a connector so that it is made anew as it is: nothing that a new one gets anyway. The
 * index, the key and the secret are for the caller to refer to.
 */
export function connectorInputs(wire: WireConnector, version: ServerVersion, settingOf: (path: string) => string): Bag {
  const live = fromWire(wire);
  const native = live.native === true ? true : undefined;
  return {
    connectorId: isMadeUp(wire.id) ? undefined : wire.id,
    name: live.name,
    description: live.description,
    serviceType: live.serviceType,
    native,
    allowUnservedNative: native && !abilities.servesNativeConnectors(version) ? true : undefined,
    language: live.language,
    configuration: configuration(wire, version, settingOf),
    scheduling: unlessEmpty(filtered(live.scheduling ?? {}, (schedule) => !deepEqual(schedule, NEVER))),
    customScheduling: live.customScheduling && customScheduling(live.customScheduling, wire, settingOf),
    syncRules: syncRules(live.syncRules),
    pipeline: pipeline(live.pipeline, version),
    features: features(live, wire, version),
  };
}

/** Whether the typed configuration of the service type has just these fields, with values of these types. */
export function fitsItsType(type: unknown, values: unknown): boolean {
  const fields = typeof type === "string" ? serviceType(type)?.fields : undefined;
  if (!fields || !isRecord(values)) {
    return true;
  }
  const known = Object.entries(values).every(([name, value]) =>
    fields.some((field) => field.name === name && fits(field, value)),
  );
  const isNothing = (value: unknown) => value === null || value === "";
  const complete = fields.every(
    ({ name, required, dependsOn, value, defaultValue }) =>
      !required || dependsOn.length > 0 || !isNothing(value) || !isNothing(defaultValue) || name in values,
  );
  return known && complete;
}

function fits({ type, options }: Field, value: unknown): boolean {
  const kind = value instanceof Setting ? value.type : typeof value;
  switch (type) {
    case "bool":
      return kind === "boolean";
    case "int":
      return kind === "number";
    case "list":
      return kind === "string" || Array.isArray(value);
    case "str":
      return kind === "string" && (options.length === 0 || options.some((option) => option.value === value));
  }
}

/** An id that a server, or this package, has thrown dice for. */
function isMadeUp(id: string): boolean {
  return /^[\w-]{20}$/.test(id) && /[a-z]/.test(id) && /[A-Z]/.test(id);
}

/** What the server gives a kind of sync that nobody has scheduled. */
const NEVER = { enabled: false, interval: "0 0 0 * * ?" };

function configuration(wire: WireConnector, version: ServerVersion, settingOf: (path: string) => string) {
  const fields = wire.configuration ?? {};
  const type = wire.service_type ? serviceType(wire.service_type, version) : undefined;
  const initial = type ? (registrationSchema(type, {}) as Record<string, { value: unknown }>) : {};
  const secret = sensitiveNames(wire.service_type, fields);
  const entries = Object.entries(fields).flatMap(([name, { value }]) => {
    const start = initial[name]?.value ?? "";
    if (value === undefined || value === null || deepEqual(value, start)) {
      return [];
    }
    const isList = type?.fields.some((field) => field.name === name && field.type === "list");
    const plain = isList ? members(value) : value;
    return [[name, hidden(plain, secret.has(name), () => settingOf(name))] as const];
  });
  return unlessEmpty(Object.fromEntries(entries));
}

/** The members of a list's text, unless it has blanks or gaps that they would lose. */
function members(value: unknown): unknown {
  const found = typeof value === "string" ? value.split(",") : [];
  return found.length > 0 && found.every((member) => member !== "" && member === member.trim()) ? found : value;
}

/** A setting instead of a secret. Whether something is on or off is none, whatever it is called. */
function hidden(value: unknown, isSecret: boolean, key: () => string): unknown {
  if (typeof value === "boolean" || value === "" || (!isSecret && !holdsPassword(value))) {
    return value;
  }
  return new Setting(key(), typeof value === "string" ? "string" : typeof value === "number" ? "number" : "object");
}

/** A URL may hold a password where no field is marked as one. */
function holdsPassword(value: unknown): boolean {
  if (typeof value === "string") {
    return /:\/\/[^\s/?#@]*:[^\s/?#]+@/.test(value);
  }
  return typeof value === "object" && value !== null && Object.values(value).some(holdsPassword);
}

function customScheduling(
  schedules: NonNullable<ConnectorInputs["customScheduling"]>,
  { service_type }: WireConnector,
  settingOf: (path: string) => string,
) {
  const entries = Object.entries(schedules).map(([key, { configurationOverrides, ...schedule }]) => {
    const secret = secretNames(service_type ?? undefined, Object.keys(configurationOverrides ?? {}));
    const overrides = Object.entries(configurationOverrides ?? {}).map(([name, value]) => [
      name,
      hidden(value, secret.includes(name), () => settingOf(`${key} ${name}`)),
    ]);
    return [key, { ...schedule, configurationOverrides: unlessEmpty(Object.fromEntries(overrides)) }];
  });
  return Object.fromEntries(entries);
}

/** Ids of rules are the server's own. */
function syncRules(live: Inputs["syncRules"]) {
  const basic = live?.basic?.map(({ id: _, ...rule }) => rule) ?? [];
  const advanced = live?.advanced ?? {};
  return unlessEmpty({
    ...(basic.length > 0 ? { basic } : {}),
    ...(Object.keys(advanced).length > 0 ? { advanced } : {}),
  });
}

function pipeline(live: Inputs["pipeline"], { major }: ServerVersion) {
  return live && !deepEqual(pipelineToWire(live), defaultPipeline(major))
    ? filtered(live, (value) => value !== true)
    : undefined;
}

function features(live: Inputs, wire: WireConnector, version: ServerVersion) {
  const type = wire.service_type ? serviceType(wire.service_type, version) : undefined;
  const initial: Inputs = type ? fromWire({ id: "", features: type.features }) : {};
  const differing = (now: Bag = {}, start: Bag = {}) =>
    filtered(now, (on, name) => typeof on === "boolean" && on !== (start[name] ?? false));
  const rules = differing(live.features?.syncRules, initial.features?.syncRules);
  return unlessEmpty({
    ...differing(live.features, initial.features),
    ...(Object.keys(rules).length > 0 ? { syncRules: rules } : {}),
  });
}

function filtered(bag: object, keep: (value: unknown, name: string) => boolean): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([name, value]) => keep(value, name)));
}

function unlessEmpty(bag: Bag): Bag | undefined {
  return Object.keys(bag).length > 0 ? bag : undefined;
}
