import type { Elasticsearch } from "../../../elasticsearch/connection";
import { getConnector, putAspect, type WireConnector } from "../../../elasticsearch/connectors";
import { ProviderError } from "../../../elasticsearch/errors";
import { milliseconds } from "../../../model/duration";
import { notice } from "../../../model/notice";
import { poll } from "../../../model/poll";
import { withoutSensitive } from "../configuration";
import type { SyncRules } from "./schema";
import { awaitsCheck, draftState, drafts, filteringToWrite } from "./wire";

/** A service that was seen within this time runs: it reports in the round that follows five minutes of silence. */
const LATELY = 6 * 60_000;

/**
 * Waits until a connectors service has checked the draft of the declared rules, when one runs. Without one the draft is
 * left for later, and the user is told.
 *
 * @throws ProviderError when the service refuses the rules.
 */
export async function awaitValidation(
  es: Elasticsearch,
  id: string,
  declared: SyncRules | undefined,
  timeout: string,
): Promise<void> {
  const connector = await getConnector(es, id);
  if (draftState(connector?.filtering).state !== "edited") {
    return conclude(es, id, connector, declared);
  }
  if (!seenLately(connector)) {
    notice("Connector", id, `${DRAFT}, which no service has done yet; until then the former ones count`);
    return;
  }
  const checked = await poll(milliseconds(timeout), async () => {
    const now = await getConnector(es, id);
    return draftState(now?.filtering).state === "edited" ? undefined : now;
  });
  if (!checked) {
    notice("Connector", id, `${DRAFT}, which it has not done within ${timeout}; until then the former ones count`);
  }
  await conclude(es, id, checked, declared);
}

/** A service checks and activates with two requests, and may have sent only the first. */
async function conclude(
  es: Elasticsearch,
  id: string,
  connector: WireConnector | undefined,
  declared: SyncRules | undefined,
): Promise<void> {
  refuseInvalid(id, connector);
  const body = filteringToWrite(declared, declared, connector?.filtering, new Date());
  const inactive = { filtering: connector?.filtering ?? [] };
  if (connector && awaitsCheck(inactive, declared) && !awaitsCheck(body, declared)) {
    await putAspect(es, id, "_filtering", body);
  }
}

/** Tells of advanced rules that are declared, but were refused. */
export function noticeRefused(id: string, connector: WireConnector, declared: SyncRules | undefined): void {
  const { state, errors } = draftState(connector.filtering);
  if (declared?.advanced !== undefined && state === "invalid" && drafts(connector.filtering, declared.advanced)) {
    notice("Connector", id, `the connectors service refused the sync rules: ${reasons(connector, errors)}`);
  }
}

const DRAFT = "the advanced sync rules are a draft that a connectors service has to check";

function refuseInvalid(id: string, connector: WireConnector | undefined): void {
  const { state, errors } = draftState(connector?.filtering);
  if (connector && state === "invalid") {
    throw new ProviderError("invalid", {
      what: "activate the sync rules",
      object: `Connector '${id}'`,
      why: `the connectors service refused them: ${reasons(connector, errors)}`,
      next: "correct syncRules and run 'pulumi up' again; until then the former rules count",
    });
  }
}

/** In the service's words, which may repeat what it was given to connect with. */
function reasons(connector: WireConnector, errors: { ids: string[]; messages: string[] }[]): string {
  const told = errors.map(({ ids, messages }) => {
    const which = ids.map((rule) => (rule === "advanced_snippet" ? "syncRules.advanced" : `rule '${rule}'`)).join(", ");
    return `${which}: ${messages.join("; ")}`;
  });
  return withoutSensitive(told.join(". "), connector) || "no reason given";
}

function seenLately(connector: WireConnector | undefined): boolean {
  return connector?.last_seen ? Date.now() - Date.parse(connector.last_seen) < LATELY : false;
}
