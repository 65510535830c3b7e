import { serviceType } from "../../catalogue";
import type { Elasticsearch } from "../../elasticsearch/connection";
import {
  type Aspect,
  changeConnectorDocument,
  getConnector,
  putAspect,
  updateFeaturesDocument,
  type WireConnector,
} from "../../elasticsearch/connectors";
import { explain } from "../../elasticsearch/errors";
import { abilities } from "../../elasticsearch/version";
import { notice } from "../../model/notice";
import type { Change } from "../../model/resource";
import { sendUnlessLate } from "../../ownership/lost-answer";
import { bindAtOnce } from "./binding";
import { configurationToWrite } from "./configuration";
import { whoseIndex } from "./index-owner";
import type { ConnectorFacts, ConnectorInputs } from "./schema";
import { awaitValidation } from "./sync-rules/validation";
import { awaitsCheck, filteringToWrite } from "./sync-rules/wire";
import {
  creationFeatures,
  customSchedulesToWrite,
  defaultPipeline,
  featuresToWrite,
  pipelineToWire,
  schedulesToWrite,
} from "./wire";

export interface AspectChange extends Change<ConnectorInputs, ConnectorFacts> {
  connector: WireConnector;
  version: { major: number; minor: number };
  /** What it lacks of a new connector isn't missing. */
  imported?: boolean;
}

/** One endpoint of a connector: which inputs it carries, and what to send for them. */
export interface AspectRow {
  aspect: Aspect | "custom_scheduling";
  inputs: readonly (keyof ConnectorInputs)[];
  /** The body, or nothing when nothing differs. */
  body(change: AspectChange): Record<string, unknown> | undefined;
  /** Written although no input changed: what a connector gets at its creation and doesn't have yet. */
  missing?(connector: WireConnector): boolean;
}

/**
 * All aspects in the order in which they are written. Index and key come first, since the secret holds the new key already;
 * only features may be needed for them (a native connector from before 8.13 has no key before it is enabled).
 */
export const aspects: readonly AspectRow[] = [
  {
    aspect: "_features",
    inputs: ["features"],
    // A type that isn't in the catalogue has no features to begin with.
    missing: ({ features, service_type }) => !features && serviceType(service_type ?? "") !== undefined,
    body: ({ desired, recorded, connector, version }) => {
      const type = serviceType(desired.serviceType, version);
      const features = connector.features
        ? featuresToWrite(desired.features, recorded.features, connector.features, type)
        : creationFeatures(desired.features, type);
      return Object.keys(features).length > 0 ? { features } : undefined;
    },
  },
  {
    aspect: "_index_name",
    inputs: ["indexName"],
    body: ({ desired }) => ({ index_name: desired.indexName ?? null }),
  },
  {
    aspect: "_api_key_id",
    inputs: ["apiKeyId", "apiKeySecretId"],
    body: ({ desired, connector }) => {
      const { apiKeyId, apiKeySecretId } = desired;
      const body = {
        ...(apiKeyId !== undefined && apiKeyId !== connector.api_key_id ? { api_key_id: apiKeyId } : {}),
        ...(apiKeySecretId !== undefined && apiKeySecretId !== connector.api_key_secret_id
          ? { api_key_secret_id: apiKeySecretId }
          : {}),
      };
      return Object.keys(body).length > 0 ? body : undefined;
    },
  },
  {
    aspect: "_name",
    inputs: ["name", "description"],
    body: ({ changed, desired }) => ({
      ...(changed.has("name") ? { name: desired.name ?? "" } : {}),
      ...(changed.has("description") ? { description: desired.description ?? "" } : {}),
    }),
  },
  {
    aspect: "_service_type",
    inputs: ["serviceType"],
    // Sent again it would reset the status once more.
    body: ({ desired, connector }) =>
      desired.serviceType === connector.service_type ? undefined : { service_type: desired.serviceType },
  },
  {
    aspect: "_native",
    inputs: ["native"],
    // Left out means false: no conversion, and no word of one.
    body: ({ desired, connector }) => {
      const native = desired.native ?? false;
      return native === connector.is_native ? undefined : { is_native: native };
    },
  },
  {
    aspect: "_configuration",
    inputs: ["configuration", "serviceType"],
    body: ({ changed, desired, recorded, live, connector, version }) => {
      const registered = connector.configuration ?? {};
      const retyped = changed.has("serviceType") || live.facts.formerServiceType !== undefined;
      const declared = desired.configuration !== undefined || recorded.configuration !== undefined;
      return declared || (retyped && Object.keys(registered).length > 0)
        ? configurationToWrite(
            serviceType(desired.serviceType, version),
            desired.configuration ?? {},
            recorded.configuration ?? {},
            registered,
            retyped,
          )
        : undefined;
    },
  },
  {
    aspect: "_scheduling",
    inputs: ["scheduling"],
    body: ({ desired, recorded, connector }) => {
      const scheduling = schedulesToWrite(desired.scheduling, recorded.scheduling, connector.scheduling ?? {});
      return Object.keys(scheduling).length > 0 ? { scheduling } : undefined;
    },
  },
  {
    aspect: "custom_scheduling",
    inputs: ["customScheduling"],
    body: ({ desired, recorded, connector }) => ({
      custom_scheduling: customSchedulesToWrite(
        desired.customScheduling,
        recorded.customScheduling,
        connector.custom_scheduling ?? {},
      ),
    }),
  },
  {
    aspect: "_filtering",
    inputs: ["syncRules"],
    body: ({ desired, recorded, connector }) =>
      filteringToWrite(desired.syncRules, recorded.syncRules, connector.filtering, new Date()),
  },
  {
    aspect: "_pipeline",
    inputs: ["pipeline"],
    missing: ({ pipeline }) => !pipeline,
    body: ({ desired, version }) => ({
      pipeline: desired.pipeline ? pipelineToWire(desired.pipeline) : defaultPipeline(version.major),
    }),
  },
];

