// Preloaded into program and provider processes. At each start they load the TypeScript compiler and npm's dependency
// solver (Pulumi, to turn closures into text), OpenTelemetry's SDK (Pulumi, for traces that nobody asks for) and Arrow (the
// client, for bulk helpers): most of the time that a start takes, and nothing here uses them. They load when somebody does.
const Module = require("node:module");

const load = Module._load;
const LAZY = new Set([
  "typescript",
  "@npmcli/arborist",
  "apache-arrow/Arrow.node",
  "@opentelemetry/sdk-trace-node",
  "@opentelemetry/sdk-trace-base",
  "@opentelemetry/exporter-zipkin",
  "@opentelemetry/instrumentation",
  "@opentelemetry/instrumentation-grpc",
  "@opentelemetry/resources",
]);

Module._load = function (request, ...rest) {
  if (!LAZY.has(request)) {
    return load.call(this, request, ...rest);
  }
  let loaded;
  const real = () => {
    loaded ??= load.call(this, request, ...rest);
    return loaded;
  };
  return new Proxy(class {}, {
    // Compiled imports ask this at once; the answer keeps them from copying all properties.
    get: (_, key) => (key === "__esModule" ? true : real()[key]),
    has: (_, key) => key in real(),
    apply: (_, self, args) => Reflect.apply(real(), self, args),
    construct: (_, args) => Reflect.construct(real(), args),
  });
};
