import {
  type ApiKeyBody,
  type CreatedApiKey,
  createApiKey,
  findApiKeys,
  getApiKey,
  invalidateApiKey,
} from "../../elasticsearch/api-keys";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { explain, ProviderError } from "../../elasticsearch/errors";
import { deepEqual } from "../../model/equality";
import { notice } from "../../model/notice";
import { type Context, defineResource } from "../../model/resource";
import { isRecord, isUnknown } from "../../model/unknown";
import { createOnce } from "../../ownership/lost-answer";
import { MARK, markOf, newMark, withMark, withoutMark } from "../../ownership/marks";
import { retire } from "./retire";
import { type ApiKeyInputs, apiKeyFacts, apiKeyInputs } from "./schema";
import { fromWire, roleDescriptorsView, toWire } from "./wire";

export const apiKey = defineResource({
  kind: "ApiKey",
  inputs: apiKeyInputs,
  facts: apiKeyFacts,
  views: { roleDescriptors: roleDescriptorsView, metadata: { equal: (a, b) => deepEqual(a ?? {}, b ?? {}) } },

  validate({ roleDescriptors, inheritOwnerPrivileges, metadata }) {
    const empty =
      roleDescriptors === undefined || (isRecord(roleDescriptors) && Object.keys(roleDescriptors).length === 0);
    const issues = [];
    if (empty && inheritOwnerPrivileges !== true && !isUnknown(inheritOwnerPrivileges)) {
      const message =
        "is required: without it the key has all rights of its creator (set inheritOwnerPrivileges: true if you want that)";
      issues.push({ path: ["roleDescriptors"], message });
    }
    if (!empty && !isUnknown(roleDescriptors) && inheritOwnerPrivileges === true) {
      issues.push({ path: ["inheritOwnerPrivileges"], message: "excludes roleDescriptors; declare one of them" });
    }
    const reserved = isRecord(metadata)
      ? Object.keys(metadata).filter((name) => name.startsWith("_") || name === MARK)
      : [];
    return [
      ...issues,
      ...reserved.map((name) => ({ path: ["metadata", name], message: "is a reserved name; choose another" })),
    ];
  },

  async create(es, desired, context, made) {
    const created = await createMarked(es, desired, context).catch((error) => {
      throw explainCreation(error, desired.name);
    });
    made(created.id, { apiKey: created.api_key, encoded: created.encoded });
  },

  async observe(es, id) {
    const live = await getApiKey(es, id);
    if (!live) {
      return undefined;
    }
    const gone = live.invalidated
      ? "invalidated"
      : live.expiration && live.expiration <= Date.now()
        ? "expired"
        : undefined;
    if (gone) {
      const at = live.invalidated ? live.invalidation : live.expiration;
      notice(
        "ApiKey",
        id,
        `${gone}${at ? ` at ${isoTime(at)}` : ""}: it counts as gone and is made anew by the next 'pulumi up'`,
      );
      return undefined;
    }
    const metadata = withoutMark(live.metadata) as ApiKeyInputs["metadata"];
    return {
      inputs: {
        name: live.name,
        roleDescriptors: fromWire(live.role_descriptors),
        metadata: metadata && Object.keys(metadata).length > 0 ? metadata : undefined,
      },
      facts: {
        createdAt: isoTime(live.creation),
        expiresAt: live.expiration === undefined ? undefined : isoTime(live.expiration),
      },
    };
  },

  // Every change makes a new key; there is nothing to update in place.
  async update() {},

  remove: retire,
});

/**
 * Creates the key with a mark of its own in its metadata. When the answer is lost, so is the key's value: the key is
 * found by its mark and invalidated, and another one is made.
 */
async function createMarked(es: Elasticsearch, desired: ApiKeyInputs, context: Context): Promise<CreatedApiKey> {
  const mark = newMark(context);
  const body: ApiKeyBody = {
    name: desired.name,
    ...(desired.expiration === undefined ? {} : { expiration: desired.expiration }),
    role_descriptors: toWire(desired.roleDescriptors ?? {}),
    metadata: withMark(desired.metadata, mark),
  };
  return createOnce(
    () => createApiKey(es, body),
    async () => {
      const keys = await findApiKeys(es, desired.name);
      const lost = keys.filter((key) => !key.invalidated && markOf(key.metadata)?.nonce === mark.nonce);
      for (const key of lost) {
        await invalidateApiKey(es, key.id);
      }
      return undefined;
    },
  );
}

function explainCreation(error: unknown, name: string): unknown {
  const derived = error instanceof ProviderError && error.kind === "invalid" && /derived api key/.test(error.parts.why);
  return explain(error, { object: `ApiKey '${name}'`, ...(derived ? { next: DERIVED } : {}) });
}

const DERIVED =
  "a caller that is itself an API key can't create keys with rights: use a user (elastic:username and elastic:password), or a token (elastic:bearerToken), or let an administrator create the key";

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
