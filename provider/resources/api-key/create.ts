import {
  type ApiKeyBody,
  type CreatedApiKey,
  createApiKey,
  createCrossClusterKey,
  findApiKeys,
  grantApiKey,
  invalidateApiKey,
} from "../../elasticsearch/api-keys";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { explain, ProviderError } from "../../elasticsearch/errors";
import type { Context } from "../../model/resource";
import { sendOnce } from "../../ownership/lost-answer";
import { markOf, newMark, withMark } from "../../ownership/marks";
import { accessToWire } from "./cross-cluster";
import { grantBody } from "./grant";
import type { ApiKeyInputs } from "./schema";
import { toWire } from "./wire";

/**
 * Creates the key with a mark of its own in its metadata. When the answer is lost, so is the key's value: the key is
 * found by its mark and invalidated, and another one is made. The first request may be carried out late, so we look again.
 */
export async function createMarked(es: Elasticsearch, desired: ApiKeyInputs, context: Context): Promise<CreatedApiKey> {
  const mark = newMark(context);
  const metadata = withMark(desired.metadata, mark);
  let lost = false;
  const invalidateLost = async (except?: string) => {
    for (const { id, invalidated, metadata } of await findApiKeys(es, desired.name)) {
      if (id !== except && !invalidated && markOf(metadata)?.nonce === mark.nonce) {
        await invalidateApiKey(es, id);
      }
    }
  };
  const created = await sendOnce(
    () => send(es, desired, metadata),
    async () => {
      lost = true;
      await invalidateLost();
      return undefined;
    },
  );
  if (lost) {
    // The key that is needed is there; what can't be seen now, the command `keys` will find.
    await invalidateLost(created.id).catch(() => {});
  }
  return created;
}

function send(
  es: Elasticsearch,
  { name, expiration, access, certificateIdentity, onBehalfOf, roleDescriptors }: ApiKeyInputs,
  metadata: Record<string, unknown>,
): Promise<CreatedApiKey> {
  const common = { name, ...(expiration === undefined ? {} : { expiration }) };
  if (access) {
    const identity = certificateIdentity === undefined ? {} : { certificate_identity: certificateIdentity };
    return createCrossClusterKey(es, { ...common, access: accessToWire(access), metadata, ...identity });
  }
  const body: ApiKeyBody = { ...common, role_descriptors: toWire(roleDescriptors ?? {}), metadata };
  return onBehalfOf ? grantApiKey(es, grantBody(onBehalfOf), body) : createApiKey(es, body);
}

/** The same error, with what the user can do about it. */
export function explainCreation(error: unknown, { name, onBehalfOf }: ApiKeyInputs): unknown {
  const next = error instanceof ProviderError ? advice(error, onBehalfOf !== undefined) : undefined;
  return explain(error, { object: `ApiKey '${name}'`, ...(next ? { next } : {}) });
}

function advice({ kind, parts }: ProviderError, granted: boolean): string | undefined {
  if (kind === "invalid" && /derived api key|An API key cannot be used/i.test(parts.why)) {
    return DERIVED;
  }
  if (kind === "forbidden" && /license/i.test(parts.why)) {
    return "cross-cluster API keys take an Enterprise licence, or a trial";
  }
  if (granted && kind === "unauthorized") {
    return "check username and password, or the accessToken, of onBehalfOf; if they are right, the provider's own credentials";
  }
  if (granted && kind === "forbidden") {
    return "give the caller the cluster privilege manage_api_key (it contains grant_api_key, and is needed to read and revoke the key as well); with runAs, let the user of onBehalfOf run as that one";
  }
  return undefined;
}

const DERIVED =
  "a caller that is itself an API key can't create keys with rights: use a user (elastic:username and elastic:password), or a token (elastic:bearerToken), or name one in onBehalfOf (for a key that isn't cross-cluster), or let an administrator create the key";
