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
  /** Metadata of the descriptor. */
  metadata?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /** Restricts the key to workflows. */
  restriction?: pulumi.Input<RestrictionArgs> | undefined;
  /** Members that this package doesn't know, sent verbatim. */
  extra?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
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
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  roleDescriptors?: pulumi.Input<Record<string, pulumi.Input<RoleDescriptorArgs>>> | undefined;
  /**
   * Give the key all rights of its creator. Only without `roleDescriptors`.
   * @default `false`
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  inheritOwnerPrivileges?: pulumi.Input<boolean> | undefined;
  /**
   * How long the key lives from its creation, such as `30d`. See `expiresAt` for the moment.
   * @default the key doesn't expire
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  expiration?: pulumi.Input<string> | undefined;
  /**
   * Metadata of the key. Names at the top level must not start with an underscore.
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  metadata?: pulumi.Input<Record<string, pulumi.Input<unknown>>> | undefined;
  /**
   * Values that are not sent anywhere: any change of them makes a new key and, after everything that uses it has been updated, invalidates the old one.
   * @remarks A change replaces the resource.
   */
  keepers?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * How long to wait, before the key is invalidated, for syncs that run on its indices at that moment: they still use it. If one runs on, the key expires an hour later, or is invalidated where the caller doesn't own it; a notice says which.
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
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  declare readonly roleDescriptors: pulumi.Output<pulumi.Unwrap<Record<string, RoleDescriptorArgs>> | undefined>;
  /**
   * Give the key all rights of its creator. Only without `roleDescriptors`.
   * @default `false`
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  declare readonly inheritOwnerPrivileges: pulumi.Output<boolean | undefined>;
  /**
   * How long the key lives from its creation, such as `30d`. See `expiresAt` for the moment.
   * @default the key doesn't expire
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  declare readonly expiration: pulumi.Output<string | undefined>;
  /**
   * Metadata of the key. Names at the top level must not start with an underscore.
   * @remarks A change replaces the resource. Sent by `POST /_security/api_key`.
   */
  declare readonly metadata: pulumi.Output<Record<string, unknown> | undefined>;
  /**
   * Values that are not sent anywhere: any change of them makes a new key and, after everything that uses it has been updated, invalidates the old one.
   * @remarks A change replaces the resource.
   */
  declare readonly keepers: pulumi.Output<Record<string, string> | undefined>;
  /**
   * How long to wait, before the key is invalidated, for syncs that run on its indices at that moment: they still use it. If one runs on, the key expires an hour later, or is invalidated where the caller doesn't own it; a notice says which.
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
}

/** Names of the properties that only the server knows. */
export const API_KEY_FACTS = ["apiKey","encoded","createdAt","expiresAt"] as const;

/** Names of all properties that a look-up fills in. */
export const API_KEY_INPUTS = ["name","roleDescriptors","inheritOwnerPrivileges","expiration","metadata","keepers","drainTimeout","overlap"] as const;

/** Outputs that are secrets although no input of their name is. */
export const API_KEY_SECRETS: string[] = ["apiKey","encoded"];
