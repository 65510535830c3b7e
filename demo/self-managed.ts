import type { Narrator } from "./narrator";
import { expectNothingLeft } from "./native";
import { callsText, type Stage } from "./stage";

/** Act two: the same program on 9.x, where connectors are self-managed. */
export async function selfManagedAct(tell: Narrator, { server, stack, run, writes, curl }: Stage): Promise<void> {
  await run("up", () => stack.up());
  tell.show(callsText(writes()));
  const { store } = server.control;
  tell.expect("no secret is stored", store.secrets().length === 0);
  tell.expect("the connector is self-managed", store.connectors()[0]?.source.is_native === false);

  tell.scene("its entry for the connectors service's config.yml (the key is a secret output of the stack)");
  const { serviceEntry } = await stack.outputs(true);
  const entry = serviceEntry as { connector_id: string; service_type: string; api_key: string };
  tell.show(
    `connectors:\n  - connector_id: ${entry.connector_id}\n    service_type: ${entry.service_type}\n    api_key: [secret]`,
  );
  tell.expect("the key works", (await curl("GET", "/_security/_authenticate", undefined, entry.api_key)) === 200);
  tell.expect(
    "the key can't read other connectors",
    (await curl("GET", "/.elastic-connectors-v1/_search", undefined, entry.api_key)) === 403,
  );

  const again = await run("a second preview", () => stack.preview());
  tell.expect("nothing to do", again.steps.length === 0);

  await run("destroy", () => stack.destroy());
  tell.scene("what is left in the server's store");
  expectNothingLeft(tell, store);
}
