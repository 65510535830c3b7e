import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { isRecord } from "../../provider/model/unknown";

/** Resources whose objects bear our mark on the server. */
export type Kind = "ApiKey" | "Index";

/** What an exported stack says about the objects of one kind. */
export interface Known {
  ids: ReadonlySet<string>;
  /** Logical names of the resources for which an update has begun to make an object, and hasn't said that it ended. */
  making: ReadonlySet<string>;
}

export interface ExportedState {
  /** `project/stack`; a state without resources doesn't say whose it is. */
  stack: string | undefined;
  of(kind: Kind): Known;
  /** When it was written; later objects can't be in it. */
  writtenAt: number;
}

/** Reads what `pulumi stack export` prints, from a file or, for `-`, from the standard input. */
export async function readState(source: string): Promise<ExportedState> {
  const content = source === "-" ? await text(process.stdin) : await readFile(source, "utf8");
  return stateIn(content, source === "-" ? "the standard input" : source);
}

/** @throws Error when the text isn't an exported stack; its content is never shown. */
export function stateIn(content: string, source: string): ExportedState {
  const deployment = deploymentIn(content);
  if (!deployment) {
    throw new Error(`What ${source} holds is not an exported stack: pass what 'pulumi stack export' prints.`);
  }
  const { resources, pending_operations: pending, manifest } = deployment;
  const begun = records(pending).flatMap(({ type, resource }) => records([resource]).map((each) => ({ type, each })));
  // One that is pending deletion is still known: the next update deletes it.
  const known = [...records(resources), ...begun.map(({ each }) => each)];
  const creating = begun.filter(({ type }) => type === "creating").map(({ each }) => each);
  const writtenAt = Date.parse(isRecord(manifest) ? String(manifest.time) : "");
  return {
    stack: known.map(({ urn }) => parts(urn).stack).find((name) => name !== undefined),
    of: (kind) => ({
      ids: new Set(known.filter(isOf(kind)).flatMap(({ id }) => (typeof id === "string" ? [id] : []))),
      making: new Set(creating.filter(isOf(kind)).flatMap(({ urn }) => parts(urn).name ?? [])),
    }),
    // Without a time nothing can be said about any object.
    writtenAt: Number.isNaN(writtenAt) ? 0 : writtenAt,
  };
}

function deploymentIn(content: string): Record<string, unknown> | undefined {
  try {
    const exported: unknown = JSON.parse(content.replace(/^\uFEFF/, ""));
    const deployment = isRecord(exported) ? exported.deployment : undefined;
    return isRecord(deployment) ? deployment : undefined;
  } catch {
    return undefined;
  }
}

function isOf(kind: Kind): (resource: Record<string, unknown>) => boolean {
  return ({ type }) => type === `pulumi-nodejs:dynamic/elastic:${kind}`;
}

function records(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** `urn:pulumi:<stack>::<project>::<type>::<name>` */
function parts(urn: unknown): { stack?: string; name?: string } {
  const [, stack, project, name] = /^urn:pulumi:(.+?)::(.+?)::.+?::(.+)$/s.exec(String(urn)) ?? [];
  return stack && project && name ? { stack: `${project}/${stack}`, name } : {};
}
