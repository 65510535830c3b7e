import { getApiKey, type WireApiKey } from "../../elasticsearch/api-keys";
import { systemClock } from "../../model/clock";
import { deepEqual } from "../../model/equality";
import type { Issue } from "../../model/issues";
import { notice } from "../../model/notice";
import { defineResource, type View } from "../../model/resource";
import { isRecord, isUnknown } from "../../model/unknown";
import { MARK, withoutMark } from "../../ownership/marks";
import { changeKey, unchangeable } from "./change";
import { createMarked, explainCreation } from "./create";
import { accessFromWire, accessView, crossClusterIssues, refusedByVersion } from "./cross-cluster";
import { millisecondsOf, roughly } from "./durations";
import { grantIssues, sameUser } from "./grant";
import { refuseHidden } from "./hidden";
import { retire } from "./retire";
import { isRenewed, rotationIssues, stampOf } from "./rotation";
import { type ApiKeyFacts, type ApiKeyInputs, apiKeyFacts, apiKeyInputs } from "./schema";
import { fromWire, roleDescriptorsView } from "./wire";

const durationView: View<string> = { equal: (a, b) => millisecondsOf(a) === millisecondsOf(b) };

export const apiKey = defineResource({
  kind: "ApiKey",
  inputs: apiKeyInputs,
  facts: apiKeyFacts,
  views: {
    roleDescriptors: roleDescriptorsView,
    access: accessView,
    inheritOwnerPrivileges: { equal: (a, b) => (a ?? false) === (b ?? false) },
    metadata: { equal: (a, b) => deepEqual(a ?? {}, b ?? {}) },
    expiration: durationView,
    rotateAfter: durationView,
    rotateBeforeExpiry: durationView,
  },

  stamp: (news, olds, { made }) => ({ rotateAt: stampOf(news, olds, made) }),

  validate: (inputs) => [
    ...(inputs.access === undefined ? rightsIssues(inputs) : []),
    ...crossClusterIssues(inputs),
    ...grantIssues(inputs.onBehalfOf),
    ...rotationIssues(inputs),
    ...reservedNames(inputs.metadata),
  ],

  checkAgainstServer: (es, { news }) => refusedByVersion(es, news),

  // Whose credentials they are decides; the credentials themselves matter to the creation only.
  sameMeaning: (olds, news) => (sameUser(olds.onBehalfOf, news.onBehalfOf) ? ["onBehalfOf"] : []),

  alsoReplaces(olds, news, context) {
    const otherType = (olds.access === undefined) !== (news.access === undefined);
    return [
      ...(otherType ? (["access", "roleDescriptors"] as const) : []),
      ...(news.expiration === undefined ? (["expiration"] as const) : []),
      ...(isRenewed(news, olds, context?.made) ? (["rotateAt"] as const) : []),
    ];
  },

  mustReplace: unchangeable,

  secretPaths: () => [
    ["onBehalfOf", "password"],
    ["onBehalfOf", "accessToken"],
  ],

  async create(es, desired, context, made) {
    const created = await createMarked(es, desired, context).catch((error) => {
      throw explainCreation(error, desired);
    });
    made(created.id, { apiKey: created.api_key, encoded: created.encoded });
  },

  whenLost: () => "the command 'npx pulumi-elastic-connectors keys' finds it",

  async observe(es, id, recorded) {
    const { key, ownOnly } = await getApiKey(es, id);
    if (!key && ownOnly) {
      await refuseHidden(es, id, "read the API key", recorded.owner);
    }
    const gone = key ? endOf(key) : PURGED;
    // Of an id that is looked up nothing is recorded: it needn't ever have been a key's.
    if (gone && (key || Object.keys(recorded).length > 0)) {
      notice("ApiKey", id, `${gone}: it counts as gone and is made anew by the next 'pulumi up'`);
    }
    return key && !gone ? { inputs: inputsOf(key, recorded), facts: factsOf(key), raw: key } : undefined;
  },

  update: changeKey,

  remove: retire,
});

