import * as pulumi from "@pulumi/pulumi";
import type { FoundPrivileges, Privilege } from "../provider/lookups";
import { connectorRole } from "./connector-role";
import type { FeaturesArgs, PipelineArgs, SchedulingArgs } from "./generated/connector";
import type { Provider } from "./provider";

/** Which connector to look up: by its id, or by a name that no other one has. */
export interface GetConnectorArgs {
  connectorId?: string | undefined;
  name?: string | undefined;
  /** The cluster. Without it the stack's configuration names it, else the environment. */
  provider?: Provider | undefined;
}

/** Which connector to look up, for values that may not be known yet. */
export interface GetConnectorOutputArgs {
  connectorId?: pulumi.Input<string> | undefined;
  name?: pulumi.Input<string> | undefined;
  /** The cluster. Without it the stack's configuration names it, else the environment. */
  provider?: Provider | undefined;
}

/** Which connectors to list: those to which all of the values apply, exactly. Without any all of them. */
export interface GetConnectorsArgs {
  name?: string | undefined;
  indexName?: string | undefined;
  serviceType?: string | undefined;
  /** Such as `connected`, `configured` or `error`. */
  status?: string | undefined;
  /** The cluster. Without it the stack's configuration names it, else the environment. */
  provider?: Provider | undefined;
}

/** Which connectors to list, for values that may not be known yet. */
export interface GetConnectorsOutputArgs {
  name?: pulumi.Input<string> | undefined;
  indexName?: pulumi.Input<string> | undefined;
  serviceType?: pulumi.Input<string> | undefined;
  status?: pulumi.Input<string> | undefined;
  /** The cluster. Without it the stack's configuration names it, else the environment. */
  provider?: Provider | undefined;
}

/** A connector as the server has it now. What isn't set is absent. */
export interface GetConnectorResult {
  connectorId: string;
  name: string | undefined;
  description: string | undefined;
  serviceType: string | undefined;
  native: boolean;
  indexName: string | undefined;
  language: string | undefined;
  /** Values of the fields, each an output of its own: a secret where the field is sensitive. */
  configuration: Record<string, pulumi.Output<string | number | boolean | string[]>>;
  scheduling: pulumi.Unwrap<SchedulingArgs> | undefined;
  pipeline: pulumi.Unwrap<PipelineArgs> | undefined;
  features: pulumi.Unwrap<FeaturesArgs> | undefined;
  apiKeyId: string | undefined;
  apiKeySecretId: string | undefined;
  /** Such as `connected`, `configured` or `error`. */
  status: string | undefined;
  /** What is wrong with the connector, in the service's words, without its passwords. */
  error: string | undefined;
  /** When a connectors service last looked at it, as ISO 8601. */
  lastSeen: string | undefined;
  /** When the last sync ended, as ISO 8601. */
  lastSynced: string | undefined;
  /** Such as `completed` or `error`. */
  lastSyncStatus: string | undefined;
  /** Why the last sync failed, in the service's words, without the connector's passwords. */
  lastSyncError: string | undefined;
  /** Documents that the last sync wrote. */
  indexedDocumentCount: number | undefined;
  /** Documents that the last sync deleted. */
  deletedDocumentCount: number | undefined;
}

/**
 * Looks a connector up while the program runs, in previews too. Fails when there is none. Nothing of it goes into the
 * state unless the program puts it there, so it is the place for status and times of syncs.
 */
export async function getConnector({ provider, ...by }: GetConnectorArgs): Promise<GetConnectorResult> {
  return one(await knownConnection(provider), by);
}

/** As `getConnector`, for values that may not be known yet: then the result isn't either. */
export function getConnectorOutput({ provider, ...by }: GetConnectorOutputArgs): pulumi.Output<GetConnectorResult> {
  return pulumi.all([connection(provider), pulumi.output(by)]).apply(([config, known]) => one(config, known));
}

/** Lists connectors while the program runs, in previews too. One that was made in the last second may be missing. */
export async function getConnectors({ provider, ...filters }: GetConnectorsArgs = {}): Promise<GetConnectorResult[]> {
  return many(await knownConnection(provider), filters);
}

/** As `getConnectors`, for values that may not be known yet: then the result isn't either. */
export function getConnectorsOutput({
  provider,
  ...filters
}: GetConnectorsOutputArgs = {}): pulumi.Output<GetConnectorResult[]> {
  return pulumi.all([connection(provider), pulumi.output(filters)]).apply(([config, known]) => many(config, known));
}

