import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cluster } from "../cluster";
import type { Fault } from "../faults";
import type { Reply } from "./call";
import { filterPath } from "./filter-path";
import { responseType } from "./media-type";

/** Writes an answer out: product header, media type, `filter_path`, `pretty`, and the fault if there is one. */
export function writeReply(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  fault: Fault["kind"] | undefined,
): void {
  const { status } = reply;
  const named = status !== 401 && status !== 403 && fault !== "no-product-header";
  if (named && !cluster.defects.has("no-product-header")) response.setHeader("X-elastic-product", "Elasticsearch");
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);

  const text = bodyText(request, reply, cluster.defects.has("response-parameters-ignored"));
  if (text !== undefined) {
    const type = fault === "wrong-media-type" ? "text/html; charset=UTF-8" : responseType(request.headers.accept);
    response.setHeader("Content-Type", type);
    response.setHeader("Content-Length", Buffer.byteLength(text));
  }
  response.statusCode = status;
  if (fault === "truncated-body" && text !== undefined) {
    response.write(text.slice(0, Math.floor(text.length / 2)), () => request.socket.destroy());
  } else {
    response.end(request.method === "HEAD" ? undefined : text);
  }
}

function bodyText(request: IncomingMessage, reply: Reply, ignored: boolean): string | undefined {
  if (reply.body === undefined) return undefined;
  if (ignored) return JSON.stringify(reply.body);
  const query = new URLSearchParams((request.url ?? "").split("?")[1] ?? "");
  const filter = query.get("filter_path");
  const body = filter !== null && filter !== "" && reply.status < 400 ? filterPath(reply.body, filter) : reply.body;
  const pretty = query.get("pretty");
  return pretty === "" || pretty === "true" ? `${JSON.stringify(body, null, 2)}\n` : JSON.stringify(body);
}
