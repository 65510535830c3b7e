import { type Entry, exactly, fails, I400, NF404, P400, step, V400, X403 } from "../dsl";

const path = "/_connector/_secret";
const noSuch = /^No secret with id \[{p}s\]$/;

function key(name: string, ...cluster: string[]) {
  const body = { name: `{p}${name}`, role_descriptors: { r: { cluster } } };
  return step("POST /_security/api_key", body, 200, {}, { save: { [name]: "encoded" } });
}

export const secretEntries: Entry[] = [
  {
    id: "S01",
    title: "a posted secret can be read",
    source: "correction",
    steps: [
      step(`POST ${path}`, { value: "v" }, 200, { id: /^[\w-]{20}$/ }, { save: { made: "id" } }),
      step(`GET ${path}/{made}`, undefined, 200, exactly({ id: "{made}", value: "v" })),
      fails(`POST ${path}`, { value: null }, 400, P400),
      fails(`POST ${path}`, { value: "" }, 400, V400, '[value] of the connector secret cannot be [null] or [""]'),
      fails(`POST ${path}`, {}, 400, V400),
      step(`DELETE ${path}/{made}`, undefined, 200, exactly({ deleted: true })),
    ],
  },
  {
    id: "S02",
    title: "PUT creates under an own id, then replaces",
    source: "correction",
    steps: [
      step(`PUT ${path}/{p}s`, { value: "one" }, 201, exactly({ result: "created" })),
      step(`PUT ${path}/{p}s`, { value: "two" }, 200, exactly({ result: "updated" })),
      step(`GET ${path}/{p}s`, undefined, 200, { value: "two" }),
      fails(`PUT ${path}/{p}s`, { value: null }, 400, P400),
      fails(`PUT ${path}/{p}s`, {}, 400, I400, "Required [value]"),
      fails(`PUT ${path}/{p}s`, { value: "" }, 400, V400, '[value] cannot be [null] or [""]'),
      step(`DELETE ${path}/{p}s`, undefined, 200),
    ],
  },
  {
    id: "S03",
    title: "missing secrets",
    source: "test",
    steps: [
      step(`PUT ${path}/{p}x`, { value: "v" }, 201),
      fails(`GET ${path}/{p}s`, undefined, 404, NF404, noSuch),
      fails(`DELETE ${path}/{p}s`, undefined, 404, NF404, noSuch),
      step(`DELETE ${path}/{p}x`, undefined, 200, { deleted: true }),
      fails(`GET ${path}/{p}x`, undefined, 404, NF404),
    ],
  },
  {
    id: "S04",
    title: "reading and writing have privileges of their own",
    source: "source",
    steps: [
      step(`PUT ${path}/{p}s`, { value: "v" }, 201),
      fails(`GET ${path}/{p}s`, undefined, 401, X403, undefined, { as: "nobody" }),
      key("reader", "read_connector_secrets"),
      key("writer", "write_connector_secrets"),
      step(`GET ${path}/{p}s`, undefined, 200, { value: "v" }, { as: "reader" }),
      fails(`PUT ${path}/{p}s`, { value: "w" }, 403, X403, "cluster:admin/xpack/connector/secret/put", {
        as: "reader",
      }),
      fails(
        `GET ${path}/{p}s`,
        undefined,
        403,
        X403,
        "this action is granted by the cluster privileges [read_connector_secrets,manage,all]",
        { as: "writer" },
      ),
      step(`PUT ${path}/{p}s`, { value: "w" }, 200, {}, { as: "writer" }),
      step(`DELETE ${path}/{p}s`, undefined, 200, { deleted: true }, { as: "writer" }),
    ],
  },
  {
    id: "S05",
    title: "manage_connector doesn't reach secrets",
    source: "source",
    steps: [
      step(`PUT ${path}/{p}s`, { value: "v" }, 201),
      key("manager", "manage_connector"),
      fails(`GET ${path}/{p}s`, undefined, 403, X403, undefined, { as: "manager" }),
      fails(`POST ${path}`, { value: "x" }, 403, X403, undefined, { as: "manager" }),
      key("superior", "manage"),
      step(`GET ${path}/{p}s`, undefined, 200, { value: "v" }, { as: "superior" }),
      step(`DELETE ${path}/{p}s`, undefined, 200),
    ],
  },
];
