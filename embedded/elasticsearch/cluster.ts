import type { Defect, ServerOptions } from "./options";
import { type Profile, profileFor } from "./profile";
import { normalizeRoleDescriptor, type RoleDescriptor } from "./security/role-descriptor";
import { shortId } from "./short-id";
import type { DocumentStore } from "./store/document-store";
import { remember, remembered } from "./store/system-indices";

export interface User {
  readonly username: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly realm: { readonly name: string; readonly type: string };
}

export interface Scroll {
  readonly indices: readonly string[];
  readonly remaining: unknown[];
  readonly page: number;
  readonly total: number;
}

/** The state that handlers work on. */
export interface Cluster {
  readonly name: string;
  readonly uuid: string;
  readonly profile: Profile;
  readonly license: NonNullable<ServerOptions["license"]>;
  readonly startedAt: number;
  readonly store: DocumentStore;
  readonly users: ReadonlyMap<string, User>;
  readonly roles: ReadonlyMap<string, RoleDescriptor>;
  readonly scrolls: Map<string, Scroll>;
  readonly defects: ReadonlySet<Defect>;
  /** Milliseconds since the epoch, moved forward by the control interface. */
  now(): number;
  advance(milliseconds: number): void;
}

/** A cluster over a store, which may hold what an earlier one left there. */
export function createCluster(options: ServerOptions, store: DocumentStore): Cluster {
  let offset = 0;
  const now = () => Date.now() + offset;
  const profile = profileFor(options.version ?? "9.x");
  refuseDowngrade(store, profile);
  return {
    name: "elasticsearch-dev",
    uuid: remembered(store, "cluster", () => ({ uuid: shortId(16) })).uuid,
    profile,
    license: options.license ?? "trial",
    startedAt: now(),
    store,
    users: users(options, store),
    roles: roles(options),
    scrolls: new Map(),
    defects: new Set(options.defects ?? []),
    now,
    advance(milliseconds) {
      offset += milliseconds;
    },
  };
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** As a real node does: documents of a newer version may hold what an older one doesn't know. */
function refuseDowngrade(store: DocumentStore, profile: Profile): void {
  const { number } = remembered(store, "version", () => ({ number: profile.number }));
  const order = number.localeCompare(profile.number, "en", { numeric: true });
  if (order > 0) {
    throw new Error(
      `The data was written by version ${number} and can't be opened by ${profile.number}: choose another data folder, ` +
        "or the version that it was made with.",
    );
  }
  if (order < 0) remember(store, "version", { number: profile.number });
}

function users(options: ServerOptions, store: DocumentStore): Map<string, User> {
  const superuser = options.username ?? "elastic";
  const all = new Map<string, User>();
  all.set(superuser, {
    username: superuser,
    password: options.password ?? remembered(store, `password of ${superuser}`, () => ({ text: shortId(15) })).text,
    roles: ["superuser"],
    realm: superuser === "elastic" ? { name: "reserved", type: "reserved" } : nativeRealm,
  });
  for (const [username, { password, roles }] of Object.entries(options.users ?? {})) {
    all.set(username, { username, password, roles, realm: nativeRealm });
  }
  return all;
}

const nativeRealm = { name: "default_native", type: "native" };

const superuser = {
  cluster: ["all"],
  indices: [
    { names: ["*"], privileges: ["all"], allow_restricted_indices: false },
    {
      names: ["*"],
      privileges: ["monitor", "read", "view_index_metadata", "read_cross_cluster"],
      allow_restricted_indices: true,
    },
  ],
  applications: [{ application: "*", privileges: ["*"], resources: ["*"] }],
  run_as: ["*"],
  metadata: { _reserved: true },
};

function roles(options: ServerOptions): Map<string, RoleDescriptor> {
  const all = new Map<string, RoleDescriptor>();
  all.set("superuser", normalizeRoleDescriptor("superuser", superuser));
  for (const [name, descriptor] of Object.entries(options.roles ?? {})) {
    all.set(name, normalizeRoleDescriptor(name, descriptor));
  }
  return all;
}
