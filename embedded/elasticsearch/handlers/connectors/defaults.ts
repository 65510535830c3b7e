import { compact, type JsonObject } from "../../json";
import type { Profile } from "../../profile";

export interface NewConnector {
  readonly description?: string | undefined;
  readonly index_name?: string | null | undefined;
  readonly is_native?: boolean | undefined;
  readonly language?: string | undefined;
  readonly name?: string | undefined;
  readonly service_type?: string | undefined;
}

/** The whole document of a connector just created; what isn't in it is absent, not null. */
export function defaultConnector(given: NewConnector, now: string, profile: Profile): JsonObject {
  const native = given.is_native ?? false;
  return compact({
    configuration: {},
    custom_scheduling: {},
    deleted: profile.since9_0 ? false : undefined,
    description: given.description,
    filtering: [{ active: filteringRules(now), domain: "DEFAULT", draft: filteringRules(now) }],
    index_name: given.index_name ?? undefined,
    is_native: native,
    language: given.language,
    name: given.name ?? "",
    scheduling: { access_control: schedule(), full: schedule(), incremental: schedule() },
    service_type: given.service_type,
    status: native ? "needs_configuration" : "created",
    sync_now: false,
  });
}

/** The rule that is always last: everything else is included. */
export function defaultRule(createdAt: string, order: number): JsonObject {
  return {
    created_at: createdAt,
    field: "_",
    id: "DEFAULT",
    order,
    policy: "include",
    rule: "regex",
    updated_at: createdAt,
    value: ".*",
  };
}

function filteringRules(now: string): JsonObject {
  return {
    advanced_snippet: { created_at: now, updated_at: now, value: {} },
    rules: [defaultRule(now, 0)],
    validation: { errors: [], state: "valid" },
  };
}

function schedule(): JsonObject {
  return { enabled: false, interval: "0 0 0 * * ?" };
}
