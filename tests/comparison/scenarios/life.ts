// From the first preview to the last destroy: what every stack goes through.

import type { Rig } from "../rig";
import { connector, index, key, ref, secret, urn } from "./declared";

interface Version {
  shards?: number;
  refreshInterval?: string;
  keyName?: string;
  keyFirst?: boolean;
}

/** A chain, so that there is one order only. */
function chain({ shards = 1, refreshInterval = "5s", keyName = "key", keyFirst = false }: Version = {}) {
  return [
    index("notes", { settings: { number_of_shards: shards, refresh_interval: refreshInterval } }),
    key("key", { name: keyName, metadata: { index: ref("notes.indexName") } }, { deleteBeforeReplace: keyFirst }),
    secret("stored", ref("key.encoded"), { valueVersion: ref("key.id") }),
    connector(
      "user",
      { indexName: ref("notes.indexName"), apiKeyId: ref("key.id"), apiKeySecretId: ref("stored.id"), native: true },
      {},
    ),
  ];
}

export async function life(rig: Rig): Promise<void> {
  rig.begin("create");
  rig.declare(chain());
  await rig.preview();
  await rig.up();

  rig.begin("no-op");
  await rig.up();

  rig.begin("in-place update");
  rig.declare(chain({ refreshInterval: "7s" }));
  await rig.up();

  // The order in which resources are read is nobody's.
  rig.begin("preview with refresh, refresh", { parallel: true });
  await rig.request("PUT", "/notes/_settings", { index: { refresh_interval: "9s" } });
  await rig.request("PUT", "/_connector/user/_name", { name: "drifted", description: "by hand" });
  await rig.preview({ refresh: true });
  await rig.refresh();
  await rig.request("DELETE", "/_connector/user");
  await rig.up({ refresh: true });

  rig.begin("cascading replacement, create first");
  rig.declare(chain({ keyName: "renamed" }));
  await rig.up();

  rig.begin("cascading replacement, delete first");
  rig.declare(chain({ keyName: "renamed again", keyFirst: true }));
  await rig.preview();
  await rig.up();
  rig.declare(chain({ keyName: "renamed again", shards: 2 }));
  await rig.up();

  rig.begin("--replace");
  await rig.up({ replace: [urn("ConnectorSecret", "stored")] });
  await rig.up({ replace: [urn("ConnectorSecret", "nobody")] });

  rig.begin("delete");
  rig.declare(chain({ keyName: "renamed again", shards: 2 }).slice(0, 3));
  await rig.up();

  rig.begin("destroy");
  await rig.destroy();
}

export async function targets(rig: Rig): Promise<void> {
  const two = (interval: string) => [
    index("one", { settings: { refresh_interval: interval } }),
    index("two", { settings: { refresh_interval: interval } }, { dependsOn: ["one"] }),
    key("hanging", { metadata: { index: ref("two.indexName"), interval } }),
  ];
  rig.begin("targets, create");
  rig.declare(two("5s"));
  await rig.up({ targets: [urn("Index", "one")] });
  await rig.preview({ targets: [urn("ApiKey", "hanging")] });
  await rig.up({ targets: [urn("ApiKey", "hanging")] });
  await rig.up({ targets: [urn("Index", "nobody")] });
  await rig.up();

  rig.begin("targets, update");
  rig.declare(two("6s"));
  await rig.up({ targets: [urn("Index", "two")] });
  await rig.up({ targets: [urn("Index", "one")], targetDependents: true });

  rig.begin("targets, refresh", { parallel: true });
  await rig.request("PUT", "/one,two/_settings", { index: { refresh_interval: "9s" } });
  await rig.refresh({ targets: [urn("Index", "two")] });
  await rig.refresh({ targets: [urn("Index", "one")], targetDependents: true });

  rig.begin("targets, delete");
  rig.declare(two("6s").slice(0, 1));
  await rig.up({ targets: [urn("ApiKey", "hanging")] });

  rig.begin("targets, destroy");
  await rig.destroy({ targets: [urn("Index", "one")] });
  await rig.destroy({ targets: [urn("Index", "two")], targetDependents: true });
  await rig.destroy();
}
