// What may happen to one request of an operation, and how it is made to happen.

import type { Elasticsearch, Fault as ServerFault } from "../../embedded";
import type { QuickStack } from "../support/quick/stack";

/** One request of an operation: the nth that looks so. */
export interface Target {
  method: string;
  /** Path and query, with a pattern for what is random. */
  path: RegExp;
  text: string;
  nth: number;
  /** What the request makes under a name that nobody knew before, or reads back once it has made it. */
  making?: { what: "keys" | "indices" | "secrets"; readsBack: boolean };
}

export interface Fault {
  name: string;
  /** Who dies; of such an operation nothing more than the engine's own words can be expected. */
  kills?: "provider" | "engine";
  /** The request is carried out and nobody hears of it; looking for its effect finds nothing, since that comes too late. */
  unheard?: boolean;
  /** Makes it happen from now on. Answers whether it did, and how it is taken back. */
  inject(target: Target, server: Elasticsearch, stack: QuickStack): Injected;
}

export interface Injected {
  met(): boolean;
  remove(): Promise<void>;
}

const FOREVER = 1_000;
/** Longer than the provider waits for an answer while answers are late. */
const LATE = { kind: "delay", milliseconds: 900 } as const;
const IMPATIENT = 300;

export const faults: Fault[] = [
  { name: "connection refused", inject: refused },
  fault("reset before", { kind: "reset-before" }),
  fault("reset after", { kind: "reset-after" }),
  fault("429 with Retry-After", { kind: "status", status: 429, retryAfterSeconds: 2 }),
  fault("429", { kind: "status", status: 429 }, FOREVER),
  fault("503", { kind: "status", status: 503 }),
  fault("503", { kind: "status", status: 503 }, FOREVER),
  fault("401", { kind: "status", status: 401 }),
  fault("409", { kind: "status", status: 409 }),
  fault("truncated body", { kind: "truncated-body" }),
  { name: "time-out", unheard: true, inject: late },
  { name: "provider killed before", kills: "provider", inject: killedBefore("killProvider") },
  { name: "provider killed after", kills: "provider", unheard: true, inject: killedAfter("killProvider") },
  { name: "engine killed before", kills: "engine", inject: killedBefore("killEngine") },
  { name: "engine killed after", kills: "engine", unheard: true, inject: killedAfter("killEngine") },
];

function fault(name: string, kind: ServerFault, times = 1): Fault {
  return {
    name: times > 1 ? `${name}, again and again` : name,
    inject: ({ method, path, nth }, { control }) => {
      const remove = control.fault({ method, path, nth, times }, kind);
      return { met: () => control.requests.some(({ fault: met }) => met === kind.kind), remove: async () => remove() };
    },
  };
}

function late(target: Target, server: Elasticsearch, stack: QuickStack): Injected {
  const usual = stack.pace;
  stack.pace = { ...usual, requestTimeout: IMPATIENT };
  const { met, remove } = fault("", LATE).inject(target, server, stack);
  return {
    met,
    remove: async () => {
      stack.pace = usual;
      await remove();
      await server.control.idle();
    },
  };
}

/** From that request on nobody listens; what was under way is dropped. */
function refused(target: Target, { control }: Elasticsearch, stack: QuickStack): Injected {
  let accept: Promise<() => Promise<void>> | undefined;
  stack.gate = atRequest(target, () => {
    accept = control.refuseConnections();
    return true;
  });
  return {
    met: () => accept !== undefined,
    remove: async () => {
      stack.gate = () => true;
      await (await accept)?.();
    },
  };
}

function killedBefore(kill: "killProvider" | "killEngine"): Fault["inject"] {
  return (target, _server, stack) => {
    let met = false;
    stack.gate = atRequest(target, () => {
      met = true;
      stack[kill]();
      return false;
    });
    return {
      met: () => met,
      remove: async () => {
        stack.gate = () => true;
      },
    };
  };
}

function killedAfter(kill: "killProvider" | "killEngine"): Fault["inject"] {
  return ({ method, path, nth }, { control }, stack) => {
    let seen = 0;
    const remove = control.afterRequest((request) => {
      if (request.method !== method || !path.test(request.path)) return;
      seen += 1;
      if (seen === nth) stack[kill]();
    });
    return { met: () => seen >= nth, remove: async () => void remove() };
  };
}

function atRequest({ method, path, nth }: Target, then: () => boolean): QuickStack["gate"] {
  let seen = 0;
  return (sentMethod, sentPath) => {
    if (sentMethod !== method || !path.test(sentPath)) return true;
    seen += 1;
    return seen === nth ? then() : true;
  };
}
