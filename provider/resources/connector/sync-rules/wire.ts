import type { WireConnector, WireFiltering, WireRule, WireRules } from "../../../elasticsearch/connectors";
import { deepEqual } from "../../../model/equality";
import { says } from "./rules";
import { type BasicRule, DEFAULT_RULE, type SyncRules } from "./schema";

/** The rules that count, and the advanced ones that will when a service has checked them. */
export function syncRulesFromWire(filtering: WireConnector["filtering"]): SyncRules | undefined {
  const [first] = filtering ?? [];
  if (!first) {
    return undefined;
  }
  const { active, draft } = partsOf(first);
  // What a service has refused, or accepted while nobody activated it, doesn't count.
  const counts = draft.validation.state === "edited" ? draft : active;
  return { basic: own(active), advanced: counts.advanced_snippet.value as SyncRules["advanced"] };
}

/** Whether the draft waits for a connectors service to check it, or was refused by it, and why. */
export function draftState(filtering: WireConnector["filtering"]): WireRules["validation"] {
  return partsOf(filtering?.[0]).draft.validation;
}

/** Whether the draft holds just these advanced rules. */
export function drafts(filtering: WireConnector["filtering"], advanced: SyncRules["advanced"]): boolean {
  return deepEqual(partsOf(filtering?.[0]).draft.advanced_snippet.value, advanced);
}

/** Whether the declared advanced rules don't count yet once this body has been sent. */
export function awaitsCheck({ filtering }: { filtering: WireFiltering[] }, desired: SyncRules | undefined): boolean {
  return desired?.advanced !== undefined && !deepEqual(filtering[0]?.active.advanced_snippet.value, desired.advanced);
}

/**
 * Body for `_filtering`, draft and active rules at once. Basic rules count from then on; advanced ones that aren't the
 * active ones yet become a draft, which a service has to check. None at all need no check.
 */
export function filteringToWrite(
  desired: SyncRules | undefined,
  recorded: SyncRules | undefined,
  filtering: WireConnector["filtering"],
  now: Date,
): { filtering: WireFiltering[] } {
  const { active, draft } = partsOf(filtering?.[0]);
  const basic = desired?.basic ?? (recorded?.basic ? [] : undefined);
  const rules = basic ? withDefault(basic, active.rules, now) : active.rules;
  const advanced = desired?.advanced ?? (recorded?.advanced ? {} : draft.advanced_snippet.value);
  const checked =
    isNone(advanced) ||
    deepEqual(advanced, active.advanced_snippet.value) ||
    (draft.validation.state === "valid" && deepEqual(advanced, draft.advanced_snippet.value));
  const snippet = snippetOf(advanced, [active, draft], now);
  // Basic rules that somebody drafted and no service has checked yet stay to be checked.
  const noOtherRules = basic !== undefined || draft.validation.state === "valid" || deepEqual(own(draft), own(active));
  return {
    filtering: [
      {
        domain: "DEFAULT",
        active: { rules, advanced_snippet: checked ? snippet : active.advanced_snippet, validation: VALID },
        draft: {
          rules: basic ? rules : draft.rules,
          advanced_snippet: snippet,
          validation: checked && noOtherRules ? VALID : { state: "edited", errors: [] },
        },
      },
    ],
  };
}

const VALID = { state: "valid", errors: [] };
const EMPTY: WireRules = { rules: [], advanced_snippet: { value: {} }, validation: VALID };

/** Active and draft part, complete also where a document lacks something. */
function partsOf(filtering: WireFiltering | undefined): { active: WireRules; draft: WireRules } {
  return { active: { ...EMPTY, ...filtering?.active }, draft: { ...EMPTY, ...filtering?.draft } };
}

function own({ rules }: WireRules): BasicRule[] {
  const mine = rules.filter(({ id }) => id !== DEFAULT_RULE).sort((a, b) => a.order - b.order);
  return mine.map(({ id, policy, field, rule, value }) => ({ policy, field, rule, value, id }) as BasicRule);
}

/** Rules as the server stores them, those that stay with the id and the time that they have. */
function withDefault(basic: BasicRule[], live: WireRule[], now: Date): WireRule[] {
  const declared = new Set(basic.map(({ id }) => id));
  const twins = basic.map((rule) => live.find((other) => other.id !== DEFAULT_RULE && says(other) === says(rule)));
  const kept = basic.map(({ id }, at) => id ?? (declared.has(twins[at]?.id) ? undefined : twins[at]?.id));
  // A new rule must not take the id of one that comes after it.
  const taken = new Set(kept);
  const rules = basic.map((rule, order): WireRule => {
    const twin = twins[order];
    const id = kept[order] ?? freeId(order, taken);
    taken.add(id);
    const same = twin?.id === id && twin.order === order && twin.policy === rule.policy;
    const { policy, field, rule: kind, value } = rule;
    const created = twin?.created_at ?? now.toISOString();
    const updated = (same ? twin.updated_at : undefined) ?? now.toISOString();
    return { id, policy, field, rule: kind, value, order, created_at: created, updated_at: updated };
  });
  const last = live.find(({ id }) => id === DEFAULT_RULE);
  const everything = { id: DEFAULT_RULE, policy: "include", field: "_", rule: "regex", value: ".*" };
  return [...rules, { ...everything, ...last, order: rules.length }];
}

function freeId(position: number, taken: ReadonlySet<string | undefined>): string {
  for (let number = position + 1; ; number++) {
    if (!taken.has(`rule-${number}`)) {
      return `rule-${number}`;
    }
  }
}

function snippetOf(value: unknown, before: WireRules[], now: Date): WireRules["advanced_snippet"] {
  const kept = before.find(({ advanced_snippet }) => deepEqual(advanced_snippet.value, value))?.advanced_snippet;
  return (
    kept ?? { value: value as SyncRules["advanced"], created_at: now.toISOString(), updated_at: now.toISOString() }
  );
}

function isNone(advanced: unknown): boolean {
  return typeof advanced === "object" && advanced !== null && Object.keys(advanced).length === 0;
}
