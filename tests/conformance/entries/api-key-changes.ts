import { anything, type Entry, exactly, fails, I400, NF404, P400, step, V400, X403 } from "../dsl";
import { make, path, reader } from "./api-key-steps";

const emptyLists = exactly({ invalidated_api_keys: [], previously_invalidated_api_keys: [], error_count: 0 });

/** Invalidating, updating and granting. */
export const apiKeyChangeEntries: Entry[] = [
  {
    id: "K09",
    title: "an invalidated key is shown so, and refused",
    source: "test",
    steps: [
      make("k", reader),
      step("GET /", undefined, 200, { version: anything }, { as: "k" }),
      step(
        `DELETE ${path}`,
        { ids: ["{kId}"] },
        200,
        exactly({ invalidated_api_keys: ["{kId}"], previously_invalidated_api_keys: [], error_count: 0 }),
      ),
      step(`GET ${path}?id={kId}`, undefined, 200, { api_keys: [{ invalidated: true, invalidation: anything }] }),
      step(`GET ${path}?id={kId}&active_only=true`, undefined, 404, exactly({ api_keys: [] })),
      fails("GET /", undefined, 401, X403, undefined, { as: "k" }),
    ],
  },
  {
    id: "K10",
    title: "invalidating again, or what isn't there, changes nothing",
    source: "correction",
    steps: [
      make("k"),
      step(`DELETE ${path}`, { ids: ["{kId}"] }, 200, { invalidated_api_keys: ["{kId}"] }),
      step(`DELETE ${path}`, { ids: ["{kId}"] }, 200, emptyLists),
      step(`DELETE ${path}`, { ids: ["{p}none"] }, 200, emptyLists),
      fails(
        `DELETE ${path}`,
        {},
        400,
        V400,
        "One of [api key id(s), api key name, username, realm name] must be specified if [owner] flag is false",
      ),
      fails(`DELETE ${path}`, { ids: [] }, 400, P400, "Failed to build [invalidate_api_key]"),
      fails(`DELETE ${path}`, { id: "x" }, 400, P400, "[invalidate_api_key] unknown field [id]"),
    ],
  },
  {
    id: "K11",
    title: "a key with manage_own_api_key manages itself only, owner or not",
    source: "test",
    steps: [
      make("own", { role_descriptors: { r: { cluster: ["manage_own_api_key"] } } }),
      make("k"),
      fails(
        `DELETE ${path}`,
        { ids: ["{kId}"] },
        403,
        X403,
        "this action is granted by the cluster privileges [manage_api_key,manage_security,all]",
        { as: "own" },
      ),
      fails(`GET ${path}?id={kId}`, undefined, 403, X403, "cluster:admin/xpack/security/api_key/get", { as: "own" }),
      step(`GET ${path}?id={ownId}`, undefined, 200, { api_keys: [{ id: "{ownId}" }] }, { as: "own" }),
      fails(`GET ${path}?id={ownId}&with_limited_by=true`, undefined, 403, X403, undefined, { as: "own" }),
      fails(`DELETE ${path}`, { ids: ["{kId}"], owner: true }, 403, X403, undefined, { as: "own" }),
      step(`DELETE ${path}`, { ids: ["{ownId}"] }, 200, { invalidated_api_keys: ["{ownId}"] }, { as: "own" }),
    ],
  },
  {
    id: "K11-user",
    title: "a user with manage_own_api_key has to say owner",
    source: "source",
    embeddedOnly: "needs a second user",
    steps: [
      step(`POST ${path}`, { name: "{p}mine" }, 200, {}, { as: "third:third-password", save: { mineId: "id" } }),
      fails(`GET ${path}?id={mineId}`, undefined, 403, X403, undefined, { as: "third:third-password" }),
      step(
        `GET ${path}?id={mineId}&owner=true`,
        undefined,
        200,
        { api_keys: [{ id: "{mineId}", username: "third" }] },
        { as: "third:third-password" },
      ),
      fails(`DELETE ${path}`, { ids: ["{mineId}"] }, 403, X403, "user [third] with effective roles [own-keys]", {
        as: "third:third-password",
      }),
      step(
        `DELETE ${path}`,
        { ids: ["{mineId}"], owner: true },
        200,
        { invalidated_api_keys: ["{mineId}"] },
        { as: "third:third-password" },
      ),
      make("other"),
      step(`DELETE ${path}`, { ids: ["{otherId}"], owner: true }, 200, emptyLists, { as: "third:third-password" }),
    ],
  },
  {
    id: "K12",
    title: "a key's parts can be replaced by its owner",
    source: "source",
    steps: [
      make("k", { ...reader, metadata: { a: 1 } }),
      step(`PUT ${path}/{kId}`, { metadata: { b: 2 } }, 200, exactly({ updated: true })),
      step(`PUT ${path}/{kId}`, { metadata: { b: 2 } }, 200, exactly({ updated: false })),
      step(`GET ${path}?id={kId}`, undefined, 200, {
        api_keys: [{ metadata: exactly({ b: 2 }), role_descriptors: { r: anything } }],
      }),
      step(`PUT ${path}/{kId}`, { role_descriptors: {}, expiration: "1h" }, 200, exactly({ updated: true })),
      step(`GET ${path}?id={kId}`, undefined, 200, {
        api_keys: [{ role_descriptors: exactly({}), expiration: anything }],
      }),
      fails(
        `PUT ${path}/{p}none`,
        { metadata: {} },
        404,
        NF404,
        "no API key owned by requesting user found for ID [{p}none]",
      ),
      fails(
        `PUT ${path}/{kId}`,
        { metadata: {} },
        400,
        I400,
        "authentication via API key not supported: only the owner user can update an API key",
        { as: "k" },
      ),
      step(`DELETE ${path}`, { ids: ["{kId}"] }, 200),
      fails(`PUT ${path}/{kId}`, { metadata: {} }, 400, I400, "cannot update invalidated API key [{kId}]"),
    ],
  },
  {
    id: "K12-other",
    title: "nobody but the owner updates a key",
    source: "source",
    embeddedOnly: "needs a second user",
    steps: [
      make("k"),
      fails(
        `PUT ${path}/{kId}`,
        { metadata: {} },
        404,
        NF404,
        "no API key owned by requesting user found for ID [{kId}]",
        { as: "third:third-password" },
      ),
    ],
  },
  {
    id: "K13",
    title: "bulk update tells per key",
    source: "test",
    steps: [
      make("k"),
      make("l", { metadata: { a: 1 } }),
      step(`POST ${path}/_bulk_update`, { ids: ["{kId}", "{lId}", "{p}none"], metadata: { a: 1 } }, 200, {
        updated: ["{kId}"],
        noops: ["{lId}"],
        errors: { count: 1, details: { "{p}none": { type: NF404 } } },
      }),
    ],
  },
  {
    id: "K14",
    title: "a key can be granted with a password",
    source: "test",
    embeddedOnly: "needs a second user",
    steps: [
      step(
        `POST ${path}/grant`,
        { grant_type: "password", username: "second", password: "second-password", api_key: { name: "{p}g" } },
        200,
        { id: anything },
        { save: { g: "encoded", gId: "id" } },
      ),
      step(
        "GET /_security/_authenticate",
        undefined,
        200,
        { username: "second", authentication_type: "api_key" },
        { as: "g" },
      ),
      fails(
        `POST ${path}/grant`,
        { grant_type: "password", username: "second", password: "wrong", api_key: { name: "{p}g" } },
        401,
        X403,
      ),
      fails(
        `POST ${path}`,
        { name: "{p}h" },
        403,
        X403,
        "user [second] with effective roles [limited], this action is granted by the cluster privileges [manage_own_api_key,manage_api_key,manage_security,all]",
        { as: "second:second-password" },
      ),
    ],
  },
  {
    id: "K14-refused",
    title: "what a grant must have, and mustn't",
    source: "test",
    steps: [
      fails(
        `POST ${path}/grant`,
        { grant_type: "password", username: "u", api_key: { name: "{p}g" } },
        400,
        V400,
        "[password] is required for grant_type [password]",
      ),
      fails(
        `POST ${path}/grant`,
        { grant_type: "access_token", access_token: "t", username: "u", api_key: { name: "{p}g" } },
        400,
        V400,
        "[username] is not supported for grant_type [access_token]",
      ),
      fails(
        `POST ${path}/grant`,
        { grant_type: "none", api_key: { name: "{p}g" } },
        400,
        V400,
        "grant_type [none] is not supported",
      ),
    ],
  },
  {
    id: "K15",
    title: "a key never has more than its owner",
    source: "source",
    embeddedOnly: "needs a second user",
    steps: [
      step(
        `POST ${path}/grant`,
        {
          grant_type: "password",
          username: "second",
          password: "second-password",
          api_key: {
            name: "{p}g",
            role_descriptors: { all: { cluster: ["all"], indices: [{ names: ["*"], privileges: ["all"] }] } },
          },
        },
        200,
        {},
        { save: { g: "encoded" } },
      ),
      step("GET /", undefined, 200, { version: anything }, { as: "g" }),
      fails("PUT /{p}x", undefined, 403, X403, "indices:admin/create", { as: "g" }),
      fails("GET /_connector/_secret/x", undefined, 403, X403, undefined, { as: "g" }),
    ],
  },
];
