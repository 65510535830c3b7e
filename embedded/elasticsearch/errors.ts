import type { Json, JsonObject } from "./json";

export interface ErrorDetails {
  /** Members that stand beside type and reason, such as `index` or `resource.id`. */
  fields?: JsonObject;
  causedBy?: ElasticsearchError;
  headers?: Record<string, string | string[]>;
}

/** An error that reaches the client in Elasticsearch's envelope. */
export class ElasticsearchError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly reason: string,
    readonly details: ErrorDetails = {},
  ) {
    super(reason);
  }
}

export function errorBody(error: ElasticsearchError): JsonObject {
  return { error: { root_cause: [cause(rootCause(error))], ...chain(error) }, status: error.status };
}

/** The object that stands for a failed item inside a bulk answer. */
export function itemError(error: ElasticsearchError): Json {
  return chain(error);
}

export function validationFailed(problems: readonly string[]): ElasticsearchError {
  const numbered = problems.map((problem, index) => `${index + 1}: ${problem};`).join("");
  return new ElasticsearchError(400, "action_request_validation_exception", `Validation Failed: ${numbered}`);
}

export function illegalArgument(reason: string, details: ErrorDetails = {}): ElasticsearchError {
  return new ElasticsearchError(400, "illegal_argument_exception", reason, details);
}

export function statusException(reason: string, status = 400): ElasticsearchError {
  return new ElasticsearchError(status, "status_exception", reason);
}

export function resourceNotFound(reason: string): ElasticsearchError {
  return new ElasticsearchError(404, "resource_not_found_exception", reason);
}

export function parseException(reason: string, details: ErrorDetails = {}): ElasticsearchError {
  return new ElasticsearchError(400, "parse_exception", reason, details);
}

export function contentParseException(reason: string, details: ErrorDetails = {}): ElasticsearchError {
  return new ElasticsearchError(400, "x_content_parse_exception", reason, details);
}

export function mapperParsing(reason: string, details: ErrorDetails = {}): ElasticsearchError {
  return new ElasticsearchError(400, "mapper_parsing_exception", reason, details);
}

export function indexNotFound(name: string): ElasticsearchError {
  return new ElasticsearchError(404, "index_not_found_exception", `no such index [${name}]`, {
    fields: { "resource.type": "index_or_alias", "resource.id": name, index_uuid: "_na_", index: name },
  });
}

export function securityException(status: 401 | 403, reason: string, details: ErrorDetails = {}): ElasticsearchError {
  return new ElasticsearchError(status, "security_exception", reason, details);
}

function cause(error: ElasticsearchError): JsonObject {
  return { type: error.type, reason: error.reason, ...error.details.fields };
}

function chain(error: ElasticsearchError): JsonObject {
  const below = error.details.causedBy;
  return below === undefined ? cause(error) : { ...cause(error), caused_by: chain(below) };
}

/** A parse error names its innermost parse error as root; any other wrapper is its own root. */
function rootCause(error: ElasticsearchError): ElasticsearchError {
  const below = error.details.causedBy;
  const unwraps = below !== undefined && /parse_exception$|parsing_exception$/.test(error.type);
  return unwraps && below.type !== "illegal_argument_exception" ? rootCause(below) : error;
}
