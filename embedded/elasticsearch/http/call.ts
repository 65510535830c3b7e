import type { Cluster } from "../cluster";
import type { Json } from "../json";
import type { Needs } from "../security/authorize";
import type { Principal } from "../security/principal";
import type { Body } from "./body";
import type { Query } from "./query";

/** A request on its way to a handler. */
export interface Call {
  readonly cluster: Cluster;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly principal: Principal;
}

/** An answer before it is written out. */
export interface Reply {
  readonly status: number;
  readonly body?: Json | undefined;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/**
 * What a handler makes of a request before anything happens. The order is Elasticsearch's: parse errors
 * come while the plan is made, then unknown parameters, an unexpected body, `problems`, authorisation, `run`.
 */
export interface Plan {
  readonly needs: Needs;
  readonly problems?: readonly string[];
  run(): Reply;
}

export type Handler = (call: Call) => Plan;

export function ok(body: Json): Reply {
  return { status: 200, body };
}

export function created(body: Json): Reply {
  return { status: 201, body };
}

/** A path parameter; routes that declare it always have it. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? "";
}
