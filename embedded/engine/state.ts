// The state file: Pulumi's own deployment format, as `pulumi stack export` writes it and `pulumi stack import` reads it.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isObject, type PropertyMap, reveal, SECRET_SIGNATURE, SIGNATURE, type Value } from "./property";
import { type Crypter, openCrypter } from "./secrets";

/** One resource in the state. Field names are those of the file; in memory, secrets in the maps are plain but marked. */
export interface ResourceState {
  urn: string;
  custom: boolean;
  /** Replaced, and to be deleted at the end of this update or of a later one. */
  delete?: boolean;
  id?: string;
  type: string;
  inputs?: PropertyMap;
  outputs?: PropertyMap;
  parent?: string;
  protect?: boolean;
  taint?: boolean;
  /** Read by the program, not managed. */
  external?: boolean;
  dependencies?: string[];
  initErrors?: string[];
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  /** Already deleted so that it can be created anew, but not created yet. */
  pendingReplacement?: boolean;
  additionalSecretOutputs?: string[];
  aliases?: string[];
  customTimeouts?: Record<string, number>;
  retainOnDelete?: boolean;
  deletedWith?: string;
  replaceWith?: string[];
  created?: string;
  modified?: string;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  replacementTrigger?: Value;
}

/** An operation that was begun and whose end was never recorded. */
export interface PendingOperation {
  resource: ResourceState;
  type: string;
}

/** A whole state as in `pulumi stack export`. */
export interface Deployment {
  version: number;
  deployment: {
    manifest: { time: string; magic: string; version: string };
    secrets_providers?: { type: string; state?: { salt: string } };
    resources?: ResourceState[];
    pending_operations?: PendingOperation[];
    metadata?: Record<string, unknown>;
  };
}

/** What the engine works with. */
export interface Snapshot {
  resources: ResourceState[];
  pending: PendingOperation[];
}

export interface StateFile {
  readonly path: string;
  readonly crypter: Crypter;
  load(): Promise<Snapshot>;
  save(snapshot: Snapshot): Promise<void>;
  /** The file's content, secrets encrypted; an empty deployment when there is none yet. */
  text(): Promise<string>;
}

// The magic is the hash of the version that wrote the file. `stack import` looks at the version, not at who wrote it.
const FORMAT_VERSION = 3;
const ENGINE_VERSION = "v3.0.0";

export async function openStateFile(path: string, passphrase: string): Promise<StateFile> {
  const existing = existsSync(path) ? parse(await readFile(path, "utf8")) : undefined;
  const crypter = await openCrypter(passphrase, existing?.deployment.secrets_providers?.state?.salt);
  const sealed = new Map<string, string>();

  return {
    path,
    crypter,
    async load() {
      if (!existsSync(path)) return { resources: [], pending: [] };
      const { deployment } = parse(await readFile(path, "utf8"));
      return {
        resources: (deployment.resources ?? []).map((resource) => decrypted(resource, crypter, sealed)),
        pending: (deployment.pending_operations ?? []).map(({ resource, type }) => ({
          type,
          resource: decrypted(resource, crypter, sealed),
        })),
      };
    },
    async save(snapshot) {
      await writeAtomically(path, `${JSON.stringify(serialize(snapshot, crypter, sealed), undefined, 4)}\n`);
    },
    async text() {
      if (existsSync(path)) return readFile(path, "utf8");
      return `${JSON.stringify(serialize({ resources: [], pending: [] }, crypter, sealed), undefined, 4)}\n`;
    },
  };
}

function parse(text: string): Deployment {
  const parsed = JSON.parse(text) as Deployment;
  if (parsed.version !== FORMAT_VERSION) throw new Error(`state format ${parsed.version} is not supported`);
  return parsed;
}

function serialize(snapshot: Snapshot, crypter: Crypter, sealed: Map<string, string>): Deployment {
  return {
    version: FORMAT_VERSION,
    deployment: {
      manifest: {
        time: new Date().toISOString(),
        magic: createHash("sha256").update(ENGINE_VERSION).digest("hex"),
        version: ENGINE_VERSION,
      },
      secrets_providers: { type: "passphrase", state: { salt: crypter.state } },
      resources: snapshot.resources.map((resource) => encrypted(resource, crypter, sealed)),
      ...(snapshot.pending.length > 0 && {
        pending_operations: snapshot.pending.map(({ resource, type }) => ({
          resource: encrypted(resource, crypter, sealed),
          type,
        })),
      }),
      metadata: {},
    },
  };
}

function encrypted(resource: ResourceState, crypter: Crypter, sealed: Map<string, string>): ResourceState {
  return withMaps(withoutEmpty(resource), (value) =>
    mapSecrets(value, (secret) => {
      const plaintext = JSON.stringify(reveal(secret.value ?? null));
      // A value that didn't change keeps its ciphertext, so that a save changes nothing else in the file.
      const key = JSON.stringify([resource.urn, plaintext]);
      const ciphertext = sealed.get(key) ?? crypter.encrypt(plaintext);
      sealed.set(key, ciphertext);
      return { [SIGNATURE]: SECRET_SIGNATURE, ciphertext };
    }),
  );
}

function decrypted(resource: ResourceState, crypter: Crypter, sealed: Map<string, string>): ResourceState {
  return withMaps(resource, (value) =>
    mapSecrets(value, ({ ciphertext, plaintext }) => {
      const plain = typeof plaintext === "string" ? plaintext : crypter.decrypt(String(ciphertext));
      if (typeof ciphertext === "string") sealed.set(JSON.stringify([resource.urn, plain]), ciphertext);
      return { [SIGNATURE]: SECRET_SIGNATURE, value: JSON.parse(plain) as Value };
    }),
  );
}

/** As Pulumi writes it. */
function withoutEmpty(resource: ResourceState): ResourceState {
  const kept = { ...resource };
  for (const name of ["inputs", "outputs", "propertyDependencies"] as const) {
    if (Object.keys(kept[name] ?? {}).length === 0) delete kept[name];
  }
  return kept;
}

function withMaps(resource: ResourceState, change: (map: Value) => Value): ResourceState {
  return {
    ...resource,
    ...(resource.inputs && { inputs: change(resource.inputs) as PropertyMap }),
    ...(resource.outputs && { outputs: change(resource.outputs) as PropertyMap }),
    ...(resource.replacementTrigger !== undefined && { replacementTrigger: change(resource.replacementTrigger) }),
  };
}

function mapSecrets(value: Value, change: (secret: { [key: string]: Value }) => Value): Value {
  if (Array.isArray(value)) return value.map((item) => mapSecrets(item, change));
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET_SIGNATURE) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapSecrets(child, change)]));
}

async function writeAtomically(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
