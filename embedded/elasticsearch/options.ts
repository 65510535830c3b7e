import type { JsonObject } from "./json";
import type { ProfileName } from "./profile";
import type { Dump } from "./store/dump";

/** Start options of the development server. */
export interface ServerOptions {
  /** Version that the server stands for. @default "9.x" */
  version?: ProfileName;
  /** TCP port on the loopback interface; 0 takes a free one. @default 0 */
  port?: number;
  /** Name of the superuser. @default "elastic" */
  username?: string;
  /** Password of the superuser. @default a random one; with `data` it stays the same */
  password?: string;
  /** Further users, with the names of their roles. */
  users?: Record<string, { password: string; roles: string[] }>;
  /** Roles beside the built-in `superuser`, in the form of a role descriptor. */
  roles?: Record<string, RoleDescriptorOptions>;
  /** @default "trial" */
  license?: "basic" | "trial" | "platinum" | "enterprise";
  /** Serves https instead of http: with this certificate and key in PEM, or with ones made at the start. */
  tls?: true | { cert: string; key: string };
  /** Folder that keeps the data across restarts; without one it is in memory and gone at the end. */
  data?: string;
  /** What an earlier server held, as its `control.dump()` answered. Not together with `data`. */
  restore?: Dump;
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
  | "no-product-header"
  | "validation-off"
  | "updates-ignored"
  | "deletes-ignored"
  | "filters-ignored"
  | "not-found-hidden"
  | "defaults-forgotten"
  | "key-types-mixed"
  | "routes-forgiving"
  | "documents-lost"
  | "response-parameters-ignored"
  | "configuration-merges"
  | "sensitive-values-hidden"
  | "description-dropped"
  | "content-prefix-unchecked"
  | "content-prefix-always"
  | "index-name-clashes-with-itself"
  | "created-id-untold"
  | "job-checks-off"
  | "encoded-key-wrong"
  | "key-names-unique"
  | "key-queries-ignored"
  | "key-owners-ignored"
  | "certificate-identity-dropped"
  | "index-names-unchecked"
  | "aliases-ignored"
  | "privileges-answered-blindly"
  | "required-members-optional";
