// Collects what happened: steps, messages and the text for the terminal.

import { compareMaps } from "./diff";
import { type End, type Section, terminalText } from "./display";
import type { Change, Diagnostic, Operation, Step } from "./operation";
import { getAt, parsePath } from "./paths";
import { mask, maskMap, type PropertyMap } from "./property";
import type { ResourceState } from "./state";
import { isLogical, type PlanStep } from "./step";
import { isDefaultProvider, nameOf } from "./urn";

export interface Report {
  started(step: PlanStep): void;
  finished(step: PlanStep): void;
  /** A step failed, its object made or not; an empty message means that it was reported already. */
  failed(step: PlanStep, message: string, made: boolean): void;
  /** A step was stopped in the middle: nobody knows what became of it. */
  cutShort(step: PlanStep): void;
  info(message: string, urn?: string): void;
  warning(message: string, urn?: string): void;
  error(message: string, urn?: string): void;
  /** A line that the program or a provider printed. */
  printed(line: string, stream: "stdout" | "stderr"): void;
  /** Stack outputs before and after. */
  outputs(old: PropertyMap, next: PropertyMap): void;
  readonly hasErrors: boolean;
  operation(title: string, dryRun: boolean): Operation;
}

export function createReport(kind: "preview" | "up" | "refresh" | "destroy" | "import"): Report {
  const shown: Shown[] = [];
  const counts: Record<string, number> = {};
  const diagnostics: Diagnostic[] = [];
  const changedOutputs: Section["outputs"] = [];

  function diagnostic(severity: Diagnostic["severity"], message: string, urn?: string): void {
    const clean = withoutEscapes(message).trimEnd();
    if (clean === "") return;
    // The default provider is no concern of the user's; what it says concerns the whole.
    const about = urn === undefined || urn === "" || isDefaultProvider(urn) ? {} : { urn };
    diagnostics.push({ severity, ...about, message: clean });
  }

  function wholeOf({ urn }: PlanStep): Shown | undefined {
    return shown.find(({ step }) => step.op === "replace" && step.urn === urn);
  }

  function show(planned: PlanStep, end: End): void {
    const known = shown.find((entry) => entry.planned === planned);
    if (known) known.end = end;
    else if (!isInternal(planned)) shown.push({ planned, end, step: describe(planned) });
  }

  /** Half a replacement is no step of its own: what becomes of it stands on the line of the whole. */
  function showHalf(planned: PlanStep, end: End): void {
    const whole = wholeOf(planned);
    if (whole) {
      whole.end = end;
      return;
    }
    const left = planned.op === "delete-replaced" && planned.mode !== "delete-first";
    const step = describe({ ...planned, op: left ? "delete-replaced" : "replace" });
    shown.push({ planned, end, half: true, step });
  }

  function count(op: string): void {
    counts[op] = (counts[op] ?? 0) + 1;
  }

  return {
    started(planned) {
      if (planned.op !== "same" && isLogical(planned)) show(planned, "done");
    },
    finished(planned) {
      if (isInternal(planned)) return;
      if (planned.op === "refresh") {
        const op = refreshOp(planned);
        if (op !== "same") show(planned, "done");
        // In a preview or update, what is unchanged is counted by the plan that follows.
        if (op !== "same" || kind === "refresh") count(op);
      } else if (isLogical(planned)) {
        count(planned.op);
      } else if (planned.op === "delete-replaced" && planned.mode !== "delete-first" && !wholeOf(planned)) {
        showHalf(planned, "done");
      }
    },
    failed(planned, message, made) {
      if (isHalf(planned)) showHalf(planned, planned.op === "delete-replaced" ? "old one failed" : "new one failed");
      else if (planned.op !== "refresh" && isLogical(planned)) show(planned, made ? "unfinished" : "failed");
      diagnostic("error", message, planned.urn);
    },
    cutShort(planned) {
      if (isHalf(planned)) showHalf(planned, "cut short");
      else if (planned.op !== "refresh" && isLogical(planned)) show(planned, "cut short");
    },
    info: (message, urn) => diagnostic("info", message, urn),
    warning: (message, urn) => diagnostic("warning", message, urn),
    error: (message, urn) => diagnostic("error", message, urn),
    printed: (line, stream) => diagnostic(stream === "stdout" ? "info" : "info#err", line),
    outputs(old, next) {
      for (const path of compareMaps(old, next).keys()) {
        const [key] = parsePath(path) ?? [path];
        const name = String(key);
        if (changedOutputs.some((output) => output.name === name)) continue;
        changedOutputs.push({ name, ...pair(old[name], next[name]) });
      }
    },
    get hasErrors() {
      return diagnostics.some(({ severity }) => severity === "error");
    },
    operation(title, dryRun) {
      const ok = !diagnostics.some(({ severity }) => severity === "error");
      const lines = shown.map(({ step, end, planned }) => ({
        step,
        end,
        resumed: step.op === "update" && step.changes.length === 0 && (planned.old?.initErrors ?? []).length > 0,
        inputs: maskMap((planned.op === "create" && planned.new?.inputs) || {}),
      }));
      // To Pulumi a replacement of which a half failed is one that was done: the summary follows it, the text doesn't.
      const half = shown.filter(({ step, end, half }) => step.op === "replace" && end !== "done" && !half).length;
      const told = { ...counts, replace: (counts.replace ?? 0) - half };
      const text = terminalText({ title, dryRun, ok, lines, outputs: changedOutputs, diagnostics, counts: told });
      const steps = shown.filter(({ half }) => !half).map(({ step }) => step);
      return { ok, steps, summary: counts, diagnostics, text };
    },
  };
}

