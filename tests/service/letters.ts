import type { JsonObject } from "../../embedded";
import type { Modes, RunningService } from "./process";
import { connectorRole, serviceRole } from "./roles";
import type { Scene } from "./scene";

export const LETTERS = "search-letters";

interface Letters {
  /** How many there are. Without it nothing waits for the service, and the connector stays without a configuration. */
  count?: number;
  pause?: number;
  /** Rights of the service's key. */
  rights?: JsonObject;
}

/** Makes a connector of the letters source and starts the service for it, with a key of their own each. */
export async function startLetters(
  scene: Scene,
  { count, pause = 0, rights }: Letters,
  modes: Modes = {},
): Promise<RunningService> {
  const connector = { index_name: LETTERS, service_type: "letters", name: "Letters" };
  expect((await scene.request("PUT", "/_connector/letters", connector)).status).toBe(201);
  const running = await runLetters(scene, modes, rights);
  if (count !== undefined) {
    await scene.configure("letters", { count, pause });
  }
  return running;
}

/** Starts the service, for the first time or again, with new keys. */
export async function runLetters(
  scene: Scene,
  modes: Modes = {},
  rights: JsonObject = serviceRole([LETTERS]),
): Promise<RunningService> {
  const api_key = await scene.key("letters", connectorRole(LETTERS));
  const key = await scene.key("service", rights);
  return scene.start(key, [{ connector_id: "letters", service_type: "letters", api_key }], modes);
}

/** Ids of the documents in the content index. */
export function letterIds(scene: Scene): string[] {
  return [...scene.documents(LETTERS).keys()].sort();
}