/** Which connectors the privileges are for: `ContentConnector`s, with all that they make, and their syncs. */
export interface GetPrivilegesArgs {
  /** Native connectors, whose keys are stored as connector secrets. @default false */
  native?: boolean | undefined;
  /** @default false */
  documentLevelSecurity?: boolean | undefined;
  /** @default false */
  customScheduling?: boolean | undefined;
  /** Names of the content indices, or patterns. @default the pattern of names that are left out, such as `search-*` */
  indices?: string[] | undefined;
  /** The cluster. Without it the stack's configuration names it, else the environment. */
  provider?: Provider | undefined;
}

/** Which connectors the privileges are for, for values that may not be known yet. */
export interface GetPrivilegesOutputArgs {
  native?: pulumi.Input<boolean> | undefined;
  documentLevelSecurity?: pulumi.Input<boolean> | undefined;
  customScheduling?: pulumi.Input<boolean> | undefined;
  indices?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The cluster. Without it the stack's configuration names it, else the environment. */
  provider?: Provider | undefined;
}

/** What the caller may do of all that it takes. */
export type GetPrivilegesResult = FoundPrivileges;
export type { Privilege };

/** Compares what connectors take, by the server's version, with what the caller may do. Fails never because it lacks any. */
export async function getPrivileges({ provider, ...args }: GetPrivilegesArgs = {}): Promise<GetPrivilegesResult> {
  return privileges(await knownConnection(provider), args);
}

/** As `getPrivileges`, for values that may not be known yet: then the result isn't either. */
export function getPrivilegesOutput({
  provider,
  ...args
}: GetPrivilegesOutputArgs = {}): pulumi.Output<GetPrivilegesResult> {
  return pulumi.all([connection(provider), pulumi.output(args)]).apply(([config, known]) => privileges(config, known));
}

/** Values of `elastic:<name>`; nothing stands for the stack's own. */
type Connection = Record<string, unknown> | null;

type Lookups = typeof import("../provider/lookups");
type Found = Awaited<ReturnType<Lookups["findConnector"]>>;

async function one(config: Connection, by: Omit<GetConnectorArgs, "provider">): Promise<GetConnectorResult> {
  const { findConnector } = lookups();
  return result(await findConnector(open(config), by));
}

async function many(config: Connection, filters: Omit<GetConnectorsArgs, "provider">): Promise<GetConnectorResult[]> {
  const { findConnectors } = lookups();
  return (await findConnectors(open(config), filters)).map(result);
}

async function privileges(
  config: Connection,
  { native = false, documentLevelSecurity = false, customScheduling = false, indices = [] }: GetPrivilegesArgs,
): Promise<GetPrivilegesResult> {
  const keyRole = (index: string) => connectorRole(index, native);
  const planned = { native, documentLevelSecurity, customScheduling, indices, keyRole };
  return lookups().findPrivileges(open(config), planned);
}

/** Only a program that looks something up pays for loading the client. */
function lookups(): Lookups {
  return require("../provider/lookups");
}

function open(config: Connection): ReturnType<Lookups["open"]> {
  const read = config
    ? (name: string) => config[`elastic:${name}`]
    : (name: string) => pulumi.runtime.getConfig(`elastic:${name}`);
  return lookups().open(read, process.env);
}

/** What is looked up isn't secret because the connection is. */
function connection(provider: Provider | undefined): pulumi.Output<Connection> {
  return provider ? pulumi.unsecret(provider.connection) : pulumi.output<Connection>(null);
}

async function knownConnection(provider: Provider | undefined): Promise<Connection> {
  const values = connection(provider);
  // Part of every output, though not of its declared type; without it an unknown connection would never answer.
  const { isKnown } = values as unknown as { isKnown: Promise<boolean> };
  if (!(await isKnown)) {
    throw new Error(
      "the connection of the explicit Provider isn't known yet in this preview: use the look-up whose name ends in Output (getConnectorOutput)",
    );
  }
  return new Promise((resolve) => values.apply(resolve));
}

function result({ configuration, secretFields, ...rest }: Found): GetConnectorResult {
  const fields = Object.entries(configuration).map(([name, value]) => [
    name,
    secretFields.includes(name) ? pulumi.secret(value) : pulumi.output(value),
  ]);
  return { ...rest, configuration: Object.fromEntries(fields) };
}
