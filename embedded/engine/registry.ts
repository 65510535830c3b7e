// The providers of one operation, by reference (URN and id). Each is a process of its own.

import { requireLoopbackConfig } from "./loopback";
import { containsUnknown, type PropertyMap } from "./property";
import { openProvider, type Provider } from "./provider";
import { endProcess, type HostOptions, providerHost, type Spawned } from "./provider-host";
import type { ResourceState } from "./state";
import { splitReference } from "./urn";

export interface Registry {
  /** Makes a provider available under its reference; one that was there before is closed. */
  configure(urn: string, id: string, config: PropertyMap): Promise<void>;
  /** The same provider under its earlier name too. */
  alias(urn: string, earlier: string, id: string): void;
  has(reference: string): boolean;
  /** The provider for a reference, loaded from the old state if the program hasn't registered it (yet). */
  get(reference: string, olds: ResourceState[]): Promise<Provider>;
  /** Ends all provider processes at once. */
  kill(): void;
  close(): Promise<void>;
}

export function openRegistry(options: HostOptions, spawnProcess: (options: HostOptions) => Promise<Spawned>): Registry {
  const providers = new Map<string, Provider>();
  // Started at once, beside the program, since nearly every operation needs one and a start takes a second.
  let spare: Promise<Spawned> | undefined = spawnProcess(options);
  spare.catch(() => {});

  function spawn(): Promise<Spawned> {
    const ready = spare ?? spawnProcess(options);
    spare = undefined;
    return ready;
  }

  async function configure(urn: string, id: string, config: PropertyMap): Promise<void> {
    requireLoopbackConfig(config, options.env);
    const before = providers.get(`${urn}::${id}`);
    const known = !Object.values(config).some(containsUnknown);
    providers.set(`${urn}::${id}`, openProvider(providerHost(spawn, config), known));
    await before?.close();
  }

  return {
    configure,
    alias(urn, earlier, id) {
      const provider = providers.get(`${urn}::${id}`);
      if (provider) providers.set(`${earlier}::${id}`, provider);
    },
    has: (reference) => providers.has(reference),
    async get(reference, olds) {
      if (!providers.has(reference)) {
        const { urn, id } = splitReference(reference);
        const old = olds.find((candidate) => candidate.urn === urn && candidate.id === id);
        if (old === undefined) throw new Error(`unknown provider '${reference}'`);
        await configure(urn, id, old.inputs ?? {});
      }
      const provider = providers.get(reference);
      if (provider === undefined) throw new Error(`unknown provider '${reference}'`);
      return provider;
    },
    kill() {
      for (const provider of providers.values()) provider.kill();
    },
    async close() {
      const unused = await spare?.catch(() => undefined);
      if (unused) await endProcess(unused);
      await Promise.all([...new Set(providers.values())].map((provider) => provider.close()));
      providers.clear();
    },
  };
}
