// Preloaded into program and provider processes. Pulumi loads the TypeScript compiler and npm's dependency solver at
// each start, for turning closures into text, which nothing here does: more than half of the time that a process needs.
// Here they load when somebody uses them.
const Module = require("node:module");

const load = Module._load;
const LAZY = new Set(["typescript", "@npmcli/arborist"]);

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