function rightsIssues({ roleDescriptors, inheritOwnerPrivileges }: ApiKeyInputs): Issue[] {
  const empty =
    roleDescriptors === undefined || (isRecord(roleDescriptors) && Object.keys(roleDescriptors).length === 0);
  if (empty && inheritOwnerPrivileges !== true && !isUnknown(inheritOwnerPrivileges)) {
    const message =
      "is required: without it the key has all rights of its creator (set inheritOwnerPrivileges: true if you want that)";
    return [{ path: ["roleDescriptors"], message }];
  }
  if (!empty && !isUnknown(roleDescriptors) && inheritOwnerPrivileges === true) {
    return [{ path: ["inheritOwnerPrivileges"], message: "excludes roleDescriptors; declare one of them" }];
  }
  return isRecord(roleDescriptors) ? Object.entries(roleDescriptors).flatMap(descriptorIssues) : [];
}

function descriptorIssues([role, descriptor]: [string, unknown], _: number, all: unknown[]): Issue[] {
  const { description, restriction } = isRecord(descriptor) ? descriptor : {};
  const issue = (name: string, message: string): Issue => ({ path: ["roleDescriptors", role, name], message });
  return [
    // Roles have one; the server refuses it in a key.
    ...(description === undefined ? [] : [issue("description", "is not a known property of a key; use its metadata")]),
    ...(restriction === undefined || isUnknown(restriction) || all.length === 1
      ? []
      : [issue("restriction", "is possible only where its role descriptor is the only one")]),
  ];
}

function reservedNames(metadata: unknown): Issue[] {
  const names = Object.keys(isRecord(metadata) ? metadata : {});
  return names
    .filter((name) => name.startsWith("_") || name === MARK)
    .map((name) => ({ path: ["metadata", name], message: "is a reserved name; choose another" }));
}

function endOf({ invalidated, invalidation, expiration }: WireApiKey): string | undefined {
  if (invalidated) {
    return `invalidated${invalidation ? ` at ${isoTime(invalidation)}` : ""}`;
  }
  return expiration !== undefined && expiration <= systemClock.now() ? `expired at ${isoTime(expiration)}` : undefined;
}

const PURGED =
  "is not on the server any more (keys are deleted some time, by default a week, after they are invalidated or expire)";

function inputsOf(
  key: WireApiKey,
  recorded: Partial<ApiKeyInputs & ApiKeyFacts>,
): { [K in keyof ApiKeyInputs]?: ApiKeyInputs[K] | undefined } {
  const metadata = withoutMark(key.metadata) as ApiKeyInputs["metadata"];
  const crossCluster = key.type === "cross_cluster";
  const roleDescriptors = fromWire(key.role_descriptors);
  return {
    name: key.name,
    inheritOwnerPrivileges: !crossCluster && roleDescriptors === undefined ? true : undefined,
    // The server shows the access of a cross-cluster key as a role of its own making too.
    roleDescriptors: crossCluster ? undefined : roleDescriptors,
    access: crossCluster ? accessFromWire(key.access) : undefined,
    certificateIdentity: key.certificate_identity,
    metadata: metadata && Object.keys(metadata).length > 0 ? metadata : undefined,
    ...movedExpiration(key, recorded),
  };
}

const TOLERANCE = 60_000;

/** The server keeps a moment, not the duration that was declared: it tells only that somebody else has moved it. */
function movedExpiration(
  { creation, expiration }: WireApiKey,
  { expiresAt, expiration: declared }: Partial<ApiKeyInputs & ApiKeyFacts>,
): Pick<ApiKeyInputs, "expiration"> {
  if (expiresAt === undefined || expiration === undefined) {
    return {};
  }
  // A change that was sent twice counts from the later one.
  if (Math.abs(expiration - Date.parse(expiresAt)) < TOLERANCE) {
    return {};
  }
  const life = expiration - creation;
  const readable = roughly(life);
  // What is rounded mustn't hide the difference.
  return { expiration: readable === declared ? `${Math.round(life / 1000)}s` : readable };
}

function factsOf(key: WireApiKey): { [K in keyof ApiKeyFacts]?: ApiKeyFacts[K] | undefined } {
  return {
    createdAt: isoTime(key.creation),
    expiresAt: key.expiration === undefined ? undefined : isoTime(key.expiration),
    owner: key.username,
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
