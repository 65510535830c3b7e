import type { Entry } from "../dsl";
import { apiKeyChangeEntries } from "./api-key-changes";
import { apiKeyEntries } from "./api-keys";
import { configurationEntries } from "./configuration";
import { createEntries } from "./connectors-create";
import { readEntries } from "./connectors-read";
import { updateEntries } from "./connectors-update";
import { correctionEntries } from "./corrections";
import { crossClusterKeyEntries } from "./cross-cluster-keys";
import { documentEntries } from "./documents";
import { filteringEntries } from "./filtering";
import { indexEntries } from "./indices";
import { protocolEntries } from "./protocol";
import { secretEntries } from "./secrets";
import { syncJobEntries } from "./sync-jobs";

/** The whole suite. */
export const entries: readonly Entry[] = [
  ...createEntries,
  ...readEntries,
  ...updateEntries,
  ...configurationEntries,
  ...filteringEntries,
  ...secretEntries,
  ...syncJobEntries,
  ...apiKeyEntries,
  ...apiKeyChangeEntries,
  ...crossClusterKeyEntries,
  ...indexEntries,
  ...documentEntries,
  ...protocolEntries,
  ...correctionEntries,
];
