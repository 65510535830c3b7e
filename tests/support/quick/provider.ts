// Pulumi's host for dynamic providers, run in this process: its own code, its own sockets, and it can be killed.

import * as elasticsearch from "@elastic/elasticsearch";
import * as grpc from "@grpc/grpc-js";
import { resolvePulumi } from "../../../embedded/engine/environment";
import type { HostOptions, Spawned } from "../../../embedded/engine/provider-host";
import { createRealm, type Realm, ROOT } from "./sources";

export interface QuickProvider extends Spawned {
  /** Ends it as SIGKILL does: calls in flight are lost, sockets are reset, nothing of it runs on. */
  kill(): void;
}

export interface Pace {
  /** Factor for all that the provider waits for. */
  waits: number;
  /** Milliseconds after which it gives an answer up, instead of what is configured. */
  requestTimeout?: number;
}

/** Told of a request before it is sent; a request that isn't allowed never leaves. */
export type Gate = (method: string, path: string) => boolean;

export function startProvider(options: HostOptions, pace: Pace, gate: Gate): QuickProvider {
  const life = newLife();
  const service = loadHost(options, pace, gate, life);
  const client = Object.fromEntries(METHODS.map((name) => [name, calling(service, name, life)]));
  const ended = (): Promise<void> => {
    life.end({ code: 0, signal: null });
    return Promise.resolve();
  };
  const child = { exited: life.ended, end: ended, kill: () => life.end({ code: null, signal: "SIGKILL" }) };
  // Only what the engine calls; the real client's other methods belong to gRPC.
  return { child, kill: child.kill, client: { ...client, close: () => {} } as unknown as Spawned["client"] };
}

const METHODS = ["configure", "check", "diff", "create", "read", "update", "delete"];

type Exit = Awaited<Spawned["child"]["exited"]>;
type Answer = (error: Partial<grpc.ServiceError> | null, response?: unknown) => void;
type Service = Record<string, (call: { request: unknown }, answer: Answer) => unknown>;

interface Life {
  readonly over: boolean;
  readonly ended: Promise<Exit>;
  end(exit: Exit): void;
  /** Runs when the life ends; the answer takes it back. */
  atEnd(work: () => void): () => void;
}

function newLife(): Life {
  const works = new Set<() => void>();
  let over = false;
  let resolve: (exit: Exit) => void = () => {};
  const ended = new Promise<Exit>((done) => {
    resolve = done;
  });
  return {
    get over() {
      return over;
    },
    ended,
    end(exit) {
      over = true;
      resolve(exit);
      for (const work of works) work();
      works.clear();
    },
    atEnd(work) {
      works.add(work);
      return () => works.delete(work);
    },
  };
}

/** The call of a gRPC client: what the host throws or answers, as it would arrive over the wire. */
function calling(service: Service, name: string, life: Life) {
  return (request: unknown, answer: (error: unknown, response?: unknown) => void): void => {
    const lost = (): void => answer(serviceError({ code: grpc.status.UNAVAILABLE, message: "Connection dropped" }));
    if (life.over) {
      lost();
      return;
    }
    const forget = life.atEnd(lost);
    const finish: Answer = (error, response) => {
      if (life.over) return;
      forget();
      if (error) answer(serviceError(error));
      else answer(null, response);
    };
    // An async method's rejection would be an unhandled one in the host, too.
    Promise.resolve()
      .then(() => service[name]?.({ request }, finish))
      .catch(finish);
  };
}

function serviceError({ code, message = "", metadata }: Partial<grpc.ServiceError>): grpc.ServiceError {
  const status = typeof code === "number" ? code : grpc.status.UNKNOWN;
  const text = `${status} ${grpc.status[status]}: ${message}`;
  return Object.assign(new Error(text), {
    code: status,
    details: message,
    metadata: metadata ?? new grpc.Metadata(),
  });
}

/** Runs the host's script up to the point where it would listen, and answers what it would serve. */
function loadHost({ program, engineAddress, env, onLine }: HostOptions, pace: Pace, gate: Gate, life: Life): Service {
  const script = resolvePulumi("cmd/dynamic-provider", program);
  const folder = script.replace(/index\.js$/, "");
  let service: Service = {};
  let announced = false;
  const print = (text: string): void => {
    // The first line would be the port.
    if (announced && !life.over) for (const line of text.split("\n")) onLine(line, "stdout");
    announced = true;
  };
  const host: Realm = createRealm({
    globals: {
      process: {
        env,
        argv: ["node", script, engineAddress],
        on: () => {},
        cwd: () => program,
        exit: () => {},
        stdout: { write: (text: string) => print(text.replace(/\n$/, "")) },
      },
      console: { ...console, log: print, error: (text: string) => life.over || onLine(text, "stderr") },
      setTimeout: (work: () => void, wait: number, ...more: []) =>
        setTimeout(alive(work, life), wait * pace.waits, ...more),
    },
    modules: {
      "source-map-support/register": {},
      "require-from-string": (text: string) => host.evaluate(text),
      "@grpc/grpc-js": { ...grpc, Server: serverThat((served) => (service = served)) },
      "@elastic/elasticsearch": { ...elasticsearch, Client: clientOf(pace, gate, life) },
      module: { createRequire: () => () => host.load(`${ROOT}/provider/index.ts`) },
    },
    owns: (path) => path.startsWith(folder) || path.startsWith(`${ROOT}/provider/`),
  });
  host.load(script);
  return service;
}

function alive(work: () => void, life: Life): () => void {
  return () => {
    if (!life.over) work();
  };
}

function serverThat(serves: (service: Service) => void) {
  return class {
    addService(_definition: unknown, service: Service): void {
      serves(service);
    }
    bindAsync(_address: string, _credentials: unknown, done: (error: null, port: number) => void): void {
      done(null, 0);
    }
  };
}

/** The real client, on connections that end with the provider's life. */
function clientOf({ requestTimeout }: Pace, gate: Gate, life: Life) {
  class Connection extends elasticsearch.UndiciConnection {
    constructor(options: ConstructorParameters<typeof elasticsearch.UndiciConnection>[0]) {
      super(options);
      life.atEnd(() => void this.pool.destroy());
    }
    override request(...given: Parameters<elasticsearch.UndiciConnection["request"]>): never {
      const [{ method, path, querystring }] = given;
      if (life.over || !gate(method, querystring ? `${path}?${querystring}` : path))
        return new Promise(() => {}) as never;
      return super.request(...given) as never;
    }
  }
  return class extends elasticsearch.Client {
    constructor(options: elasticsearch.ClientOptions) {
      super({ ...options, Connection, ...(requestTimeout === undefined ? {} : { requestTimeout }) });
    }
  };
}
