// The rules of examples/policy, asked as Pulumi asks them.

import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { policies } from "../../examples/policy/rules";

const KEY = "pulumi-nodejs:dynamic/elastic:ApiKey";
const CONNECTOR = "pulumi-nodejs:dynamic/elastic:Connector";

type Props = Record<string, unknown>;

afterEach(() => {
  pulumi.runtime.setAllConfig({});
  delete process.env.ELASTICSEARCH_ENDPOINT;
  delete process.env.EU_ENDPOINT;
});

function violations(policy: string, type: string, props: Props, provider?: Props): string[] {
  const { validateResource } = policies.find(({ name }) => name === policy) ?? {};
  const found: string[] = [];
  const args: ResourceValidationArgs = {
    type,
    props,
    name: "r",
    urn: `urn:pulumi:dev::shop::${type}::r`,
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      additionalSecretOutputs: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => ({}) as T,
    notApplicable: () => {
      throw new Error("not applicable");
    },
    ...(provider && {
      provider: { type: "pulumi:providers:pulumi-nodejs", name: "p", urn: "urn", props: provider },
    }),
  };
  (validateResource as ResourceValidation)(args, (message) => found.push(message));
  return found;
}

describe("https only", () => {
  const rule = (provider?: Props, type = KEY) => violations("elastic-https-only", type, {}, provider);
  const explicit = (values: Props) => ({ "elastic:explicit": "true", ...values });

  test("an explicit provider's endpoints, whatever configuration and environment say", () => {
    process.env.ELASTICSEARCH_ENDPOINT = "http://env:9200";
    pulumi.runtime.setAllConfig({ "elastic:endpoint": "http://config:9200" });
    expect(rule(explicit({ "elastic:endpoint": "https://a:9200, HTTPS://b:9200" }))).toEqual([]);
    expect(rule(explicit({ "elastic:cloudId": "x:y" }))).toEqual([]);
    expect(rule(explicit({ "elastic:endpoint": "https://a:9200,http://u:secret@b:9200" }))).toEqual([
      "The endpoint http://b:9200 doesn't begin with https://.",
    ]);
    process.env.EU_ENDPOINT = "http://eu:9200";
    expect(rule(explicit({ "elastic:envPrefix": "EU" }))).toHaveLength(1);
  });

  test("else the stack's configuration, else the environment", () => {
    process.env.ELASTICSEARCH_ENDPOINT = "http://env:9200";
    expect(rule()).toEqual(["The endpoint http://env:9200 doesn't begin with https://."]);
    pulumi.runtime.setAllConfig({ "elastic:endpoint": "https://config:9200" });
    expect([rule(), rule({})]).toEqual([[], []]);
    pulumi.runtime.setAllConfig({ "elastic:cloudId": "x:y" });
    expect(rule()).toEqual([]);
    pulumi.runtime.setAllConfig({ "elastic:endpoint": "http://config:9200" });
    expect([rule(), rule({}), rule({}, CONNECTOR)].flat()).toHaveLength(3);
    expect(rule({}, "aws:s3:Bucket")).toEqual([]);
  });
});

describe("no wildcard indices", () => {
  const rule = (props: Props, type = KEY) => violations("elastic-no-wildcard-indices", type, props);
  const indices = (...names: unknown[]) => ({
    roleDescriptors: {
      r: { cluster: ["monitor"], indices: names.map((each) => ({ names: each, privileges: ["all"] })) },
    },
  });

  test("exact names and the connectors' own indices pass", () => {
    expect(rule(indices("search-movies", [".search-acl-filter-search-movies", ".elastic-connectors*"]))).toEqual([]);
    expect(rule({ roleDescriptors: { r: { cluster: ["monitor"] } } })).toEqual([]);
    expect(rule(indices("*"), CONNECTOR)).toEqual([]);
  });

  test.each([["*"], [["a", "search-*"]], ["search-?"], ["/search-.*/"], [".elastic*"]])("%j doesn't", (names) => {
    expect(rule(indices("fine", names))).toEqual([expect.stringMatching(/^The key reaches the indices '.*[*?].*'/)]);
  });

  test("nor what comes by another way", () => {
    const extra = { roleDescriptors: { r: { extra: { remote_indices: [{ clusters: ["c"], names: ["logs-*"] }] } } } };
    expect(rule(extra)).toHaveLength(1);
    expect(rule({ access: { search: [{ names: ["logs-*"] }] } })).toHaveLength(1);
    expect(rule({ inheritOwnerPrivileges: true })).toEqual([expect.stringMatching(/^inheritOwnerPrivileges gives/)]);
  });
});

test("a key expires or is rotated; keepers alone are no rotation", () => {
  const rule = (props: Props, type = KEY) => violations("elastic-keys-end", type, props);
  expect([rule({ expiration: "30d" }), rule({ rotateAfter: "30d" }), rule({}, CONNECTOR)]).toEqual([[], [], []]);
  const forever = [expect.stringMatching(/^The key would live for ever/)];
  expect([rule({}), rule({ keepers: { indexName: "a" } })]).toEqual([forever, forever]);
});

describe("full syncs are hourly at most", () => {
  const rule = (props: Props, type = CONNECTOR) => violations("elastic-full-syncs-hourly-at-most", type, props);
  const full = (interval: string, enabled = true) => ({ scheduling: { full: { enabled, interval } } });

  test.each(["0 0 * * * ?", "0 30 2,14 * * ?", "0 0 2 * * ?", "  5 59 0/3 ? * MON-FRI 2030"])(
    "%s passes",
    (interval) => {
      expect(rule(full(interval))).toEqual([]);
    },
  );

  test.each(["0 0/30 * * * ?", "0 0,30 2 * * ?", "0 * * * * ?", "* 0 * * * ?", "0 10-20 3 * * ?"])(
    "%s doesn't",
    (often) => {
      expect(rule(full(often))).toEqual([expect.stringContaining(`scheduling.full '${often}' may start more often`)]);
      expect(rule({ customScheduling: { mine: { name: "Mine", enabled: true, interval: often } } })).toHaveLength(1);
      expect(rule(full(often, false))).toEqual([]);
      expect(rule(full(often), KEY)).toEqual([]);
    },
  );

  test("other kinds of syncs may be more frequent, and nothing need be scheduled", () => {
    expect(rule({ scheduling: { incremental: { enabled: true, interval: "0 * * * * ?" } } })).toEqual([]);
    expect(rule({})).toEqual([]);
  });
});
