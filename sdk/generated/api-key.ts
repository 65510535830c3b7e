// Generated from the provider's schemas by `npm run generate`. Change the schema, not this file.
import * as pulumi from "@pulumi/pulumi";

/** Arguments of `FieldSecurity`. */
export interface FieldSecurityArgs {
  /** Fields that can be read, or patterns. */
  grant?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Fields among them that can't. */
  except?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** Arguments of `IndexPrivileges`. */
export interface IndexPrivilegesArgs {
  /** Names of indices, or patterns. */
  names: pulumi.Input<string | pulumi.Input<string>[]>;
  /** Index privileges, such as `read` or `all`. */
  privileges: pulumi.Input<pulumi.Input<string>[]>;
  /** Restricts the documents that can be read. */
  query?: pulumi.Input<string | Record<string, pulumi.Input<unknown>>> | undefined;
  /** Restricts the fields that can be read. */
  fieldSecurity?: pulumi.Input<FieldSecurityArgs> | undefined;
  /**
   * Whether the patterns match restricted indices too.
   * @default `false`
   */
  allowRestrictedIndices?: pulumi.Input<boolean> | undefined;
  /** Members that this package doesn't know, sent verbatim. */
  extra?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
}

/** Arguments of `ApplicationPrivileges`. */
export interface ApplicationPrivilegesArgs {
  /** Name of the application. */
  application: pulumi.Input<string>;
  /** Privileges in it. */
  privileges: pulumi.Input<pulumi.Input<string>[]>;
  /** What they apply to. */
  resources: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of `RemoteIndexPrivileges`. */
export interface RemoteIndexPrivilegesArgs {
  /** Aliases of remote clusters, or patterns. */
  clusters: pulumi.Input<string | pulumi.Input<string>[]>;
  /** Names of indices, or patterns. */
  names: pulumi.Input<string | pulumi.Input<string>[]>;
  /** Index privileges, such as `read` or `all`. */
  privileges: pulumi.Input<pulumi.Input<string>[]>;
  /** Restricts the documents that can be read. */
  query?: pulumi.Input<string | Record<string, pulumi.Input<unknown>>> | undefined;
  /** Restricts the fields that can be read. */
  fieldSecurity?: pulumi.Input<FieldSecurityArgs> | undefined;
  /**
   * Whether the patterns match restricted indices too.
   * @default `false`
   */
  allowRestrictedIndices?: pulumi.Input<boolean> | undefined;
  /** Members that this package doesn't know, sent verbatim. */
  extra?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
}

/** Arguments of `RemoteClusterPrivileges`. */
export interface RemoteClusterPrivilegesArgs {
  /** Aliases of remote clusters, or patterns. */
  clusters: pulumi.Input<string | pulumi.Input<string>[]>;
  /** Cluster privileges there, such as `monitor_enrich`. */
  privileges: pulumi.Input<pulumi.Input<string>[]>;
  /** Members that this package doesn't know, sent verbatim. */
  extra?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
}

/** Arguments of `Restriction`. */
export interface RestrictionArgs {
  /** Workflows that the key may be used for. */
  workflows: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of `RoleDescriptor`. */
export interface RoleDescriptorArgs {
  /** Cluster privileges, such as `monitor`. */
  cluster?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Privileges on indices. */
  indices?: pulumi.Input<pulumi.Input<IndexPrivilegesArgs>[]> | undefined;
  /** Privileges in applications. */
  applications?: pulumi.Input<pulumi.Input<ApplicationPrivilegesArgs>[]> | undefined;
  /** Users whose identity may be taken. */
  runAs?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Privileges on indices of remote clusters. */
  remoteIndices?: pulumi.Input<pulumi.Input<RemoteIndexPrivilegesArgs>[]> | undefined;
  /** Cluster privileges on remote clusters (8.15 and later). */
  remoteCluster?: pulumi.Input<pulumi.Input<RemoteClusterPrivilegesArgs>[]> | undefined;
  /** Metadata of the descriptor. */
  metadata?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /** Restricts the key to workflows. Only where it is the only descriptor. */
  restriction?: pulumi.Input<RestrictionArgs> | undefined;
  /** Members that this package doesn't know, sent verbatim. */
  extra?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
}

/** Arguments of `SearchAccess`. */
export interface SearchAccessArgs {
  /** Names of indices, or patterns. */
  names: pulumi.Input<string | pulumi.Input<string>[]>;
  /** Restricts the documents that can be read. */
  query?: pulumi.Input<string | Record<string, pulumi.Input<unknown>>> | undefined;
  /** Restricts the fields that can be read. */
  fieldSecurity?: pulumi.Input<FieldSecurityArgs> | undefined;
  /**
   * Whether the patterns match restricted indices too.
   * @default `false`
   */
  allowRestrictedIndices?: pulumi.Input<boolean> | undefined;
}

/** Arguments of `ReplicationAccess`. */
export interface ReplicationAccessArgs {
  /** Names of indices, or patterns. */
  names: pulumi.Input<string | pulumi.Input<string>[]>;
  /**
   * Whether the patterns match restricted indices too.
   * @default `false`
   */
  allowRestrictedIndices?: pulumi.Input<boolean> | undefined;
}

/** Arguments of `CrossClusterAccess`. */
export interface CrossClusterAccessArgs {
  /** Indices that the other cluster may search. */
  search?: pulumi.Input<pulumi.Input<SearchAccessArgs>[]> | undefined;
  /** Indices that the other cluster may replicate. */
  replication?: pulumi.Input<pulumi.Input<ReplicationAccessArgs>[]> | undefined;
}

/** Arguments of `OnBehalfOf`. */
export interface OnBehalfOfArgs {
  /** The user, together with `password`. */
  username?: pulumi.Input<string> | undefined;
  /** The user's password. */
  password?: pulumi.Input<string> | undefined;
  /** The user's access token or JWT, instead of `username` and `password`. */
  accessToken?: pulumi.Input<string> | undefined;
  /** Make the key for this other user, whose identity that user may take. */
  runAs?: pulumi.Input<string> | undefined;
}

/** Arguments of `ApiKey`. */
export interface ApiKeyArgs {
  /**
   * Name of the key: 1 to 256 characters, no blanks around it, no leading underscore. Several keys may have the same name.
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  name: pulumi.Input<string>;
  /**
   * What the key may do, by role name; at most what its creator may. Required, since without it the key has all rights of its creator: `inheritOwnerPrivileges` says that this is wanted. A member that is misspelt is refused.
   * @remarks A change is made in place. Sent by `PUT /_security/api_key/{id}`.
   */
  roleDescriptors?: pulumi.Input<Record<string, pulumi.Input<RoleDescriptorArgs>>> | undefined;
  /**
   * Give the key all rights of its creator. Only without `roleDescriptors`.
   * @default `false`
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  inheritOwnerPrivileges?: pulumi.Input<boolean> | undefined;
  /**
   * Makes a cross-cluster key: one with which another cluster may search or replicate these indices, and nothing else. Instead of `roleDescriptors`. Takes the privilege `manage_security` and an Enterprise licence. A key can't become one, or cease to be one: that makes a new key.
   * @remarks A change is made in place. Sent by `PUT /_security/cross_cluster/api_key/{id}`.
   */
  access?: pulumi.Input<CrossClusterAccessArgs> | undefined;
  /**
   * Regular expression for the name in the certificate with which the other cluster has to come. Only with `access`; from Elasticsearch 9.3 on.
   * @default any certificate
   * @remarks A change is made in place. Sent by `PUT /_security/cross_cluster/api_key/{id}`.
   */
  certificateIdentity?: pulumi.Input<string> | undefined;
  /**
   * Make the key for this user and with its rights, instead of the caller. The caller needs `grant_api_key`, and `manage_api_key` (which contains it) to read and revoke the key. Only the user decides: other credentials of the same user are no change. Since only the owner of a key may change it, every change makes a new one.
   * @default the caller
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key/grant`.
   */
  onBehalfOf?: pulumi.Input<OnBehalfOfArgs> | undefined;
  /**
   * How long the key lives, such as `30d`: from its creation or, once this is changed, from the moment of the change. See `expiresAt` for the moment. Taking it away makes a new key.
   * @default the key doesn't expire
   * @remarks A change is made in place. Sent by `PUT /_security/api_key/{id}`.
   */
  expiration?: pulumi.Input<string> | undefined;
  /**
   * Metadata of the key. Names at the top level must not start with an underscore.
   * @remarks A change is made in place. Sent by `PUT /_security/api_key/{id}`.
   */
  metadata?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /**
   * Values that are not sent anywhere: any change of them makes a new key and, after everything that uses it has been updated, invalidates the old one.
   * @remarks A change replaces the resource.
   */
  keepers?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * Age at which the key is replaced, such as `30d`: the first preview after that proposes it. See `rotateAt` for the moment.
   * @default the key isn't replaced by age
   * @remarks A change is made in place.
   */
  rotateAfter?: pulumi.Input<string> | undefined;
  /**
   * How long before it expires the key is replaced, such as `14d`. Only with `expiration`. With `rotateAfter` as well, whatever comes first.
   * @default the key isn't replaced before it expires
   * @remarks A change is made in place.
   */
  rotateBeforeExpiry?: pulumi.Input<string> | undefined;
  /**
   * How long to wait, before the key is invalidated, for syncs that run on its indices at that moment: they still use it. If one runs on, the key expires an hour later, or is invalidated where the caller doesn't own it; a notice says which. With `0s` it is invalidated at once, as a key that has leaked should be.
   * @default `"10m"`
   * @remarks A change is made in place.
   */
  drainTimeout?: pulumi.Input<string> | undefined;
  /**
   * Let the key live on this long after it was replaced or deleted, instead of invalidating it: for users of the key that take the new one later, such as a connectors service that has to get a new `config.yml`. It counts when it has been applied.
   * @default the key is invalidated when no sync uses it any more
   * @remarks A change is made in place.
   */
  overlap?: pulumi.Input<string> | undefined;
}

/** Outputs of `ApiKey`. One that is named like an argument holds what was declared, and is absent where nothing was. */
export abstract class ApiKeyOutputs extends pulumi.CustomResource {
  /**
   * Name of the key: 1 to 256 characters, no blanks around it, no leading underscore. Several keys may have the same name.
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  declare readonly name: pulumi.Output<string>;
  /**
   * What the key may do, by role name; at most what its creator may. Required, since without it the key has all rights of its creator: `inheritOwnerPrivileges` says that this is wanted. A member that is misspelt is refused.
   * @remarks A change is made in place. Sent by `PUT /_security/api_key/{id}`.
   */
  declare readonly roleDescriptors: pulumi.Output<pulumi.Unwrap<Record<string, RoleDescriptorArgs>> | undefined>;
  /**
   * Give the key all rights of its creator. Only without `roleDescriptors`.
   * @default `false`
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  declare readonly inheritOwnerPrivileges: pulumi.Output<boolean | undefined>;
  /**
   * Makes a cross-cluster key: one with which another cluster may search or replicate these indices, and nothing else. Instead of `roleDescriptors`. Takes the privilege `manage_security` and an Enterprise licence. A key can't become one, or cease to be one: that makes a new key.
   * @remarks A change is made in place. Sent by `PUT /_security/cross_cluster/api_key/{id}`.
   */
  declare readonly access: pulumi.Output<pulumi.Unwrap<CrossClusterAccessArgs> | undefined>;
  /**
   * Regular expression for the name in the certificate with which the other cluster has to come. Only with `access`; from Elasticsearch 9.3 on.
   * @default any certificate
   * @remarks A change is made in place. Sent by `PUT /_security/cross_cluster/api_key/{id}`.
   */
  declare readonly certificateIdentity: pulumi.Output<string | undefined>;
  /**
   * Make the key for this user and with its rights, instead of the caller. The caller needs `grant_api_key`, and `manage_api_key` (which contains it) to read and revoke the key. Only the user decides: other credentials of the same user are no change. Since only the owner of a key may change it, every change makes a new one.
   * @default the caller
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key/grant`.
   */
  declare readonly onBehalfOf: pulumi.Output<pulumi.Unwrap<OnBehalfOfArgs> | undefined>;
  /**
   * How long the key lives, such as `30d`: from its creation or, once this is changed, from the moment of the change. See `expiresAt` for the moment. Taking it away makes a new key.
   * @default the key doesn't expire
   * @remarks A change is made in place. Sent by `PUT /_security/api_key/{id}`.
   */
  declare readonly expiration: pulumi.Output<string | undefined>;
  /**
   * Metadata of the key. Names at the top level must not start with an underscore.
   * @remarks A change is made in place. Sent by `PUT /_security/api_key/{id}`.
   */
  declare readonly metadata: pulumi.Output<Record<string, unknown> | undefined>;
  /**
   * Values that are not sent anywhere: any change of them makes a new key and, after everything that uses it has been updated, invalidates the old one.
   * @remarks A change replaces the resource.
   */
  declare readonly keepers: pulumi.Output<Record<string, string> | undefined>;
  /**
   * Age at which the key is replaced, such as `30d`: the first preview after that proposes it. See `rotateAt` for the moment.
   * @default the key isn't replaced by age
   * @remarks A change is made in place.
   */
  declare readonly rotateAfter: pulumi.Output<string | undefined>;
  /**
   * How long before it expires the key is replaced, such as `14d`. Only with `expiration`. With `rotateAfter` as well, whatever comes first.
   * @default the key isn't replaced before it expires
   * @remarks A change is made in place.
   */
  declare readonly rotateBeforeExpiry: pulumi.Output<string | undefined>;
  /** From when on previews propose a new key (ISO 8601, UTC), by `rotateAfter` and `rotateBeforeExpiry`; absent without them. With `ignoreChanges` for it the key stays. */
  declare readonly rotateAt: pulumi.Output<string | undefined>;
  /**
   * How long to wait, before the key is invalidated, for syncs that run on its indices at that moment: they still use it. If one runs on, the key expires an hour later, or is invalidated where the caller doesn't own it; a notice says which. With `0s` it is invalidated at once, as a key that has leaked should be.
   * @default `"10m"`
   * @remarks A change is made in place.
   */
  declare readonly drainTimeout: pulumi.Output<string | undefined>;
  /**
   * Let the key live on this long after it was replaced or deleted, instead of invalidating it: for users of the key that take the new one later, such as a connectors service that has to get a new `config.yml`. It counts when it has been applied.
   * @default the key is invalidated when no sync uses it any more
   * @remarks A change is made in place.
   */
  declare readonly overlap: pulumi.Output<string | undefined>;
  /** The secret half of the key. Known only to the run that created it. */
  declare readonly apiKey: pulumi.Output<string>;
  /** What a client sends after `Authorization: ApiKey `: base64 of `id:apiKey`. */
  declare readonly encoded: pulumi.Output<string>;
  /** When the key was made (ISO 8601, UTC). */
  declare readonly createdAt: pulumi.Output<string>;
  /** When the key expires (ISO 8601, UTC); absent when it doesn't. */
  declare readonly expiresAt: pulumi.Output<string | undefined>;
  /** Name of the user whose key it is. */
  declare readonly owner: pulumi.Output<string | undefined>;
}

/** Names of the properties that only the server knows. */
export const API_KEY_FACTS = ["apiKey","encoded","createdAt","expiresAt","owner"] as const;

/** Names of all properties that a look-up fills in. */
export const API_KEY_INPUTS = ["name","roleDescriptors","inheritOwnerPrivileges","access","certificateIdentity","onBehalfOf","expiration","metadata","keepers","rotateAfter","rotateBeforeExpiry","rotateAt","drainTimeout","overlap"] as const;

/** Outputs that are secrets although no input of their name is. */
export const API_KEY_SECRETS: string[] = ["apiKey","encoded"];