/**
 * Writes the aspects that have changed, each with one request; a new index and the key for it together with one. Between a
 * new service type and its fields the former one is carried.
 */
export async function writeAspects(
  es: Elasticsearch,
  id: string,
  change: AspectChange,
  carry: (known: ConnectorFacts) => void,
): Promise<void> {
  const former = formerTypeOf(change);
  const changed = new Set([...change.changed, ...(former ? ["configuration"] : [])]);
  const writes = aspects.flatMap((row) => {
    const missing = !change.imported && row.missing?.(change.connector);
    const due = missing || row.inputs.some((name) => changed.has(name));
    const body = due ? row.body(change) : undefined;
    return body ? [{ row, body }] : [];
  });
  const bodies = new Map(writes.map(({ row, body }) => [row.aspect as string, body]));
  if (former && bodies.has("_configuration")) {
    carry({ formerServiceType: former });
  }
  let bound = false;
  for (const { row, body } of writes) {
    if (row.aspect === "_index_name") {
      bound = await bindAtOnce(es, id, bodies);
    }
    if (!bound || (row.aspect !== "_index_name" && row.aspect !== "_api_key_id")) {
      await writeAspect(es, id, row, body, change);
      if (row.aspect === "_configuration") {
        carry({ formerServiceType: undefined });
      }
    }
  }
  // Last, since the service may refuse the rules: nothing else has to wait for that.
  const rules = bodies.get("_filtering");
  if (rules && awaitsCheck(rules as FilteringBody, change.desired.syncRules)) {
    const { syncRules, timeouts } = change.desired;
    await awaitValidation(es, id, syncRules, timeouts?.syncRules ?? "1m");
  }
}

/** The type that the connector had before this change of it, or before an earlier one that isn't finished. */
function formerTypeOf({ live, connector, recorded, desired }: AspectChange): string | undefined {
  const types = [live.facts.formerServiceType, connector.service_type, recorded.serviceType];
  return types.find((type) => type && type !== desired.serviceType) ?? undefined;
}

type FilteringBody = ReturnType<typeof filteringToWrite>;

async function writeAspect(
  es: Elasticsearch,
  id: string,
  row: AspectRow,
  body: Record<string, unknown>,
  change: AspectChange,
): Promise<void> {
  const { aspect } = row;
  if (aspect === "custom_scheduling") {
    // From the document as it is by then: a service writes there too.
    const of = (source: object) => row.body({ ...change, connector: { ...change.connector, ...source } }) ?? body;
    return changeConnectorDocument(es, id, of);
  }
  if (aspect === "_features" && !abilities.connectorFeatures(change.version)) {
    await updateFeaturesDocument(es, id, body.features as NonNullable<WireConnector["features"]>);
    return;
  }
  const put = () => putAspect(es, id, aspect, body);
  const isDone = async () => (await getConnector(es, id))?.service_type === body.service_type;
  await (aspect === "_service_type" ? sendUnlessLate(put, isDone) : put()).catch(async (error) => {
    throw explain(error, await whoseIndex(es, error, change.desired.indexName));
  });
  if (aspect === "_native" && !change.desired.native) {
    notice(
      "Connector",
      id,
      "is self-managed from now on, which can't be undone; your own connectors service has to run it",
    );
  }
}
