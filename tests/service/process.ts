import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceUnderTest } from "./under-test";
import { until } from "./until";

/** A running connectors service. */
export interface RunningService {
  /** Everything that it has logged so far, without colours. */
  log(): string;
  ended(): boolean;
  /** Asks it to end, as a service manager does, and waits until it has; answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it without leave to tidy up. */
  kill(): Promise<void>;
}

/** One entry of the `connectors:` list. */
export interface Entry {
  connector_id: string;
  service_type: string;
  api_key?: string;
}

export interface Modes {
  /** Whether the service uses the connectors API, as it does by default, or only the indices. */
  connectorsApi?: boolean;
  /** Service types whose native connectors it serves; up to 8.19. */
  nativeTypes?: string[];
}

export interface Configuration extends Modes {
  endpoint: string;
  /** Key of the service itself, encoded. */
  key: string;
  connectors: Entry[];
}

/** Starts the service with this text as its configuration file, which is kept in the folder. */
export function startService({ binary }: ServiceUnderTest, folder: string, configYml: string): RunningService {
  const file = join(folder, "config.yml");
  writeFileSync(file, configYml, { mode: 0o600 });
  const child = spawn(binary, ["-c", file], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      PYTHONPATH: join(__dirname, "sources"),
      PYTHONDONTWRITEBYTECODE: "1",
      // The newest service may be ahead of the version that the embedded server stands for.
      ALLOW_ES_VERSION_MISMATCH: "true",
    },
  });
  return watched(child);
}

/** A configuration file. */
export function configurationOf({
  endpoint,
  key,
  connectors,
  connectorsApi = true,
  nativeTypes,
}: Configuration): string {
  const { elasticsearch, ...others } = SHORT_INTERVALS;
  // JSON is YAML.
  return JSON.stringify({
    elasticsearch: {
      host: endpoint,
      api_key: key,
      ssl: false,
      ...elasticsearch,
      feature_use_connectors_api: connectorsApi,
    },
    ...others,
    connectors,
    ...(nativeTypes ? { native_service_types: nativeTypes, _force_allow_native: true } : {}),
  });
}

/** What would take minutes takes seconds; and the source of our own. */
export const SHORT_INTERVALS = {
  elasticsearch: { max_wait_duration: 10, max_retries: 2, retry_interval: 1, request_timeout: 15 },
  service: { idling: 0.5, heartbeat: 5, job_cleanup_interval: 10, preflight_idle: 1, preflight_max_attempts: 3 },
  sources: { letters: "letters:Letters" },
};

function watched(child: ChildProcess): RunningService {
  let log = "";
  const take = (text: string) => {
    log += text;
  };
  child.stdout?.setEncoding("utf8").on("data", take);
  child.stderr?.setEncoding("utf8").on("data", take);
  child.on("error", (error) => take(`${error.message}\n`));
  const ended = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  async function kill() {
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  }
  return {
    log: () => log.replaceAll(COLOUR, ""),
    ended,
    async stop() {
      if (ended()) {
        return child.exitCode;
      }
      child.kill("SIGTERM");
      try {
        await until("the service's end", ended);
      } catch (error) {
        await kill();
        throw error;
      }
      return child.exitCode;
    },
    kill,
  };
}

const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g");
