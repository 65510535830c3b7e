import { parseCron } from "../../../../provider/cron";
import { illegalArgument } from "../../errors";
import { type Handler, ok } from "../../http/call";
import { compact, type JsonObject } from "../../json";
import { boolean, nested } from "../../parse/kinds";
import { type Kind, optional, required } from "../../parse/object-parser";
import { updatePlan } from "./update";

const interval: Kind<string> = {
  tokens: ["VALUE_STRING"],
  parse(value) {
    const text = String(value);
    const parsed = parseCron(text);
    if (parsed.ok) return text;
    throw illegalArgument(`invalid cron expression [${text}]`, { causedBy: illegalArgument(parsed.reason) });
  },
};
const schedule = nested("schedule", { enabled: required(boolean), interval: required(interval) });
const scheduling = nested("connector_scheduling", {
  access_control: optional(schedule),
  full: optional(schedule),
  incremental: optional(schedule),
});

/** A body with only `access_control` is refused: the server's check forgets that kind, and so does this one. */
export const updateScheduling: Handler = (call) => {
  const body = call.body.parse("connector_update_scheduling_request", { scheduling: required(scheduling) });
  const { access_control, full, incremental } = body.scheduling;
  const problems =
    full === undefined && incremental === undefined
      ? ["[scheduling] object needs to define at least one schedule type: [full | incremental | access_control]"]
      : [];
  const plan = updatePlan(call, "update_scheduling", problems, () => ({
    scheduling: compact({ access_control: copy(access_control), full: copy(full), incremental: copy(incremental) }),
  }));
  if (!call.cluster.defects.has("scheduling-write-ignored")) return plan;
  return { ...plan, run: () => ok({ result: "updated" }) };
};

function copy(value: { enabled: boolean; interval: string } | undefined): JsonObject | undefined {
  return value === undefined ? undefined : { ...value };
}
