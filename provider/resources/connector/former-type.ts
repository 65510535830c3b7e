import { serviceType } from "../../catalogue";
import type { Elasticsearch } from "../../elasticsearch/connection";
import type { WireConnector } from "../../elasticsearch/connectors";
import { hasFieldsOf } from "./configuration";
import type { ConnectorFacts, ConnectorInputs } from "./schema";

/**
 * The type whose fields are still registered although the connector has another one by now: its type and its fields are
 * written one after the other, and something came in between. The update that failed has recorded it; of one that was killed
 * only fields that are just those of the recorded type tell.
 */
export async function observeFormerType(
  es: Elasticsearch,
  { service_type, configuration }: WireConnector,
  recorded: Partial<ConnectorInputs & ConnectorFacts>,
): Promise<string | undefined> {
  const former = recorded.formerServiceType ?? recorded.serviceType;
  const registered = configuration ?? {};
  if (!former || !service_type || former === service_type || Object.keys(registered).length === 0) {
    return undefined;
  }
  const { version } = await es.info();
  const areOf = (type: string) => hasFieldsOf(serviceType(type, version), registered);
  if (areOf(service_type)) {
    return undefined;
  }
  return recorded.formerServiceType !== undefined || areOf(former) ? former : undefined;
}
