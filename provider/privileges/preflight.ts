import type { Elasticsearch } from "../elasticsearch/connection";
import type { Issue } from "../model/issues";
import { notice } from "../model/notice";
import type { Bag, Context, Planned } from "../model/resource";
import { isRecord } from "../model/unknown";
import { caller, sessionOf } from "./ask";
import { type Inspection, inspect, type Problem, type Row } from "./inspect";
import { indexOf, keyOf, needsOf, type Subject } from "./needs";
import { missingOf, namesOf, roleOf, tableOf } from "./report";

/** Stands for the name of the index in what its siblings need. */
const INDEX = "<index>";

/**
 * Whether the caller may do all that a resource takes in its life, before anything of it is sent. What is missing comes
 * with a table once, and with one line for each further resource.
 */
export async function preflight(
  es: Elasticsearch,
  kind: string,
  { olds, news, context }: { olds: Bag; news: Bag; context: Context },
): Promise<Issue[]> {
  const own: Subject = { kind, inputs: news, olds, resource: context.resource, native: context.native };
  if (needsOf([own], undefined).length === 0) {
    return [];
  }
  const creates = Object.keys(olds).length === 0;
  const siblings = creates ? await siblingsOf(es, own, context.siblings ?? []) : [];
  const found = await inspect(es, [own, ...siblings]);
  const missing = missingOf(found.rows);
  const unread = found.rows.filter(({ has, optional }) => optional && !has);
  if (missing.length === 0 && unread.length > 0) {
    notice("Preflight", namesOf(unread), `the caller lacks it; nobody will ${unread[0]?.neededFor}`);
  }
  const warn = es.preflight === "warn";
  const problems = found.problems.map((problem) => once(es, own, problem));
  const messages = [...problems, ...(missing.length > 0 ? [await lacking(es, own, found, missing, warn)] : [])];
  if (warn) {
    for (const message of messages) {
      notice(kind, context.resource, message);
    }
    return [];
  }
  return messages.map((message) => ({ path: [], message }));
}

async function siblingsOf(es: Elasticsearch, own: Subject, planned: readonly Planned[]): Promise<Subject[]> {
  const version = await es.info().then(
    (info) => info.version,
    () => undefined,
  );
  const index = version && planned.length > 0 ? indexOf(own, version) : undefined;
  return planned
    .filter(({ inputs }) => index !== undefined || !JSON.stringify(inputs).includes(INDEX))
    .map(({ kind, inputs }) => ({
      kind,
      inputs: filled(inputs, index ?? "") as Bag,
      olds: {},
      resource: own.resource,
    }));
}

function filled(value: unknown, index: string): unknown {
  if (typeof value === "string") {
    return value.replaceAll(INDEX, () => index);
  }
  if (Array.isArray(value)) {
    return value.map((item) => filled(item, index));
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, index)]))
    : value;
}

/** The whole problem for the first resource, and where to read it for any other. */
function once(es: Elasticsearch, { kind, resource }: Subject, { why, next }: Problem): string {
  const { told } = sessionOf(es);
  const here = `${kind} '${resource}'`;
  const first = told.get(why) ?? here;
  told.set(why, first);
  return first === here ? `${why}. What to do: ${next}.` : `${why}: see the message about ${first}`;
}

async function lacking(
  es: Elasticsearch,
  { kind, resource }: Subject,
  { rows, version }: Inspection,
  missing: Row[],
  short: boolean,
): Promise<string> {
  const { told } = sessionOf(es);
  const first = [...told.values()][0];
  const fresh = missing.filter((row) => !told.has(keyOf(row)));
  const here = `${kind} '${resource}'`;
  for (const row of fresh) {
    told.set(keyOf(row), here);
  }
  if (first !== undefined && first !== here) {
    const more = fresh.length > 0 ? `; also add ${JSON.stringify(roleOf(fresh))}` : "";
    return `the caller lacks ${namesOf(missing)}: see the message about ${first}${more}`;
  }
  const who = (await caller(es))?.username;
  const at = version === undefined ? "" : ` on Elasticsearch ${version}`;
  const heading = `the caller${who === undefined ? "" : ` '${who}'`} lacks privileges that this takes${at}`;
  const role = JSON.stringify(roleOf(missing));
  if (short) {
    return `${heading}: ${namesOf(missing)}. 'pulumi up' will fail. A role with them: ${role}`;
  }
  return [
    `${heading}:`,
    tableOf(rows),
    "What to do: give the caller a role with what is missing (PUT /_security/role/<name>, besides the roles it has):",
    `  ${role}`,
    "or use other credentials. With elastic:preflight set to 'warn' this is only told.",
  ].join("\n");
}
