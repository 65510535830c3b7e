// What the commands `keys` and `indices` name as orphans, by the functions behind them.

import { INDICES } from "../../cli/indices";
import { KEYS } from "../../cli/keys";
import { stateIn } from "../../cli/orphans/state";
import { stacksOf, stillOpen, unknownTo } from "../../cli/orphans/unknown";
import { open } from "../../provider/lookups";
import { findMarkedIndices, withDocuments } from "../../provider/lookups/indices";
import { findMarkedKeys } from "../../provider/lookups/keys";
import type { Marked } from "../../provider/ownership/marks";
import type { Stage } from "../support/stage";

export interface Orphans {
  keys: string[];
  indices: string[];
}

const MINUTE = 60_000;

/** Ids, by the state as it would be exported after a while. */
export async function orphansOf({ server, stack }: Stage): Promise<Orphans> {
  const { endpoint, username, password } = server;
  const es = open((name) => ({ endpoint, username, password })[name], {});
  const { deployment, ...rest } = await stack.exportState();
  // Objects that are newer than the state are left alone.
  const manifest = { ...deployment.manifest, time: new Date(Date.parse(server.control.time()) + MINUTE).toISOString() };
  const states = [stateIn(JSON.stringify({ ...rest, deployment: { ...deployment, manifest } }), "the stack")];
  const stacks = stacksOf(states, "tests/dev");
  const unknown = <T extends Marked>({ kind }: { kind: "ApiKey" | "Index" }, objects: T[]): T[] =>
    unknownTo(states, stacks, kind, objects).filter((each) => stillOpen(states, stacks, kind, each) === undefined);
  const { keys } = await findMarkedKeys(es);
  const indices = await withDocuments(es, unknown(INDICES, (await findMarkedIndices(es)).indices));
  return {
    keys: idsOf(unknown(KEYS, keys).filter((key) => KEYS.reason(key) === undefined)),
    indices: idsOf(indices.filter((index) => INDICES.reason(index) === undefined)),
  };
}

function idsOf(objects: Marked[]): string[] {
  return objects.map(({ id }) => id).sort();
}
