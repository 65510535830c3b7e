import { X509Certificate } from "node:crypto";
import type { DocumentStore } from "./store/document-store";
import { remember, remembered } from "./store/system-indices";

/** A certificate authority as clients have to know it. */
export interface Authority {
  /** Its certificate in PEM. */
  readonly cert: string;
  /** SHA-256 of the certificate, in hexadecimal pairs with colons. */
  readonly fingerprint: string;
}

/** What https needs; without an authority of its own where the certificate was given. */
export interface Certificates {
  readonly cert: string;
  readonly key: string;
  readonly ca?: Authority;
}

/**
 * A certificate for the loopback interface and the authority that signed it: made at the first start, kept in the store.
 * The authority's key is thrown away, so that nothing else can ever be signed with it.
 */
export async function ownCertificates(store: DocumentStore): Promise<Certificates> {
  const kept = remembered(store, "certificates", () => ({ authority: "", cert: "", key: "" }));
  const { authority, cert, key } = isCurrent(kept.cert) ? kept : await make();
  remember(store, "certificates", { authority, cert, key });
  // The chain goes over the wire whole: a fingerprint is looked for in it.
  const fingerprint = new X509Certificate(authority).fingerprint256;
  return { cert: `${cert.trim()}\n${authority}`, key, ca: { cert: authority, fingerprint } };
}

const lifetime = 3650 * 24 * 3600 * 1000;

async function make(): Promise<{ authority: string; cert: string; key: string }> {
  // Loaded when it is needed: most servers don't speak https.
  const { generate } = await import("selfsigned");
  // A minute back, for clients whose clock is a little behind.
  const valid = { notBeforeDate: new Date(Date.now() - 60_000), notAfterDate: new Date(Date.now() + lifetime) };
  const common = { ...valid, keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
  const authority = await generate([{ name: "commonName", value: "Embedded Elasticsearch authority" }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { authority: `${authority.cert.trim()}\n`, cert: server.cert, key: server.private };
}

function isCurrent(cert: string): boolean {
  return cert !== "" && Date.parse(new X509Certificate(cert).validTo) > Date.now();
}
