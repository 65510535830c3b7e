import { connect, type Elasticsearch } from "../elasticsearch/connection";
import { type ConnectionSettings, misconfigured, readSettings, SettingsProblem } from "../elasticsearch/settings";

/** Configuration of the provider as the engine hands it over. */
export interface EngineConfiguration {
  config: { get(key: string): unknown };
}

interface State {
  settings?: ConnectionSettings;
  problem?: unknown;
  es?: Elasticsearch;
}

// One provider instance is one process, so its connection belongs to the process. All kinds share it.
const state: State = {};

/**
 * Takes the configuration. Never throws and never waits: the engine starts the first calls before it has answered, and
 * an error here would let some of them run without any configuration. Problems come up at the first use.
 */
export function configure({ config }: EngineConfiguration): void {
  try {
    state.settings = readSettings((name) => config.get(`elastic:${name}`), process.env);
    delete state.problem;
  } catch (problem) {
    state.problem = problem;
  }
}

/** @throws ProviderError when the connection isn't configured as it should be. */
export function elasticsearch(): Elasticsearch {
  if (state.problem || !state.settings) {
    throw misconfigured(state.problem ?? new SettingsProblem("the provider has not been configured"));
  }
  state.es ??= connect(state.settings);
  return state.es;
}
