// Encryption of secrets in a state file, compatible with Pulumi's passphrase secrets manager.

import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** Encrypts and decrypts texts with the key that belongs to one passphrase and one salt. */
export interface Crypter {
  /** What the state file keeps, so that the same key can be derived again and a wrong passphrase is noticed. */
  readonly state: string;
  encrypt(plain: string): string;
  decrypt(text: string): string;
}

const ITERATIONS = 1_000_000;
const CHECK_TEXT = "pulumi";
const derive = promisify(pbkdf2);
const known = new Map<string, Promise<Crypter>>();

/** The crypter for a passphrase: with a new salt, or with the one that a state file recorded. */
export function openCrypter(passphrase: string, state?: string): Promise<Crypter> {
  if (state === undefined) return newCrypter(passphrase);
  // Deriving a key takes about half a second by design; one process opens the same state many times.
  const cacheKey = JSON.stringify([passphrase, state]);
  const cached = known.get(cacheKey) ?? existingCrypter(passphrase, state);
  known.set(cacheKey, cached);
  cached.catch(() => known.delete(cacheKey));
  return cached;
}

async function newCrypter(passphrase: string): Promise<Crypter> {
  const salt = randomBytes(8);
  const key = await derive(passphrase, salt, ITERATIONS, 32, "sha256");
  const state = `v1:${salt.toString("base64")}:${seal(key, CHECK_TEXT)}`;
  const crypter = crypterFor(key, state);
  known.set(JSON.stringify([passphrase, state]), Promise.resolve(crypter));
  return crypter;
}

async function existingCrypter(passphrase: string, state: string): Promise<Crypter> {
  const [version, salt, ...check] = state.split(":");
  if (version !== "v1" || salt === undefined) throw new Error("the state's secrets provider has an unknown format");
  const key = await derive(passphrase, Buffer.from(salt, "base64"), ITERATIONS, 32, "sha256");
  try {
    if (unseal(key, check.join(":")) === CHECK_TEXT) return crypterFor(key, state);
  } catch {
    // A tag that doesn't match is what a wrong passphrase looks like; the message below says so.
  }
  throw new Error("incorrect passphrase for the secrets in this state");
}

function crypterFor(key: Buffer, state: string): Crypter {
  return { state, encrypt: (plain) => seal(key, plain), decrypt: (text) => unseal(key, text) };
}

function seal(key: Buffer, plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${body.toString("base64")}`;
}

function unseal(key: Buffer, text: string): string {
  const [version, nonce, body] = text.split(":");
  if (version !== "v1" || nonce === undefined || body === undefined) throw new Error("malformed ciphertext");
  const bytes = Buffer.from(body, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - 16)), decipher.final()]).toString("utf8");
}
