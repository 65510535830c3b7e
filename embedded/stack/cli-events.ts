// Turns the event log of the Pulumi CLI into the same description of an operation that the embedded engine gives.

import { compareMaps, type DiffKind } from "../engine/diff";
import type { Change, Diagnostic, Operation, Step } from "../engine/operation";
import { getAt, type Path, parsePath } from "../engine/paths";
import { isObject, type PropertyMap, SECRET_SIGNATURE, SIGNATURE, UNKNOWN, type Value } from "../engine/property";
import { isDefaultProvider, nameOf } from "../engine/urn";

/** The parts of an engine event that are looked at. */
export interface EngineEvent {
  diagnosticEvent?: { urn?: string; message: string; severity: string; ephemeral?: boolean };
  resourcePreEvent?: { metadata: StepMetadata };
  resOutputsEvent?: { metadata: StepMetadata };
  resOpFailedEvent?: { metadata: StepMetadata };
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  old?: { custom?: boolean; inputs?: PropertyMap; outputs?: PropertyMap } | null;
  new?: { custom?: boolean; inputs?: PropertyMap; outputs?: PropertyMap } | null;
  keys?: string[] | null;
  detailedDiff?: Record<string, { diffKind: DiffKind; inputDiff: boolean }> | null;
  logical?: boolean;
}

const OPS = new Set(["same", "create", "update", "replace", "delete", "import"]);

export function operationOf(
  events: EngineEvent[],
  { isRefresh, ok, text, stderr }: { isRefresh: boolean; ok: boolean; text: string; stderr: string },
): Operation {
  const steps: Step[] = [];
  const summary: Record<string, number> = {};
  const dependentKeys = new Map<string, string[]>();
  const deployed = new Set<string>();
  const running = new Map<string, string>();
  const unread = new Set<string>();
  const count = (op: string, by: number): void => {
    summary[op] = (summary[op] ?? 0) + by;
    if (summary[op] === 0) delete summary[op];
  };

  for (const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } of events) {
    const begun = resourcePreEvent?.metadata;
    if (begun && !isDefaultProvider(begun.urn)) {
      if (begun.op === "create-replacement" && begun.keys) dependentKeys.set(begun.urn, begun.keys);
      if (begun.logical === true && OPS.has(begun.op)) {
        count(begun.op, 1);
        deployed.add(begun.urn);
        running.set(begun.urn, begun.op);
        if (begun.op !== "same") steps.push(stepOf(begun, begun.op));
      }
    }
    const failed = resOpFailedEvent?.metadata;
    if (failed?.logical === true && OPS.has(failed.op) && !isDefaultProvider(failed.urn)) count(failed.op, -1);

    const done = resOutputsEvent?.metadata;
    const over = done ?? failed;
    if (over) running.delete(over.urn);
    const refreshed = done && (isRefresh || done.op === "refresh") && !isDefaultProvider(done.urn);
    if (!refreshed) continue;
    // A refresh reads no providers and components, but deploys them when it runs the program.
    if (done.type.startsWith("pulumi:") || (done.new ?? done.old)?.custom !== true) {
      unread.add(done.urn);
      continue;
    }
    const op = refreshOp(done, isRefresh);
    if (op !== "same") steps.push(stepOf(done, op));
    if (op !== "same" || isRefresh) count(op, 1);
  }
  // Steps that were cut short have no end.
  if (!ok) for (const op of running.values()) count(op, -1);
  if (isRefresh) for (const urn of unread) if (!deployed.has(urn)) count("same", 1);
  // A dependent that had to go first is a replacement without keys; its creation knows them.
  for (const step of steps) {
    if (step.op === "replace" && step.replaceKeys.length === 0) step.replaceKeys = dependentKeys.get(step.urn) ?? [];
  }

  const diagnostics = events.flatMap(({ diagnosticEvent }) => (diagnosticEvent ? diagnosticsOf(diagnosticEvent) : []));
  if (!ok && !diagnostics.some(({ severity }) => severity === "error")) {
    diagnostics.push({ severity: "error", message: stderr.trim() || "the Pulumi CLI failed without a message" });
  }
  return { ok, steps, summary, diagnostics, text };
}

function refreshOp(done: StepMetadata, isRefresh: boolean): "same" | "refresh" | "refresh-delete" {
  if (isRefresh) {
    if (done.op === "delete") return "refresh-delete";
    return done.op === "update" ? "refresh" : "same";
  }
  if (!done.new) return "refresh-delete";
  const changed = compareMaps(masked(done.old?.inputs), masked(done.new.inputs));
  return Object.keys(done.detailedDiff ?? {}).length > 0 || changed.size > 0 ? "refresh" : "same";
}

function stepOf(metadata: StepMetadata, op: string): Step {
  const { urn, type } = metadata;
  return { op, urn, type, name: nameOf(urn), replaceKeys: metadata.keys ?? [], changes: changesOf(metadata, op) };
}

function changesOf({ old, new: next, detailedDiff }: StepMetadata, op: string): Change[] {
  if (!old || !next || (op !== "update" && op !== "replace" && op !== "refresh")) return [];
  const kinds = Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]): [string, DiffKind] => [path, diffKind]);
  // Without details from the engine, compare what a person would see.
  const side = kinds.length === 0 && op === "refresh" ? "outputs" : "inputs";
  const [before, after] = [masked(old[side]), masked(next[side])];
  const found = kinds.length > 0 ? kinds : [...compareMaps(visible(before), visible(after))];
  return found.map(([path, kind]) => {
    const parts = parsePath(path) ?? [path];
    const from = kind.startsWith("add") ? undefined : shownAt(before, parts);
    const to = kind.startsWith("delete") ? undefined : shownAt(after, parts);
    return { path, kind, ...(from !== undefined && { old: from }), ...(to !== undefined && { new: to }) };
  });
}

/** What is inside a secret is one as well. */
function shownAt(map: PropertyMap, path: Path): Value | undefined {
  const inside = path.some((_, length) => length > 0 && getAt(map, path.slice(0, length)) === "[secret]");
  return inside ? "[secret]" : getAt(map, path);
}

function visible(map: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !key.startsWith("__")));
}

function masked(map: PropertyMap | undefined): PropertyMap {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, maskedValue(value)]));
}

function maskedValue(value: Value): Value {
  if (Array.isArray(value)) return value.map(maskedValue);
  if (value === UNKNOWN) return "[unknown]";
  if (!isObject(value)) return value;
  return value[SIGNATURE] === SECRET_SIGNATURE ? "[secret]" : masked(value);
}

function diagnosticsOf({
  severity,
  message,
  urn,
  ephemeral,
}: NonNullable<EngineEvent["diagnosticEvent"]>): Diagnostic[] {
  // Debug messages hold secrets in plain text.
  if (!isSeverity(severity) || ephemeral === true) return [];
  const plain = message.replace(/<\{%.*?%\}>/g, "").trimEnd();
  // The one is about how the CLI was installed, the other says no more than `ok` does.
  if (plain === "" || /^using pulumi-[\w-]+ from \$PATH/.test(plain) || /^(update|preview) failed$/.test(plain))
    return [];
  return [{ severity, ...(urn && !isDefaultProvider(urn) && { urn }), message: plain }];
}

function isSeverity(severity: string): severity is Diagnostic["severity"] {
  return ["info", "info#err", "warning", "error"].includes(severity);
}
