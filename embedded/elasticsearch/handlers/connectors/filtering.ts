import { statusException } from "../../errors";
import type { Handler } from "../../http/call";
import { compact, isObject, type Json, type JsonObject } from "../../json";
import { dateTime, integer, listOf, nested, string, strings, word } from "../../parse/kinds";
import { type Kind, optional, type Parsed, required } from "../../parse/object-parser";
import { defaultRule } from "./defaults";
import { connectorId, requireConnector, timestamp } from "./documents";
import { updatePlan } from "./update";

const ruleShape = {
  created_at: optional(dateTime),
  field: required(string),
  id: required(string),
  order: required(integer),
  policy: required(word("policy", ["include", "exclude"])),
  rule: required(word("rule", ["contains", "ends_with", "equals", ">", "<", "regex", "starts_with"])),
  updated_at: optional(dateTime),
  value: required(string),
};
const snippetValue: Kind<Json> = { tokens: ["START_OBJECT", "START_ARRAY"], parse: (value) => value };
const snippetShape = {
  created_at: optional(dateTime),
  updated_at: optional(dateTime),
  value: required(snippetValue),
};
const rule = nested("connector_filtering_rule", ruleShape);
const snippet = nested("connector_filtering_advanced_snippet", snippetShape);
const validation = nested("filtering_validation_info", {
  errors: required(listOf(nested("filtering_validation", { ids: required(strings), messages: required(strings) }))),
  state: required(word("validation state", ["edited", "invalid", "valid"])),
});
const rulesShape = {
  advanced_snippet: required(snippet),
  rules: required(listOf(rule)),
  validation: required(validation),
};
const rules = nested("connector_filtering_rules", rulesShape);
const filtering = nested("connector_filtering", {
  active: required(rules),
  domain: optional(string),
  draft: required(rules),
});

/** Replaces the whole filtering, or edits the draft. */
export const updateFiltering: Handler = (call) => {
  const { cluster } = call;
  const body = call.body.parse("connector_update_filtering_request", {
    advanced_snippet: optional(snippet),
    filtering: optional(listOf(filtering)),
    rules: optional(listOf(rule)),
  });
  const drafts = body.rules !== undefined || body.advanced_snippet !== undefined;
  const problems: string[] = [];
  if (body.filtering === undefined && !drafts) problems.push("[advanced_snippet] and [rules] cannot be both [null].");
  if (body.filtering !== undefined && drafts) {
    problems.push(
      "If [filtering] is specified, [rules] and [advanced_snippet] should not be present in the request body.",
    );
  }
  return updatePlan(call, "update_filtering", problems, () => {
    const now = timestamp(cluster);
    const given = body.filtering;
    if (given !== undefined) {
      return {
        filtering: given.map((each) => ({
          active: stored(each.active, now),
          domain: "DEFAULT",
          draft: stored(each.draft, now),
        })),
      };
    }
    const current = firstFiltering(requireConnector(cluster, connectorId(call)));
    const draft = isObject(current.draft) ? current.draft : {};
    const edited = {
      advanced_snippet:
        body.advanced_snippet === undefined
          ? (draft.advanced_snippet ?? {})
          : storedSnippet(body.advanced_snippet, now),
      rules:
        body.rules === undefined
          ? (draft.rules ?? [])
          : withDefaultRule(
              body.rules.map((each) => storedRule(each, now)),
              now,
            ),
      validation: { errors: [], state: "edited" },
    };
    return { filtering: [{ ...current, draft: edited }] };
  });
};

export const updateFilteringValidation: Handler = (call) => {
  const body = call.body.parse("connector_update_filtering_validation_request", { validation: required(validation) });
  return updatePlan(call, "update_filtering_validation", [], () => {
    const current = firstFiltering(requireConnector(call.cluster, connectorId(call)));
    const draft = isObject(current.draft) ? current.draft : {};
    return { filtering: [{ ...current, draft: { ...draft, validation: storedValidation(body.validation) } }] };
  });
};

export const activateFiltering: Handler = (call) =>
  updatePlan(call, "update_filtering/activate", [], () => {
    const current = firstFiltering(requireConnector(call.cluster, connectorId(call)));
    const draft = isObject(current.draft) ? current.draft : {};
    const state = isObject(draft.validation) ? String(draft.validation.state) : "";
    if (state !== "valid" && !call.cluster.defects.has("filtering-activate-ignored")) {
      throw statusException(
        "Filtering draft needs to be validated by the connector service before activation. " +
          `Current filtering draft validation state [${state}] is not equal to [valid].`,
      );
    }
    if (call.cluster.defects.has("filtering-activate-ignored")) return {};
    return { filtering: [{ ...current, active: draft }] };
  });

function firstFiltering(source: JsonObject): JsonObject {
  const first = Array.isArray(source.filtering) ? source.filtering[0] : undefined;
  return isObject(first) ? first : { domain: "DEFAULT", active: {}, draft: {} };
}

/** Rules in their order, the default rule last with the next number. */
function withDefaultRule(given: JsonObject[], now: string): JsonObject[] {
  const ordered = [...given].sort((a, b) => Number(a.order) - Number(b.order));
  const own = ordered.filter((each) => each.id !== "DEFAULT");
  const last = own.at(-1);
  const createdAt = ordered.find((each) => each.id === "DEFAULT")?.created_at;
  return [
    ...own,
    defaultRule(typeof createdAt === "string" ? createdAt : now, last === undefined ? 0 : Number(last.order) + 1),
  ];
}

function stored(value: Parsed<typeof rulesShape>, now: string): JsonObject {
  return {
    advanced_snippet: storedSnippet(value.advanced_snippet, now),
    rules: value.rules.map((each) => storedRule(each, now)),
    validation: storedValidation(value.validation),
  };
}

function storedSnippet(value: Parsed<typeof snippetShape>, now: string): JsonObject {
  return { created_at: printed(value.created_at, now), updated_at: printed(value.updated_at, now), value: value.value };
}

function storedRule(value: Parsed<typeof ruleShape>, now: string): JsonObject {
  const { created_at, updated_at, ...rest } = value;
  return compact({ ...rest, created_at: printed(created_at, now), updated_at: printed(updated_at, now) });
}

function storedValidation(value: { errors: { ids: string[]; messages: string[] }[]; state: string }): JsonObject {
  return { errors: value.errors.map((each) => ({ ...each })), state: value.state };
}

/** Times are read and printed again: UTC, with at least three fraction digits. */
function printed(time: string | undefined, now: string): string {
  if (time === undefined) return now;
  const fraction = /\.(\d{4,9})/.exec(time)?.[1];
  const iso = new Date(
    Date.parse(/[T]/.test(time) && !/(Z|[+-]\d{2}:?\d{2})$/.test(time) ? `${time}Z` : time),
  ).toISOString();
  return fraction === undefined ? iso : iso.replace(/\.\d{3}Z$/, `.${fraction}Z`);
}
