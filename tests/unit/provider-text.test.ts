import { get } from "../../provider";
import { resources } from "../../provider/resources";
import { providerText, typeToken } from "../../sdk/registration";

// These bytes are in users' states, and the engine runs a state's own copy: they never change.
const TEXTS = {
  Index:
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/x')('pulumi-elastic-connectors/provider').get('Index')",
  ApiKey:
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/x')('pulumi-elastic-connectors/provider').get('ApiKey')",
  ConnectorSecret:
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/x')('pulumi-elastic-connectors/provider').get('ConnectorSecret')",
  Connector:
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/x')('pulumi-elastic-connectors/provider').get('Connector')",
  SyncJob:
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/x')('pulumi-elastic-connectors/provider').get('SyncJob')",
};

const TOKENS = {
  Index: "pulumi-nodejs:dynamic/elastic:Index",
  ApiKey: "pulumi-nodejs:dynamic/elastic:ApiKey",
  ConnectorSecret: "pulumi-nodejs:dynamic/elastic:ConnectorSecret",
  Connector: "pulumi-nodejs:dynamic/elastic:Connector",
  SyncJob: "pulumi-nodejs:dynamic/elastic:SyncJob",
};

test("every kind has a pinned text and token", () => {
  expect(Object.keys(TEXTS)).toEqual(Object.keys(resources));
  expect(Object.keys(TOKENS)).toEqual(Object.keys(resources));
});

test.each(Object.entries(TEXTS))("%s: the text, byte by byte, and at most 160 of them", (kind, text) => {
  expect(providerText(kind)).toBe(text);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(160);
});

test.each(Object.entries(TOKENS))("%s: the type token", (kind, token) => {
  expect(typeToken(kind)).toBe(token);
});

test("the door that the text knows: one provider per kind, with all the methods", () => {
  for (const kind of Object.keys(resources)) {
    const provider = get(kind);
    expect(get(kind)).toBe(provider);
    expect(Object.keys(provider).sort()).toEqual(["check", "configure", "create", "delete", "diff", "read", "update"]);
  }
});

test.each(["Nothing", "constructor", ""])("a kind that this version doesn't have: '%s'", (kind) => {
  expect(() => get(kind)).toThrow(
    /has no resource '.*'; known are Index, ApiKey, ConnectorSecret, Connector, SyncJob$/,
  );
});
