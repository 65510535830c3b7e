import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { isRecord } from "../provider/model/unknown";

/** What an exported stack says about its API keys. */
export interface ExportedState {
  /** `project/stack`; a state without resources doesn't say whose it is. */
  stack: string | undefined;
  keyIds: ReadonlySet<string>;
  /** Logical names of the resources for which an update has begun to make a key, and hasn't said that it ended. */
  making: ReadonlySet<string>;
  /** When it was written; later keys can't be in it. */
  writtenAt: number;
}

const API_KEY = "pulumi-nodejs:dynamic/elastic:ApiKey";

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
  // One that is pending deletion is still known: the next update invalidates it.
  const known = [...records(resources), ...begun.map(({ each }) => each)];
  const making = begun.filter(({ type, each }) => type === "creating" && each.type === API_KEY);
  const writtenAt = Date.parse(isRecord(manifest) ? String(manifest.time) : "");
  return {
    stack: known.map(({ urn }) => parts(urn).stack).find((name) => name !== undefined),
    keyIds: new Set(known.flatMap(({ type, id }) => (type === API_KEY && typeof id === "string" ? [id] : []))),
    making: new Set(making.flatMap(({ each }) => parts(each.urn).name ?? [])),
    // Without a time nothing can be said about any key.
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

function records(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** `urn:pulumi:<stack>::<project>::<type>::<name>` */
function parts(urn: unknown): { stack?: string; name?: string } {
  const [, stack, project, name] = /^urn:pulumi:(.+?)::(.+?)::.+?::(.+)$/s.exec(String(urn)) ?? [];
  return stack && project && name ? { stack: `${project}/${stack}`, name } : {};
}
