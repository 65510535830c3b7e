import type { Cluster } from "../cluster";
import { ElasticsearchError, errorBody, illegalArgument, validationFailed } from "../errors";
import { authenticate } from "../security/authenticate";
import { authorize } from "../security/authorize";
import type { Principal } from "../security/principal";
import { bodyOf } from "./body";
import type { Reply } from "./call";
import { checkVersions, unreadable } from "./media-type";
import { queryOf } from "./query";
import type { Router } from "./router";

/** A request as it came over the wire, its body complete and unpacked. */
export interface Incoming {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly uri: string;
  readonly headers: {
    readonly authorization?: string | undefined;
    readonly accept?: string | undefined;
    readonly contentType?: string | undefined;
  };
  readonly body: Buffer;
}

export interface Handled {
  readonly reply: Reply;
  /** Who asked, for the request log. */
  readonly who: string;
}

/** Takes one request through all stages. Whatever goes wrong becomes an answer. */
export function dispatch(cluster: Cluster, router: Router, incoming: Incoming): Handled {
  let who = "-";
  try {
    if (cluster.defects.has("accepts-everything")) return { reply: { status: 200, body: {} }, who };
    const path = incoming.uri.split("?", 1)[0] ?? "/";
    const principal = authenticate(cluster, incoming.headers.authorization, path);
    who = nameOf(principal);
    return { reply: handle(cluster, router, incoming, path, principal), who };
  } catch (error) {
    return { reply: failed(error), who };
  }
}

function handle(cluster: Cluster, router: Router, incoming: Incoming, path: string, principal: Principal): Reply {
  const { method, uri, headers } = incoming;
  const hasBody = incoming.body.length > 0;
  const lenient = cluster.defects.has("media-types-ignored");
  if (!lenient) checkVersions(cluster.profile, headers.accept, headers.contentType, hasBody);
  const found = router.find(method, path);
  if ("allowed" in found) return noHandler(method, uri, found.allowed, cluster.defects.has("routes-forgiving"));
  const complaint = hasBody && !lenient ? unreadable(headers.contentType) : undefined;
  if (complaint !== undefined) return { status: 406, body: { error: complaint, status: 406 } };

  const query = queryOf(new URLSearchParams(uri.slice(path.length + 1)));
  const body = bodyOf(incoming.body, {
    ignoreUnknown: cluster.defects.has("unknown-members-ignored"),
    ignoreMissing: cluster.defects.has("required-members-optional"),
  });
  const plan = found.handler({ cluster, method, path, params: found.params, query, body, principal });
  if (!cluster.defects.has("unknown-members-ignored")) query.refuseUnknown(path);
  if (body.present && !body.wasRead)
    throw illegalArgument(`request [${method} ${path}] does not support having a body`);
  const checked = !cluster.defects.has("validation-off");
  if (checked && plan.problems !== undefined && plan.problems.length > 0) throw validationFailed(plan.problems);
  if (!cluster.defects.has("privileges-off")) authorize(principal, plan.needs, cluster.profile);
  return plan.run();
}

/** The 400 and 405 of the router are plain sentences, not error objects. */
function noHandler(method: string, uri: string, allowed: readonly string[], forgiving: boolean): Reply {
  if (forgiving) return { status: 200, body: { acknowledged: true } };
  if (allowed.length === 0) {
    return { status: 400, body: { error: `no handler found for uri [${uri}] and method [${method}]` } };
  }
  const error = `Incorrect HTTP method for uri [${uri}] and method [${method}], allowed: [${allowed.join(", ")}]`;
  return { status: 405, body: { error, status: 405 }, headers: { Allow: allowed.join(",") } };
}

function failed(error: unknown): Reply {
  if (error instanceof ElasticsearchError) {
    return { status: error.status, body: errorBody(error), headers: error.details.headers ?? {} };
  }
  if (error instanceof URIError) return failed(illegalArgument("unterminated escape sequence in the path"));
  return failed(unexpected(error));
}

/** A mistake in the server itself: told, with its origin, instead of ending the process. */
export function unexpected(error: unknown): ElasticsearchError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return new ElasticsearchError(500, "exception", message, { fields: { stack_trace: stack ?? "" } });
}

function nameOf(principal: Principal): string {
  return principal.apiKey === undefined ? principal.username : `api key ${principal.apiKey.name}`;
}
