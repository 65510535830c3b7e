// A program whose resources are data, so that a test states the arguments in one place. In the data,
// {"$ref": "name.output"} is an output of an earlier resource, {"$ref": "name"} the resource itself, {"$secret": value} a secret, {"$output": value} a value
// that depends on nothing, and {"$after": ["name.output", value]} a value that is unknown as a whole while that output is.
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const elastic = require("pulumi-elastic-connectors");

const spec = JSON.parse(readFileSync(process.env.PROGRAM_SPEC, "utf8"));
const made = new Map();

for (const { kind, name, args = {}, opts = {}, get } of spec.resources) {
  const Kind = elastic[kind];
  if (kind.startsWith("get")) {
    made.set(name, lookUp(Kind, { ...resolve(args), ...options(opts) }));
  } else {
    made.set(name, get ? Kind.get(name, get, options(opts)) : new Kind(name, resolve(args), options(opts)));
  }
}
for (const [name, value] of Object.entries(spec.outputs ?? {})) {
  exports[name] = resolve(value);
}

// A promise's own outputs stay as they are, which `pulumi.output` would merge into one.
function lookUp(call, args) {
  const found = call(args);
  return pulumi.Output.isInstance(found) ? found : pulumi.output(0).apply(() => found);
}

function options({ provider, dependsOn, ...rest }) {
  return {
    ...rest,
    ...(provider ? { provider: made.get(provider) } : {}),
    ...(dependsOn ? { dependsOn: dependsOn.map((other) => made.get(other)) } : {}),
  };
}

function resolve(value) {
  if (Array.isArray(value)) {
    return value.map(resolve);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if ("$ref" in value) {
    return output(value.$ref);
  }
  if ("$secret" in value) {
    return pulumi.secret(resolve(value.$secret));
  }
  if ("$output" in value) {
    return pulumi.output(resolve(value.$output));
  }
  if ("$after" in value) {
    const [first, then] = value.$after;
    return output(first).apply(() => resolve(then));
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
}

function output(reference) {
  const [name, ...path] = reference.split(".");
  return path.reduce((at, key) => at[key], made.get(name));
}
