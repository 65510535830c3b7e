import { randomBytes } from "node:crypto";
import { absent, anything, type Entry, Exactly, type Step } from "./dsl";

export interface Target {
  readonly endpoint: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Calls that take back what an entry made, for servers that outlive the run. */
type Undo = (call: string, body?: unknown) => void;

/** Runs an entry on a server that isn't thrown away afterwards. */
export async function runAndCleanUp(target: Target, entry: Entry): Promise<string[]> {
  const calls: [string, unknown][] = [];
  try {
    return await runEntry(target, entry, (call, body) => calls.push([call, body]));
  } finally {
    for (const [call, body] of calls.reverse()) {
      await send(target, { call, status: 200, ...(body === undefined ? {} : { body }) }, new Map());
    }
  }
}

/** Runs an entry and tells what was not as expected; an empty list is a pass. */
export async function runEntry(target: Target, entry: Entry, undo: Undo = () => undefined): Promise<string[]> {
  const values = new Map([["p", `conf${randomBytes(4).toString("hex")}-`]]);
  for (const [index, each] of entry.steps.entries()) {
    const problems: string[] = [];
    const answer = await send(target, each, values);
    if (answer.status < 300) planUndo(String(fill(each.call, values)), answer.body, undo);
    if (answer.status !== each.status) problems.push(`status ${answer.status} instead of ${each.status}`);
    compare(fill(each.expected, values), answer.body, "body", problems);
    compareHeaders(each, answer, problems);
    for (const [name, path] of Object.entries(each.save ?? {})) {
      const value = at(answer.body, path);
      if (value === undefined) problems.push(`nothing at ${path} to save`);
      else values.set(name, String(value));
    }
    // Later steps build on this one: going on would only repeat the same problem.
    if (problems.length > 0) {
      return problems.map((problem) => `step ${index + 1} (${each.call}): ${problem}; answer ${shown(answer.body)}`);
    }
  }
  return [];
}

function shown(body: unknown): string {
  const text = JSON.stringify(body) ?? "";
  return text.length > 1500 ? `${text.slice(0, 1500)}…` : text;
}

/** `hard` is unknown to 8.x and answers 400 there; the plain delete that comes after it works in both. */
function planUndo(call: string, body: unknown, undo: Undo): void {
  const [method = "", uri = ""] = call.split(" ");
  const path = uri.split("?", 1)[0] ?? "";
  const id = at(body, "id");
  if (/^\/_security\/(cross_cluster\/)?api_key/.test(path) && method !== "GET" && typeof id === "string") {
    undo("DELETE /_security/api_key", { ids: [id] });
  } else if (method === "POST" && /^\/_connector\/(_secret|_sync_job)$/.test(path)) {
    undo(`DELETE ${path}/${String(id)}`);
  } else if (method === "PUT" && /^\/_connector\/_secret\/[^/]+$/.test(path)) {
    undo(`DELETE ${path}`);
  } else if (/^(PUT|POST)$/.test(method) && /^\/_connector(\/[^/]+)?$/.test(path)) {
    const connector = path === "/_connector" ? `/_connector/${String(id)}` : path;
    undo(`DELETE ${connector}`);
    undo(`DELETE ${connector}?hard=true`);
  } else if (method === "PUT" && /^\/[^_./][^/]*(\/_doc\/[^/]+)?$/.test(path)) {
    undo(`DELETE /${path.split("/")[1]}`);
  }
}

async function send(target: Target, each: Step, values: Map<string, string>): Promise<Answer> {
  const [method = "", path = ""] = String(fill(each.call, values)).split(" ");
  const body = each.body === undefined ? undefined : text(fill(each.body, values));
  const headers: Record<string, string> = { ...authorization(target, each.as, values), ...each.headers };
  if (body !== undefined && headers["content-type"] === undefined) headers["content-type"] = "application/json";
  const response = await fetch(`${target.endpoint}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const raw = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(raw) };
}

function authorization(target: Target, as: string | undefined, values: Map<string, string>): Record<string, string> {
  if (as === "nobody") return {};
  const key = as === undefined ? undefined : values.get(as);
  if (key !== undefined) return { authorization: `ApiKey ${key}` };
  if (as === undefined) return { authorization: target.authorization };
  return { authorization: basic(String(fill(as, values))) };
}

/** The header for `user:password`. */
export function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}

function compare(expected: unknown, actual: unknown, path: string, problems: string[]): void {
  if (expected === undefined) return;
  if (expected === absent) {
    if (actual !== undefined) problems.push(`${path} is there`);
  } else if (expected === anything) {
    if (actual === undefined) problems.push(`${path} is missing`);
  } else if (expected instanceof Exactly) {
    if (canonical(expected.value) !== canonical(actual))
      problems.push(`${path} is ${canonical(actual)}, not exactly ${canonical(expected.value)}`);
  } else if (expected instanceof RegExp) {
    if (typeof actual !== "string" || !expected.test(actual))
      problems.push(`${path} is ${JSON.stringify(actual)}, not like ${expected}`);
  } else if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      problems.push(`${path} is not a list of ${expected.length}`);
    else for (const [index, item] of expected.entries()) compare(item, actual[index], `${path}[${index}]`, problems);
  } else if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null)
      problems.push(`${path} is ${JSON.stringify(actual)}, not an object`);
    else
      for (const [key, value] of Object.entries(expected))
        compare(value, (actual as Record<string, unknown>)[key], `${path}.${key}`, problems);
  } else if (expected !== actual) {
    problems.push(`${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

function compareHeaders(each: Step, answer: Answer, problems: string[]): void {
  for (const [name, expected] of Object.entries(each.answerHeaders ?? {})) {
    const actual = answer.headers.get(name);
    const fits =
      expected === null
        ? actual === null
        : expected instanceof RegExp
          ? expected.test(actual ?? "")
          : actual === expected;
    if (!fits) problems.push(`header ${name} is ${actual}`);
  }
}

/** Puts saved values into strings and patterns, at any depth. */
function fill(value: unknown, values: Map<string, string>): unknown {
  if (typeof value === "string") return value.replace(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
  if (value instanceof RegExp) return new RegExp(String(fill(value.source, values)), value.flags);
  if (value instanceof Exactly) return new Exactly(fill(value.value, values));
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [String(fill(key, values)), fill(member, values)]),
  );
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}

function at(body: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      body,
    );
}

function text(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}
