import type { Elasticsearch } from "../elasticsearch/connection";
import { isKind } from "../elasticsearch/errors";

import { isRecord } from "../model/unknown";
import { caller, holds, licence } from "./ask";
import { isOwn, type Need, needsOf, type Subject } from "./needs";

/** A privilege, whether it is needed on the cluster or on an index, and whether the caller has it. */
export interface Row extends Need {
  has: boolean;
}

export interface Inspection {
  /** The server's version as it spells it; absent where the caller may not ask for it. */
  version: string | undefined;
  /** Empty where the server's security is off. */
  rows: Row[];
  /** What stands in the way besides missing privileges. */
  problems: Problem[];
}

export interface Problem {
  why: string;
  /** What the user can do. */
  next: string;
}

/** What the caller has of all that these resources need. */
export async function inspect(es: Elasticsearch, subjects: readonly Subject[]): Promise<Inspection> {
  const server = await es.info().catch((error) => {
    if (isKind(error, "forbidden")) {
      return undefined;
    }
    throw error;
  });
  const needs = needsOf(subjects, server?.version);
  const held = await Promise.all(needs.map((need) => holds(es, need)));
  const unknown = needs.filter((_, i) => held[i] === "unknown");
  return {
    version: server?.number,
    rows: held.includes("unanswered") ? [] : needs.map((need, i) => ({ ...need, has: held[i] === true })),
    problems: [
      ...unknown.map(({ privilege }) => ({
        why: `the server knows no privilege '${privilege}'`,
        next: "look for a misspelling",
      })),
      ...(await keyProblems(es, subjects)),
      ...(server ? await licenceProblems(es, subjects) : []),
    ],
  };
}

/** The server lets a key make no other key that has rights. */
async function keyProblems(es: Elasticsearch, subjects: readonly Subject[]): Promise<Problem[]> {
  const makesKeys = subjects.some((subject) => subject.kind === "ApiKey" && isOwn(subject));
  const key = makesKeys ? (await caller(es))?.api_key : undefined;
  const why = `the caller is itself the API key '${key?.name ?? key?.id}', and a key can't make keys that have rights`;
  return key ? [{ why, next: OTHERS }] : [];
}

const OTHERS =
  "(1) use a user (elastic:username and elastic:password), or (2) a token (elastic:bearerToken), or (3) let an administrator make the key, or have it made for a user (onBehalfOf)";

interface LicenceRule {
  applies(subject: Subject): boolean;
  types: readonly string[];
  what: string;
  next: string;
}

const LICENCES: readonly LicenceRule[] = [
  {
    applies: ({ kind, inputs: { scheduling, features } }) =>
      kind === "Connector" &&
      ((isRecord(scheduling) && isRecord(scheduling.accessControl) && scheduling.accessControl.enabled === true) ||
        (isRecord(features) && features.documentLevelSecurity === true)),
    types: ["platinum", "enterprise", "trial"],
    what: "document-level security and access-control syncs need",
    next: "leave documentLevelSecurity and scheduling.accessControl out",
  },
  {
    applies: ({ kind, inputs }) => kind === "ApiKey" && inputs.access !== undefined,
    types: ["enterprise", "trial"],
    what: "cross-cluster API keys need",
    next: "leave access out",
  },
];

async function licenceProblems(es: Elasticsearch, subjects: readonly Subject[]): Promise<Problem[]> {
  const rules = LICENCES.filter(({ applies }) => subjects.some(applies));
  const type = rules.length > 0 ? await licence(es) : undefined;
  return rules
    .filter(({ types }) => type !== undefined && !types.includes(type))
    .map(({ types, what, next }) => {
      const one = `${types.slice(0, -1).join(", ")} or ${types.at(-1)}`;
      return {
        why: `the cluster's licence is '${type}', and ${what} ${one}`,
        next: `change the licence (a trial of 30 days starts with POST /_license/start_trial), or ${next}`,
      };
    });
}
