// Reads connectors and what belongs to them, through the same eyes as a refresh.

import type { Elasticsearch } from "../../provider/elasticsearch/connection";
import type { WireConnector } from "../../provider/elasticsearch/connectors";
import { isKind } from "../../provider/elasticsearch/errors";
import type { Bag, Live } from "../../provider/model/resource";
import { markOf } from "../../provider/ownership/marks";
import { resources } from "../../provider/resources";
import { refusals, without } from "./acceptable";
import { type Choice, chosenConnectors } from "./choice";
import { connectorInputs, fitsItsType } from "./connector-inputs";
import { indexInputs } from "./index-inputs";
import { type Entry, filled, type Group, type ImportedKind, Reference, type Remark, Setting } from "./model";
import { type Names, naming } from "./names";
import {
  hiddenIndex,
  hiddenKey,
  hiddenSecret,
  madeWithout,
  missingIndex,
  newKey,
  owned,
  typeless,
  UNKNOWN_VALUE,
  undeclarable,
} from "./remarks";

export interface Found {
  groups: Group[];
  /** Connectors that no program can declare, each with the reason. */
  skipped: Remark[];
}

/** How many connectors are read at a time. */
const AT_ONCE = 8;

export async function connectorsOf(es: Elasticsearch, choice: Choice, adopt: boolean): Promise<Found> {
  const chosen = (await chosenConnectors(es, choice)).sort((a, b) => (title(a) < title(b) ? -1 : 1));
  const namesFor = naming();
  const work = chosen.map((wire) => ({ wire, names: namesFor(wire.name || wire.index_name || wire.id) }));
  const reader = readerOf(es, adopt);
  const found: Found = { groups: [], skipped: [] };
  for (let at = 0; at < work.length; at += AT_ONCE) {
    const results = await Promise.all(work.slice(at, at + AT_ONCE).map(({ wire, names }) => reader(wire, names)));
    for (const result of results) {
      "entries" in result ? found.groups.push(result) : found.skipped.push(result);
    }
  }
  return found;
}

function title({ name, id }: WireConnector): string {
  return name ? `${name} (${id})` : id;
}

/** Objects that several connectors use are read, and declared, once: by the first of them. */
function readerOf(es: Elasticsearch, adopt: boolean): (wire: WireConnector, names: Names) => Promise<Group | Remark> {
  const shared = new Map<string, Promise<Entry | Remark>>();

  /** The entry of an object, or why there is none; and whether this connector's group has to hold it. */
  async function once(key: string, read: () => Promise<Entry | Remark>): Promise<Shared> {
    const known = shared.get(key);
    const reading = known ?? read();
    shared.set(key, reading);
    const entry = await reading;
    return "kind" in entry ? { entry, own: known === undefined } : { own: false, why: entry };
  }

  return async (wire, names) => {
    if (!wire.service_type) {
      return typeless(title(wire));
    }
    const { index_name, api_key_id, api_key_secret_id } = wire;
    const index = index_name ? await once(`index ${index_name}`, () => indexEntry(es, index_name, names, adopt)) : NONE;
    const key = api_key_id ? await once(`key ${api_key_id}`, () => keyEntry(es, api_key_id, names, adopt)) : NONE;
    const secret = api_key_secret_id
      ? await once(`secret ${api_key_secret_id}`, () => secretEntry(es, api_key_secret_id, names, key.entry))
      : NONE;
    const { version } = await es.info();
    const inputs: Bag = {
      ...connectorInputs(wire, version, names.setting),
      indexName: index.entry ? new Reference(index.entry, "id") : (index_name ?? undefined),
      apiKeyId: key.entry ? new Reference(key.entry, "id") : (api_key_id ?? undefined),
      apiKeySecretId: secret.entry ? new Reference(secret.entry, "id") : (api_key_secret_id ?? undefined),
      ...(adopt ? { connectorId: wire.id, adopt: true } : {}),
    };
    const remarks = [index.why, key.why, secret.why].filter((why) => why !== undefined);
    const connector = await settled(es, entryOf("Connector", wire.id, names, inputs, remarks), wire);
    if (typeof connector === "string") {
      return { text: `Connector ${title(wire)} ${connector}` };
    }
    const missing = [wire.pipeline ? [] : "a pipeline", wire.features ? [] : "features"].flat();
    if (missing.length > 0 && !adopt) {
      connector.remarks.push(madeWithout(missing));
    }
    const own = [index, key, secret].flatMap((each) => (each.entry && each.own ? [each.entry] : []));
    return { title: title(wire), entries: [...own, connector] };
  };
}

interface Shared {
  entry?: Entry;
  own: boolean;
  why?: Remark;
}

const NONE: Shared = { own: false };

async function indexEntry(es: Elasticsearch, name: string, names: Names, adopt: boolean): Promise<Entry | Remark> {
  const live = await observed(es, "Index", name);
  if (live === "hidden") {
    return hiddenIndex(name);
  }
  if (!live) {
    return missingIndex(name);
  }
  const inputs = { ...indexInputs(live.inputs), ...(adopt ? { adopt: true } : {}) };
  const mark = markOf((live.raw as { mappings?: { _meta?: unknown } }).mappings?._meta);
  const entry = await settled(es, entryOf("Index", name, names, inputs, mark ? [owned(mark)] : []));
  return typeof entry === "string" ? undeclarable(`The index '${name}'`, entry) : entry;
}

