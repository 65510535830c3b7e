// One dynamic-provider process: Pulumi's own, started when it is first needed.

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, type ConfigureResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type Child, startNode } from "./children";
import { resolvePulumi } from "./environment";
import { CHANNEL_OPTIONS, call, toStruct } from "./grpc";
import { type PropertyMap, reveal } from "./property";

export interface HostOptions {
  /** Folder that the provider's code is resolved from. */
  program: string;
  engineAddress: string;
  env: NodeJS.ProcessEnv;
  onLine(line: string, stream: "stdout" | "stderr"): void;
}

export interface ProviderHost {
  client(): Promise<ResourceProviderClient>;
  /** Why the process is gone, when it ended by itself. */
  deathNote(): Promise<string | undefined>;
  kill(): void;
  close(): Promise<void>;
}

/** Starts a process that no provider uses yet. */
export type Spawn = () => Promise<Spawned>;

/** `spawn` is called when the provider is first needed. */
export function providerHost(spawn: Spawn, config: PropertyMap): ProviderHost {
  let spawned: Promise<Spawned> | undefined;
  let configured: Promise<Spawned> | undefined;
  let closing = false;
  return {
    async client() {
      spawned ??= spawn();
      configured ??= spawned.then((host) => configure(host, config));
      return (await configured).client;
    },
    async deathNote() {
      const running = await spawned?.catch(() => undefined);
      if (running === undefined || closing) return undefined;
      const exit = await Promise.race([running.child.exited, soon()]);
      return exit && `the provider process ended unexpectedly (${exit.signal ?? `exit code ${exit.code}`}). ${AGAIN}`;
    },
    kill() {
      spawned?.then(({ child }) => child.kill()).catch(() => {});
    },
    async close() {
      closing = true;
      const running = await spawned?.catch(() => undefined);
      if (running) await endProcess(running);
    },
  };
}

export interface Spawned {
  child: Child;
  client: ResourceProviderClient;
}

export async function spawnProcess(options: HostOptions): Promise<Spawned> {
  let announce: (port: string) => void = () => {};
  const port = new Promise<string>((resolve) => {
    announce = resolve;
  });
  let announced = false;
  const child = startNode({
    script: resolvePulumi("cmd/dynamic-provider", options.program),
    args: [options.engineAddress],
    cwd: options.program,
    env: options.env,
    onLine(line, stream) {
      if (announced || stream !== "stdout") return options.onLine(line, stream);
      // The first line of output is the port, by convention between the engine and its plugins.
      announced = true;
      announce(line.trim());
    },
  });
  const ready = await Promise.race([port, child.exited]);
  if (typeof ready !== "string") throw new Error(`the provider process did not start (exit code ${ready.code})`);
  const credentials = grpc.credentials.createInsecure();
  return { child, client: new ResourceProviderClient(`127.0.0.1:${ready}`, credentials, CHANNEL_OPTIONS) };
}

export async function endProcess({ client, child }: Spawned): Promise<void> {
  client.close();
  await child.end("SIGINT");
}

async function configure(host: Spawned, config: PropertyMap): Promise<Spawned> {
  await call<ConfigureResponse>((answer) => host.client.configure(configureRequest(config), answer));
  return host;
}

const AGAIN = "What was finished before is recorded. What to do: run 'pulumi up --refresh'.";

function configureRequest(config: PropertyMap): ConfigureRequest {
  const request = new ConfigureRequest();
  request.setArgs(toStruct(config));
  request.setAcceptsecrets(true);
  request.setAcceptresources(true);
  request.setSendsOldInputs(true);
  for (const [key, value] of Object.entries(config)) {
    const plain = reveal(value);
    const text = typeof plain === "string" ? plain : JSON.stringify(plain);
    request.getVariablesMap().set(`pulumi-nodejs:config:${key}`, text);
  }
  return request;
}

/** A connection breaks a moment before the process's end is noticed. */
function soon(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, 1_000, undefined).unref());
}
