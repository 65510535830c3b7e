// A resource whose provider is the fake one beside this file; what a test's program requires.
const pulumi = require("@pulumi/pulumi");
const path = require("node:path");

const provider = JSON.stringify(path.join(__dirname, "provider.js"));

class Thing extends pulumi.CustomResource {
  constructor(name, args, opts) {
    super(
      "pulumi-nodejs:dynamic/fake:Thing",
      name,
      { stamp: undefined, ...args, __provider: `exports.handler=()=>require(${provider}).get()` },
      opts,
    );
  }
}

class FakeProvider extends pulumi.ProviderResource {
  constructor(name, args, opts) {
    super("pulumi-nodejs", name, args, opts);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("fake:index:Group", name, args, opts);
  }
}

module.exports = { pulumi, Thing, FakeProvider, Group };
