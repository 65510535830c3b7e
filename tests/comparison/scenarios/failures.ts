// What goes wrong, and what is recorded then.

import type { Rig } from "../rig";
import { index, key, ref, secret } from "./declared";

export async function failures(rig: Rig): Promise<void> {
  const three = (interval = "5s") => [
    index("first", { settings: { refresh_interval: interval } }),
    key("second", { metadata: { index: ref("first.indexName") } }),
    secret("third", ref("second.encoded")),
  ];
  rig.begin("partial failure");
  rig.declare(three());
  rig.server.control.fault({ method: "POST", path: /_security\/api_key/ }, { kind: "status", status: 400 });
  await rig.up();
  await rig.up();
  rig.declare(three("6s"));
  rig.server.control.fault({ method: "PUT", path: /_settings/ }, { kind: "status", status: 400 });
  await rig.up();
  rig.server.control.fault({ method: "DELETE", path: /_security\/api_key/ }, { kind: "status", status: 400 });
  await rig.destroy();
  rig.begin("partial failure of a refresh", { parallel: true });
  rig.server.control.fault({ method: "GET", path: /_security\/api_key/ }, { kind: "status", status: 400 });
  await rig.refresh();
  rig.begin("after a partial failure");
  await rig.up();
  await rig.destroy();

  rig.begin("refused by check");
  rig.declare([index("first"), key("second", { roleDescriptors: {} }, { dependsOn: ["first"] })]);
  await rig.preview();
  await rig.up();
  await rig.destroy();

  rig.begin("a provider process that dies");
  rig.declare(three());
  rig.at("POST", /_security\/api_key/, () => rig.killProviders());
  await rig.up();
  await rig.up();
  rig.at("DELETE", /_connector\/_secret/, () => rig.killProviders());
  await rig.destroy();
  await rig.destroy();
}

export async function interrupts(rig: Rig): Promise<void> {
  const two = [
    index("first"),
    key("second", { metadata: { index: ref("first.indexName") } }),
    secret("third", ref("second.encoded")),
  ];
  rig.begin("^C once");
  rig.declare(two);
  rig.at("POST", /_security\/api_key/, () => rig.stage.stack.interrupt());
  await rig.up();
  await rig.preview();
  rig.at("PUT", /_connector\/_secret/, () => rig.stage.stack.interrupt());
  await rig.up();
  rig.at("DELETE", /_connector\/_secret/, () => rig.stage.stack.interrupt());
  await rig.destroy();
  await rig.destroy();

  rig.begin("^C twice");
  rig.declare(two);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  rig.at("POST", /_security\/api_key/, () => {
    rig.stage.stack.interrupt();
    rig.stage.stack.interrupt();
    return held;
  });
  await rig.up();
  release();
  await rig.preview();
  await rig.up();
  await rig.refresh();
  await rig.destroy();
}

export async function kills(rig: Rig): Promise<void> {
  rig.begin("an engine that is killed");
  rig.declare([index("first"), key("second", { metadata: { index: ref("first.indexName") } })]);
  await rig.upUntilKilled("PUT", /^\/first$/);
  // Finds nothing to write, so that what an engine does that still regards the lock is done by both after it.
  await rig.refresh();
  await rig.unlock();
  await rig.preview();
  await rig.up();
  await rig.refresh({ clearPendingCreates: true });
  await rig.destroy();
}

export async function credentials(rig: Rig): Promise<void> {
  const { endpoint } = rig.server;
  const newKey = async (name: string) => {
    const { body } = (await rig.request("POST", "/_security/api_key", { name })) as { body: Issued };
    return body;
  };
  const program = ({ encoded }: Issued) => [
    { kind: "Provider" as const, name: "eu", args: { endpoint, apiKey: { $secret: encoded } } },
    index("kept", {}, { provider: "eu" }),
    secret("stored", "v", {}, { provider: "eu", dependsOn: ["kept"] }),
  ];
  const first = await newKey("first");
  rig.declare(program(first));
  rig.begin("stale credentials", { parallel: true });
  await rig.up();
  await rig.request("DELETE", "/_security/api_key", { ids: [first.id] });
  rig.declare(program(await newKey("second")));
  await rig.refresh();
  await rig.destroy();
  rig.begin("stale credentials, run program", { parallel: true });
  await rig.refresh({ runProgram: true });
  await rig.refresh();
  await rig.up();
  const third = await newKey("third");
  rig.declare(program(third).slice(0, 2));
  await rig.refresh({ runProgram: true });
  await rig.destroy({ runProgram: true });
}

interface Issued {
  id: string;
  encoded: string;
}
