/** The language in which the conformance suite is written: entries of steps, each a request and what it must give. */

export type Profile = "8.14" | "8.19" | "9.x";

/** The corrections to the contract, in its order; each has an entry. */
export const corrections = [
  "missing required field",
  "wrong scalar type",
  "no handler, wrong method",
  "list query",
  "status null",
  "unknown feature",
  "clearing through null",
  "last sync",
  "filtering timestamps",
  "sync jobs",
  "secrets",
  "API key name",
  "invalidate",
  "final setting",
  "product header",
  "media type",
  "empty has_privileges",
  "filter_path",
  "system indices",
] as const;
export type Correction = (typeof corrections)[number];

/** Where the expectation comes from: read in sources, asserted by published tests, or derived. */
export type Source = "source" | "test" | "derived" | "correction";

export interface Entry {
  /** Number of the behaviour in the contract, such as C01. */
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** The versions that behave so. @default both current profiles; 8.14 is entered where it differs from 8.19 */
  readonly versions?: readonly Profile[];
  /** Why it can't run on a cluster that isn't ours. */
  readonly embeddedOnly?: string;
  /** Why it needs a cluster on which nobody else keeps connectors. */
  readonly dedicated?: string;
  /** The correction of the contract that it stands for. */
  readonly corrects?: Correction;
  readonly steps: readonly Step[];
}

export interface Step extends StepOptions {
  /** Method and path; `{p}` is the entry's own prefix, `{name}` a saved value. */
  readonly call: string;
  readonly body?: unknown;
  readonly status: number;
  readonly expected?: unknown;
}

export interface StepOptions {
  /** Name of a saved encoded API key, `nobody`, or `user:password`; the superuser otherwise. */
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of the answer to keep for later steps, by dotted path. */
  readonly save?: Readonly<Record<string, string>>;
  /** Headers that the answer must have; null: must not have. */
  readonly answerHeaders?: Readonly<Record<string, string | RegExp | null>>;
}

/** A member that must not be there. */
export const absent = Symbol("absent");
/** Any value but undefined. */
export const anything = Symbol("anything");

export class Exactly {
  constructor(readonly value: unknown) {}
}

/** The value and nothing beside it; plain objects are matched member by member instead. */
export function exactly(value: unknown): Exactly {
  return new Exactly(value);
}

export function step(call: string, body: unknown, status: number, expected?: unknown, options: StepOptions = {}): Step {
  return {
    call,
    status,
    ...(body === undefined ? {} : { body }),
    ...(expected === undefined ? {} : { expected }),
    ...options,
  };
}

/** A step that must fail with this type, and a reason that contains the text (or fits the pattern). */
export function fails(
  call: string,
  body: unknown,
  status: number,
  type: string | RegExp,
  reason?: string | RegExp,
  options: StepOptions = {},
): Step {
  const error = {
    type,
    root_cause: [{ reason: anything }],
    ...(reason === undefined ? {} : { reason: containing(reason) }),
  };
  return step(call, body, status, { status, error }, options);
}

export function containing(text: string | RegExp): RegExp {
  if (text instanceof RegExp) return text;
  return new RegExp(text.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&").replace(/\\\{(p|\w+)\\\}/g, "{$1}"));
}

export const V400 = "action_request_validation_exception";
export const P400 = "x_content_parse_exception";
export const S400 = "status_exception";
export const I400 = "illegal_argument_exception";
export const NF404 = "resource_not_found_exception";
export const X403 = "security_exception";