/** What the text tells of a step. */
interface Shown {
  planned: PlanStep;
  end: End;
  step: Step;
  /** Half a replacement, told because it failed or because an earlier operation has left it: no step by itself. */
  half?: boolean;
}

function isHalf({ op }: PlanStep): boolean {
  return op === "create-replacement" || op === "delete-replaced";
}

function isInternal({ urn }: PlanStep): boolean {
  return isDefaultProvider(urn);
}

function refreshOp({ old, new: next, diff }: PlanStep): "same" | "refresh" | "refresh-delete" {
  if (old && next === undefined) return "refresh-delete";
  return diff?.changes ? "refresh" : "same";
}

function describe(planned: PlanStep): Step {
  const op = planned.op === "refresh" ? refreshOp(planned) : planned.op;
  const replaceKeys = [...planned.keys];
  return {
    op,
    urn: planned.urn,
    type: planned.type,
    name: nameOf(planned.urn),
    replaceKeys,
    changes: changesOf(planned),
  };
}

function changesOf({ op, old, new: next, diff }: PlanStep): Change[] {
  if (old === undefined || next === undefined || (op !== "update" && op !== "replace" && op !== "refresh")) return [];
  if (diff?.detailed) {
    const [before, after] = [old.inputs ?? {}, next.inputs ?? {}];
    return [...diff.detailed].map(([path, kind]) => {
      const parts = parsePath(path) ?? [path];
      return { path, kind, ...pair(getAt(before, parts), getAt(after, parts)) };
    });
  }
  // The provider only said that something changed: compare what a person would see.
  const side = op === "refresh" ? "outputs" : "inputs";
  const [before, after] = [visible(old[side]), visible(next[side])];
  return [...compareMaps(before, after)].map(([path, kind]) => {
    const parts = parsePath(path) ?? [path];
    return { path, kind, ...pair(getAt(before, parts), getAt(after, parts)) };
  });
}

function visible(map: ResourceState["inputs"]): PropertyMap {
  return Object.fromEntries(Object.entries(maskMap(map ?? {})).filter(([key]) => !key.startsWith("__")));
}

function pair(
  old: PropertyMap[string] | undefined,
  next: PropertyMap[string] | undefined,
): { old?: unknown; new?: unknown } {
  return { ...(old !== undefined && { old: mask(old) }), ...(next !== undefined && { new: mask(next) }) };
}

/** Without terminal escapes and control characters, which could forge what a person reads. */
function withoutEscapes(text: string): string {
  // biome's rule against control characters in patterns is met by building them from their codes.
  return text.replace(ESCAPES, "").replace(CONTROLS, "");
}

const ESC = String.fromCharCode(27);
const ESCAPES = new RegExp(
  `${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${String.fromCharCode(7)}]*(?:${String.fromCharCode(7)}|${ESC}\\\\)|[@-Z\\\\-_])`,
  "g",
);
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
