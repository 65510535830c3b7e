// The embedded engine is for trying things out and for tests. It keeps no locks that others see, no history and no
// remote state, so it must not manage anything that matters: it refuses every endpoint that isn't on this machine.

import { type PropertyMap, reveal } from "./property";

/** Throws when a provider configuration, or the variables that it names, point at a server elsewhere. */
export function requireLoopbackConfig(config: PropertyMap, env: NodeJS.ProcessEnv): void {
  for (const [key, value] of Object.entries(config)) {
    const plain = reveal(value);
    if (typeof plain !== "string" || plain === "") continue;
    if (key === "elastic:cloudId") throw refusal("elastic:cloudId is set");
    if (key === "elastic:endpoint") requireLoopback(key, plain);
    if (key === "elastic:envPrefix") {
      if (env[`${plain}_CLOUD_ID`]) throw refusal(`${plain}_CLOUD_ID is set`);
      requireLoopback(`${plain}_ENDPOINT`, env[`${plain}_ENDPOINT`] ?? "");
    }
  }
}

/** The same for variables of the environment. */
export function requireLoopbackEnvironment(env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === "") continue;
    if (/ELASTICSEARCH_CLOUD_ID$/.test(name)) throw refusal(`${name} is set`);
    if (/ELASTICSEARCH_(ENDPOINT|URL)S?$/.test(name)) requireLoopback(name, value);
  }
}

function requireLoopback(name: string, endpoints: string): void {
  for (const endpoint of endpoints.split(",")) {
    const host = endpoint.trim() === "" ? undefined : hostOf(endpoint.trim());
    if (host !== undefined && !isLoopback(host)) throw refusal(`${name} names the host ${host}`);
  }
}

function hostOf(endpoint: string): string | undefined {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint) ? endpoint : `http://${endpoint}`;
  // What isn't a URL can't be reached either; the provider says so in its own words.
  return URL.canParse(text) ? new URL(text).hostname : undefined;
}

function isLoopback(host: string): boolean {
  return host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host) || /^(.*\.)?localhost$/i.test(host);
}

function refusal(what: string): Error {
  return new Error(
    `the embedded engine works with a server on this machine only (${what}): it is for trying and testing, not for ` +
      "production. Use the Pulumi CLI for any other cluster: https://www.pulumi.com/docs/install/",
  );
}
