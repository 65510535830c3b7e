import type { Command } from "commander";
import type { MarkedIndex } from "../provider/lookups/indices";
import { type Orphans, registerOrphans, type Unknown } from "./orphans/command";
import { stackName } from "./orphans/unknown";
import { described, reasons, since, users } from "./orphans/words";

/** Adds `indices`: a deployment that was killed while an index was made leaves an empty one that no state knows. */
export function registerIndices(program: Command): void {
  registerOrphans(program, INDICES);
}

const HELP = `
  pulumi stack export | npx pulumi-elastic-connectors indices --state -

Run it when no update is running. An index that holds documents, that a connector writes to, or that is newer than the
state, is listed and left. Indices that were let go on purpose ('retainOnDelete', 'pulumi state delete') are among those
that no state knows. Has the stack been renamed or have resources moved to another one, give the states of both.`;

export const INDICES: Orphans<MarkedIndex> = {
  name: "indices",
  kind: "Index",
  words: {
    thing: "index",
    one: "index",
    many: "indices",
    listed: "the indices",
    help: HELP,
    remove: "delete",
    removed: "deleted",
  },
  option: "delete",
  async find(es) {
    const { findMarkedIndices } = await import("../provider/lookups/indices.js");
    const { indices, onlySome } = await findMarkedIndices(es);
    return { objects: indices, facts: { onlySome }, warning: onlySome ? ONLY_SOME : undefined };
  },
  async complete(es, indices) {
    const { withDocuments } = await import("../provider/lookups/indices.js");
    return withDocuments(es, indices);
  },
  reason: ({ documents, connectors }) =>
    documents !== 0 ? "not empty" : connectors === undefined || connectors.length > 0 ? "in use" : undefined,
  describe,
  async remove(es, { id }) {
    const { deleteIndex } = await import("../provider/elasticsearch/indices.js");
    await deleteIndex(es, id);
  },
};

const ONLY_SOME =
  "Only indices are seen that this caller may look at: all of them take view_index_metadata on '*', those of one stack on the names that it gives.";

function describe(index: Unknown<MarkedIndex>, now: Date): string {
  const { id, resource, createdAt, documents, aliases, connectors, left } = index;
  return described(id, [
    ["made by", `${stackName(index)}, resource '${resource}'`],
    ["made", since(createdAt, now)],
    ["documents", documents === undefined ? "unknown: the caller may not count them" : String(documents)],
    ...(aliases.length > 0 ? [["aliases", aliases.join(", ")] as const] : []),
    ["used by", users(connectors)],
    ...reasons(left, LEFT),
  ]);
}

const LEFT: Record<string, string> = {
  "not empty": "it holds documents, or may. Delete it yourself if nobody needs them",
  "in use": "a connector writes to it, or may",
};
