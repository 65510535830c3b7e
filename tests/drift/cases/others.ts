import { OURS, SECRET, type Table } from "../model";

export const secrets: Table = {
  kind: "ConnectorSecret",
  cases: [
    {
      field: "value",
      args: { value: "canary-declared" },
      theirs: [["PUT", "/_connector/_secret/{id}", { value: "canary-theirs" }]],
      seen: { value: SECRET },
    },
  ],
  undeclared: [],
  fixed: { valueVersion: OURS },
};

const RUN = "says how a sync is run: what a run leaves on the server is its job, which is a report";

export const syncJobs: Table = {
  kind: "SyncJob",
  cases: [],
  undeclared: [],
  fixed: {
    connectorId: RUN,
    jobType: RUN,
    "triggers.*": OURS,
    runOnCreate: OURS,
    wait: OURS,
    "timeouts.start": OURS,
    "timeouts.complete": OURS,
  },
};
