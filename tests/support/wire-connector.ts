import type { WireConnector } from "../../provider/elasticsearch/connectors";

export const NEVER = { enabled: false, interval: "0 0 0 * * ?" };
export const NIGHTLY = { enabled: true, interval: "0 0 2 * * ?" };

/** A connector as the server has it after a bare creation. */
export const BARE: WireConnector = {
  id: "c",
  name: "",
  service_type: "mongodb",
  is_native: false,
  configuration: {},
  scheduling: { full: NEVER, incremental: NEVER, access_control: NEVER },
  pipeline: null,
  features: null,
};
