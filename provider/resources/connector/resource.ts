import type { Elasticsearch } from "../../elasticsearch/connection";
import { deleteConnector, getConnector, putConnector, type WireConnector } from "../../elasticsearch/connectors";
import { explain, leavesDoubt, ProviderError } from "../../elasticsearch/errors";
import { mismatchText, sentences } from "../../model/differences";
import { withoutUndefined } from "../../model/equality";
import { type Change, defineResource } from "../../model/resource";
import { isRecord } from "../../model/unknown";
import { newId } from "../../ownership/ids";
import { sendOnce, sendUnlessLate } from "../../ownership/lost-answer";
import { aspects, writeAspects } from "./aspects";
import { configurationView, secretNames } from "./configuration";
import { observeFormerType } from "./former-type";
import { adviceAbout, ownerOfIndex } from "./index-owner";
import { isLeftUnderId, isLostCreation } from "./lost-creation";
import { liveIssues, localIssues, serverIssues } from "./rules";
import { endRunningSyncs } from "./running-syncs";
import { type ConnectorInputs, connectorFacts, connectorInputs } from "./schema";
import { syncRulesView } from "./sync-rules/rules";
import { noticeRefused } from "./sync-rules/validation";
import { customSchedulingView, featuresView, fromWire, pipelineView, schedulingView } from "./wire";

export const connector = defineResource({
  kind: "Connector",
  inputs: connectorInputs,
  facts: connectorFacts,
  views: {
    name: emptyIsAbsent(),
    description: emptyIsAbsent(),
    native: { equal: (a, b) => (a ?? false) === (b ?? false) },
    configuration: configurationView,
    scheduling: schedulingView,
    customScheduling: customSchedulingView,
    syncRules: syncRulesView,
    pipeline: pipelineView,
    features: featuresView,
  },

  validate: localIssues,

  checkAgainstServer: serverIssues,

  liveIssues: (es, id, check) => liveIssues(es, id, check),

  adoption: {
    of: ({ adopt, connectorId }) => (adopt === true && typeof connectorId === "string" ? connectorId : undefined),
    // Everything else has an endpoint.
    mismatches: ({ native, language }, { inputs }) => [
      ...(native === true && inputs.native !== true
        ? [{ path: ["native"], message: "declared true, found false; a self-managed connector stays one" }]
        : []),
      ...(language !== undefined && inputs.language !== language
        ? [{ path: ["language"], message: mismatchText({ path: [], declared: language, found: inputs.language }) }]
        : []),
    ],
  },

  secretPaths: ({ serviceType, configuration, customScheduling }) => {
    const within = (values: unknown, path: string[]) =>
      secretNames(serviceType, isRecord(values) ? Object.keys(values) : []).map((name) => [...path, name]);
    const schedules = Object.entries(isRecord(customScheduling) ? customScheduling : {}).flatMap(([key, schedule]) =>
      within(isRecord(schedule) ? schedule.configurationOverrides : undefined, [
        "customScheduling",
        key,
        "configurationOverrides",
      ]),
    );
    return [...within(configuration, ["configuration"]), ...schedules];
  },

  // Naming a connector by the id that it has, or naming it no more, leaves it as it is.
  sameMeaning: (olds, news, id) =>
    news.connectorId === undefined || (id !== undefined && olds.connectorId === undefined && news.connectorId === id)
      ? ["connectorId"]
      : [],

  // Two connectors can have neither the same id nor the same index.
  deleteFirst: (olds, news) =>
    (news.connectorId !== undefined && olds.connectorId === news.connectorId) ||
    (news.indexName !== undefined && olds.indexName === news.indexName),

  async create(es, desired, context, made) {
    let id = desired.connectorId ?? newId();
    let tries = 0;
    if (desired.connectorId !== undefined && (await isLeftUnderId(es, id, desired, context))) {
      made(id);
      return;
    }
    const body = withoutUndefined({
      name: desired.name,
      description: desired.description,
      index_name: desired.indexName,
      service_type: desired.serviceType,
      is_native: desired.native ?? false,
      language: desired.language,
    });
    // With neither its id nor its index in the program, nothing finds it again.
    const traceless = desired.connectorId === undefined && desired.indexName === undefined;
    const put = async () => {
      // A request that the server carries out late would reset what was made under the same id meanwhile.
      if (tries++ > 0 && desired.connectorId === undefined) id = newId();
      await putConnector(es, id, body);
    };
    const isThere = async () => (await getConnector(es, id)) !== undefined;
    try {
      await (traceless
        ? sendUnlessLate(put, isThere)
        : sendOnce(
            () => put().then(() => true),
            async () => (await isThere()) || undefined,
          ));
    } catch (error) {
      if (traceless && leavesDoubt(error)) {
        made(id);
      }
      const owner = await ownerOfIndex(es, error, desired.indexName);
      if (
        owner?.id === undefined ||
        desired.connectorId !== undefined ||
        !(await isLostCreation(es, owner, desired, context))
      ) {
        throw explain(error, { object: `Connector '${id}'`, ...adviceAbout(owner) });
      }
      // An earlier attempt was killed before anybody could record its id: this one goes on with what it left.
      made(owner.id);
      return;
    }
    made(id);
  },

  async observe(es, id, recorded) {
    const live = await getConnector(es, id);
    if (!live) {
      return undefined;
    }
    noticeRefused(id, live, recorded.syncRules);
    return {
      inputs: fromWire(live),
      facts: { formerServiceType: await observeFormerType(es, live, recorded) },
      raw: live,
    };
  },

  unfinished: ({ raw, facts }, imported = false) => [
    ...(imported ? [] : aspects.filter(({ missing }) => missing?.(raw as WireConnector))).flatMap(
      ({ inputs }) => inputs,
    ),
    ...(facts.formerServiceType === undefined ? [] : ["configuration"]),
  ],

  async update(es, id, change, { imported = false }, carry) {
    const { version } = await es.info();
    const connector = change.live.raw as WireConnector;
    await refuseUnknownFields(es, id, change, connector);
    await writeAspects(es, id, { ...change, connector, version, imported }, carry);
  },

  async remove(es, id, { deletion, timeouts }) {
    await endRunningSyncs(es, id, timeouts?.delete ?? "30s");
    await deleteConnector(es, id, deletion ?? "hard");
  },
});

/** What `check` could not judge, since the inputs don't tell which connector they speak of. */
async function refuseUnknownFields(
  es: Elasticsearch,
  id: string,
  { desired, recorded }: Change<ConnectorInputs>,
  connector: WireConnector,
): Promise<void> {
  const issues = await liveIssues(es, id, { olds: recorded, news: desired }, connector);
  if (issues.length > 0) {
    throw new ProviderError("invalid", {
      what: "change the connector",
      object: `Connector '${id}'`,
      why: sentences(issues),
      next: "correct the program",
    });
  }
}

function emptyIsAbsent() {
  return { equal: (a: string | undefined, b: string | undefined) => (a ?? "") === (b ?? "") };
}
