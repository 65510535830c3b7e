import { connect, type Elasticsearch } from "../elasticsearch/connection";
import { ProviderError } from "../elasticsearch/errors";
import { type ConnectionSettings, readSettings, SettingsProblem } from "../elasticsearch/settings";

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
    state.settings = readSettings((name) => text(config.get(`elastic:${name}`)), process.env);
    delete state.problem;
  } catch (problem) {
    state.problem = problem;
  }
}

/** @throws ProviderError when the connection isn't configured as it should be. */
export function elasticsearch(): Elasticsearch {
  if (state.problem || !state.settings) {
    throw asProviderError(state.problem);
  }
  state.es ??= connect(state.settings);
  return state.es;
}

function asProviderError(problem: unknown): unknown {
  const why = problem instanceof SettingsProblem ? problem.message : "the provider has not been configured";
  return problem === undefined || problem instanceof SettingsProblem
    ? new ProviderError("misconfigured", { what: "connect to Elasticsearch", why })
    : problem;
}

/** An explicit provider's values arrive as such, the stack's as text. */
function text(value: unknown): string | undefined {
  return value === undefined || value === null || value === "" ? undefined : String(value);
}
