import { z } from "zod";
import { durationOrNone, duration as waitingTime } from "../../model/duration";
import { field, named } from "../../model/fields";
import { expiration, rotationPeriod } from "./durations";
import { crossClusterAccess, roleDescriptor } from "./rights";

const CREATE = "POST /_security/api_key";
const UPDATE = "PUT /_security/api_key/{id}";
const CROSS_CLUSTER = "PUT /_security/cross_cluster/api_key/{id}";

const onBehalfOf = named(
  "OnBehalfOf",
  z.strictObject({
    username: field(z.string().min(1, "must not be empty").optional(), {
      description: "The user, together with `password`.",
    }),
    password: field(z.string().min(1, "must not be empty").optional(), {
      description: "The user's password.",
      secret: true,
    }),
    accessToken: field(z.string().min(1, "must not be empty").optional(), {
      description: "The user's access token or JWT, instead of `username` and `password`.",
      secret: true,
    }),
    runAs: field(z.string().min(1, "must not be empty").optional(), {
      description: "Make the key for this other user, whose identity that user may take.",
    }),
  }),
);

const keyName = z.string().superRefine((name, context) => {
  const problem = keyNameProblem(name);
  if (problem) {
    context.addIssue({ code: "custom", message: problem });
  }
});

export const apiKeyInputs = z.strictObject({
  name: field(keyName, {
    description:
      "Name of the key: 1 to 256 characters, no blanks around it, no leading underscore. Several keys may have the same name.",
    change: "replace",
    endpoint: CREATE,
  }),
  roleDescriptors: field(z.record(z.string(), roleDescriptor).optional(), {
    description:
      "What the key may do, by role name; at most what its creator may. Required, since without it the key has all rights of its creator: `inheritOwnerPrivileges` says that this is wanted. A member that is misspelt is refused.",
    change: "in place",
    endpoint: UPDATE,
  }),
  inheritOwnerPrivileges: field(z.boolean().optional(), {
    description: "Give the key all rights of its creator. Only without `roleDescriptors`.",
    default: "`false`",
    change: "replace",
    endpoint: CREATE,
  }),
  access: field(crossClusterAccess.optional(), {
    description:
      "Makes a cross-cluster key: one with which another cluster may search or replicate these indices, and nothing else. Instead of `roleDescriptors`. Takes the privilege `manage_security` and an Enterprise licence. A key can't become one, or cease to be one: that makes a new key.",
    change: "in place",
    endpoint: CROSS_CLUSTER,
  }),
  certificateIdentity: field(z.string().optional(), {
    description:
      "Regular expression for the name in the certificate with which the other cluster has to come. Only with `access`; from Elasticsearch 9.3 on.",
    default: "any certificate",
    change: "in place",
    endpoint: CROSS_CLUSTER,
  }),
  onBehalfOf: field(onBehalfOf.optional(), {
    description:
      "Make the key for this user and with its rights, instead of the caller. The caller needs `grant_api_key`, and `manage_api_key` (which contains it) to read and revoke the key. Only the user decides: other credentials of the same user are no change. Since only the owner of a key may change it, every change makes a new one.",
    default: "the caller",
    change: "replace",
    endpoint: "POST /_security/api_key/grant",
  }),
  expiration: field(expiration.optional(), {
    description:
      "How long the key lives, such as `30d`: from its creation or, once this is changed, from the moment of the change. See `expiresAt` for the moment. Taking it away makes a new key.",
    default: "the key doesn't expire",
    change: "in place",
    endpoint: UPDATE,
  }),
  metadata: field(z.record(z.string(), z.unknown()).optional(), {
    description: "Metadata of the key. Names at the top level must not start with an underscore.",
    change: "in place",
    endpoint: UPDATE,
  }),
  keepers: field(z.record(z.string(), z.string()).optional(), {
    description:
      "Values that are not sent anywhere: any change of them makes a new key and, after everything that uses it has been updated, invalidates the old one.",
    change: "replace",
  }),
  rotateAfter: field(rotationPeriod.optional(), {
    description:
      "Age at which the key is replaced, such as `30d`: the first preview after that proposes it. See `rotateAt` for the moment.",
    default: "the key isn't replaced by age",
    change: "in place",
  }),
  rotateBeforeExpiry: field(rotationPeriod.optional(), {
    description:
      "How long before it expires the key is replaced, such as `14d`. Only with `expiration`. With `rotateAfter` as well, whatever comes first.",
    default: "the key isn't replaced before it expires",
    change: "in place",
  }),
  rotateAt: field(z.string().optional(), {
    description:
      "From when on previews propose a new key (ISO 8601, UTC), by `rotateAfter` and `rotateBeforeExpiry`; absent without them. With `ignoreChanges` for it the key stays.",
    change: "in place",
    stamped: true,
  }),
  drainTimeout: field(durationOrNone.optional(), {
    description:
      "How long to wait, before the key is invalidated, for syncs that run on its indices at that moment: they still use it. If one runs on, the key expires an hour later, or is invalidated where the caller doesn't own it; a notice says which. With `0s` it is invalidated at once, as a key that has leaked should be.",
    default: '`"10m"`',
    change: "in place",
  }),
  overlap: field(waitingTime.optional(), {
    description:
      "Let the key live on this long after it was replaced or deleted, instead of invalidating it: for users of the key that take the new one later, such as a connectors service that has to get a new `config.yml`. It counts when it has been applied.",
    default: "the key is invalidated when no sync uses it any more",
    change: "in place",
  }),
});

export const apiKeyFacts = z.strictObject({
  apiKey: field(z.string(), {
    description: "The secret half of the key. Known only to the run that created it.",
    secret: true,
  }),
  encoded: field(z.string(), {
    description: "What a client sends after `Authorization: ApiKey `: base64 of `id:apiKey`.",
    secret: true,
  }),
  createdAt: field(z.string(), { description: "When the key was made (ISO 8601, UTC)." }),
  expiresAt: field(z.string().optional(), {
    description: "When the key expires (ISO 8601, UTC); absent when it doesn't.",
  }),
  owner: field(z.string().optional(), { description: "Name of the user whose key it is." }),
});

export type ApiKeyInputs = z.infer<typeof apiKeyInputs>;
export type ApiKeyFacts = z.infer<typeof apiKeyFacts>;
export type OnBehalfOf = z.infer<typeof onBehalfOf>;

/** Why the server would refuse a name; nothing when it wouldn't. */
function keyNameProblem(name: string): string | undefined {
  if (name.trim() === "") {
    return "must not be empty";
  }
  if (name.length > 256) {
    return "must be at most 256 characters long";
  }
  if (name !== name.trim()) {
    return "must not begin or end with whitespace";
  }
  return name.startsWith("_") ? "must not begin with an underscore" : undefined;
}
