import type { Elasticsearch } from "./connection";

/** Who the requests are made by. */
export interface WireCaller {
  username: string;
  authentication_type?: string;
  api_key?: { id: string; name?: string };
}

export interface PrivilegesQuestion {
  cluster: string[];
  index: { names: string[]; privileges: string[]; allow_restricted_indices: boolean }[];
}

export interface PrivilegesAnswer {
  cluster: Record<string, boolean>;
  index: Record<string, Record<string, boolean>>;
}

export function whoAmI(es: Elasticsearch): Promise<WireCaller> {
  return es.send({ method: "GET", path: ["_security", "_authenticate"], what: "ask who the caller is" });
}

/** Which of the privileges the caller has. Asking needs none. */
export function hasPrivileges(es: Elasticsearch, question: PrivilegesQuestion): Promise<PrivilegesAnswer> {
  const path = ["_security", "user", "_has_privileges"];
  return es.send({ method: "POST", path, body: question, what: "ask what the caller may do" });
}

/** Type of the licence, `expired` where it has ended. */
export async function licenceOf(es: Elasticsearch): Promise<string> {
  const what = "ask for the licence";
  const { license } = await es.send<{ license: { type: string; status: string } }>({
    method: "GET",
    path: ["_license"],
    what,
  });
  return license.status === "expired" ? "expired" : license.type;
}
