import { serviceType } from "../../../catalogue";
import { deepEqual } from "../../../model/equality";
import type { Issue } from "../../../model/issues";
import type { View } from "../../../model/resource";
import { containsUnknown, isRecord } from "../../../model/unknown";
import type { BasicRule, SyncRules } from "./schema";

/** Only the kinds of rules that are declared are compared, and ids only of rules that are declared with one. */
export const syncRulesView: View<SyncRules> = {
  equal: deepEqual,
  of: (declared, live) => ({
    ...(declared.basic ? { basic: inSpellingOf(declared.basic, live?.basic ?? []) } : {}),
    ...(declared.advanced ? { advanced: live?.advanced ?? {} } : {}),
  }),
};

/** What a connectors service would refuse of basic rules, told with the rule. Values may hold unknowns. */
export function syncRuleIssues(syncRules: unknown, type: unknown): Issue[] {
  if (!isRecord(syncRules)) {
    return [];
  }
  const rules = Array.isArray(syncRules.basic) ? (syncRules.basic as Partial<BasicRule>[]) : [];
  const known = rules.map((rule) => (isRecord(rule) && !containsUnknown(rule) ? rule : {}) as Partial<BasicRule>);
  const issues = known.flatMap((rule, at) =>
    broken(rule, known.slice(0, at)).map(({ name, message }) => ({ path: ["syncRules", "basic", at, name], message })),
  );
  return [...issues, ...advancedIssues(syncRules.advanced, type)];
}

function broken(rule: Partial<BasicRule>, before: Partial<BasicRule>[]): { name: string; message: string }[] {
  const found: { name: string; message: string }[] = [];
  if (rule.rule === "regex" && (rule.value === ".*" || rule.value === "(.*)")) {
    found.push({ name: "value", message: "must not match everything: what no rule matches is included anyway" });
  }
  const twin = before.findIndex((other) => rule.field !== undefined && says(other) === says(rule));
  if (twin >= 0) {
    const message = `compares the same as syncRules.basic[${twin}], which decides first; a service refuses both`;
    found.push({ name: "value", message });
  }
  const namesake = before.findIndex((other) => rule.id !== undefined && other.id === rule.id);
  if (namesake >= 0) {
    found.push({ name: "id", message: `is the id of syncRules.basic[${namesake}] already` });
  }
  return found;
}

function advancedIssues(advanced: unknown, type: unknown): Issue[] {
  const known = typeof type === "string" ? serviceType(type) : undefined;
  return advanced === undefined || !known || known.features.sync_rules.advanced.enabled
    ? []
    : [{ path: ["syncRules", "advanced"], message: `the service type ${known.name} has no advanced sync rules` }];
}

/** What a rule compares: two rules that compare the same can't stand together, whatever their policies. */
export function says({ field, rule, value }: { field?: unknown; rule?: unknown; value?: unknown }): string {
  return JSON.stringify([field, rule, value]);
}

/** The live rules; an id shows where the declared rule in its place has one. */
function inSpellingOf(declared: BasicRule[], live: BasicRule[]): BasicRule[] {
  return live.map(({ id, ...rest }, at) => (declared[at]?.id === undefined || !id ? rest : { ...rest, id }));
}
