import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";

const OURS = "pulumi-nodejs:dynamic/elastic:";

const httpsOnly: ResourceValidationPolicy = {
  name: "elastic-https-only",
  description: "Passwords, keys and content travel to Elasticsearch over https.",
  validateResource: (args, report) => {
    if (args.type.startsWith(OURS)) {
      for (const endpoint of endpointsOf(args).filter((each) => !/^https:\/\//i.test(each))) {
        // Anything before an @ could be a password.
        report(`The endpoint ${endpoint.replace(/\/\/.*@/, "//")} doesn't begin with https://.`);
      }
    }
  },
};

const noWildcardIndices: ResourceValidationPolicy = {
  name: "elastic-no-wildcard-indices",
  description: "A key names each index that it reaches; only .elastic-connectors* may be a pattern.",
  validateResource: ({ type, props }, report) => {
    if (type !== `${OURS}ApiKey`) {
      return;
    }
    if (props.inheritOwnerPrivileges === true) {
      report("inheritOwnerPrivileges gives the key all indices of its creator: declare roleDescriptors.");
    }
    // `access` is what a cross-cluster key may read.
    for (const name of [...namesIn(props.roleDescriptors), ...namesIn(props.access)].filter(isPattern)) {
      report(`The key reaches the indices '${name}': name each of them.`);
    }
  },
};

const keysEnd: ResourceValidationPolicy = {
  name: "elastic-keys-end",
  description: "A key expires or is rotated.",
  validateResource: ({ type, props }, report) => {
    if (type === `${OURS}ApiKey` && props.expiration === undefined && props.rotateAfter === undefined) {
      report("The key would live for ever: give it rotateAfter, or expiration (for a ContentConnector: in apiKey).");
    }
  },
};

const hourlyAtMost: ResourceValidationPolicy = {
  name: "elastic-full-syncs-hourly-at-most",
  description: "Full syncs, which read the whole source, start once an hour at most.",
  validateResource: ({ type, props }, report) => {
    if (type !== `${OURS}Connector`) {
      return;
    }
    const schedules: [string, Schedule | undefined][] = [
      ["scheduling.full", props.scheduling?.full],
      ...Object.entries<Schedule>(props.customScheduling ?? {}).map(([name, schedule]): [string, Schedule] => [
        `customScheduling.${name}`,
        schedule,
      ]),
    ];
    for (const [path, schedule] of schedules) {
      if (schedule?.enabled && !isHourlyAtMost(schedule.interval)) {
        report(
          `${path} '${schedule.interval}' may start more often than hourly: give one second and one minute, such as '0 30 * * * ?'.`,
        );
      }
    }
  },
};

export const policies = [httpsOnly, noWildcardIndices, keysEnd, hourlyAtMost];

interface Schedule {
  enabled: boolean;
  interval: string;
}

/** Where a resource goes: as its explicit Provider, else the stack's configuration, else the environment says. */
function endpointsOf({ provider }: ResourceValidationArgs): string[] {
  const explicit = provider?.props["elastic:explicit"] === "true";
  const config = new pulumi.Config("elastic");
  const setting = (name: string): string | undefined =>
    explicit ? provider?.props[`elastic:${name}`] : config.get(name);
  const declared = setting("endpoint");
  const prefix = setting("envPrefix") ?? (explicit || setting("cloudId") ? undefined : "ELASTICSEARCH");
  const endpoints = declared ?? (prefix && process.env[`${prefix}_ENDPOINT`]) ?? "";
  return endpoints
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
}

/** Every `names` at any depth: an entry's or a descriptor's `extra` is sent to the server too. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(namesIn);
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) =>
    key === "names" ? [child].flat().map(String) : namesIn(child),
  );
}

/** A name between slashes is a regular expression. The connectors' own indices have numbers, so they need a pattern. */
/** What the keys of native connectors and of connectors services work on. */
const CONNECTORS = [".elastic-connectors-v1*", ".elastic-connectors*"];

function isPattern(name: string): boolean {
  return /[*?]|^\/|^_all$/.test(name) && !CONNECTORS.includes(name);
}

/** Quartz: second, minute, hour and so on. With one second and one minute two starts are at least an hour apart. */
function isHourlyAtMost(interval: string): boolean {
  const [second = "", minute = ""] = interval.trim().split(/\s+/);
  return /^\d+$/.test(second) && /^\d+$/.test(minute);
}
