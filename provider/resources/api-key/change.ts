import {
  type ApiKeyChange,
  getApiKey,
  updateApiKey,
  updateCrossClusterKey,
  type WireApiKey,
} from "../../elasticsearch/api-keys";
import { callerOf } from "../../elasticsearch/caller";
import type { Elasticsearch } from "../../elasticsearch/connection";
import { explain, isKind } from "../../elasticsearch/errors";
import { fieldsOf } from "../../model/fields";
import { notice } from "../../model/notice";
import type { Change, Context } from "../../model/resource";
import { markOf, newMark, withMark } from "../../ownership/marks";
import { accessToWire } from "./cross-cluster";
import { type ApiKeyFacts, type ApiKeyInputs, apiKeyInputs } from "./schema";
import { toWire } from "./wire";

/** Inputs whose change is sent. All others are the provider's own business, or make a new key anyway. */
const SENT = fieldsOf(apiKeyInputs)
  .filter(({ meta }) => meta.change === "in place" && meta.endpoint !== undefined)
  .map(({ name }) => name);

/** Only its owner may change a key, and no API key may. Then a change makes a new one. */
export async function unchangeable(es: Elasticsearch, id: string, changed: readonly string[]): Promise<string[]> {
  const sent = changed.filter((name) => SENT.includes(name));
  if (sent.length === 0) {
    return [];
  }
  const why = await whyUnchangeable(es, id);
  if (why === undefined) {
    return [];
  }
  notice("ApiKey", id, `a change of ${sent.join(" and ")} makes a new key: ${why}`);
  return sent;
}

async function whyUnchangeable(es: Elasticsearch, id: string): Promise<string | undefined> {
  const caller = await callerOf(es);
  if (caller.apiKeyId !== undefined) {
    return "the caller is itself an API key, and only a user can change keys";
  }
  const { key } = await getApiKey(es, id);
  const others = key && (key.username !== caller.username || (key.realm ?? caller.realm) !== caller.realm);
  return others ? `it belongs to user '${key.username}', and only its owner can change a key` : undefined;
}

/** Sends what has changed, in one request. An expiration counts from that moment. */
export async function changeKey(
  es: Elasticsearch,
  id: string,
  change: Change<ApiKeyInputs, ApiKeyFacts>,
  context: Context,
  carry: (known: Partial<ApiKeyInputs & ApiKeyFacts>) => void,
): Promise<void> {
  const body = bodyOf(change, context);
  if (Object.keys(body).length === 0) {
    return;
  }
  const send = change.desired.access ? updateCrossClusterKey : updateApiKey;
  // Its own API takes no change of the expiration alone.
  const needed = change.desired.access && onlyExpiration(body) ? { access: accessToWire(change.desired.access) } : {};
  await send(es, id, { ...body, ...needed }).catch((error) => {
    throw explainChange(error);
  });
  if (body.expiration !== undefined) {
    // The moment that it leads to is read back.
    carry({ expiration: body.expiration, expiresAt: undefined });
  }
}

function onlyExpiration(body: ApiKeyChange): boolean {
  return Object.keys(body).join() === "expiration";
}

function bodyOf({ changed, desired, live }: Change<ApiKeyInputs, ApiKeyFacts>, context: Context): ApiKeyChange {
  const { roleDescriptors, access, certificateIdentity, expiration, metadata } = desired;
  const mark = markOf((live.raw as WireApiKey | undefined)?.metadata) ?? newMark(context);
  return {
    ...(changed.has("roleDescriptors") ? { role_descriptors: toWire(roleDescriptors ?? {}) } : {}),
    ...(changed.has("access") && access ? { access: accessToWire(access) } : {}),
    ...(changed.has("certificateIdentity") ? { certificate_identity: certificateIdentity ?? null } : {}),
    ...(changed.has("expiration") && expiration !== undefined ? { expiration } : {}),
    ...(changed.has("metadata") ? { metadata: withMark(metadata, mark) } : {}),
  };
}

/** It was planned because nothing told that the caller may not. */
function explainChange(error: unknown): unknown {
  const refused =
    isKind(error, "not-found", "invalid") && /owned by requesting user|only the owner user/.test(error.parts.why);
  return refused ? explain(error, { next: REPLACE }) : error;
}

const REPLACE =
  "only the user who owns a key can change it: use that user's credentials, or have a new key made with pulumi up --replace '<URN>' (pulumi stack --show-urns tells the URN of this ApiKey)";
