import type { JsonObject } from "./json";
import type { ProfileName } from "./profile";

/** Start options of the development server. */
export interface ServerOptions {
  /** Version that the server stands for. @default "9.x" */
  version?: ProfileName;
  /** TCP port on the loopback interface; 0 takes a free one. @default 0 */
  port?: number;
  /** Name of the superuser. @default "elastic" */
  username?: string;
  /** Password of the superuser. @default a random one */
  password?: string;
  /** Further users, with the names of their roles. */
  users?: Record<string, { password: string; roles: string[] }>;
  /** Roles beside the built-in `superuser`, in the form of a role descriptor. */
  roles?: Record<string, RoleDescriptorOptions>;
  /** @default "trial" */
  license?: "basic" | "trial" | "platinum" | "enterprise";
  /** Certificate and key in PEM; serves https instead of http. */
  tls?: { cert: string; key: string };
  /** Deliberate faults in behaviour: negative controls prove with them that tests can fail. */
  defects?: Defect[];
}

/** A role descriptor as the security API takes it. */
export type RoleDescriptorOptions = JsonObject;

/** Names of the deliberately broken variants. */
export type Defect =
  | "accepts-everything"
  | "soft-delete-off"
  | "put-merges"
  | "privileges-off"
  | "invalidated-keys-work"
  | "secret-put-ignored"
  | "scheduling-write-ignored"
  | "required-defaults-true"
  | "configuration-accepts-anything"
  | "status-unchecked"
  | "index-name-uniqueness-off"
  | "filtering-activate-ignored"
  | "jobs-never-change"
  | "key-lookup-always-200"
  | "derived-keys-allowed"
  | "unknown-members-ignored"
  | "settings-unchecked"
  | "mappings-unchecked"
  | "media-types-ignored"
  | "authentication-off"
  | "no-product-header";
