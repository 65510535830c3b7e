// Several providers, and values that are unknown or secret, at each depth.

import { connectionTo, type Declared } from "../../support/stage";
import type { Rig } from "../rig";
import { after, connector, index, key, ref, secret } from "./declared";

export async function providers(rig: Rig): Promise<void> {
  const { server, second } = rig;
  const at = (provider: string, { name, ...rest }: Declared): Declared => ({
    ...rest,
    name: `${name}-${provider}`,
    opts: { ...rest.opts, provider },
  });
  rig.begin("explicit providers", { parallel: true });
  const both = [connectionTo("a", server), connectionTo("b", second)];
  rig.declare([...both, at("a", index("i")), at("b", index("i"))]);
  await rig.up();
  rig.declare([...both, at("b", index("i"))]);
  await rig.up();

  // Moving to another provider is a replacement only where the provider says so.
  rig.begin("provider of a resource changed", { parallel: true });
  rig.declare([...both, { ...at("b", index("i")), opts: { provider: "a" } }]);
  await rig.preview();
  rig.declare([...both, at("b", index("i"))]);

  rig.begin("unknown provider configuration", { parallel: true });
  const { endpoint, username, password } = second;
  const late = (name: string): Declared[] => [
    secret("password", { $secret: password }, { valueVersion: name }),
    {
      kind: "Provider",
      name: "late",
      args: { endpoint, username, password: after("password.id", { $secret: password }) },
    },
    at("late", key("made", { metadata: { name } })),
  ];
  rig.declare(late("1"));
  await rig.preview();
  await rig.up();
  rig.declare(
    late("1").map((each) => (each.name === "password" ? { ...each, opts: { replaceOnChanges: ["*"] } } : each)),
  );
  await rig.preview();
  await rig.destroy();
}

export async function values(rig: Rig): Promise<void> {
  const unknown = (auto: string): Declared[] => [
    { kind: "Index", name: auto, args: {} },
    connector("whole", {
      configuration: after(`${auto}.indexName`, { host: "mongodb://h", database: "d", collection: "c" }),
    }),
    connector("nested", {
      configuration: { host: ref(`${auto}.indexName`), database: "d", collection: "c" },
      scheduling: { full: { enabled: after(`${auto}.indexName`, true), interval: "0 0 1 * * ?" } },
    }),
    key("elements", {
      roleDescriptors: {
        reader: { cluster: ["monitor"], indices: [{ names: ["b", ref(`${auto}.indexName`)], privileges: ["read"] }] },
      },
      metadata: { deep: { list: ["one", ref(`${auto}.indexName`)] } },
    }),
  ];
  rig.begin("unknown inputs at each depth", { parallel: true });
  rig.declare(unknown("auto"));
  await rig.preview();
  await rig.up();
  rig.declare(unknown("other"));
  await rig.preview();

  rig.begin("secret inputs at each depth", { parallel: true });
  const secrets = (word: string): Declared[] => [
    secret("top", { $secret: word }),
    connector("nested", {
      configuration: { host: "mongodb://h", database: "d", collection: "c", password: { $secret: word } },
    }),
    connector("whole", {
      configuration: { $secret: { host: "mongodb://h", database: "d", collection: "c", password: word } },
    }),
    key("elements", { metadata: { deep: { list: ["one", { $secret: word }] }, top: { $secret: word } } }),
  ];
  rig.declare(secrets("hunter2"));
  await rig.up();
  rig.declare(secrets("hunter3"));
  await rig.up();
  await rig.refresh();
  await rig.preview();
  await rig.destroy();
}
