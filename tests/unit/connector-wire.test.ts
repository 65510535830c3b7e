import { serviceType } from "../../provider/catalogue";
import {
  creationFeatures,
  defaultPipeline,
  featuresToWrite,
  featuresView,
  fromWire,
  pipelineView,
  schedulesToWrite,
  schedulingView,
} from "../../provider/resources/connector/wire";
import { BARE, NEVER, NIGHTLY } from "../support/wire-connector";

const MONGODB = serviceType("mongodb");

describe("a connector's document in the user's terms", () => {
  test("a bare one", () => {
    expect(fromWire(BARE)).toEqual({
      connectorId: "c",
      serviceType: "mongodb",
      native: false,
      scheduling: { full: NEVER, incremental: NEVER, accessControl: NEVER },
    });
  });

  test("a full one, and nothing of its telemetry", () => {
    const live = fromWire({
      ...BARE,
      name: "n",
      description: "d",
      index_name: "i",
      is_native: true,
      language: "en",
      status: "connected",
      last_seen: "2024-01-01T00:00:00Z",
      configuration: { host: { value: "h" }, port: { value: null }, ssl: { value: false }, none: {} },
      pipeline: { name: "p", extract_binary_content: true, reduce_whitespace: false, run_ml_inference: true },
      features: { document_level_security: { enabled: true }, sync_rules: { basic: { enabled: false } } },
      api_key_id: "k",
      api_key_secret_id: "s",
    });
    expect(live).toMatchObject({
      name: "n",
      description: "d",
      indexName: "i",
      native: true,
      language: "en",
      configuration: { host: "h", ssl: false },
      pipeline: { name: "p", extractBinaryContent: true, reduceWhitespace: false, runMlInference: true },
      features: { documentLevelSecurity: true, syncRules: { basic: false } },
      apiKeyId: "k",
      apiKeySecretId: "s",
    });
    expect(JSON.stringify(live)).not.toMatch(/connected|2024/);
  });
});

describe("schedules", () => {
  test("only those that differ are written", () => {
    const live = { full: NEVER, incremental: NIGHTLY, access_control: NEVER };
    expect(schedulesToWrite({ full: NIGHTLY, incremental: NIGHTLY }, undefined, live)).toEqual({ full: NIGHTLY });
    expect(schedulesToWrite({ incremental: NIGHTLY }, undefined, live)).toEqual({});
    expect(schedulesToWrite(undefined, undefined, live)).toEqual({});
  });

  test("one that is declared no more returns to its default", () => {
    expect(schedulesToWrite(undefined, { full: NIGHTLY }, { full: NIGHTLY })).toEqual({ full: NEVER });
    expect(schedulesToWrite({}, { full: NIGHTLY }, { full: NEVER })).toEqual({});
  });

  test("the access-control schedule never travels alone, and changes nothing else", () => {
    const live = { full: NIGHTLY, incremental: NEVER, access_control: NEVER };
    expect(schedulesToWrite({ accessControl: NIGHTLY }, undefined, live)).toEqual({
      full: NIGHTLY,
      access_control: NIGHTLY,
    });
  });

  test("kinds that aren't declared aren't compared", () => {
    expect(schedulingView.of?.({ full: NIGHTLY }, { full: NEVER, incremental: NIGHTLY })).toEqual({ full: NEVER });
  });
});

describe("features and pipeline", () => {
  test("at creation: the type's, overlaid with the declared ones", () => {
    const features = creationFeatures({ documentLevelSecurity: true, syncRules: { advanced: false } }, MONGODB);
    expect(features.document_level_security).toEqual({ enabled: true });
    expect(features.sync_rules).toEqual({
      basic: MONGODB?.features.sync_rules.basic,
      advanced: { enabled: false },
    });
    expect(creationFeatures({ incrementalSync: true }, undefined)).toEqual({ incremental_sync: { enabled: true } });
    expect(creationFeatures(undefined, undefined)).toEqual({});
  });

  test("later: flags that differ, and the type's default for one that is declared no more", () => {
    const live = {
      incremental_sync: { enabled: true },
      sync_rules: { basic: { enabled: true }, advanced: { enabled: true } },
    };
    expect(featuresToWrite({ incrementalSync: true }, undefined, live, MONGODB)).toEqual({});
    expect(featuresToWrite({ syncRules: { basic: false } }, undefined, live, MONGODB)).toEqual({
      sync_rules: { basic: { enabled: false } },
    });
    const usual = MONGODB?.features.document_level_security.enabled ?? false;
    const dls = { document_level_security: { enabled: !usual } };
    expect(featuresToWrite({}, { documentLevelSecurity: !usual }, dls, MONGODB)).toEqual({
      document_level_security: { enabled: usual },
    });
    expect(featuresToWrite({}, { documentLevelSecurity: true }, dls, undefined)).toEqual({});
  });

  test("flags that aren't declared aren't compared", () => {
    const live = { incrementalSync: true, syncRules: { basic: true, advanced: false } };
    expect(featuresView.of?.({ syncRules: { basic: false } }, live)).toEqual({ syncRules: { basic: true } });
    expect(featuresView.of?.({ syncRules: { basic: false } }, undefined)).toEqual({ syncRules: {} });
  });

  test("a pipeline's members default to true", () => {
    const all = { name: "p", extractBinaryContent: true, reduceWhitespace: true, runMlInference: true };
    expect(pipelineView.equal({ name: "p" }, all)).toBe(true);
    expect(pipelineView.equal({ name: "p" }, { ...all, runMlInference: false })).toBe(false);
    expect(pipelineView.equal({ name: "p" }, { ...all, name: "q" })).toBe(false);
  });

  test("the built-in pipeline by version", () => {
    expect([defaultPipeline(8).name, defaultPipeline(9).name]).toEqual([
      "ent-search-generic-ingestion",
      "search-default-ingestion",
    ]);
  });
});
