import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** The real connectors service that a run was given. */
export interface ServiceUnderTest {
  /** The service's program. */
  binary: string;
  version: string;
  /** What the embedded server has to stand for: the service's own major version. */
  profile: "8.19" | "9.x";
}

/** A whole journey through the service; three scheduled minutes and two syncs fit in. */
const BOUND = 240_000;

/**
 * Declares a test that needs the real service, and perhaps more from the environment. It is skipped, and the reason
 * printed, when a variable isn't set; a variable that leads nowhere is a failure.
 */
export function journey(
  title: string,
  play: (service: ServiceUnderTest) => Promise<void>,
  { variables = {}, profile }: Needs = {},
): void {
  const wanted = { CONNECTORS_CHECKOUT: "the folder of a checkout of elastic/connectors", ...variables };
  for (const [variable, meaning] of Object.entries(wanted)) {
    if (!process.env[variable]) {
      skip(title, `${variable} is not set (${meaning})`);
      return;
    }
  }
  const service = findService(process.env.CONNECTORS_CHECKOUT ?? "");
  if (profile !== undefined && service.profile !== profile) {
    skip(title, `needs a service for ${profile}, this one is ${service.version}`);
    return;
  }
  test(`${title} (service ${service.version}, server ${service.profile})`, () => play(service), BOUND);
}

/** What a journey needs beside the service. */
interface Needs {
  /** Further variables of the environment, with what they have to hold. */
  variables?: Record<string, string>;
  /** The only version that has what the journey is about. */
  profile?: ServiceUnderTest["profile"];
}

const told = new Set<string>();

function skip(title: string, reason: string): void {
  if (!told.has(reason)) {
    told.add(reason);
    process.stderr.write(`connectors service tests skipped: ${reason}\n`);
  }
  test.skip(`${title} (${reason})`, () => {});
}

function findService(checkout: string): ServiceUnderTest {
  const version = versionOf(checkout);
  const binary = [
    process.env.CONNECTORS_SERVICE,
    // Where the checkout's own `make install` puts it, newest layout first.
    join(checkout, "app/connectors_service/.venv/bin/elastic-ingest"),
    join(checkout, ".venv/bin/elastic-ingest"),
    join(checkout, "bin/elastic-ingest"),
  ].find((candidate) => candidate && existsSync(candidate));
  const found = binary ?? "elastic-ingest";
  const installed = execFileSync(found, ["--version"], { encoding: "utf8" }).trim();
  if (installed !== version) {
    throw new Error(`${basename(found)} is version ${installed}, the checkout is ${version}`);
  }
  return { binary: found, version, profile: version.startsWith("8.") ? "8.19" : "9.x" };
}

function versionOf(checkout: string): string {
  const file = ["app/connectors_service/connectors/VERSION", "connectors/VERSION"]
    .map((path) => join(checkout, path))
    .find(existsSync);
  if (file === undefined) {
    throw new Error("CONNECTORS_CHECKOUT names no checkout of elastic/connectors: it has no connectors/VERSION");
  }
  return readFileSync(file, "utf8").trim();
}