async function keyEntry(es: Elasticsearch, id: string, names: Names, adopt: boolean): Promise<Entry | Remark> {
  const live = await observed(es, "ApiKey", id);
  if (!live || live === "hidden") {
    return hiddenKey(id);
  }
  const { name, roleDescriptors, metadata } = live.inputs;
  const inputs = {
    name,
    roleDescriptors,
    inheritOwnerPrivileges: roleDescriptors === undefined ? true : undefined,
    expiration: lifetime(live.facts),
    metadata,
  };
  const entry = await settled(es, entryOf("ApiKey", id, names, inputs, [adopt ? newKey(id) : UNKNOWN_VALUE]));
  return typeof entry === "string" ? undeclarable(`Its API key '${id}'`, entry) : entry;
}

async function secretEntry(
  es: Elasticsearch,
  id: string,
  names: Names,
  key: Entry | undefined,
): Promise<Entry | Remark> {
  const live = await observed(es, "ConnectorSecret", id);
  const value = live && live !== "hidden" ? live.inputs.value : undefined;
  if (typeof value !== "string") {
    return hiddenSecret(id);
  }
  const holdsKey = key && Buffer.from(value, "base64").toString("utf8").startsWith(`${key.id}:`);
  const inputs = holdsKey
    ? { value: new Reference(key, "encoded"), valueVersion: new Reference(key, "id") }
    : { value: new Setting(names.setting("secret"), "string") };
  return entryOf("ConnectorSecret", id, names, inputs, []);
}

/** The object as a refresh sees it; nothing when it isn't there, `hidden` when the caller may not look. */
async function observed(es: Elasticsearch, kind: ImportedKind, id: string): Promise<Live | "hidden" | undefined> {
  try {
    return await resources[kind].observe(es, id, {});
  } catch (error) {
    if (isKind(error, "forbidden")) {
      return "hidden";
    }
    throw error;
  }
}

/** How long a key lives, from when it was made and when it ends. */
function lifetime({ createdAt, expiresAt }: Bag): string | undefined {
  if (typeof createdAt !== "string" || typeof expiresAt !== "string") {
    return undefined;
  }
  const milliseconds = Date.parse(expiresAt) - Date.parse(createdAt);
  const [unit, name] = UNITS.find(([length]) => milliseconds % length === 0) ?? [1, "ms"];
  return `${milliseconds / unit}${name}`;
}

const UNITS = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "m"],
  [1000, "s"],
] as const;

function entryOf(kind: ImportedKind, id: string, names: Names, inputs: Bag, remarks: Remark[]): Entry {
  const constant = names.constant(CONSTANTS[kind]);
  const defined = filled(inputs, { reference: (reference) => reference, setting: (setting) => setting }) as Bag;
  return { kind, name: names.logical, constant, id, inputs: defined, remarks };
}

const CONSTANTS = { Index: "Index", ApiKey: "Key", ConnectorSecret: "Secret", Connector: "Connector" } as const;

/** The entry without what a preview would refuse, or why there can't be one. */
async function settled(es: Elasticsearch, entry: Entry, wire?: WireConnector): Promise<Entry | string> {
  const definition = resources[entry.kind];
  let { inputs, remarks } = entry;
  for (;;) {
    const issues = await refusals(definition, es, plain(inputs, wire));
    if (issues.length === 0) {
      const untyped = entry.kind === "Connector" && !fitsItsType(inputs.serviceType, inputs.configuration ?? {});
      return { ...entry, inputs, remarks, ...(untyped ? { untyped } : {}) };
    }
    if (wire && inputs.connectorId === undefined && issues.some(({ path }) => path[0] === "configuration")) {
      // By its id the provider finds the fields that a service has registered.
      const named = { connectorId: wire.id, ...inputs };
      if ((await refusals(definition, es, plain(named, wire))).length < issues.length) {
        inputs = named;
        continue;
      }
    }
    const rest = without(inputs, issues);
    if (!rest) {
      return `can't be declared: ${issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ")}.`;
    }
    inputs = rest.inputs;
    remarks = [...remarks, ...rest.remarks];
  }
}

/** The inputs as the provider will get them. */
function plain(inputs: Bag, wire: WireConnector | undefined): Bag {
  const values = filled(inputs, {
    reference: ({ to, output }) => (output === "id" ? to.id : "encoded"),
    setting: ({ type }) => (type === "string" ? "secret" : type === "number" ? 0 : {}),
  }) as Bag;
  const { configuration } = values;
  if (!wire || configuration === undefined) {
    return values;
  }
  // The values that the settings stand for.
  const live = Object.entries(inputs.configuration as Bag).map(([name, value]) => [
    name,
    value instanceof Setting ? wire.configuration?.[name]?.value : value,
  ]);
  return { ...values, configuration: Object.fromEntries(live) };
}
