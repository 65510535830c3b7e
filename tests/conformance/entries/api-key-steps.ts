import { anything, type Step, step } from "../dsl";

export const path = "/_security/api_key";

/** Creates a key, whose parts later steps name. */
export function make(name: string, body: object = {}): Step {
  return step(
    `POST ${path}`,
    { name: `{p}${name}`, ...body },
    200,
    { id: anything, api_key: anything },
    { save: { [name]: "encoded", [`${name}Id`]: "id" } },
  );
}

export const reader = {
  role_descriptors: {
    r: { cluster: ["monitor"], index: [{ names: "{p}i", privileges: ["read", "view_index_metadata"] }] },
  },
};
