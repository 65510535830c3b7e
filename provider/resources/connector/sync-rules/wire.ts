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
  return { basic: own(first.active).map(fromWire), advanced: advancedOf(first) };
}

/** Whether advanced rules wait for a connectors service to check them, or were refused by it, and why. */
export function draftState(filtering: WireConnector["filtering"]): { state: string; errors: WireErrors } {
  const validation = filtering?.[0]?.draft?.validation;
  return { state: validation?.state ?? "valid", errors: validation?.errors ?? [] };
}

type WireErrors = { ids: string[]; messages: string[] }[];

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
  const [live] = filtering ?? [];
  const active = live?.active ?? EMPTY;
  const draft = live?.draft ?? EMPTY;
  const basic = desired?.basic ?? (recorded?.basic ? [] : undefined);
  const rules = basic ? withDefault(basic, active.rules, now) : active.rules;
  const advanced = desired?.advanced ?? (recorded?.advanced ? {} : draft.advanced_snippet.value);
  const checked =
    isNone(advanced) ||
    deepEqual(advanced, active.advanced_snippet.value) ||
    (draft.validation.state === "valid" && deepEqual(advanced, draft.advanced_snippet.value));
  const snippet = snippetOf(advanced, [active, draft], now);
  return {
    filtering: [
      {
        domain: "DEFAULT",
        active: { rules, advanced_snippet: checked ? snippet : active.advanced_snippet, validation: VALID },
        draft: {
          rules: basic ? rules : draft.rules,
          advanced_snippet: snippet,
          validation: checked ? VALID : { state: "edited", errors: [] },
        },
      },
    ],
  };
}

const VALID = { state: "valid", errors: [] };
const EMPTY: WireRules = { rules: [], advanced_snippet: { value: {} }, validation: VALID };

/** A draft that a service has accepted, but nobody has activated, doesn't count: then the active ones are told. */
function advancedOf({ active, draft }: WireFiltering): SyncRules["advanced"] {
  const counts = draft.validation?.state === "valid" ? active : draft;
  return (counts.advanced_snippet?.value ?? {}) as SyncRules["advanced"];
}

function own({ rules }: WireRules): WireRule[] {
  return rules.filter(({ id }) => id !== DEFAULT_RULE).sort((a, b) => a.order - b.order);
}

function fromWire({ id, policy, field, rule, value }: WireRule): BasicRule {
  return { policy, field, rule, value, id } as BasicRule;
}

/** Rules as the server stores them, those that stay with the id and the time that they have. */
function withDefault(basic: BasicRule[], live: WireRule[], now: Date): WireRule[] {
  const taken = new Set(basic.map(({ id }) => id));
  const rules = basic.map((rule, order): WireRule => {
    const twin = live.find((other) => other.id !== DEFAULT_RULE && says(other) === says(rule));
    const id = rule.id ?? (twin && !taken.has(twin.id) ? twin.id : freeId(order, taken));
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
