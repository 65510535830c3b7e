// Certificates made on the spot, so that TLS problems are tested with real handshakes and no key lies in a file.

import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";

interface Certificate {
  cert: string;
  key: string;
  /** SHA-256, as the cluster prints it. */
  fingerprint: string;
}

interface CertificateOptions {
  /** Host name that the certificate is for; 127.0.0.1 is always added unless another name is given. */
  host?: string;
  validUntil?: Date;
}

/** A self-signed certificate that is its own authority. */
export function selfSigned({ host, validUntil = inDays(30) }: CertificateOptions = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(oid("550403"), tlv(0x0c, Buffer.from("test authority")))));
  const names = host ? tlv(0x82, Buffer.from(host)) : tlv(0x87, Buffer.from([127, 0, 0, 1]));
  const extensions = sequence(
    sequence(oid("551d11"), tlv(0x04, sequence(names))),
    sequence(oid("551d13"), tlv(0x01, Buffer.from([0xff])), tlv(0x04, sequence(tlv(0x01, Buffer.from([0xff]))))),
  );
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(inDays(-60)), time(validUntil)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, extensions),
  );
  const signature = tlv(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]));
  const der = sequence(body, ECDSA_WITH_SHA256, signature);
  const certificate = new X509Certificate(der);
  return {
    cert: certificate.toString(),
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    fingerprint: certificate.fingerprint256,
  };
}

export function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));

function tlv(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return tlv(0x31, Buffer.concat(parts));
}

function integer(bytes: Buffer): Buffer {
  return tlv(0x02, bytes);
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, "hex"));
}

function time(date: Date): Buffer {
  return tlv(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, "").slice(2, 14)}Z`));
}
