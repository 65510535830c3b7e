import { abilities, type ServerVersion } from "../elasticsearch/version";
import { deepEqual } from "../model/equality";
import type { Bag, Planned } from "../model/resource";
import { isRecord, isUnknown } from "../model/unknown";
import { autoPattern, autoPrefix } from "../ownership/ids";
import { type Condition, FIRST, GIVEN, type Row, TABLE } from "./table";

/** A resource that is to be made or changed. */
export interface Subject extends Planned {
  /** Inputs of the last state; empty for a resource that is to be made. */
  olds: Bag;
  /** Logical name. */
  resource: string;
  /** An index of a native connector, which has a prefix of its own on 9.x. */
  native?: boolean | undefined;
}

/** One privilege that the caller needs, on the cluster or on one index name or pattern. */
export interface Need {
  privilege: string;
  index?: string;
  /** On restricted indices too. */
  restricted?: true;
  or: readonly string[];
  neededFor: string;
  optional: boolean;
}

/**
 * All that the resources need on a server of this version, each privilege once; of a version that isn't known only what
 * is the same in all of them.
 */
export function needsOf(subjects: readonly Subject[], version: ServerVersion | undefined): Need[] {
  const known = subjects.filter(({ kind }) => TABLE.some((row) => row.kind === kind));
  if (known.length === 0) {
    return [];
  }
  const needs = known.flatMap((subject) => [
    ...TABLE.filter((row) => applies(row, subject, version)).flatMap((row) => fromRow(row, subject, version)),
    ...(subject.kind === "ApiKey" ? givenToKey(subject) : []),
  ]);
  return merged([{ ...FIRST, or: [], optional: false }, ...needs]);
}

/** The name that the index has or will have; as a pattern where the end of it is chosen later. */
export function indexOf({ inputs, resource, native }: Subject, version: ServerVersion | undefined): string | undefined {
  if (inputs.name === undefined) {
    const unserved = native === true && (version === undefined || !abilities.servesNativeConnectors(version));
    return autoPattern(autoPrefix(unserved), resource);
  }
  return typeof inputs.name === "string" ? inputs.name : undefined;
}

/** Whether the key is the caller's own, so that its rights end where those of the caller end. */
export function isOwn({ inputs }: Subject): boolean {
  return inputs.onBehalfOf === undefined && inputs.access === undefined;
}

const CONDITIONS: Record<Condition, (subject: Subject) => boolean> = {
  "changes its mappings, settings or aliases, has aliases, or is adopted": ({ inputs, olds }) =>
    inputs.adopt === true ||
    inputs.aliases !== undefined ||
    (Object.keys(olds).length > 0 &&
      ["mappings", "settings", "aliases"].some((name) => !deepEqual(olds[name], inputs[name]))),
  // The state decides about the deletion, and takes the option over with the change.
  "without forceDestroy": ({ inputs, olds }) =>
    inputs.forceDestroy !== true || (Object.keys(olds).length > 0 && olds.forceDestroy !== true),
  "a key of the caller's own": isOwn,
  onBehalfOf: ({ inputs }) => inputs.onBehalfOf !== undefined,
  "a cross-cluster key": ({ inputs }) => inputs.access !== undefined,
  customScheduling: ({ inputs, olds }) => inputs.customScheduling !== undefined || olds.customScheduling !== undefined,
};

function applies({ kind, versions, when }: Row, subject: Subject, version: ServerVersion | undefined): boolean {
  const asked = kind === subject.kind && (!versions || (version !== undefined && versions.apply(version)));
  return asked && (when === undefined || CONDITIONS[when](subject));
}

function fromRow(
  { privilege, on, or = [], neededFor, optional }: Row,
  subject: Subject,
  version: ServerVersion | undefined,
): Need[] {
  const need = { privilege, or, neededFor, optional: optional === true };
  switch (on) {
    case "cluster":
      return [need];
    case "its index":
    case "its index and aliases": {
      const aliases =
        on === "its index" || !isRecord(subject.inputs.aliases) ? [] : Object.keys(subject.inputs.aliases);
      // A name that isn't known yet is asked about in the run in which it is.
      return [indexOf(subject, version) ?? [], aliases].flat().map((index) => ({ ...need, index }));
    }
    default:
      return [{ ...need, index: on }];
  }
}

/** What the key is to be allowed: the server grants it only as far as its creator may do it too, and says no word. */
function givenToKey(subject: Subject): Need[] {
  const { roleDescriptors } = subject.inputs;
  if (!isOwn(subject) || !isRecord(roleDescriptors)) {
    return [];
  }
  const need: Omit<Need, "privilege"> = { or: [], neededFor: GIVEN, optional: false };
  return Object.values(roleDescriptors)
    .filter(isRecord)
    .flatMap((descriptor) => [
      ...texts(descriptor.cluster).map((privilege) => ({ ...need, privilege })),
      ...(Array.isArray(descriptor.indices) ? descriptor.indices.filter(isRecord) : []).flatMap((entry) =>
        texts(entry.names).flatMap((index) =>
          texts(entry.privileges).map((privilege) => ({
            ...need,
            privilege,
            index,
            ...(entry.allowRestrictedIndices === true ? { restricted: true as const } : {}),
          })),
        ),
      ),
    ]);
}

function texts(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === "string" && !isUnknown(each));
}

function merged(needs: Need[]): Need[] {
  const byKey = new Map<string, Need>();
  for (const need of needs) {
    const key = keyOf(need);
    const before = byKey.get(key);
    const reasons = new Set([...(before ? before.neededFor.split("; ") : []), need.neededFor]);
    byKey.set(key, {
      ...need,
      // Alternatives of one reason don't serve another one.
      or: before ? before.or.filter((other) => need.or.includes(other)) : need.or,
      optional: need.optional && (before?.optional ?? true),
      neededFor: [...reasons].join("; "),
    });
  }
  return [...byKey.values()];
}

/** What tells two needs apart. */
export function keyOf({ privilege, index = "", restricted }: Pick<Need, "privilege" | "index" | "restricted">): string {
  return JSON.stringify([index, restricted === true, privilege]);
}
