// Real resources behind the host, on a development server and without an engine: what an engine would call, called.

import type { Elasticsearch as Server } from "../../embedded";
import { connect, type Elasticsearch } from "../../provider/elasticsearch/connection";
import { type EngineDiff, type HostedProvider, host } from "../../provider/host/resource-provider";
import type { Bag, Context } from "../../provider/model/resource";
import { type Kind, resources } from "../../provider/resources";
import { CONTEXT, engineBag } from "./stub";

/** The provider of a kind. All kinds of a process share one connection, so a test file has one server. */
export async function hosted(kind: Kind, { endpoint, username, password }: Server): Promise<HostedProvider> {
  const provider = host(resources[kind]);
  const values: Bag = { "elastic:endpoint": endpoint, "elastic:username": username, "elastic:password": password };
  await provider.configure({ config: { get: (key) => values[key] } });
  return provider;
}

/** A connection of its own, for what is called without the host. */
export function connected(server: Server, user: { username: string; password: string } = server): Elasticsearch {
  const auth = { username: user.username, password: user.password };
  return connect({ endpoints: [server.endpoint], auth, requestTimeout: 10_000, preflight: "error" });
}

/** `METHOD path` of what has changed something since the log was last cleared. */
export function writes({ control }: Server): string[] {
  return control.requests
    .filter(({ method, path }) => method !== "GET" && !/(_refresh|_has_privileges)$/.test(path))
    .map(({ method, path }) => `${method} ${path}`);
}

/** What the engine records of a resource. */
export interface Recorded {
  id: string;
  inputs: Bag;
  outputs: Bag;
}

export interface Plan {
  failures: string[];
  inputs: Bag;
  diff: EngineDiff;
}

/** A creation by the engine: checked, then made. */
export async function made(provider: HostedProvider, news: Bag): Promise<Recorded> {
  const { inputs, failures } = await provider.check({}, news);
  expect(failures).toEqual([]);
  const { id, outs } = await provider.create(opened(inputs));
  return { id, inputs, outputs: outs };
}

/** What a preview asks. Check sees the recorded inputs and diff the recorded outputs, as the engine has it. */
export async function planned(
  provider: HostedProvider,
  { id, inputs: olds, outputs }: Recorded,
  news: Bag,
): Promise<Plan> {
  const { inputs, failures } = await provider.check(opened(olds), news);
  const diff = await provider.diff(id, opened(outputs), opened(inputs));
  return { inputs, failures: failures.map(({ reason }) => reason), diff };
}

/** A change in place by the engine. Without a change it records the new inputs, and the outputs stay. */
export async function updated(provider: HostedProvider, recorded: Recorded, news: Bag): Promise<Recorded> {
  const { inputs, failures, diff } = await planned(provider, recorded, news);
  expect([failures, diff.replaces ?? []]).toEqual([[], []]);
  if (diff.changes === false) {
    return { ...recorded, inputs };
  }
  const { outs } = await provider.update(recorded.id, opened(recorded.outputs), opened(inputs));
  return { ...recorded, inputs, outputs: outs };
}

/** A refresh by the engine: what it is given are the outputs, and what it gets replaces the inputs too. */
export async function refreshed(provider: HostedProvider, { id, outputs }: Recorded): Promise<Recorded> {
  const { inputs = {}, props = {} } = await provider.read(id, opened(outputs));
  return { id, inputs, outputs: props };
}

/** Arguments as the SDK sends them. */
export function sent(values: Bag, context: Partial<Context> = {}): Bag {
  return { ...engineBag(values), __context: { ...CONTEXT, ...context } };
}

/** A bag as the engine hands it to a provider: secrets without their wrapping. */
export function opened(bag: Bag): Bag {
  const open = (_key: string, value: unknown) =>
    typeof value === "object" && value !== null && SECRET in value ? (value as Bag).value : value;
  return JSON.parse(JSON.stringify(bag), open);
}

const SECRET = "4dabf18193072939515e22adb298388d";
