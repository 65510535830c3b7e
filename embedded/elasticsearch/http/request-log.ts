/** One request that reached the server, in the order of arrival. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** Status of the answer; 0 when a fault kept the request from being handled. */
  status: number;
  /** User name, `api key {name}`, or `-` when nobody was authenticated. */
  who: string;
  /** Parsed body, or its text where it isn't JSON. Secrets are in it as sent: never write it anywhere. */
  readonly body?: unknown;
  /** Kind of the fault that was injected. */
  fault?: string;
}

/** What runs after a handled request, before its answer is sent. */
export type Hook = (request: LoggedRequest) => void | Promise<void>;
