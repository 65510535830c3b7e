import { resourceNotFound } from "../errors";
import { type Call, created, type Handler, ok, param } from "../http/call";
import { string } from "../parse/kinds";
import { optional, required } from "../parse/object-parser";
import { onCluster } from "../security/authorize";
import { shortId } from "../short-id";
import { systemIndex } from "../store/system-indices";

const secretsIndex = ".connector-secrets-1";

export const postSecret: Handler = (call) => {
  const { value } = call.body.parse("post_secret_request", { value: optional(string) });
  const empty = value === undefined || value === "";
  return {
    needs: needs("post"),
    problems: empty ? ['[value] of the connector secret cannot be [null] or [""]'] : [],
    run: () => {
      const id = shortId(15);
      write(call, id, value ?? "");
      return ok({ id });
    },
  };
};

/** Creates under the caller's id, or replaces the value under it. */
export const putSecret: Handler = (call) => {
  const id = param(call, "id");
  const { value } = call.body.parse("put_secret_request", { value: required(string) });
  const problems = [
    ...(id === "" ? ['[id] cannot be [null] or [""]'] : []),
    ...(value === "" ? ['[value] cannot be [null] or [""]'] : []),
  ];
  return {
    needs: needs("put"),
    problems,
    run: () => {
      const existed = read(call, id) !== undefined;
      if (!existed || !call.cluster.defects.has("secret-put-ignored")) write(call, id, value);
      return existed ? ok({ result: "updated" }) : created({ result: "created" });
    },
  };
};

export const getSecret: Handler = (call) => ({
  needs: needs("get"),
  run: () => {
    const id = param(call, "id");
    const value = read(call, id);
    if (value === undefined) throw resourceNotFound(`No secret with id [${id}]`);
    return ok({ id, value });
  },
});

export const deleteSecret: Handler = (call) => ({
  needs: needs("delete"),
  run: () => {
    const id = param(call, "id");
    if (read(call, id) === undefined) throw resourceNotFound(`No secret with id [${id}]`);
    if (!call.cluster.defects.has("deletes-ignored")) call.cluster.store.remove(secretsIndex, id);
    return ok({ deleted: true });
  },
});

/** Secrets have cluster privileges of their own in every version. */
function needs(action: string) {
  return onCluster(`cluster:admin/xpack/connector/secret/${action}`);
}

function read(call: Call, id: string): string | undefined {
  const source = call.cluster.store.get(secretsIndex, id)?.source;
  return source === undefined ? undefined : String(source.value);
}

function write(call: Call, id: string, value: string): void {
  call.cluster.store.put(systemIndex(call.cluster, secretsIndex), id, { value });
}
