/** What may go wrong with a request. */
export type Fault =
  /**
   * The connection is closed without an answer; the request isn't handled. A client sees a broken connection rather
   * than a refused one: that takes `control.refuseConnections()`, which can't pick requests.
   */
  | { kind: "refuse" }
  /** The connection is reset; the request isn't handled. */
  | { kind: "reset-before" }
  /** The request is handled, then the connection is reset instead of answering. */
  | { kind: "reset-after" }
  | { kind: "delay"; milliseconds: number }
  /** This status instead of handling; 429 carries Retry-After when given. */
  | { kind: "status"; status: number; retryAfterSeconds?: number }
  /** Handled; the body stops halfway. */
  | { kind: "truncated-body" }
  /** Handled; the answer lacks X-elastic-product. */
  | { kind: "no-product-header" }
  /** Handled; the answer says it is text. */
  | { kind: "wrong-media-type" };

/** Which requests a fault meets. */
export interface FaultMatch {
  method?: string;
  /** Exact path (without query), or a pattern for path and query. */
  path?: RegExp | string;
  /** The first that is met, counted from 1 among matching requests. @default 1 */
  nth?: number;
  /** How many are met from then on. @default 1 */
  times?: number;
}

export interface FaultPlan {
  /** Answers a function that takes the fault back. */
  add(match: FaultMatch, fault: Fault): () => void;
  /** The fault for this request, if any; counts the request. */
  next(method: string, uri: string): Fault | undefined;
}

export function faultPlan(): FaultPlan {
  const planned = new Set<{ match: FaultMatch; fault: Fault; seen: number }>();
  return {
    add(match, fault) {
      const entry = { match, fault, seen: 0 };
      planned.add(entry);
      return () => planned.delete(entry);
    },
    next(method, uri) {
      let found: Fault | undefined;
      for (const entry of planned) {
        if (!meets(entry.match, method, uri)) continue;
        entry.seen += 1;
        const first = entry.match.nth ?? 1;
        if (entry.seen >= first && entry.seen < first + (entry.match.times ?? 1)) found ??= entry.fault;
      }
      return found;
    },
  };
}

function meets(match: FaultMatch, method: string, uri: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  return typeof match.path === "string" ? match.path === uri.split("?", 1)[0] : match.path.test(uri);
}
