// What a server answers doesn't change while an engine runs: each question is asked once in a process.

import type { Elasticsearch } from "../elasticsearch/connection";
import { isKind } from "../elasticsearch/errors";
import { hasPrivileges, licenceOf, type PrivilegesQuestion, type WireCaller, whoAmI } from "../elasticsearch/security";
import { keyOf, type Need } from "./needs";

/** Nobody answers for a server whose security is off; a privilege may be one that the server doesn't know. */
export type Held = boolean | "unanswered" | "unknown";

type Asked = Pick<Need, "privilege" | "index" | "restricted">;

interface Waiting {
  asked: Asked;
  answer(held: Held): void;
  fail(error: unknown): void;
}

interface Session {
  held: Map<string, Promise<Held>>;
  waiting: Waiting[];
  busy: boolean;
  caller?: Promise<WireCaller | undefined>;
  licence?: Promise<string | undefined>;
  /** Privileges that have been told to be missing, and of which resource. */
  told: Map<string, string>;
}

const sessions = new WeakMap<Elasticsearch, Session>();

export function sessionOf(es: Elasticsearch): Session {
  const session = sessions.get(es) ?? { held: new Map(), waiting: [], busy: false, told: new Map() };
  sessions.set(es, session);
  return session;
}

/** Whether the caller has what is needed, by the privilege itself or by one that serves as well. */
export async function holds(es: Elasticsearch, { or, ...asked }: Need): Promise<Held> {
  const all = await Promise.all([asked.privilege, ...or].map((privilege) => held(es, { ...asked, privilege })));
  return all.includes(true) ? true : (all[0] ?? false);
}

/** Who the caller is; nothing where security is off. */
export function caller(es: Elasticsearch): Promise<WireCaller | undefined> {
  const session = sessionOf(es);
  session.caller ??= whoAmI(es).catch((error) => {
    delete session.caller;
    return unanswered(error);
  });
  return session.caller;
}

/** Type of the licence; nothing where the server doesn't tell. */
export function licence(es: Elasticsearch): Promise<string | undefined> {
  const session = sessionOf(es);
  session.licence ??= licenceOf(es).catch((error) => {
    delete session.licence;
    return unanswered(error);
  });
  return session.licence;
}

function held(es: Elasticsearch, asked: Asked): Promise<Held> {
  const session = sessionOf(es);
  const key = keyOf(asked);
  const answered = session.held.get(key);
  if (answered) {
    return answered;
  }
  const answer = new Promise<Held>((resolve, fail) => {
    session.waiting.push({ asked, answer: resolve, fail });
  });
  session.held.set(key, answer);
  answer.catch(() => session.held.delete(key));
  if (!session.busy) {
    session.busy = true;
    // The engine checks many resources at once: what they ask in the meantime goes into one request.
    setImmediate(() => void answerAll(es, session));
  }
  return answer;
}

async function answerAll(es: Elasticsearch, session: Session): Promise<void> {
  while (session.waiting.length > 0) {
    await answerSome(es, session.waiting.splice(0));
  }
  session.busy = false;
}

async function answerSome(es: Elasticsearch, waiting: Waiting[]): Promise<void> {
  try {
    const { cluster, index } = await hasPrivileges(es, question(waiting.map(({ asked }) => asked)));
    for (const { asked, answer } of waiting) {
      answer((asked.index === undefined ? cluster : index[asked.index])?.[asked.privilege] === true);
    }
  } catch (error) {
    const unknown = unknownPrivileges(error);
    const rest = waiting.filter(({ asked }) => !unknown.has(asked.privilege.toLowerCase()));
    for (const one of waiting) {
      if (!rest.includes(one)) {
        one.answer("unknown");
      } else if (rest.length === waiting.length) {
        settle(one, error);
      }
    }
    if (rest.length > 0 && rest.length < waiting.length) {
      await answerSome(es, rest);
    }
  }
}

function settle({ answer, fail }: Waiting, error: unknown): void {
  try {
    unanswered(error);
    answer("unanswered");
  } catch {
    fail(error);
  }
}

/** One privilege that the server doesn't know makes it refuse the whole question. */
function unknownPrivileges(error: unknown): Set<string> {
  const why = isKind(error, "invalid") ? error.parts.why : "";
  return new Set([...why.matchAll(/unknown (?:cluster|index) privilege \[([^\]]*)\]/g)].map(([, name = ""]) => name));
}

/** A server without security has no such endpoints, and says so in several ways. */
function unanswered(error: unknown): undefined {
  if (!isKind(error, "invalid", "unexpected", "unsupported", "not-found", "forbidden")) {
    throw error;
  }
  return undefined;
}

function question(asked: Asked[]): PrivilegesQuestion {
  const indices = new Map<string, PrivilegesQuestion["index"][number]>();
  for (const { index, privilege, restricted = false } of asked) {
    if (index !== undefined) {
      const key = JSON.stringify([index, restricted]);
      const entry = indices.get(key) ?? { names: [index], privileges: [], allow_restricted_indices: restricted };
      entry.privileges.push(privilege);
      indices.set(key, entry);
    }
  }
  const cluster = asked.filter(({ index }) => index === undefined).map(({ privilege }) => privilege);
  return { cluster, index: [...indices.values()] };
}
